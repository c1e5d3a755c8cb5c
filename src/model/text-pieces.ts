/** A long text piece by piece, each of about so many characters. No character is cut in two. */
export function* textPieces(text: string, length: number): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = start + length
    const isCut = /[\ud800-\udbff]/.test(text[end - 1] ?? '')
    yield text.slice(start, isCut ? end + 1 : end)
    start = isCut ? end + 1 : end
  }
}

/** The same text in pieces of about so many characters: short ones are put together, long ones cut. */
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
