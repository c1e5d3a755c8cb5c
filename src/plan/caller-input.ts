import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Codec } from '../model/codec.ts'
import { isRecord } from '../model/is-record.ts'
import { isRecordedId, PROVIDER_ID_EXPECTED } from '../model/provider-id.ts'
import { codecOf } from '../provider-kit/decode.ts'
import { ImplicitEffects } from './journal-entry-shapes.ts'
import type { InvalidInput, PlanFailure } from './plan-failure.ts'
import { PlanOnFile } from './plan-shapes.ts'

export const invalidInput = (
  path: string,
  expected: string,
  message = `${path}: expected ${expected}`,
): InvalidInput => ({
  _tag: 'InvalidInput',
  path,
  expected,
  message,
})

/** What is wrong with a value that a caller hands in. `name`: what messages call it. */
export const problemsIn = (codec: Codec<unknown>, name: string, value: unknown): readonly PlanFailure[] => {
  const decoded = codec.decode(value)
  return E.isRight(decoded) ? [] : decoded.left.map(({ path, expected }) => invalidInput(`${name}${path}`, expected))
}

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
const Provider = recognized(
  'a provider with id, vendor, listLicenses, listUsers and getUser',
  (value) =>
    isRecord(value) &&
    [value.id, value.vendor].every((text) => typeof text === 'string') &&
    [value.listLicenses, value.listUsers, value.getUser].every(isFunction) &&
    [value.findUsers, value.changeAssignments, value.reviewChanges].every(isOptionalFunction),
)
const Journal = recognized(
  'a journal with append',
  (value) => isRecord(value) && isFunction(value.append) && isOptionalFunction(value.acquire),
)
/** Changes by place, as `readJournal` gives them. */
const JournalledChanges = recognized(
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

const reading = { signal: Signal, deadlineMs: milliseconds, clock: Clock, sha256: aFunction, onProgress: aFunction }

/** Members that are `undefined` are absent. */
const optional = <P extends t.Props>(props: P) => t.partial(props, 'options')

const HashingOptions = codecOf(optional({ sha256: aFunction }))
const CreateOptions = codecOf(optional({ ...reading, skipUnknown: t.boolean }))
const ApplyOptions = codecOf(
  t.intersection(
    [
      t.type({ journal: Journal }),
      optional({
        ...reading,
        journalled: JournalledChanges,
        besides: ImplicitEffects,
        allowDrift: t.boolean,
        unlisted: Places,
        settleWithinMs: milliseconds,
        maxRemovals: recognized('a number of seats', isNumber),
        onChange: aFunction,
        onWait: aFunction,
      }),
    ],
    'options',
  ),
)

/** Missing options are checked as empty ones, so that messages name what is missing. */
const problemsInOptions =
  (codec: Codec<unknown>) =>
  (options: unknown): readonly PlanFailure[] =>
    problemsIn(codec, options === undefined || isRecord(options) ? '' : 'options', options === undefined ? {} : options)

export const problemsInHashing = problemsInOptions(HashingOptions)
export const problemsInCreating = problemsInOptions(CreateOptions)
export const problemsInApplying = problemsInOptions(ApplyOptions)

const State = codecOf(
  t.intersection(
    [t.type({ plan: Plan, changes: JournalledChanges, chained: t.boolean }), optional({ besides: ImplicitEffects })],
    'what a journal comes to, as readJournal gives it',
  ),
)
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
  isRecord(state) ? problemsIn(State, 'state.', state) : problemsIn(State, 'state', state)
export const problemsInUndo = (undo: unknown): readonly PlanFailure[] =>
  isRecord(undo) ? problemsIn(Undoing, 'undo.', undo) : problemsIn(Undoing, 'undo', undo)

export const problemsInProvider = (provider: unknown): readonly PlanFailure[] => {
  const problems = problemsIn(codecOf(Provider), 'provider', provider)
  const isValid = isRecord(provider) && isRecordedId(provider.id)
  return problems.length > 0 || isValid ? problems : [invalidInput('provider.id', PROVIDER_ID_EXPECTED)]
}
