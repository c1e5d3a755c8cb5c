import type { FaultEffect, SimulatedRequest } from '../../src/simulator-kit/index.ts'

/** Everything that a request proves itself with: as it was sent, and as it can be read out of that. */
export const credentialsOf = (request: SimulatedRequest): readonly string[] => {
  const sent = (request.header('authorization') ?? '').replace(/^\w+ +/, '')
  const basic = /^Basic /i.test(request.header('authorization') ?? '')
  const form = [...new URLSearchParams(request.body)].flatMap(([name, value]) => (name === 'grant_type' ? [] : [value]))
  return [sent, ...(basic ? [Buffer.from(sent, 'base64').toString('utf8')] : []), ...form].filter((text) => text !== '')
}

/** Longer ones are refused before anybody reads them. */
const MAX_HEADER_LENGTH = 2_000

/** How a vendor may repeat a text. */
export const writtenForms = (text: string): readonly string[] => [
  text,
  encodeURIComponent(text),
  Buffer.from(text).toString('base64'),
  Buffer.from(`of:${text}:`).toString('base64'),
]

/**
 * An answer that repeats the request's credentials wherever a vendor may say something, and whatever else it knows, in
 * every form. What is known is said last, as only the beginning of a text is shown.
 */
export const echo = (
  status: number,
  headers: Readonly<Record<string, string>> = {},
  known: () => Iterable<string> = () => [],
): FaultEffect => ({
  kind: 'rewrite',
  rewrite: (_, request) => {
    const said = [...credentialsOf(request), ...[...known()].flatMap(writtenForms)].join(' ')
    return {
      status,
      headers: {
        'content-type': 'application/json',
        'inin-correlation-id': said.slice(0, MAX_HEADER_LENGTH),
        trackingid: said.slice(0, MAX_HEADER_LENGTH),
        ...headers,
      },
      body: JSON.stringify({
        message: `You sent ${said}, which [${said}] permission lacks`,
        code: said,
        contextId: said,
        trackingId: said,
        error: said,
        error_description: said,
        description: said,
        errorCode: said,
        errors: [{ description: said, errorCode: said }],
        pageCount: 1,
        access_token: { of: said },
        entities: [{ id: [said] }],
        items: [{ id: [said] }],
        users: [{ id: [said] }],
      }),
    }
  },
})
