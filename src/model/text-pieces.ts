/** A long text in pieces of about `length` characters. No character is cut in two. */
export function* textPieces(text: string, length: number): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = start + length
    const isCut = /[\ud800-\udbff]/.test(text[end - 1] ?? '')
    yield text.slice(start, isCut ? end + 1 : end)
    start = isCut ? end + 1 : end
  }
}

/** Texts in pieces of about `length` characters: short ones are joined, long ones cut. */
export function* inPieces(texts: Iterable<string>, length: number): Generator<string> {
  let waiting = ''
  for (const text of texts) {
    waiting += text
    if (waiting.length < length) continue
    yield* textPieces(waiting, length)
    waiting = ''
  }
  if (waiting !== '') yield waiting
}
