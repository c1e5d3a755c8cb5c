import { sha256Of } from './content-hash.ts'

/** A line of a journal without the hash that it names. */
interface Unchained {
  readonly body: string
  /** Absent in what version 0.1 has written, and in what a crash has cut off. */
  readonly hash?: string
}

const HASH_AT_END = /,"hash":"(sha256:[0-9a-f]{64})"\}$/

export const unchained = (line: string): Unchained => {
  const found = HASH_AT_END.exec(line)
  const [, hash] = found ?? []
  return found === null || hash === undefined ? { body: line } : { body: `${line.slice(0, found.index)}}`, hash }
}

/** What comes before the first line. */
export const NOTHING_BEFORE = ''

/** The hash of a line: of its text, and of the hash of the line before, so that it stands for everything up to here. */
export const hashAfter = (before: string, body: string): Promise<string> => sha256Of(`${before}\n${body}`)

/** A line that names its hash. */
export const chained = (body: string, hash: string): string => `${body.slice(0, -1)},"hash":"${hash}"}`

/** The lines of a journal. A disk that has lost its power may have left zeros at the end. */
export const linesOf = (text: string): readonly string[] =>
  text
    .replaceAll('\0', '')
    .split('\n')
    .filter((line) => line !== '')

/** What the next line after a text is chained to. */
export const headOf = async (text: string): Promise<string> => {
  let head = NOTHING_BEFORE
  for (const line of linesOf(text)) {
    const { body, hash } = unchained(line)
    head = hash ?? (await hashAfter(head, body))
  }
  return head
}
