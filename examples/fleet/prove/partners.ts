import {
  type Fault,
  hydraId,
  startWebexSimulator,
  type WebexSimulator,
  type WebexWorld,
  webexLicenseId,
} from 'seatlens/webex/simulator'

/** How an organization fails, and whether it has a good snapshot nevertheless. */
export const KINDS = [
  { name: 'no permission', endsGood: false },
  { name: 'failing vendor', endsGood: false },
  { name: 'unreadable', endsGood: false },
  { name: 'cut list', endsGood: false },
  { name: 'one 429', endsGood: true },
  { name: 'fails at first', endsGood: true },
] as const
export type Kind = (typeof KINDS)[number]

export interface SimulatedOrganization {
  readonly id: string
  readonly orgId: string
  readonly credential: string
  /** Absent: nothing is wrong with it. */
  readonly kind: Kind | undefined
}

/** A partner with one credential, whose refresh token rotates: the one that was used is refused from then on. */
export interface SimulatedPartner {
  readonly id: string
  readonly simulator: WebexSimulator
  readonly organizations: readonly SimulatedOrganization[]
}

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

const LICENSES = '/v1/licenses'

const faultsOf = (kind: Kind, orgId: string): readonly Fault[] => {
  const query = { orgId }
  const status = (code: number, body: unknown = { message: 'no' }, headers = {}) =>
    ({ kind: 'status', status: code, headers, body }) as const
  switch (kind.name) {
    case 'no permission':
      return [{ match: { query }, effect: status(403) }]
    case 'failing vendor':
      return [{ match: { query }, effect: status(500) }]
    case 'unreadable':
      return [{ match: { query }, effect: status(200, '<html>', { 'content-type': 'text/html' }) }]
    case 'cut list':
      return [{ match: { path: LICENSES, query }, effect: { kind: 'truncate' } }]
    case 'one 429':
      return [{ match: { query, times: 1 }, effect: status(429, { message: 'no' }, { 'retry-after': '2' }) }]
    case 'fails at first':
      return [{ match: { query, times: 3 }, effect: status(503) }]
  }
}

export interface PartnersOptions {
  readonly partners: number
  readonly organizations: number
  /** Of each credential. */
  readonly requestsPerMinute: number
  /** Every how many organizations one fails. */
  readonly failEvery: number
  readonly tokenLifetimeSeconds: number
  readonly latencyMs: number
}

export const startPartners = (options: PartnersOptions): Promise<readonly SimulatedPartner[]> => {
  const { partners, organizations, requestsPerMinute, failEvery, tokenLifetimeSeconds, latencyMs } = options
  const start = async (place: number): Promise<SimulatedPartner> => {
    const id = `partner-${place}`
    const own = Array.from({ length: organizations }, (_, index) => index)
      .filter((index) => index % partners === place)
      .map((index) => {
        const orgId = hydraId('ORGANIZATION', uuidOf(index, 0))
        const failing =
          index % failEvery === failEvery - 1 ? KINDS[Math.floor(index / failEvery) % KINDS.length] : undefined
        return { index, id: `customer-${String(index).padStart(4, '0')}`, orgId, credential: id, kind: failing }
      })
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
    return { id, simulator, organizations: own }
  }
  return Promise.all(Array.from({ length: partners }, (_, place) => start(place)))
}
