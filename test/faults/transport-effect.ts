import type { FaultEffect, SimulatedRequest } from '../../src/simulator-kit/index.ts'
import type { TransportFault } from './schedule.ts'

export interface TransportSurroundings {
  /** The provider's time, which may be ahead of ours. */
  readonly now: () => number
  readonly expireTokens: () => void
  /** How this vendor throttles the minting of tokens. */
  readonly tokenThrottle: FaultEffect
  /** Somebody's address, which a careless vendor repeats in its errors. */
  readonly email: string
}

const HTML = { 'content-type': 'text/html' }
const SORRY = '<html><body><h1>Sorry</h1></body></html>'

const page = (status: number): FaultEffect => ({ kind: 'status', status, headers: HTML, body: SORRY })

/** Everything that a request proves itself with, as bare text. */
const credentialsOf = (request: SimulatedRequest): string =>
  [
    request.header('authorization')?.replace(/^(Bearer|Basic) +/, ''),
    ...new URLSearchParams(request.body).values(),
  ].join(' ')

/** An error that repeats what no error of ours may: an address and the request's own credentials. */
const telltale = (status: number, email: string, headers: Readonly<Record<string, string>> = {}): FaultEffect => ({
  kind: 'rewrite',
  rewrite: (_, request) => ({
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({
      message: `failed for ${email} with ${credentialsOf(request)}`,
      code: 'internal.error',
      status,
    }),
  }),
})

const throttled = (retryAfter?: string): FaultEffect => ({
  kind: 'status',
  status: 429,
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  body: { message: 'Too many requests' },
})

/** Limits that are none: nothing allowed, more used than allowed, windows of years, and what is no number. */
const RATES = [
  ['0', '0', '60'],
  ['0', '300', '999999999'],
  ['300', '0', '1'],
  ['-1', '1e3', '0x10'],
  ['999999999', '999999999', '999999999'],
  ['NaN', '', '١٢'],
] as const

/** Good answers, each with another one. */
const rateNonsense = (): FaultEffect => {
  let strike = 0
  return {
    kind: 'rewrite',
    rewrite: (answer) => {
      const [count = '', allowed = '', reset = ''] = RATES[strike++ % RATES.length] ?? []
      const latin1 = (text: string) => Buffer.from(text).toString('latin1')
      const rate = {
        'inin-ratelimit-count': count,
        'inin-ratelimit-allowed': allowed,
        'inin-ratelimit-reset': latin1(reset),
      }
      return { ...answer, headers: { ...answer.headers, ...rate } }
    },
  }
}

/** What a simulator does for a fault. */
export const transportEffect = (
  kind: Exclude<TransportFault, 'refused'>,
  { now, expireTokens, tokenThrottle, email }: TransportSurroundings,
): FaultEffect => {
  switch (kind) {
    case 'status408':
      return telltale(408, email)
    case 'status423':
      return telltale(423, email)
    case 'status423AfterSeconds':
      return telltale(423, email, { 'retry-after': '3' })
    case 'status429AfterSeconds':
      return throttled('7')
    case 'status429AfterDate':
      return {
        kind: 'rewrite',
        rewrite: () => ({
          status: 429,
          headers: { 'retry-after': new Date(now() + 20_000).toUTCString() },
          body: '',
        }),
      }
    case 'status429':
      return throttled()
    case 'status429AfterZero':
      return throttled('0')
    case 'status429AfterTiny':
      return throttled('0.001')
    case 'html403':
      return page(403)
    case 'rateNonsense':
      return rateNonsense()
    case 'status429AfterGarbage':
      return throttled('rand(30),add(30)')
    case 'status429AfterAnHour':
      return throttled('3600')
    case 'status500Json':
      return telltale(500, email)
    case 'status500Html':
      return page(500)
    case 'status502Json':
      return telltale(502, email)
    case 'status502Html':
      return page(502)
    case 'status503Json':
      return telltale(503, email)
    case 'status503Html':
      return page(503)
    case 'status504Json':
      return telltale(504, email)
    case 'status504Html':
      return page(504)
    case 'html200':
      return page(200)
    case 'reset':
      return { kind: 'reset' }
    case 'cut':
      return { kind: 'cut' }
    case 'truncate':
      return { kind: 'truncate' }
    case 'trickle':
      return { kind: 'trickle', chunkBytes: 512, everyMs: 1 }
    case 'hang':
      return { kind: 'hang' }
    case 'gzip':
      return { kind: 'gzip' }
    case 'tokenExpires':
      return {
        kind: 'rewrite',
        rewrite: (answer) => {
          expireTokens()
          return answer
        },
      }
    case 'tokenThrottled':
      return tokenThrottle
  }
}
