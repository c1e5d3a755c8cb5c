import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterEach } from 'vitest'
import { listening } from '../../listening.ts'

export interface LoopbackServer {
  readonly origin: string
  /** What was asked for: method, path with query, and the token that was sent. */
  readonly requests: readonly { readonly target: string; readonly authorization: string | undefined }[]
}

const running: (() => Promise<void>)[] = []

/** A real server on loopback, for what happens on the wire. Stopped after the test. */
export const startServer = async (
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<LoopbackServer> => {
  const requests: { target: string; authorization: string | undefined }[] = []
  const server = createServer((request, response) => {
    requests.push({ target: `${request.method} ${request.url}`, authorization: request.headers.authorization })
    answer(request, response)
  })
  const { port, stop } = await listening(server)
  running.push(stop)
  return { origin: `http://127.0.0.1:${port}`, requests }
}

export const useServers = (): void => {
  afterEach(async () => {
    for (const stop of running.splice(0)) await stop()
  })
}
