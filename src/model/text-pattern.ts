/**
 * Whether texts fit a pattern in which `*` stands for any characters, also none; everything else stands for itself. What is
 * between two stars is looked for once, from left to right and never again, so that no pattern takes longer than its length and
 * the text's.
 */
export const textPattern = (pattern: string): ((text: string) => boolean) => {
  const [first = '', ...others] = pattern.split('*')
  const last = others.pop()
  if (last === undefined) return (text) => text === pattern
  return (text) => {
    if (!text.startsWith(first)) return false
    let place = first.length
    for (const part of others) {
      const found = text.indexOf(part, place)
      if (found < 0) return false
      place = found + part.length
    }
    return text.length - last.length >= place && text.endsWith(last)
  }
}
