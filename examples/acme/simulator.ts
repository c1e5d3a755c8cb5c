import {
  type Answer,
  bearerTokenOf,
  createPopulation,
  createSimulatorClock,
  json,
  type RunningServer,
  type SimulatedRequest,
  startServer,
} from 'seatlens/simulator-kit'
import type { Product, Seat } from './codecs.ts'

/** Everything is sent as it is here, in this order. */
export interface AcmeOrganisation {
  readonly products: readonly Product[]
  readonly seats: readonly Seat[]
}

export interface AcmeSimulator extends RunningServer {
  /** The one token that it takes. */
  readonly token: string
}

const TOKEN = 'acme-simulator-token'

const refuse = (status: number, code: string, message: string) => (request: SimulatedRequest) =>
  json({ code, message, requestId: `acme-${request.sequence}` }, status)

const badRequest = refuse(400, 'bad_request', 'limit is at most 100, and cursor is one that was given out')
const unauthorized = refuse(401, 'unauthorized', 'the token is not valid')
const notFound = refuse(404, 'not_found', 'there is no such path')

const authorized = (answer: (request: SimulatedRequest) => Answer) => (request: SimulatedRequest) =>
  bearerTokenOf(request) === TOKEN ? answer(request) : unauthorized(request)

const page = ({ seats }: AcmeOrganisation, request: SimulatedRequest): Answer => {
  const [id, email] = [request.query.get('id'), request.query.get('email')?.toLowerCase()]
  const found = seats.filter(
    (seat) => (id === null || seat.id === id) && (email === undefined || seat.email?.toLowerCase() === email),
  )
  const limit = Number(request.query.get('limit') ?? 100)
  const cursor = request.query.get('cursor') ?? '0'
  if (!/^\d+$/.test(cursor) || !(limit >= 1 && limit <= 100)) return badRequest(request)
  const end = Number(cursor) + limit
  return json({
    seats: found.slice(Number(cursor), end),
    total: found.length,
    next: end < found.length ? String(end) : null,
  })
}

/** The same people as at other vendors' simulators of that seed. */
export const seededOrganisation = ({ users, seed }: { users: number; seed: number }): AcmeOrganisation => {
  const { person } = createPopulation({ seed, idSpace: 'acme' })
  return {
    products: [{ id: 'anvil', name: 'Anvil', bought: users, used: users }],
    seats: Array.from({ length: users }, (_, index) => {
      const { id, displayName, email } = person(index)
      return { id, name: displayName, email, state: 'enabled', products: ['anvil'] }
    }),
  }
}

/** A real HTTP server on loopback that behaves as Acme documents. */
export const startAcmeSimulator = async (
  organisation: AcmeOrganisation,
  { port = 0, latencyMs = 0 } = {},
): Promise<AcmeSimulator> => {
  const server = await startServer({
    vendor: 'Acme',
    port,
    latencyMs,
    clock: createSimulatorClock(),
    routes: () => [
      { method: 'GET', path: '/products', handle: authorized(() => json({ products: organisation.products })) },
      { method: 'GET', path: '/seats', handle: authorized((request) => page(organisation, request)) },
    ],
    refusals: { unknownPath: notFound, methodNotAllowed: notFound, bodyTooLarge: notFound },
  })
  return { ...server, token: TOKEN }
}
