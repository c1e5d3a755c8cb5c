import { createServer } from 'node:http'
import { onTestFinished } from 'vitest'
import { listening } from '../../listening.ts'

/**
 * Something in front of a server that lets pages of any origin call it, as a vendor may or may not. `exposed`: the headers
 * of its answers that they are shown besides the few that every page is. Resolves to its address.
 */
export const startOtherOrigin = async (target: string, exposed: readonly string[]): Promise<string> => {
  const allowed = {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'authorization, content-type',
    ...(exposed.length === 0 ? {} : { 'access-control-expose-headers': exposed.join(', ') }),
  }
  let url = ''
  const server = createServer(async (request, response) => {
    if (request.method === 'OPTIONS') return response.writeHead(204, allowed).end()
    const { authorization = '' } = request.headers
    const answer = await fetch(`${target}${request.url}`, { headers: { authorization } })
    // Next links lead to where the page has asked.
    const link = answer.headers.get('link')?.replaceAll(target, url)
    const headers = { 'content-type': 'application/json', ...(link === undefined ? {} : { link }), ...allowed }
    return response.writeHead(answer.status, headers).end(await answer.text())
  })
  const { port, stop } = await listening(server)
  onTestFinished(stop)
  url = `http://127.0.0.1:${port}`
  return url
}
