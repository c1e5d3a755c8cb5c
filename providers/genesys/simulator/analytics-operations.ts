import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { type Answer, json, jsonBodyOf, type SimulatedRequest } from '../../../src/simulator-kit/index.ts'
import { badRequest } from './errors.ts'
import type { Operation } from './guard.ts'
import type { GenesysOrganization } from './organization.ts'
import type { GenesysPresence } from './world.ts'

const Predicate = t.type({ dimension: t.string, value: t.string }, 'Predicate')

const Query = t.intersection(
  [
    t.type({ interval: t.string, groupBy: t.array(t.string), metrics: t.array(t.string) }),
    t.partial({ granularity: t.string, filter: t.type({ type: t.string, predicates: t.array(Predicate) }) }),
  ],
  'Query',
)
type Query = t.TypeOf<typeof Query>

const DAY_MS = 86_400_000
const MAX_PREDICATES = 100
const METRIC = 'tSystemPresence'

interface Span {
  readonly from: number
  readonly to: number
}

const spanOf = (interval: string): Span | undefined => {
  const [from = Number.NaN, to = Number.NaN, ...others] = interval.split('/').map((text) => Date.parse(text))
  return others.length === 0 && from < to ? { from, to } : undefined
}

/** Days begin where the interval does; without a granularity there is one interval. */
const partsOf = ({ from, to }: Span, granularity: string | undefined): readonly Span[] => {
  if (granularity === undefined) return [{ from, to }]
  return Array.from({ length: Math.ceil((to - from) / DAY_MS) }, (_, day) => ({
    from: from + day * DAY_MS,
    to: Math.min(to, from + (day + 1) * DAY_MS),
  }))
}

/** What is asked for, or what is wrong with it. The simulator says so rather than answering something else. */
const askedOf = (
  query: Query,
): Either<string, { readonly userIds: readonly string[]; readonly parts: readonly Span[] }> => {
  const { interval, granularity, groupBy, metrics, filter } = query
  const span = spanOf(interval)
  if (span === undefined) return E.left('The interval is not valid')
  if (granularity !== undefined && granularity !== 'P1D') return E.left('the simulator knows the granularity P1D only')
  if (groupBy.join() !== 'userId' || metrics.join() !== METRIC) {
    return E.left(`the simulator groups ${METRIC} by userId only`)
  }
  const predicates = filter?.predicates ?? []
  if (filter?.type !== 'or' || predicates.length === 0 || predicates.some(({ dimension }) => dimension !== 'userId')) {
    return E.left('The filter must name users')
  }
  if (predicates.length > MAX_PREDICATES) return E.left(`The filter has more than ${MAX_PREDICATES} predicates`)
  return E.right({ userIds: predicates.map(({ value }) => value), parts: partsOf(span, granularity) })
}

const overlapOf = (one: Span, { from, to }: GenesysPresence): number =>
  Math.max(0, Math.min(one.to, Date.parse(to)) - Math.max(one.from, Date.parse(from)))

/** The time in each presence; the rest of the interval is offline. */
const metricsOf = (part: Span, presences: readonly GenesysPresence[]) => {
  const times = new Map<string, number>()
  for (const span of presences) {
    const time = overlapOf(part, span)
    const { presence = 'AVAILABLE' } = span
    if (time > 0) times.set(presence, (times.get(presence) ?? 0) + time)
  }
  const online = [...times.values()].reduce((sum, time) => sum + time, 0)
  const offline = part.to - part.from - online
  if (offline > 0) times.set('OFFLINE', offline)
  return [...times].map(([qualifier, sum]) => ({ metric: METRIC, qualifier, stats: { sum } }))
}

/** Users whom the directory knows and who ever were online have results, those who were not have none. */
const aggregates = (organization: GenesysOrganization, request: SimulatedRequest): Answer => {
  const body = jsonBodyOf(request)
  if (E.isLeft(body) || !Query.is(body.right)) {
    return badRequest(request, 'The request could not be understood by the server due to malformed syntax.')
  }
  const asked = askedOf(body.right)
  if (E.isLeft(asked)) return badRequest(request, asked.left, 'invalid.value')
  const { userIds, parts } = asked.right
  const textOf = (time: number) => new Date(time).toISOString()
  return json({
    results: userIds.flatMap((userId) => {
      const presences = organization.record(userId)?.presences ?? []
      if (presences.length === 0) return []
      const data = parts.map((part) => ({
        interval: `${textOf(part.from)}/${textOf(part.to)}`,
        metrics: metricsOf(part, presences),
      }))
      return [{ group: { userId }, data }]
    }),
  })
}

/** How long users were in which presence. */
export const analyticsOperations = (organization: GenesysOrganization): Operation[] => [
  {
    method: 'POST',
    path: '/api/v2/analytics/users/aggregates/query',
    anyOf: ['analytics:userAggregate:view'],
    handle: (request) => aggregates(organization, request),
  },
]
