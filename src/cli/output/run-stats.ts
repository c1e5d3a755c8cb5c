import type { RequestTally } from '../../provider-kit/index.ts'
import { numberText, quantity } from '../../render/index.ts'
import type { Environment } from '../environment.ts'
import { durationText } from './duration-text.ts'

/** What a run has taken. */
export interface RunStats {
  readonly milliseconds: number
  /** The most memory that the process had. Absent: the system does not tell. */
  readonly peakMemoryBytes?: number | undefined
  /** Answers that were not asked for, as an earlier run has kept them. Absent: none are kept. */
  readonly answersKept?: number | undefined
  readonly providers: readonly RequestTally[]
}

const MEGA = 1_000_000

const bytesText = (bytes: number): string =>
  bytes < MEGA ? `${numberText(Math.ceil(bytes / 1_000))} kB` : `${numberText(Math.round(bytes / MEGA))} MB`

const waitWords = { rateLimit: 'for the rate limit', pace: 'to keep to the rate', retry: 'before repeats' } as const

const waitsOf = ({ waitedMs }: RequestTally): string => {
  const waits = (['rateLimit', 'pace', 'retry'] as const)
    .filter((reason) => waitedMs[reason] > 0)
    .map((reason) => `${durationText(waitedMs[reason])} ${waitWords[reason]}`)
  return waits.length === 0 ? 'no waits' : `waited ${waits.join(', ')}`
}

const linesOf = ({ milliseconds, peakMemoryBytes, answersKept, providers }: RunStats): readonly string[] => {
  const memory = peakMemoryBytes === undefined ? '' : `, ${bytesText(peakMemoryBytes)} of memory at most`
  return [
    `stats: ${durationText(milliseconds)}${memory}`,
    ...(answersKept === undefined ? [] : [`${quantity(answersKept, 'answer')} of an earlier run used`]),
    ...providers.flatMap((tally) => {
      const { provider, requests, repeats, bytes, operations } = tally
      const repeated = repeats === 0 ? '' : `, ${quantity(repeats, 'repeat')} among them`
      return [
        `${provider}: ${quantity(requests, 'request')}${repeated}; ${bytesText(bytes)}; ${waitsOf(tally)}`,
        ...operations.map(({ operation, requests: sent }) => `${provider}: ${numberText(sent)} × ${operation}`),
      ]
    }),
  ]
}

/** Says on stderr what a run has taken: in lines, or as one line of JSON. */
export const tellStats = (environment: Environment, stats: RunStats): void => {
  if (environment.manners.isJson) environment.stderr.write(`${JSON.stringify({ stats })}\n`)
  else for (const line of linesOf(stats)) environment.stderr.write(environment.prose(line))
}
