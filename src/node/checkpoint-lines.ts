import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'

/** What a checkpoint is about, in its first line. */
export interface CheckpointHead {
  readonly format: 'seatlens-checkpoint'
  readonly schemaVersion: 1
  /** When the run began, of which it is: ISO 8601 in UTC. */
  readonly startedAt: string
  /** Of what the run was configured with. */
  readonly configuration: string
}

/** Where an answer is in the file. */
export interface Place {
  readonly at: number
  readonly length: number
}

/** What stands in a line after the first one: an answer, or that those of a provider before it are not to be used. */
export type CheckpointLine =
  | { readonly kind: 'answer'; readonly provider: string; readonly key: string; readonly place: Place }
  | { readonly kind: 'forget'; readonly provider: string }

const CHECK_LENGTH = 16
/** Longer than what stands before the answer. */
const START_LENGTH = 512

const checkOf = (content: Uint8Array | string): string =>
  createHash('sha256').update(content).digest('hex').slice(0, CHECK_LENGTH)

const lineOf = (content: string): string => `${checkOf(content)} ${content}\n`

export const headLine = (head: CheckpointHead): string => `${JSON.stringify(head)}\n`
/** `json`: in one line. */
export const answerLine = (provider: string, key: string, json: string): string =>
  lineOf(`answer ${provider} ${key} ${json}`)
export const forgetLine = (provider: string): string => lineOf(`forget ${provider}`)

/** A line that is as it was written; else undefined. */
const readLine = (line: Buffer, at: number): CheckpointLine | undefined => {
  const [check = '', kind, provider, key] = line.toString('latin1', 0, START_LENGTH).split(' ', 4)
  if (checkOf(line.subarray(CHECK_LENGTH + 1)) !== check || provider === undefined) return undefined
  if (kind === 'forget') return { kind, provider }
  if (kind !== 'answer' || key === undefined) return undefined
  const before = [check, kind, provider, key, ''].join(' ').length
  return { kind, provider, key, place: { at: at + before, length: line.length - before } }
}

const PIECE = 1_048_576
const NEWLINE = 0x0a
/** Longer than any answer that the transport takes. */
const MAX_LINE = 256 * PIECE

/** The lines of a file and where each begins. What a run that was killed has not finished is not among them. */
async function* linesIn(handle: FileHandle): AsyncGenerator<{ readonly line: Buffer; readonly at: number }> {
  let parts: Buffer[] = []
  let length = 0
  let at = 0
  for (let from = 0; ; ) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE), 0, PIECE, from)
    if (bytesRead === 0) return
    from += bytesRead
    let begin = 0
    for (let end = buffer.indexOf(NEWLINE); end >= 0 && end < bytesRead; end = buffer.indexOf(NEWLINE, begin)) {
      const line = Buffer.concat([...parts, buffer.subarray(begin, end)])
      yield { line, at }
      at += line.length + 1
      parts = []
      length = 0
      begin = end + 1
    }
    parts.push(buffer.subarray(begin, bytesRead))
    length += bytesRead - begin
    if (length > MAX_LINE) yield { line: Buffer.concat(parts), at }
  }
}

/** All that is in a checkpoint, or the line that is not as it was written: 1 for the first one. */
export type ReadCheckpoint =
  | { readonly head: string; readonly lines: readonly CheckpointLine[]; readonly end: number }
  | { readonly damaged: number }
  | undefined

/** Undefined: there is not even a first line. `end`: where the last whole line ends. */
export const readCheckpoint = async (handle: FileHandle): Promise<ReadCheckpoint> => {
  let head: string | undefined
  let end = 0
  let number = 0
  const lines: CheckpointLine[] = []
  for await (const { line, at } of linesIn(handle)) {
    number += 1
    end = at + line.length + 1
    if (head === undefined) {
      head = line.toString('utf8')
      continue
    }
    const read = readLine(line, at)
    if (read === undefined) return { damaged: number }
    lines.push(read)
  }
  return head === undefined ? undefined : { head, lines, end }
}
