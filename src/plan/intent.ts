import * as t from 'io-ts'
import type { CallingProperties } from '../contract/assignment-change.ts'
import type { Codec } from '../model/codec.ts'
import { codecOf } from '../model/decoder.ts'
import { optionalMembers } from '../model/optional-members.ts'
import { Calling } from './calling.ts'
import type { PlannedFinding } from './plan.ts'

/** The finding of a report that a removal rests on, and the user as the report found them. */
export interface FindingBasis extends PlannedFinding {
  readonly user: {
    readonly status: string
    /** ISO 8601: the newest time by any source. Absent: no source told. */
    readonly lastActiveAt?: string | undefined
    readonly licenseIds: readonly string[]
    /** The vendor said that the user has never been active. Absent: it did not. */
    readonly neverActive?: true | undefined
    /** ISO 8601: when the seat was assigned. Absent: the report does not say. */
    readonly assignedAt?: string | undefined
  }
}

/** A change that a caller wants. Users are given by e-mail address or id, licenses by id, product code or name. */
export type Intent = {
  /** Where it was asked for, for error messages: `--user`, `line 3 of changes.csv`. */
  readonly source: string
  /** Where its license was given, if somewhere else: `--assign`. Default: as `source`. */
  readonly licenseSource?: string | undefined
} & (
  | {
      readonly action: 'assign'
      readonly license: string
      readonly user: string
      readonly calling?: CallingProperties | undefined
    }
  | {
      readonly action: 'remove'
      readonly license: string
      readonly user: string
      /**
       * Why: see `intentsOfFindings`. The seat is then left out of the plan, and no failure, if the user is no longer as the
       * finding has them, or if the seat is protected. Default: the removal is wanted whatever the user does.
       */
      readonly basis?: FindingBasis | undefined
    }
  | {
      readonly action: 'swap'
      /** The license to give up. */
      readonly license: string
      readonly to: string
      readonly user: string
      readonly calling?: CallingProperties | undefined
    }
  /** In the end these users hold the license, and no others. */
  | {
      readonly action: 'exactly'
      readonly license: string
      readonly users: readonly string[]
      /** Where each of the users was asked for, in their order. Default: as `source`. */
      readonly userSources?: readonly string[] | undefined
      /** Calling properties for each of the users, in their order. Default: none. */
      readonly userCallings?: readonly (CallingProperties | undefined)[] | undefined
      /** `add`: no user loses it. `remove`: no user gets it. Default: both happen. */
      readonly only?: 'add' | 'remove' | undefined
    }
)

/** A removal has no calling properties. */
const none = new t.Type<undefined>(
  'nothing, as no license is given',
  (value): value is undefined => value === undefined,
  (value, context) => (value === undefined ? t.success(value) : t.failure(value, context)),
  t.identity,
)

const Basis: t.Type<FindingBasis> = t.intersection(
  [
    t.type({ id: t.string, rule: t.string, message: t.string }),
    t.type({
      user: t.intersection([
        t.type({ status: t.string, licenseIds: t.readonlyArray(t.string) }),
        optionalMembers({ lastActiveAt: t.string, neverActive: t.literal(true), assignedAt: t.string }),
      ]),
    }),
  ],
  'FindingBasis',
)

const common = { source: t.string, license: t.string }
const users = t.readonlyArray(t.string, 'list of texts')
const optionalOfAll = { licenseSource: t.string }

/** By action, so that problems are about the action that is meant. */
const byAction = {
  assign: t.intersection([
    t.type({ ...common, action: t.literal('assign'), user: t.string }),
    t.partial({ ...optionalOfAll, calling: Calling }),
  ]),
  remove: t.intersection([
    t.type({ ...common, action: t.literal('remove'), user: t.string }),
    t.partial({ ...optionalOfAll, calling: none, basis: Basis }),
  ]),
  swap: t.intersection([
    t.type({ ...common, action: t.literal('swap'), user: t.string, to: t.string }),
    t.partial({ ...optionalOfAll, calling: Calling }),
  ]),
  exactly: t.intersection([
    t.type({ ...common, action: t.literal('exactly'), users }),
    t.partial({
      ...optionalOfAll,
      userSources: users,
      userCallings: t.readonlyArray(t.union([Calling, t.undefined], 'CallingProperties'), 'list of calling properties'),
      only: t.keyof({ add: null, remove: null }, 'one of add, remove'),
    }),
  ]),
}

const Action = t.type(
  {
    action: t.keyof({ assign: null, remove: null, swap: null, exactly: null }, 'one of assign, remove, swap, exactly'),
  },
  'an intent',
)

const IntentOfCaller = new t.Type<Intent>(
  'Intent',
  (value): value is Intent => Action.is(value) && byAction[value.action].is(value),
  (value, context) => {
    const action = Action.validate(value, context)
    if (action._tag === 'Left') return action
    const type = byAction[action.right.action]
    const [intent] = context.slice(-1)
    return type.validate(value, intent === undefined ? context : [...context.slice(0, -1), { ...intent, type }])
  },
  t.identity,
)

export const Intent: Codec<Intent> = codecOf(IntentOfCaller)

export const Intents: Codec<readonly Intent[]> = codecOf(t.readonlyArray(IntentOfCaller, 'list of intents'))
