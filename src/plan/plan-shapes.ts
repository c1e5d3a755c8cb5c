import * as t from 'io-ts'
import { optionalMembers } from '../model/optional-members.ts'
import { CapacityOfNow, CountOfNow, Finite } from '../model/shapes.ts'
import { CostOfNow, Money } from '../report/cost/cost-shapes.ts'
import { Calling } from './calling.ts'
import type {
  Phase,
  Plan,
  PlannedBrake,
  PlannedChange,
  PlannedCost,
  PlannedIntent,
  PlannedLicense,
  PlannedSaving,
  PlannedUser,
  PlanWarning,
} from './plan.ts'

const PhaseOnFile: t.Type<Phase> = t.keyof({ removal: null, swap: null, addition: null }, 'Phase')

const PlannedChangeOnFile: t.Type<PlannedChange> = t.intersection(
  [
    t.type({
      phase: PhaseOnFile,
      action: t.keyof({ assign: null, remove: null }),
      userId: t.string,
      user: t.string,
      licenseId: t.string,
      license: t.string,
    }),
    optionalMembers({
      calling: Calling,
      finding: t.type({ id: t.string, rule: t.string, message: t.string }, 'PlannedFinding'),
    }),
  ],
  'PlannedChange',
)

const PlannedUserOnFile: t.Type<PlannedUser> = t.intersection(
  [
    t.type({ id: t.string, status: t.string, licenseIds: t.readonlyArray(t.string) }),
    optionalMembers({ lastActiveAt: t.string }),
  ],
  'PlannedUser',
)

const PlannedLicenseOnFile: t.Type<PlannedLicense> = t.type(
  {
    id: t.string,
    name: t.string,
    purchased: CapacityOfNow,
    holders: t.type({ before: CountOfNow, after: CountOfNow }),
    available: t.type({ before: CapacityOfNow, after: CapacityOfNow }),
  },
  'PlannedLicense',
)

const PlanWarningOnFile: t.Type<PlanWarning> = t.intersection(
  [
    t.type({ rule: t.string, message: t.string }),
    optionalMembers({ userId: t.string, licenseId: t.string, lostForGood: t.literal(true) }),
  ],
  'PlanWarning',
)

const PlannedIntentOnFile: t.Type<PlannedIntent> = t.intersection(
  [
    t.type({ action: t.keyof({ assign: null, remove: null, swap: null, exactly: null }), license: t.string }),
    optionalMembers({ to: t.string, users: t.readonlyArray(t.string), only: t.keyof({ add: null, remove: null }) }),
  ],
  'PlannedIntent',
)

const PlannedBrakeOnFile: t.Type<PlannedBrake> = t.type(
  {
    removals: Finite,
    licenses: t.readonlyArray(
      t.intersection([
        t.type({ id: t.string, name: t.string, removals: Finite, holders: CountOfNow }),
        optionalMembers({ share: Finite }),
      ]),
    ),
  },
  'PlannedBrake',
)

const PlannedCostOnFile: t.Type<PlannedCost> = t.type(
  {
    amounts: t.readonlyArray(Money),
    licenses: t.readonlyArray(t.type({ id: t.string, name: t.string, cost: CostOfNow })),
  },
  'PlannedCost',
)

const seatsAndCost = { seats: CountOfNow, cost: CostOfNow }

const PlannedSavingOnFile: t.Type<PlannedSaving> = t.intersection(
  [
    t.type({
      ...seatsAndCost,
      now: t.type(seatsAndCost),
      atRenewal: t.intersection([t.type(seatsAndCost), optionalMembers({ firstEnd: t.string, lastEnd: t.string })]),
      untold: t.type(seatsAndCost),
    }),
    optionalMembers({ untilTermEnd: CostOfNow }),
  ],
  'PlannedSaving',
)

export const OmittedSeatsOnFile = t.type({ seats: Finite, reason: t.string }, 'OmittedSeats')

/** `brake` and what follows have come later than the rest. */
export const PlanOnFile: t.Type<Plan> = t.intersection(
  [
    t.type({
      format: t.literal('seatlens-plan'),
      schemaVersion: t.literal(1),
      createdAt: t.string,
      expiresAt: t.string,
      provider: t.type({ id: t.string, vendor: t.string, displayName: t.string }),
      intents: t.readonlyArray(PlannedIntentOnFile),
      changes: t.readonlyArray(PlannedChangeOnFile),
      alreadySo: t.readonlyArray(PlannedChangeOnFile),
      users: t.readonlyArray(PlannedUserOnFile),
      licenses: t.readonlyArray(PlannedLicenseOnFile),
      warnings: t.readonlyArray(PlanWarningOnFile),
      hash: t.string,
    }),
    optionalMembers({
      brake: PlannedBrakeOnFile,
      cost: PlannedCostOnFile,
      saving: PlannedSavingOnFile,
      omitted: t.readonlyArray(OmittedSeatsOnFile),
      skipped: t.readonlyArray(t.type({ user: t.string, source: t.string })),
      limit: t.type({ changes: Finite, leftOut: Finite }),
    }),
  ],
  'Plan',
)
