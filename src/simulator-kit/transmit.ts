import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { Reply, Transmission } from './delivery.ts'

const trickle = (
  response: ServerResponse,
  body: Buffer,
  { chunkBytes, everyMs }: Extract<Transmission, { kind: 'trickle' }>,
) => {
  let sent = 0
  const timer = setInterval(() => {
    const chunk = body.subarray(sent, sent + chunkBytes)
    sent += chunk.byteLength
    if (sent < body.byteLength) return response.write(chunk)
    response.write(chunk)
    if (sent < body.byteLength) return
    clearInterval(timer)
    response.end()
  }, everyMs)
  response.on('close', () => clearInterval(timer))
}

const cut = (response: ServerResponse, body: Buffer) => {
  // The first half must have left before the connection ends, or the client would see no answer at all.
  const half = body.subarray(0, Math.floor(body.byteLength / 2))
  response.flushHeaders()
  response.write(half, () => setImmediate(() => response.destroy()))
}

/** Writes an answer to its connection, in the way that was planned for it. */
export const transmit = (response: ServerResponse, { answer, gzip, transmission }: Reply): void => {
  const body = gzip ? gzipSync(answer.body) : Buffer.from(answer.body)
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
    'content-length': body.byteLength,
  })
  if (transmission.kind === 'cut') cut(response, body)
  else if (transmission.kind === 'trickle') trickle(response, body, transmission)
  else response.end(body)
}
