import type { IncomingMessage } from 'node:http'
import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'

/**
 * Reads a body to its end. One that is too large is still taken in, though not kept: a client that is cut off while
 * it is sending would see a broken connection and never the answer that says why.
 */
export const readBody = async (incoming: IncomingMessage, maxBytes: number): Promise<Either<'tooLarge', string>> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of incoming) {
    if (!Buffer.isBuffer(chunk)) continue
    bytes += chunk.byteLength
    if (bytes <= maxBytes) chunks.push(chunk)
  }
  return bytes > maxBytes ? E.left('tooLarge') : E.right(Buffer.concat(chunks).toString('utf8'))
}
