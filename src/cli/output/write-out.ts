import { errorCodeOf, problemOfFile } from '../../node/index.ts'
import { type Content, piecesOf } from '../../render/index.ts'
import type { Environment } from '../environment.ts'

/** The reader of our output has gone: no reason to complain. */
const CLOSED = new Set(['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'])

const writePiece = ({ stdout }: Environment, piece: string | Uint8Array): Promise<void> =>
  piece.length === 0
    ? Promise.resolve()
    : new Promise((resolve, reject) => {
        stdout.write(piece, (error) => (error ? reject(error) : resolve()))
      })

/**
 * Writes data and resolves when the reader has taken it, so that a slow one slows us down. False where nothing can be
 * written any more, as the reader has gone or the disk is full: what else the run has to do does not depend on that.
 */
export const writeOut = async (environment: Environment, content: Content): Promise<boolean> => {
  const { results } = environment
  try {
    for (const piece of piecesOf(content)) if (results.isRead()) await writePiece(environment, piece)
  } catch (error) {
    const code = errorCodeOf(error)
    if (code === undefined) throw error
    results.endStdout(CLOSED.has(code) ? undefined : problemOfFile(error))
  }
  return results.isRead()
}
