import * as E from 'fp-ts/lib/Either.js'

const NEWLINE = 10

/** Bytes as text; undefined where they are no UTF-8. `isCut`: without a character at their end that a crash has cut off. */
const decode = (bytes: Uint8Array, isCut: boolean): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: isCut })
  } catch {
    return undefined
  }
}

/**
 * The lines of a journal as a text, in the one encoding that they are written in: a run adds to them, and a file in two
 * encodings cannot be read. What a crash has left at the end of a line is `readJournal`'s to judge. `Left`: the first line,
 * from 1, that is not in it.
 */
export const journalTextOf = (bytes: Uint8Array): E.Either<number, string> => {
  // Line by line takes several times the memory, and few journals have a character that was cut off.
  const whole = decode(bytes, false)
  if (whole !== undefined) return E.right(whole)
  const lines: string[] = []
  for (let from = 0; from <= bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, from)
    const end = newline < 0 ? bytes.length : newline
    const line = decode(bytes.subarray(from, end), true)
    if (line === undefined) return E.left(lines.length + 1)
    lines.push(line)
    from = end + 1
  }
  return E.right(lines.join('\n'))
}
