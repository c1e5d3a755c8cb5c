import { type Fault, type GenesysWorld, startGenesysSimulator } from 'seatlens/genesys/simulator'
import { answerOf, kindAt, refusalFor, type SimulatedCredential, webPage, wholeLog } from './simulated.ts'

/** How organizations of Genesys Cloud fail: as Webex's do, by what is refused to their own client, and by a list that changes. */
const KINDS = [
  { name: 'refused client', endsGood: false },
  { name: 'no permission', endsGood: false },
  { name: 'failing vendor', endsGood: false },
  { name: 'unreadable', endsGood: false },
  { name: 'cut list', endsGood: false },
  { name: 'list that changes', endsGood: false },
  { name: 'one 429', endsGood: true, refusals: 1 },
  { name: 'fails at first', endsGood: true },
] as const
type Name = (typeof KINDS)[number]['name']

const API = '/api/v2/*'
const USERS = '/api/v2/license/users'

/** Each page says that there is one user more than on the page before. */
const growing = (): Fault['effect'] => {
  let more = 0
  return {
    kind: 'rewrite',
    rewrite: (answer) => {
      const page = JSON.parse(answer.body)
      return { ...answer, body: JSON.stringify({ ...page, total: page.total + ++more }) }
    },
  }
}

const faultsOf = (name: Name | undefined): readonly Fault[] => {
  switch (name) {
    case 'failing vendor':
      return [{ match: { path: API }, effect: answerOf(500) }]
    case 'unreadable':
      return [{ match: { path: API }, effect: webPage }]
    case 'cut list':
      return [{ match: { path: USERS }, effect: { kind: 'truncate' } }]
    case 'list that changes':
      return [{ match: { path: USERS }, effect: growing() }]
    case 'one 429':
      return [{ match: { path: API, times: 1 }, effect: refusalFor(2) }]
    case 'fails at first':
      return [{ match: { path: API, times: 3 }, effect: answerOf(503) }]
    default:
      return []
  }
}

const uuidOf = (organization: number, thing: number): string =>
  `00000000-0000-4000-9000-${String(organization).padStart(6, '0')}${String(thing).padStart(6, '0')}`

const worldOf = (index: number): GenesysWorld => {
  const definitions = ['engage1', 'engage2', 'collaborate'].map((id) => ({ id, description: `License ${id}` }))
  const people = Array.from({ length: 8 + (index % 8) }, (_, person) => ({ person, id: uuidOf(index, person + 10) }))
  return {
    organization: { id: uuidOf(index, 0), name: `Center ${index}` },
    definitions,
    licenseRows: people.map(({ id, person }) => ({
      id,
      licenses: definitions.filter((_, place) => (person + index) % (place + 2) === 0).map((license) => license.id),
    })),
    directory: people.map(({ id, person }) => ({
      id,
      name: `Person ${person}`,
      email: `person-${person}@center-${index}.example`,
    })),
  }
}

export interface CentersOptions {
  readonly centers: number
  /** Of each organization's credential. */
  readonly requestsPerMinute: number
  /** Every how many of them one fails. */
  readonly failEvery: number
  readonly latencyMs: number
}

/** Organizations with a credential and a rate each. Their lists have several pages. */
export const startCenters = (options: CentersOptions): Promise<readonly SimulatedCredential[]> => {
  const { centers, requestsPerMinute, failEvery, latencyMs } = options
  const start = async (index: number): Promise<SimulatedCredential> => {
    const kind = kindAt(index, failEvery, KINDS)
    const id = `center-${String(index).padStart(4, '0')}`
    const simulator = await startGenesysSimulator({
      seed: index + 1,
      latencyMs,
      world: worldOf(index),
      licenseListing: { maximumPageSize: 5 },
      rateLimit: { requests: requestsPerMinute },
      ...(kind?.name === 'no permission' ? { permissions: [] } : {}),
      faults: faultsOf(kind?.name),
    })
    if (kind?.name === 'refused client') simulator.tokens.refuseClient(true)
    return {
      id,
      requestsPerMinute,
      configuration: { type: 'genesys', region: 'mypurecloud.ie', ...simulator.configuration },
      organizations: [{ id, kind }],
      requests: () =>
        wholeLog(simulator.requests)
          .filter(({ path }) => path !== '/oauth/token')
          .map(({ at, userAgent = '' }) => ({ at, organization: id, from: userAgent })),
      destroy: simulator.destroy,
    }
  }
  return Promise.all(Array.from({ length: centers }, (_, index) => start(index)))
}
