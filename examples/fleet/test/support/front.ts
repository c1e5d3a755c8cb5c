import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Front {
  readonly origin: string
}

/**
 * A server in front of another one, which passes requests on. `meet`: sees a request first, and may answer it. `answered`: what
 * an answer waits for before it is passed on.
 */
export const newFront = async (
  port: number | string,
  {
    meet = () => false,
    answered = async () => {},
  }: {
    readonly meet?: (
      method: string,
      url: string,
      headers: IncomingHttpHeaders,
      answer: ServerResponse,
    ) => boolean | Promise<boolean>
    readonly answered?: (method: string, url: string, answer: IncomingMessage) => Promise<void>
  },
): Promise<Front> => {
  const front = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming
    if (await meet(method, url, headers, outgoing)) {
      incoming.resume()
      return
    }
    const passed = request({ host: '127.0.0.1', port, method, path: url, headers }, async (answer) => {
      const status = answer.statusCode ?? 500
      await answered(method, url, answer)
      outgoing.writeHead(status, answer.headers)
      answer.pipe(outgoing)
    })
    passed.on('error', () => outgoing.destroy())
    incoming.pipe(passed)
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    front.closeAllConnections()
    front.close()
  })
  return { origin: `http://127.0.0.1:${(front.address() as AddressInfo).port}` }
}
