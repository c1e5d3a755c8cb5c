import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import type { DecodingProblem } from '../model/codec.ts'
import { leastOf } from '../model/count.ts'
import { codecOf } from '../model/decoder.ts'
import { type InvalidInput, invalidInput } from '../model/invalid-input.ts'
import { quantity } from '../model/quantity.ts'
import { KnownCount } from '../model/shapes.ts'
import { present } from '../model/with-defaults.ts'
import { allowedSeats } from '../report/limits/allowed-seats.ts'
import type { CheckItem, CheckRule } from './check-result.ts'

/**
 * What a breach is about, and the numbers that it rests on, as far as they are known. All are seats: `seats` are those at
 * stake, `inUse` and `purchased` those of the license.
 */
export interface BaselineNumbers {
  readonly seats?: number | undefined
  readonly inUse?: number | undefined
  readonly purchased?: number | undefined
  readonly rule?: string | undefined
  readonly provider?: string | undefined
  readonly findingGroup?: string | undefined
}

/** How reading a baseline fails. */
export type CheckFailure = InvalidInput

/** What was breached when the baseline was made, by id. */
export type Baseline = ReadonlyMap<string, BaselineNumbers>

const CheckItemOnFile = t.intersection(
  [
    t.type({ verdict: t.string }),
    // An older version has not written all of this.
    t.partial({
      ...{ id: t.string, rule: t.string, provider: t.string, findingGroup: t.string },
      ...{ seats: t.unknown, inUse: t.unknown, purchased: t.unknown },
    }),
  ],
  'item',
)

const CheckOnFile = codecOf(
  t.type({ schemaVersion: t.literal(1), kind: t.literal('check'), items: t.array(CheckItemOnFile) }, 'check'),
)

const knownValue = (count: unknown): number | undefined => (KnownCount.is(count) ? count.value : undefined)

const noBaseline = ([first = { path: '', expected: CheckOnFile.name }]: readonly DecodingProblem[]): CheckFailure => {
  const { path, expected } = first
  return invalidInput(path, expected, `not the result of a check: ${path || 'the value'}: expected ${expected}`)
}

/** Not `accepted`: an accepted breach is new once its suppression ends. */
const BREACHED: ReadonlySet<string> = new Set(['breached', 'inBaseline'])

/** Reads a baseline out of a {@link CheckResult} that was saved as JSON and parsed, as `readPlan` reads a plan. Never rejects. */
export const readBaseline = (value: unknown): TaskEither<CheckFailure, Baseline> =>
  pipe(
    TE.fromEither(CheckOnFile.decode(value)),
    TE.bimap(noBaseline, ({ items }) => {
      const breached = items.filter(({ verdict }) => BREACHED.has(verdict))
      return new Map(
        breached.flatMap(({ id, seats, inUse, purchased, ...about }) =>
          id === undefined
            ? []
            : [
                [
                  id,
                  {
                    ...present(about, ['rule', 'provider', 'findingGroup']),
                    seats: knownValue(seats),
                    inUse: knownValue(inUse),
                    purchased: knownValue(purchased),
                  },
                ] as const,
              ],
        ),
      )
    }),
  )

/**
 * Seats at stake: for a limit, the seats above it. Both checks are measured by the limits of today: the same number under
 * another limit is not worse.
 */
const seatsAtStake = (rule: CheckRule, { seats, inUse, purchased }: BaselineNumbers, limit = 0): number | undefined => {
  if (rule !== 'max-utilization' && rule !== 'min-available') return seats
  if (inUse === undefined || purchased === undefined) return undefined
  return rule === 'max-utilization' ? inUse - allowedSeats(purchased, limit) : inUse - purchased + limit
}

const comparedWith = (then: BaselineNumbers, item: CheckItem): CheckItem => {
  const { rule, seats, inUse, purchased, message, limit } = item
  const before = seatsAtStake(rule, then, limit)
  // A list that breaks off may still prove that something has become worse.
  const least = {
    seats: seats && leastOf(seats),
    inUse: inUse && leastOf(inUse),
    purchased: purchased && leastOf(purchased),
  }
  const now = seatsAtStake(rule, least, limit)
  if (before === undefined || now === undefined || now <= before) return { ...item, verdict: 'inBaseline' }
  const atLeast = seats?.kind === 'unknown' || inUse?.kind === 'unknown' ? 'at least ' : ''
  return { ...item, message: `${message}; worse than in the baseline by ${atLeast}${quantity(now - before, 'seat')}` }
}

/** Something breached is not new where the baseline has it, unless it has become worse since. */
export const heldAgainstBaseline =
  (baseline: Baseline) =>
  (item: CheckItem): CheckItem => {
    const then = item.verdict === 'breached' && item.id !== undefined ? baseline.get(item.id) : undefined
    return then === undefined ? item : comparedWith(then, item)
  }
