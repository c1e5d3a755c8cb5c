import * as t from 'io-ts'
import type { Codec } from '../model/codec.ts'
import { codecOf } from '../provider-kit/decode.ts'
import { Calling } from './calling.ts'

/** What `format` says in every plan. */
export const PLAN_FORMAT = 'seatlens-plan'

const Count = t.union(
  [
    t.type({ kind: t.literal('known'), value: t.number }),
    t.intersection([t.type({ kind: t.literal('unknown'), reason: t.string }), t.partial({ atLeast: t.number })]),
    t.type({ kind: t.literal('notApplicable') }),
  ],
  'Count',
)
const Capacity = t.union([Count, t.type({ kind: t.literal('unlimited') })], 'Capacity')

/** Removals come first, as they free seats; a swap is a removal and an addition of one user that belong together. */
const Phase = t.keyof({ removal: null, swap: null, addition: null }, 'Phase')
export type Phase = t.TypeOf<typeof Phase>

/** In the order in which they are carried out. */
export const phases: readonly Phase[] = ['removal', 'swap', 'addition']

/** One seat to be given or taken, with what people call the user and the license. */
export const PlannedChange = t.intersection(
  [
    t.type({
      phase: Phase,
      action: t.keyof({ assign: null, remove: null }),
      userId: t.string,
      /** The e-mail address, else the name, else the id. */
      user: t.string,
      licenseId: t.string,
      license: t.string,
    }),
    t.partial({ calling: Calling }),
  ],
  'PlannedChange',
)
export type PlannedChange = t.TypeOf<typeof PlannedChange>

/** A user whom the plan changes, as they were when it was made. */
const PlannedUser = t.type({ id: t.string, status: t.string, licenseIds: t.array(t.string) }, 'PlannedUser')

/** A license that the plan changes, before and after it. */
const PlannedLicense = t.type(
  {
    id: t.string,
    name: t.string,
    purchased: Capacity,
    /** People who hold it. */
    holders: t.type({ before: Count, after: Count }),
    /** Seats left of what was bought; negative where more are in use. */
    available: t.type({ before: Capacity, after: Capacity }),
  },
  'PlannedLicense',
)
export type PlannedLicense = t.TypeOf<typeof PlannedLicense>

/** Something to know before deciding. */
const PlanWarning = t.intersection(
  [t.type({ rule: t.string, message: t.string }), t.partial({ userId: t.string, licenseId: t.string })],
  'PlanWarning',
)
export type PlanWarning = t.TypeOf<typeof PlanWarning>

/** What was asked for, in the asker's words. */
const PlannedIntent = t.intersection(
  [
    t.type({ action: t.keyof({ assign: null, remove: null, swap: null, exactly: null }), license: t.string }),
    t.partial({ to: t.string, users: t.array(t.string), only: t.keyof({ add: null, remove: null }) }),
  ],
  'PlannedIntent',
)

/** What a plan takes away, where that is so much that somebody must say the number. */
const PlannedBrake = t.type(
  {
    /** Seats that the plan takes away in all; the half of a swap that is given up is one. */
    removals: t.number,
    /** Licenses that more than a fifth of their holders lose, or an unknown part of them. */
    licenses: t.array(
      t.intersection([
        t.type({ id: t.string, name: t.string, removals: t.number, holders: Count }),
        /** Of the holders, from 0 to 1; absent where they could not be counted. */
        t.partial({ share: t.number }),
      ]),
    ),
  },
  'PlannedBrake',
)
export type PlannedBrake = t.TypeOf<typeof PlannedBrake>

const Money = t.type({ amount: t.number, currency: t.string }, 'Money')
const Cost = t.union(
  [
    t.type({ kind: t.literal('known'), amounts: t.readonlyArray(Money) }),
    t.intersection([
      t.type({ kind: t.literal('unknown'), reason: t.string }),
      t.partial({ atLeast: t.readonlyArray(Money) }),
    ]),
    t.type({ kind: t.literal('notApplicable') }),
  ],
  'Cost',
)

/** What the seats that are given cost a month, less those that are taken: negative where that saves. */
const PlannedCost = t.type(
  {
    /** What is known of it, by currency, in minor units. */
    amounts: t.array(Money),
    /** Each license that the plan changes. */
    licenses: t.array(t.type({ id: t.string, name: t.string, cost: Cost })),
  },
  'PlannedCost',
)
export type PlannedCost = t.TypeOf<typeof PlannedCost>

const PlanContent = t.type(
  {
    format: t.literal(PLAN_FORMAT),
    schemaVersion: t.literal(1),
    /** ISO 8601 in UTC. */
    createdAt: t.string,
    /** ISO 8601 in UTC; after it the plan is not carried out any more. */
    expiresAt: t.string,
    provider: t.type({ id: t.string, vendor: t.string, displayName: t.string }),
    intents: t.array(PlannedIntent),
    /** In the order in which they are carried out. */
    changes: t.array(PlannedChange),
    /** What was asked for and is so already. */
    alreadySo: t.array(PlannedChange),
    users: t.array(PlannedUser),
    licenses: t.array(PlannedLicense),
    warnings: t.array(PlanWarning),
    /** Of everything else in the plan: `sha256:` and 64 hexadecimal digits. A checksum against damage and careless edits, and no signature. */
    hash: t.string,
  },
  'Plan',
)

/** What later versions have added. */
const PlanAdditions = t.partial(
  {
    brake: PlannedBrake,
    /** A month, where any price is configured. What is bought does not change by a plan: it is what the seats are worth. */
    cost: PlannedCost,
    /** Users whom the provider does not know, as they were given, and where. They were left out, as was asked for. */
    skipped: t.array(t.type({ user: t.string, source: t.string })),
    /** At most so many changes were asked for, and how many were left out for that. */
    limit: t.type({ changes: t.number, leftOut: t.number }),
  },
  'Plan',
)

export const PlanOnFile = t.intersection([PlanContent, PlanAdditions], 'Plan')

/** What is to be changed in one provider, what it was like before, and what it will be like: a file for people to look at. */
export type Plan = t.TypeOf<typeof PlanOnFile>

/** Whether something has the shape of a plan; whether it is as it was made, says {@link readPlan}. */
export const Plan: Codec<Plan> = codecOf(PlanOnFile)
