import type { SimulatedRequest } from '../../../src/simulator-kit/index.ts'

/** An RFC 5988 `Link` to the next page: the same request, every parameter kept, with a place to go on from. */
export const nextPageHeader = (
  baseUrl: string,
  request: SimulatedRequest,
  changes: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const url = new URL(`${baseUrl}${request.path}`)
  for (const [name, value] of request.query) url.searchParams.append(name, value)
  for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, value)
  return { link: `<${url.href}>; rel="next"` }
}

/** Cursors are opaque to clients; ours are ids of a kind of their own, as Webex's are, base64 inside of base64. */
export const cursorFor = (from: number): string => Buffer.from(`from:${from}`).toString('base64').replace(/=+$/, '')

export const readCursor = (cursor: string): number | undefined => {
  const from = /^from:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64').toString('utf8'))?.[1]
  return from === undefined ? undefined : Number(from)
}

/** A positive whole number in the query; the default where there is none, undefined where it is something else. */
export const positiveOf = (request: SimulatedRequest, name: string, otherwise: number): number | undefined => {
  const value = request.query.get(name)
  if (value === null || value === '') return otherwise
  return /^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined
}
