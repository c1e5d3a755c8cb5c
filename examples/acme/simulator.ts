import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import {
  type Answer,
  bearerTokenOf,
  createLicenseBook,
  createPopulation,
  createSimulatorClock,
  createWriteScript,
  json,
  jsonBodyOf,
  judgeRequest,
  type LicenseBook,
  type LicenseWrite,
  listedHoldings,
  type RunningServer,
  type SimulatedRequest,
  startServer,
  type WriteProgram,
  type WriteScript,
  type WriteVerdict,
} from 'seatlens/simulator-kit'
import type { Product, Seat } from './codecs.ts'

/** Everything is sent in this form and order; `used` is counted. */
export interface AcmeOrganization {
  readonly products: readonly Product[]
  readonly seats: readonly Seat[]
}

export interface AcmeSimulator extends RunningServer {
  /** The only token that it accepts. */
  readonly token: string
  /** How changes misbehave. */
  readonly writes: WriteProgram
}

/** An organization and its present state. */
interface Acme extends AcmeOrganization {
  readonly book: LicenseBook
  readonly writes: WriteScript
}

const TOKEN = 'acme-simulator-token'

const refuse =
  (status: number, code: string, message: string, headers = {}) =>
  (request: SimulatedRequest) =>
    json({ code, message, requestId: `acme-${request.sequence}` }, status, headers)

const badRequest = refuse(400, 'bad_request', 'limit is at most 100, and cursor is one that was given out')
const unauthorized = refuse(401, 'unauthorized', 'the token is not valid')
const notFound = refuse(404, 'not_found', 'there is no such path')
const noSuchPerson = refuse(404, 'not_found', 'there is no such person')
const noSuchProduct = refuse(422, 'unknown_product', 'there is no such product')
const malformed = refuse(400, 'bad_request', 'expected id, add and remove')
const unsound = refuse(500, 'internal', 'something went wrong')

const authorized = (answer: (request: SimulatedRequest) => Answer) => (request: SimulatedRequest) =>
  bearerTokenOf(request) === TOKEN ? answer(request) : unauthorized(request)

const page = ({ seats, book }: Acme, request: SimulatedRequest): Answer => {
  const [ids, email] = [request.query.get('id')?.split(','), request.query.get('email')?.toLowerCase()]
  const found = [...seats.entries()].filter(
    ([, seat]) =>
      (ids === undefined || ids.includes(seat.id)) && (email === undefined || seat.email?.toLowerCase() === email),
  )
  const limit = Number(request.query.get('limit') ?? 100)
  const cursor = request.query.get('cursor') ?? '0'
  if (!/^\d+$/.test(cursor) || !(limit >= 1 && limit <= 100)) return badRequest(request)
  const end = Number(cursor) + limit
  return json({
    seats: found.slice(Number(cursor), end).map(([user, seat]) => ({ ...seat, products: book.licensesOf(user) })),
    total: found.length,
    next: end < found.length ? String(end) : null,
  })
}

const Change = t.type({ id: t.string, add: t.array(t.string), remove: t.array(t.string) }, 'Change')

/** Does one write, as its misbehavior demands, and returns what was not done. */
const carryOut = ({ book }: Acme, user: number, write: LicenseWrite, verdict: WriteVerdict) => {
  const { licenseId: product, action } = write
  if (verdict.kind === 'refuse') return [{ product, code: verdict.code ?? 'refused', message: verdict.message ?? 'no' }]
  if (verdict.kind === 'seatsOut')
    return [{ product, code: 'no_seats', message: verdict.message ?? 'all seats are taken' }]
  if (verdict.kind !== 'do') return []
  const gives = [...verdict.gives, ...(action === 'assign' ? [product] : [])]
  const takes = [...verdict.takes, ...(action === 'remove' ? [product] : [])]
  const act = () => book.assign(user, [...book.licensesOf(user).filter((id) => !takes.includes(id)), ...gives])
  if (verdict.afterMs > 0) book.later(verdict.afterMs, act)
  else act()
  return []
}

const patch = (acme: Acme, request: SimulatedRequest): Answer => {
  const body = jsonBodyOf(request)
  if (E.isLeft(body) || !Change.is(body.right)) return malformed(request)
  const { id: userId, add, remove } = body.right
  const user = acme.seats.findIndex((seat) => seat.id === userId)
  if (user < 0) return noSuchPerson(request)
  if (!add.every((id) => acme.products.some((product) => product.id === id))) return noSuchProduct(request)
  const writes = [
    ...remove.map((licenseId): LicenseWrite => ({ userId, licenseId, action: 'remove' })),
    ...add.map((licenseId): LicenseWrite => ({ userId, licenseId, action: 'assign' })),
  ]
  const verdict = judgeRequest(acme.writes, writes)
  if (verdict.kind === 'throttle') {
    return refuse(429, 'too_many', 'wait', { 'retry-after': String(verdict.afterSeconds) })(request)
  }
  if (verdict.kind === 'refuse') return refuse(verdict.status, verdict.code ?? 'refused', 'not this person')(request)
  const refused = writes.flatMap((write, place) =>
    carryOut(acme, user, write, verdict.verdicts[place] ?? { kind: 'leaveOut' }),
  )
  return verdict.fails ? unsound(request) : json({ refused })
}

/** The same people as in other simulators with this seed. */
export const seededOrganization = ({ users, seed }: { users: number; seed: number }): AcmeOrganization => {
  const { person } = createPopulation({ seed, idSpace: 'acme' })
  return {
    products: [{ id: 'anvil', name: 'Anvil', bought: users }],
    seats: Array.from({ length: users }, (_, index) => {
      const { id, displayName, email } = person(index)
      return { id, name: displayName, email, state: 'enabled', products: ['anvil'] }
    }),
  }
}

/** A real HTTP server on loopback that behaves as Acme documents. `now`: its clock. */
export const startAcmeSimulator = async (
  organization: AcmeOrganization,
  { port = 0, latencyMs = 0, now = Date.now } = {},
): Promise<AcmeSimulator> => {
  const clock = createSimulatorClock(now)
  const writes = createWriteScript()
  const book = createLicenseBook(listedHoldings(organization.seats.map(({ products }) => products)), clock.now)
  const acme = { ...organization, book, writes }
  const products = () => organization.products.map((one) => ({ ...one, used: book.holdersOf(one.id).size }))
  const server = await startServer({
    vendor: 'Acme',
    port,
    latencyMs,
    clock,
    routes: () => [
      { method: 'GET', path: '/products', handle: authorized(() => json({ products: products() })) },
      { method: 'GET', path: '/seats', handle: authorized((request) => page(acme, request)) },
      { method: 'PATCH', path: '/seats', handle: authorized((request) => patch(acme, request)) },
    ],
    refusals: { unknownPath: notFound, methodNotAllowed: notFound, bodyTooLarge: notFound },
  })
  return { ...server, token: TOKEN, writes }
}
