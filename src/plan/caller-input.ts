import * as t from 'io-ts'
import { isProvider, PROVIDER_EXPECTED } from '../contract/given-provider.ts'
import { optional as orAbsent } from '../contract/shapes.ts'
import type { Codec } from '../model/codec.ts'
import { codecOf } from '../model/decoder.ts'
import { invalidInput, problemsIn } from '../model/invalid-input.ts'
import { isRecord } from '../model/is-record.ts'
import { isRecordedId, PROVIDER_ID_EXPECTED } from '../model/provider-id.ts'
import type { Hashing } from '../model/sha256.ts'
import { isWholeNumber } from '../model/whole-number.ts'
import { LimitEntry } from '../report/limits/limit-codec.ts'
import type { ApplyPlanOptions } from './apply-plan.ts'
import type { CreatePlanOptions } from './create-plan.ts'
import { ImplicitEffects } from './journal-entry-shapes.ts'
import type { PlanFailure } from './plan-failure.ts'
import { OmittedSeatsOnFile, PlanOnFile } from './plan-shapes.ts'
import type { ProtectedSeat } from './protected-seat.ts'
import type { ReadOptions } from './provider-state.ts'

/** A codec that is only a test, named after what is expected. */
const recognized = (expected: string, test: (value: unknown) => boolean): t.Type<unknown> => {
  const is = (value: unknown): value is unknown => test(value)
  return new t.Type(
    expected,
    is,
    (value, context) => (test(value) ? t.success(value) : t.failure(value, context)),
    t.identity,
  )
}

const isFunction = (value: unknown): boolean => typeof value === 'function'
const isOptionalFunction = (value: unknown): boolean => value === undefined || isFunction(value)
const isNumber = (value: unknown): boolean => typeof value === 'number' && !Number.isNaN(value)

const milliseconds = recognized('a number of milliseconds', isNumber)
const aFunction = recognized('a function', isFunction)
const Signal = recognized(
  'an AbortSignal',
  (value) => isRecord(value) && typeof value.aborted === 'boolean' && isFunction(value.addEventListener),
)
const Clock = recognized(
  'a clock with now and sleep',
  (value) => isRecord(value) && isFunction(value.now) && isFunction(value.sleep) && isOptionalFunction(value.elapsed),
)
const Journal = recognized(
  'a journal with append',
  (value) =>
    isRecord(value) && isFunction(value.append) && isOptionalFunction(value.acquire) && isOptionalFunction(value.isNew),
)
/** Changes by place, as `readJournal` gives them. */
const JournaledChanges = recognized(
  'a Map of changes, as readJournal gives it',
  (value) =>
    value instanceof Map &&
    [...value].every(
      ([place, change]: readonly [unknown, unknown]) =>
        typeof place === 'number' && isRecord(change) && typeof change.sent === 'number',
    ),
)
/** Places of changes. */
const Places = recognized('a Set of places', (value) => value instanceof Set)

const Plan = recognized('a plan, as readPlan gives it', PlanOnFile.is)

const ProtectedSeats: t.Type<readonly ProtectedSeat[]> = t.readonlyArray(
  t.intersection(
    [
      t.type({ user: t.string, reason: t.string }),
      t.partial({ license: orAbsent(t.string), provider: orAbsent(t.string), source: orAbsent(t.string) }),
    ],
    'ProtectedSeat',
  ),
  'list of protected seats',
)

/** Longer than any plan is of use, and short enough that its end is a valid date. */
const LONGEST_MS = 100 * 366 * 24 * 60 * 60 * 1_000
const duration = recognized(
  'a number of milliseconds, at most a hundred years',
  (value) => typeof value === 'number' && Math.abs(value) <= LONGEST_MS,
)
const fromOne = recognized('a whole number from 1', (value) => isWholeNumber(value) && value > 0)

/** Members that are `undefined` are absent. */
const optional = <P extends t.Props>(props: P) => t.partial(props, 'options')

const State = t.intersection(
  [t.type({ plan: Plan, changes: JournaledChanges, chained: t.boolean }), optional({ besides: ImplicitEffects })],
  'what a journal comes to, as readJournal gives it',
)

/** A check of each option. A new option does not compile before it has one. */
type Checks<O> = { readonly [Option in keyof O]-?: t.Mixed }

const hashing = { sha256: aFunction } satisfies Checks<Hashing>
const reading = {
  signal: Signal,
  deadlineMs: milliseconds,
  clock: Clock,
  onProgress: aFunction,
} satisfies Checks<ReadOptions>
const creating = {
  ...hashing,
  ...reading,
  skipUnknown: t.boolean,
  validForMs: duration,
  limit: fromOne,
  keepFree: recognized('a whole number from 0', isWholeNumber),
  limits: t.readonlyArray(LimitEntry, 'a list of limits'),
  omitted: t.readonlyArray(OmittedSeatsOnFile, 'a list of omitted seats'),
  protected: ProtectedSeats,
} satisfies Checks<CreatePlanOptions>
const { journal, ...applying } = {
  ...hashing,
  ...reading,
  journal: Journal,
  state: State,
  allowDrift: t.boolean,
  unlisted: Places,
  settleWithinMs: milliseconds,
  maxRemovals: recognized('a number of seats', isNumber),
  protected: ProtectedSeats,
  onChange: aFunction,
  onWait: aFunction,
} satisfies Checks<ApplyPlanOptions>

const HashingOptions = codecOf(optional(hashing))
const CreateOptions = codecOf(optional(creating))
const ApplyOptions = codecOf(t.intersection([t.type({ journal }), optional(applying)], 'options'))
const UndoOptions = codecOf(t.intersection([t.type({ journal, state: State }), optional(applying)], 'options'))

/** Missing options are checked as empty ones, so that messages name what is missing. */
const problemsInOptions =
  (codec: Codec<unknown>) =>
  (options: unknown): readonly PlanFailure[] =>
    problemsIn(codec, options === undefined || isRecord(options) ? '' : 'options', options === undefined ? {} : options)

export const problemsInHashing = problemsInOptions(HashingOptions)
export const problemsInCreating = problemsInOptions(CreateOptions)
export const problemsInApplying = problemsInOptions(ApplyOptions)
export const problemsInUndoing = problemsInOptions(UndoOptions)

const Undoing = codecOf(
  t.type(
    {
      plan: Plan,
      places: t.readonlyArray(t.number),
      unlisted: Places,
      uncertain: Places,
      left: t.readonlyArray(t.string),
    },
    'what is to be taken back, as createUndo gives it',
  ),
)

/** Of the plan, only its shape is checked here, and not whether it is intact. */
export const problemsInState = (state: unknown): readonly PlanFailure[] =>
  problemsIn(codecOf(State), isRecord(state) ? 'state.' : 'state', state)
export const problemsInUndo = (undo: unknown): readonly PlanFailure[] =>
  isRecord(undo) ? problemsIn(Undoing, 'undo.', undo) : problemsIn(Undoing, 'undo', undo)

export const problemsInProvider = (provider: unknown): readonly PlanFailure[] => {
  if (!isProvider(provider)) return [invalidInput('provider', PROVIDER_EXPECTED)]
  return isRecordedId(provider.id) ? [] : [invalidInput('provider.id', PROVIDER_ID_EXPECTED)]
}
