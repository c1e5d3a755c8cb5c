import type { IncomingMessage } from 'node:http'
import type { CrossOrigin } from '../provider-kit/provider-definition.ts'

/** Headers that every page may see ("CORS-safelisted response-header names" of the Fetch standard). */
const ALWAYS_SHOWN = new Set([
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
])

type Headers = Readonly<Record<string, string>>

/** What an answer must say so that pages of other origins may read it. */
export interface CrossOriginRules {
  /** The headers that say so. `shown`: what the answer has besides. */
  readonly headersFor: (request: IncomingMessage, shown: Headers) => Headers
  /** The answer to the question that browsers ask before a request, where it is one; undefined where it is a request. */
  readonly preflight: (request: IncomingMessage) => Headers | undefined
}

const NONE: CrossOriginRules = { headersFor: () => ({}), preflight: () => undefined }

/** Without settings, no page of another origin may read anything. */
export const crossOriginRules = (settings: CrossOrigin | undefined): CrossOriginRules => {
  if (settings === undefined) return NONE
  const { origins, exposed } = settings
  const allowed = ({ headers: { origin } }: IncomingMessage): Headers => {
    if (origins === '*') return { 'access-control-allow-origin': '*' }
    // The answer differs from origin to origin, so that caches must not give one's to another.
    const vary = { vary: 'origin' }
    return origin !== undefined && origins.includes(origin) ? { 'access-control-allow-origin': origin, ...vary } : vary
  }
  return {
    headersFor: (request, shown) => {
      const names = exposed ?? Object.keys(shown).filter((name) => !ALWAYS_SHOWN.has(name))
      return {
        ...allowed(request),
        ...(names.length === 0 ? {} : { 'access-control-expose-headers': names.join(', ') }),
      }
    },
    preflight: (request) => {
      const { 'access-control-request-method': method, 'access-control-request-headers': headers } = request.headers
      if (request.method !== 'OPTIONS' || method === undefined) return undefined
      return {
        ...allowed(request),
        'access-control-allow-methods': method,
        ...(headers === undefined ? {} : { 'access-control-allow-headers': headers }),
        'access-control-max-age': '600',
      }
    },
  }
}
