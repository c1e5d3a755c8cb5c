import { type Fault, hydraId, startWebexSimulator, type WebexWorld, webexLicenseId } from 'seatlens/webex/simulator'
import { answerOf, kindAt, refusalFor, type SimulatedCredential, webPage, wholeLog } from './simulated.ts'

/** How customers of a partner fail. */
const KINDS = [
  { name: 'no permission', endsGood: false },
  { name: 'failing vendor', endsGood: false },
  { name: 'unreadable', endsGood: false },
  { name: 'cut list', endsGood: false },
  { name: 'one 429', endsGood: true, refusals: 1 },
  { name: 'fails at first', endsGood: true },
] as const

const uuidOf = (organization: number, thing: number): string =>
  `00000000-0000-4000-8000-${String(organization).padStart(6, '0')}${String(thing).padStart(6, '0')}`

const worldOf = (index: number): WebexWorld => {
  const organizationUuid = uuidOf(index, 0)
  const licenses = ['EE', 'BCSTD'].map((offerCode, place) => ({
    id: webexLicenseId({ organizationUuid, offerCode, uuid: uuidOf(index, place + 1) }),
    name: `License ${offerCode}`,
    totalUnits: 30,
  }))
  return {
    organization: { uuid: organizationUuid, name: `Customer ${index}` },
    licenses,
    people: Array.from({ length: 5 + (index % 10) }, (_, person) => ({
      id: hydraId('PEOPLE', uuidOf(index, person + 10)),
      displayName: `Person ${person}`,
      email: `person-${person}@customer-${index}.example`,
      licenses: licenses.filter((_, place) => (person + index) % (place + 2) === 0).map(({ id }) => id),
    })),
  }
}

const faultsOf = ({ name }: (typeof KINDS)[number], orgId: string): readonly Fault[] => {
  const query = { orgId }
  switch (name) {
    case 'no permission':
      return [{ match: { query }, effect: answerOf(403) }]
    case 'failing vendor':
      return [{ match: { query }, effect: answerOf(500) }]
    case 'unreadable':
      return [{ match: { query }, effect: webPage }]
    case 'cut list':
      return [{ match: { path: '/v1/licenses', query }, effect: { kind: 'truncate' } }]
    case 'one 429':
      return [{ match: { query, times: 1 }, effect: refusalFor(2) }]
    case 'fails at first':
      return [{ match: { query, times: 3 }, effect: answerOf(503) }]
  }
}

export interface PartnersOptions {
  readonly partners: number
  /** Customers of all of them. */
  readonly customers: number
  /** Of each partner's credential. */
  readonly requestsPerMinute: number
  /** Every how many customers one fails. */
  readonly failEvery: number
  readonly tokenLifetimeSeconds: number
  readonly latencyMs: number
}

/** Partners with one credential each, whose refresh token rotates: the one that was used is refused from then on. */
export const startPartners = (options: PartnersOptions): Promise<readonly SimulatedCredential[]> => {
  const { partners, customers, requestsPerMinute, failEvery, tokenLifetimeSeconds, latencyMs } = options
  // Each partner has as many that fail as the others.
  const partnerOf = (index: number) => Math.floor(index / failEvery) % partners
  const start = async (place: number): Promise<SimulatedCredential> => {
    const own = Array.from({ length: customers }, (_, index) => index)
      .filter((index) => partnerOf(index) === place)
      .map((index) => ({
        index,
        id: `customer-${String(index).padStart(4, '0')}`,
        orgId: hydraId('ORGANIZATION', uuidOf(index, 0)),
        kind: kindAt(index, failEvery, KINDS),
      }))
    const simulator = await startWebexSimulator({
      seed: place + 1,
      latencyMs,
      world: worldOf(500_000 + place),
      managed: own.map(({ index }) => ({ world: worldOf(index) })),
      rotateRefreshToken: true,
      tokenLifetimeSeconds,
      rateLimit: { requests: requestsPerMinute },
      faults: own.flatMap(({ kind, orgId }) => (kind === undefined ? [] : faultsOf(kind, orgId))),
    })
    const idOf = new Map(own.map(({ id, orgId }) => [orgId, id]))
    return {
      id: `partner-${place}`,
      requestsPerMinute,
      configuration: { type: 'webex', ...simulator.refreshConfiguration },
      organizations: own.map(({ id, orgId, kind }) => ({ id, orgId, kind })),
      requests: () =>
        wholeLog(simulator.requests)
          .filter(({ path }) => path !== '/v1/access_token')
          .map(({ at, query, userAgent = '' }) => ({
            at,
            organization: idOf.get(query.get('orgId') ?? ''),
            from: userAgent,
          })),
      tokens: simulator.tokens,
      destroy: simulator.destroy,
    }
  }
  return Promise.all(Array.from({ length: partners }, (_, place) => start(place)))
}
