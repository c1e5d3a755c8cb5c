import type { Environment } from '../environment.ts'
import { errorCodeOf } from '../error-code.ts'

const CLOSED = new Set(['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'])

/** Whether the reader of our output has gone, as `head` does: no reason to complain. */
export const isClosedOutput = (error: unknown): boolean => CLOSED.has(errorCodeOf(error) ?? '')

/** Writes data and resolves when the reader has taken it, so that a slow one slows us down. */
export const writeOut = ({ stdout }: Environment, data: string | Uint8Array): Promise<void> =>
  data.length === 0
    ? Promise.resolve()
    : new Promise((resolve, reject) => {
        stdout.write(data, (error) => (error ? reject(error) : resolve()))
      })
