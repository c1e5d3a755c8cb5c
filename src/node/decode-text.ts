import * as E from 'fp-ts/lib/Either.js'

/** What other files begin with that people hand in for a table, and what to do instead. Bytes as text. */
const OTHERS: readonly (readonly [start: string, what: string])[] = [
  ['PK\x03\x04', 'a workbook (.xlsx) or another zip file'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'a workbook (.xls) or another Office file'],
  ['%PDF-', 'a PDF'],
  ['\x1f\x8b', 'a gzip file'],
  ['\xff\xfe\0\0', 'UTF-32'],
  ['\0\0\xfe\xff', 'UTF-32'],
]

const SAVE_AS = 'save it as UTF-8 (in Excel: "CSV UTF-8")'

/** Bytes are not text, or text in an encoding that is not read. */
export interface UndecodableText {
  readonly _tag: 'UndecodableText'
  /** What was found, in which line, and what to do. */
  readonly message: string
}

const undecodable = (problem: string): E.Either<UndecodableText, never> =>
  E.left({ _tag: 'UndecodableText', message: `${problem}; ${SAVE_AS}` })

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

const NAMES: Readonly<Record<Encoding, string>> = { 'utf-8': 'UTF-8', 'utf-16le': 'UTF-16', 'utf-16be': 'UTF-16' }

const startsWith = (bytes: Uint8Array, start: string): boolean =>
  [...start].every((character, index) => bytes[index] === character.charCodeAt(0))

const isAscii = (byte: number | undefined): boolean => byte !== undefined && byte > 0 && byte < 0x80

/**
 * Windows PowerShell writes `>` as UTF-16 with a mark; some programs leave the mark out, and then the first characters,
 * which in tables and JSON are plain ones, tell: every second byte is zero.
 */
const encodingOf = (bytes: Uint8Array): Encoding => {
  if (startsWith(bytes, '\xff\xfe')) return 'utf-16le'
  if (startsWith(bytes, '\xfe\xff')) return 'utf-16be'
  const [one, two, three, four] = bytes
  const isShort = bytes.length === 2
  if (isAscii(one) && two === 0 && (isShort || (isAscii(three) && four === 0))) return 'utf-16le'
  if (one === 0 && isAscii(two) && (isShort || (three === 0 && isAscii(four)))) return 'utf-16be'
  return 'utf-8'
}

const decode = (bytes: Uint8Array, encoding: Encoding): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const NEWLINE = 10

/** The first line that is no UTF-8. A newline is one byte there, and never a part of another character. */
const lineThatIsNot = (bytes: Uint8Array): number => {
  let line = 1
  for (let from = 0; from < bytes.length; line++) {
    const newline = bytes.indexOf(NEWLINE, from)
    const end = newline < 0 ? bytes.length : newline
    if (decode(bytes.subarray(from, end), 'utf-8') === undefined) return line
    from = end + 1
  }
  return line
}

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length

/**
 * The text that the bytes of a file are, or what they are instead and what to do. UTF-8 and UTF-16, each with or without
 * a mark, are read. Nothing else is guessed: of the many encodings of one byte a character none can be told from another,
 * and one that is taken for another makes one person of two.
 */
export const decodeText = (bytes: Uint8Array): E.Either<UndecodableText, string> => {
  const other = OTHERS.find(([start]) => startsWith(bytes, start))
  if (other !== undefined) return undecodable(`expected text, found ${other[1]}`)
  const encoding = encodingOf(bytes)
  const text = decode(bytes, encoding)
  if (text === undefined) {
    const place = encoding === 'utf-8' ? ` (line ${lineThatIsNot(bytes)})` : ''
    return undecodable(`not ${NAMES[encoding]}${place}`)
  }
  const nul = text.indexOf('\0')
  if (nul < 0) return E.right(text)
  return undecodable(`expected text, found a NUL character (line ${lineOf(text, nul)})`)
}
