import { createServer, type ServerResponse } from 'node:http'
import { listening } from '../listening.ts'
import type { Body } from './bodies.ts'

/** Sends a body as fast as it is taken, and stops where nobody takes it any more. */
const send = async (response: ServerResponse, body: Body): Promise<void> => {
  const gone = new Promise<void>((resolve) => response.once('close', resolve))
  for (const piece of body()) {
    if (response.destroyed) return
    if (response.write(piece)) continue
    await Promise.race([gone, new Promise<void>((resolve) => response.once('drain', resolve))])
  }
  response.end()
}

export interface HostileVendor {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** So many at once are read by default. */
const AT_ONCE = 8
const licenses = Array.from({ length: AT_ONCE }, (_, index) => ({ id: `l${index}` }))

/**
 * What answers as both vendors do until it comes to users: there it sends the body that the first segment of the path
 * names, to as many requests as it can get at once where it is one of the `flood`.
 */
export const startHostileVendor = async (
  bodies: Readonly<Record<string, Body>>,
  flood: readonly string[],
): Promise<HostileVendor> => {
  const server = createServer((request, response) => {
    const [, name = '', ...path] = (request.url ?? '').split(/[/?]/)
    const wanted = decodeURIComponent(name)
    const body = bodies[wanted]
    response.setHeader('content-type', 'application/json')
    switch (path.slice(0, 4).join('/')) {
      case 'oauth/token':
        return response.end('{"access_token":"a-token","expires_in":86400}')
      case 'api/v2/license/definitions':
        return response.end('[{"id":"l"}]')
      case 'v1/licenses':
        return response.end(JSON.stringify({ items: licenses.slice(0, flood.includes(wanted) ? AT_ONCE : 1) }))
    }
    if (body === undefined) return response.destroy()
    return send(response, body)
  })
  const { port, stop } = await listening(server)
  return { url: `http://127.0.0.1:${port}`, stop }
}
