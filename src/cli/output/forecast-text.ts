import { Forecasts, type Pace } from '../../provider-kit/index.ts'
import { numberText, quantity, visibleText } from '../../render/index.ts'
import { durationText } from './duration-text.ts'

/** What a run would ask of the vendors. */
export interface RunForecast {
  readonly providers: readonly (
    | {
        readonly provider: string
        /** Absent: the vendor did not tell, or it does not matter. */
        readonly users?: number | undefined
        readonly people?: number | undefined
        /** Those of all operations together. */
        readonly requests: number
        readonly operations: readonly Forecasts.RequestForecast[]
        /** What the requests keep to: a configured rate, and the vendor's. */
        readonly paces: readonly Pace[]
      }
    /** Why it is unknown. */
    | { readonly provider: string; readonly unknown: string }
  )[]
  /** How long all of it takes at least, by the paces. Absent: of one of the vendors no pace is known. */
  readonly leastMs?: number | undefined
  /** Requests that were made to know all this. */
  readonly asked: number
}

const MINUTE_MS = 60_000

const paceText = ({ requests, inMs }: Pace): string =>
  `${numberText(requests)} requests ${inMs === MINUTE_MS ? 'a minute' : `in ${durationText(inMs)}`}`

const leastText = (ms: number): string => (ms === 0 ? 'no wait' : `at least ${durationText(ms)}`)

const linesOf = (forecast: RunForecast['providers'][number]): readonly string[] => {
  if ('unknown' in forecast) return [`${forecast.provider}: unknown: ${forecast.unknown}`]
  const { provider, users, requests, operations, paces } = forecast
  const width = Math.max(0, ...operations.map(({ requests: some }) => numberText(some).length))
  const needs = new Set(operations.flatMap(({ needs: some = [] }) => (some.length === 0 ? [] : [some.join(' or ')])))
  return [
    `${provider}: ${quantity(requests, 'request')}${users === undefined ? '' : ` for ${quantity(users, 'user')}`}`,
    ...operations.map(({ operation, requests: some, unsure }) => {
      const many = `${numberText(some).padStart(width)} × ${operation}`
      return `  ${many}${unsure === undefined ? '' : ` (${unsure})`}`
    }),
    ...[...needs].map((some) => `  needs ${some}`),
    ...paces.map((pace) => `  ${paceText(pace)}: ${leastText(Forecasts.leastTimeOf(requests, pace))}`),
    ...(paces.length === 0 ? ['  the vendor states no rate, and none is configured: the time is unknown'] : []),
  ]
}

/** The forecast for people. */
export const forecastText = ({ providers, leastMs, asked }: RunForecast): string => {
  const all = providers.reduce((sum, one) => sum + ('requests' in one ? one.requests : 0), 0)
  const time = leastMs === undefined ? '' : `, ${leastText(leastMs)} for the rate`
  const effort = asked === 0 ? 'Nothing was asked for this.' : `${quantity(asked, 'request')} told this.`
  return [...providers.flatMap(linesOf), `All: ${quantity(all, 'request')}${time}. ${effort} Repeats come on top.`, '']
    .map(visibleText)
    .join('\n')
}
