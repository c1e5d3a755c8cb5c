import type { Fault, RequestLog } from 'seatlens/webex/simulator'

/** How an organization fails, and whether it has a good snapshot nevertheless. */
export interface Kind {
  readonly name: string
  readonly endsGood: boolean
  /** Answers that are a 429: the script has so many of them. */
  readonly refusals?: number
}

export interface SimulatedOrganization {
  readonly id: string
  /** With a partner's credential: which of its customers it is. */
  readonly orgId?: string
  /** Absent: nothing is wrong with it. */
  readonly kind: Kind | undefined
}

/** A credential of a vendor that is simulated, with the organizations that share it. */
export interface SimulatedCredential {
  readonly id: string
  readonly requestsPerMinute: number
  /** Its members in the configuration of the fleet, beside `id` and the rate. */
  readonly configuration: object
  readonly organizations: readonly SimulatedOrganization[]
  /** Everything that was asked with it, oldest first, but for tokens: they are no part of a vendor's rate. */
  readonly requests: () => readonly SimulatedRequest[]
  /** Absent: it has no refresh token, or none that rotates. */
  readonly tokens?: { readonly refreshToken: () => string; readonly refreshed: () => number }
  readonly destroy: () => Promise<void>
}

/** A request as a simulator got it. */
export interface SimulatedRequest {
  readonly at: number
  /** Undefined: the request does not name it, as that for the holders of a license. */
  readonly organization: string | undefined
  /** Its `User-Agent`: the worker, and which of its snapshots. A snapshot is of one organization. */
  readonly from: string
}

/** Every so many organizations, one fails; each of the kinds comes as often as the others. */
export const kindAt = <A extends Kind>(index: number, every: number, kinds: readonly A[]): A | undefined =>
  index % every === every - 1 ? kinds[Math.floor(index / every) % kinds.length] : undefined

export const answerOf = (status: number, body: unknown = { message: 'no' }, headers = {}) =>
  ({ kind: 'status', status, headers, body }) as const satisfies Fault['effect']

/** What a filter or a proxy says in the vendor's place. */
export const webPage = answerOf(200, '<html>', { 'content-type': 'text/html' })

export const refusalFor = (seconds: number) => answerOf(429, { message: 'no' }, { 'retry-after': String(seconds) })

/** A log keeps the latest 10,000 requests: with fewer of them, none is missing. */
export const wholeLog = ({ list }: RequestLog) => {
  const all = list()
  if (all[0] !== undefined && all[0].sequence !== 1) throw new Error('the simulator has forgotten its first requests')
  return all
}
