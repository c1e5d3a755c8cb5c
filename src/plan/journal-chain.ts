import { type Hashing, sha256Of } from '../model/sha256.ts'

/** A line of a journal without its hash. */
interface Unchained {
  /** In pieces, as a line with a plan is long. */
  readonly body: readonly string[]
  /** Absent in lines of version 0.1, and where a crash cut off the line. */
  readonly hash?: string
}

const HASH_AT_END = /^,"hash":"(sha256:[0-9a-f]{64})"\}$/
const HASH_LENGTH = ',"hash":"sha256:"}'.length + 64

export const unchained = (line: string): Unchained => {
  const start = Math.max(0, line.length - HASH_LENGTH)
  const [, hash] = HASH_AT_END.exec(line.slice(start)) ?? []
  return hash === undefined ? { body: [line] } : { body: [line.slice(0, start), '}'], hash }
}

/** The hash before the first line. */
export const NOTHING_BEFORE = ''

/** The texts of several lists, one list after the other. */
export function* joined(lists: Iterable<Iterable<string>>): Generator<string> {
  for (const texts of lists) yield* texts
}

/** The hash of a line: of its text and of the hash of the line before it, and so of everything up to here. */
export const hashAfter = (before: string, body: Iterable<string>, { sha256 }: Hashing): Promise<string> =>
  sha256Of(joined([[`${before}\n`], body]), sha256)

/** A line with its hash. */
export function* chained(body: Iterable<string>, hash: string): Generator<string> {
  let last = ''
  for (const piece of body) {
    yield last
    last = piece
  }
  yield `${last.slice(0, -1)},"hash":"${hash}"}\n`
}

/** The lines of a journal, without the zeros that a power failure may leave at the end. */
export function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const line = text.slice(start, end).replaceAll('\0', '')
    if (line !== '') yield line
    start = end + 1
  }
}

/** The hash that the next line after a text is chained to. */
export const headOf = async (text: string, hashing: Hashing): Promise<string> => {
  let head = NOTHING_BEFORE
  for (const line of linesOf(text)) {
    const { body, hash } = unchained(line)
    head = hash ?? (await hashAfter(head, body, hashing))
  }
  return head
}
