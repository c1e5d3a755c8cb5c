import type { Environment } from '../environment.ts'
import { errorCodeOf } from '../error-code.ts'
import { type Content, piecesOf } from './content.ts'

const CLOSED = new Set(['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'])

/** Whether the reader of our output has gone, as `head` does: no reason to complain. */
export const isClosedOutput = (error: unknown): boolean => CLOSED.has(errorCodeOf(error) ?? '')

const writePiece = ({ stdout }: Environment, piece: string | Uint8Array): Promise<void> =>
  piece.length === 0
    ? Promise.resolve()
    : new Promise((resolve, reject) => {
        stdout.write(piece, (error) => (error ? reject(error) : resolve()))
      })

/** Writes data and resolves when the reader has taken it, so that a slow one slows us down. */
export const writeOut = async (environment: Environment, content: Content): Promise<void> => {
  for (const piece of piecesOf(content)) await writePiece(environment, piece)
}
