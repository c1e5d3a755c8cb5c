import * as E from 'fp-ts/lib/Either.js'
import { isWhole, type LicenseError, type Snapshot, toReadonlyArray } from '../../index.ts'
import { Forecasts, Http, tallyRequests, Values } from '../../provider-kit/index.ts'
import { createSources, type ProviderSource } from '../configuration/create-providers.ts'
import { loadConfiguration } from '../configuration/load-configuration.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { ExplainedRun, Invocation } from '../invocation.ts'
import { forecastText, type RunForecast } from '../output/forecast-text.ts'
import { writeOut } from '../output/write-out.ts'
import { loadNewest } from '../snapshot/read-history.ts'
import { networkOf } from './with-providers.ts'
import type { PlannedReading } from './with-reading.ts'

type ProviderForecast = RunForecast['providers'][number]

const isRequest = (value: unknown): value is Forecasts.RequestForecast =>
  Values.isRecord(value) &&
  typeof value.operation === 'string' &&
  Number.isInteger(value.requests) &&
  Number(value.requests) >= 0 &&
  (value.unsure === undefined || typeof value.unsure === 'string') &&
  (value.needs === undefined || (Array.isArray(value.needs) && value.needs.every((one) => typeof one === 'string')))

/** Requests of one operation are one entry, however many calls make some. */
const united = (requests: readonly unknown[]): readonly Forecasts.RequestForecast[] => {
  const byOperation = new Map<string, Forecasts.RequestForecast>()
  for (const request of requests) {
    if (!isRequest(request)) throw new Error('it is no forecast')
    const before = byOperation.get(request.operation)
    byOperation.set(request.operation, {
      ...request,
      requests: (before?.requests ?? 0) + request.requests,
      unsure: request.unsure ?? before?.unsure,
    })
  }
  return [...byOperation.values()].filter(({ requests: some }) => some > 0).sort((a, b) => b.requests - a.requests)
}

/** The paces that the requests of a provider keep to: what is configured, and what the vendor states. */
const pacesOf = (
  { requestsPerMinute }: ProviderSource,
  forecast: Forecasts.ProviderForecast,
): readonly NonNullable<Forecasts.ProviderForecast['pace']>[] => [
  ...(requestsPerMinute === undefined ? [] : [{ requests: requestsPerMinute, inMs: 60_000 }]),
  ...(forecast.pace === undefined ? [] : [forecast.pace]),
]

/** The size of an organization when a snapshot was taken of it. One with a gap tells too little. */
const sizeThen = async (snapshot: Snapshot | undefined, id: string): Promise<Forecasts.OrganizationSize> => {
  const kept = snapshot?.manifest.providers.find((provider) => provider.id === id)
  const provider = snapshot?.providers.find((one) => one.id === id)
  if (kept === undefined || provider === undefined || !isWhole(kept.users.ledger)) return {}
  const listed = await toReadonlyArray(provider.listLicenses())()
  const holders = E.isRight(listed)
    ? listed.right.items.map(({ consumed }) => (consumed.kind === 'known' ? consumed.value : 0))
    : undefined
  const { directory } = kept.users
  const people = directory !== undefined && isWhole(directory) ? directory.items : undefined
  return { users: kept.users.ledger.items, people, holders }
}

interface Explained {
  readonly forecast: ProviderForecast
  readonly source: ProviderSource
  readonly paces: ReturnType<typeof pacesOf>
  readonly error?: LicenseError | undefined
}

const explainOne = async (
  { bounds }: Invocation,
  source: ProviderSource,
  { calls }: PlannedReading,
  known: Forecasts.OrganizationSize,
): Promise<Explained> => {
  const { provider, sharesWith } = source
  const unknown = (reason: string, error?: LicenseError): Explained => ({
    forecast: { provider: provider.id, unknown: reason },
    source,
    paces: [],
    error,
  })
  // What comes of a provider of another package may be anything.
  try {
    const forecast = source.forecast()
    if (forecast === undefined) return unknown('this kind of provider does not say what it will ask')
    const size = await forecast.measure(known, bounds())()
    if (E.isLeft(size)) return unknown(size.left.message, size.left)
    const operations = united([
      ...(sharesWith === provider.id ? forecast.beforehand : []),
      ...calls(provider).flatMap((call) => forecast.requestsOf(call, size.right)),
    ])
    const requests = operations.reduce((sum, operation) => sum + operation.requests, 0)
    const { users, people } = size.right
    const paces = pacesOf(source, forecast)
    return { forecast: { provider: provider.id, users, people, requests, operations, paces }, source, paces }
  } catch (thrown) {
    return unknown(`what the provider says of its requests cannot be used: ${Http.thrownText(thrown)}`)
  }
}

/** How long the requests of all providers with one credential take at least; undefined where no pace is known. */
const leastTimesOf = (explained: readonly Explained[]): readonly (number | undefined)[] =>
  [...Values.groupedBy(explained, ({ source }) => source.sharesWith).values()].map((group) => {
    const requests = group.reduce((sum, { forecast }) => sum + ('requests' in forecast ? forecast.requests : 0), 0)
    const paces = group.flatMap(({ paces: own }) => own)
    return paces.length === 0 ? undefined : Math.max(...paces.map((pace) => Forecasts.leastTimeOf(requests, pace)))
  })

/**
 * Says what a run would ask of the vendors, and how long that takes at least. Nothing is read for it but how large the
 * organizations are, where no option says so, and nothing is written but the forecast.
 */
export const explain = async (
  invocation: Invocation,
  { users, asJson }: ExplainedRun,
  reading: PlannedReading,
): Promise<readonly ProviderOutcome[]> => {
  const { environment } = invocation
  const configuration = await loadConfiguration(invocation)
  const network = await networkOf(invocation)
  const tallies = tallyRequests()
  const onEvent: typeof tallies.onEvent = (event) => {
    network.onEvent(event)
    tallies.onEvent(event)
  }
  const runtime = { ...network, onEvent }
  const { sources } = await createSources(
    configuration,
    { only: reading.only, bounds: invocation.bounds },
    runtime,
    environment.files,
  )
  const snapshot =
    users === undefined && reading.history !== undefined ? await loadNewest(reading.history, invocation) : undefined
  const explained = await Promise.all(
    sources.map(async (source) => {
      const known = users === undefined ? await sizeThen(snapshot, source.provider.id) : { users }
      return explainOne(invocation, source, reading, known)
    }),
  )
  const times = leastTimesOf(explained)
  const leastMs = times.includes(undefined) ? undefined : Math.max(0, ...times.map((ms) => ms ?? 0))
  const asked = tallies.all().reduce((sum, { requests }) => sum + requests, 0)
  const forecast: RunForecast = { providers: explained.map((one) => one.forecast), leastMs, asked }
  await writeOut(environment, asJson ? `${JSON.stringify({ forecast }, undefined, 2)}\n` : forecastText(forecast))
  return explained.map(({ error }) => (error === undefined ? { status: 'complete' } : { status: 'failed', error }))
}
