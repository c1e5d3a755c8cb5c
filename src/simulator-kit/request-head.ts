import type { IncomingMessage } from 'node:http'
import type { SimulatedRequest } from './simulated-request.ts'

/** All of a request that is known before its body is read. */
export const requestHeadOf = (incoming: IncomingMessage, sequence: number): SimulatedRequest => {
  const target = incoming.url ?? '/'
  const queryAt = target.indexOf('?')
  return {
    sequence,
    method: incoming.method ?? 'GET',
    path: queryAt < 0 ? target : target.slice(0, queryAt),
    params: {},
    query: new URLSearchParams(queryAt < 0 ? '' : target.slice(queryAt + 1)),
    header: (name) => {
      const value = incoming.headers[name.toLowerCase()]
      return Array.isArray(value) ? value.join(', ') : value
    },
    body: '',
  }
}
