import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { ChangeRemark } from '../contract/assignment-change.ts'
import { boundedProvider } from '../contract/bounded-provider.ts'
import { unlistedLicense } from '../contract/declared-license.ts'
import type { LicenseProvider } from '../contract/license-provider.ts'
import { declarationsById } from '../contract/match-declarations.ts'
import { unknown } from '../model/count.ts'
import { groupedBy } from '../model/grouped-by.ts'
import { invalidInput, problemsIn } from '../model/invalid-input.ts'
import type { License } from '../model/license.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { quantity } from '../model/quantity.ts'
import type { Hashing } from '../model/sha256.ts'
import { assignedOfUsers } from '../report/assigned.ts'
import { createPricing } from '../report/cost/pricing.ts'
import type { LicenseRow, LimitEntry } from '../report/license-report.ts'
import { rowOfLicense } from '../report/license-rows.ts'
import { applyLimits } from '../report/limits/apply-limits.ts'
import { brakeOf } from './brake.ts'
import { problemsInCreating, problemsInProvider } from './caller-input.ts'
import { type Intent, Intents } from './intent.ts'
import { leftFree } from './left-free.ts'
import { limited } from './limited.ts'
import { monthlyCostOf } from './monthly-cost.ts'
import {
  type OmittedSeats,
  PLAN_FORMAT,
  type Plan,
  type PlannedChange,
  type PlannedLicense,
  type PlanWarning,
} from './plan.ts'
import type { PlanFailure, ProtectedSeatChange } from './plan-failure.ts'
import { savingOfPlan } from './plan-saving.ts'
import { planSeal } from './plan-seal.ts'
import { planTask } from './plan-task.ts'
import { idleProtections, type ProtectedSeat, protectedAmong } from './protected-seat.ts'
import { remarksOf } from './provider-remarks.ts'
import { countHolders, type ReadOptions, readingOf, readLicenses, readUsers } from './provider-state.ts'
import { resolveUsers } from './resolve-users.ts'
import { keyOfSeat } from './seat.ts'
import { seatsAfter } from './seats-after.ts'
import { lastActivityOf, supportedIntents } from './supported.ts'
import { wantedChanges } from './wanted-changes.ts'
import { warningsOf } from './warnings.ts'

/** How a plan is made. By default, it expires after 24 hours, has no limit, and fails if it names an unknown user. */
export interface CreatePlanOptions extends ReadOptions, Hashing {
  /** How long the plan may be applied, in milliseconds, at most a hundred years. Default: 24 hours. */
  readonly validForMs?: number | undefined
  /** Leave out users whom the provider does not know, list them in the plan, and plan the rest. Default: false. */
  readonly skipUnknown?: boolean | undefined
  /**
   * The most changes. Either all changes of a user are planned or none; removals that rest on findings are taken one by one,
   * in the order of the intents. Default: no limit.
   */
  readonly limit?: number | undefined
  /**
   * Removals that rest on findings stop, for each license, once so many of its seats are free; where that is unknown, none is
   * planned. Default: they do not stop.
   */
  readonly keepFree?: number | undefined
  /**
   * Limits of licenses, as of a report: what `keepFree` of a license wants to be free is not saved by giving up its seats.
   * Default: none.
   */
  readonly limits?: readonly LimitEntry[] | undefined
  /** Seats of findings that were left out before, for `omitted` of the plan. Default: none. */
  readonly omitted?: readonly OmittedSeats[] | undefined
  /**
   * Seats that must not be changed. A plan that would change one is refused; if it rests on a finding, it is left out.
   * Default: none.
   */
  readonly protected?: readonly ProtectedSeat[] | undefined
}

const DAY_MS = 24 * 60 * 60 * 1_000

/** One entry for each action and license, with all of its users. */
const intentsOf = (intents: readonly Intent[]): Plan['intents'] => {
  const found = new Map<string, Plan['intents'][number] & { readonly users: string[] }>()
  for (const intent of intents) {
    const { action, license } = intent
    const to = intent.action === 'swap' ? { to: intent.to } : {}
    const only = intent.action === 'exactly' && intent.only !== undefined ? { only: intent.only } : {}
    const key = JSON.stringify([action, license, to, only])
    const entry = found.get(key) ?? { action, license, ...to, ...only, users: [] }
    for (const user of intent.action === 'exactly' ? intent.users : [intent.user]) entry.users.push(user)
    found.set(key, entry)
  }
  return [...found.values()]
}

/** The users whom the plan changes, as they are before. */
const plannedUsers = (changes: readonly PlannedChange[], users: ReadonlyMap<string, LicensedUser>): Plan['users'] => {
  const found = new Set(changes.flatMap(({ userId, finding }) => (finding === undefined ? [] : [userId])))
  return [...new Set(changes.map(({ userId }) => userId))].flatMap((userId) => {
    const user = users.get(userId)
    if (user === undefined) return []
    const lastActiveAt = found.has(userId) ? lastActivityOf(user) : undefined
    return [
      {
        id: user.id,
        status: user.status,
        licenseIds: [...user.licenseIds],
        ...(lastActiveAt === undefined ? {} : { lastActiveAt }),
      },
    ]
  })
}

/** What is planned, and what was left out and why. */
interface Chosen {
  readonly changes: readonly PlannedChange[]
  readonly omitted: readonly OmittedSeats[]
  readonly leftOut: number
}

const CHANGED = 'the user is no longer as the finding has them: report again'
const FREE_ENOUGH = (keepFree: number) => `${quantity(keepFree, 'seat')} of the license are free without them`
const FREE_UNTOLD = 'it is unknown how many seats of the license are free'

/** The seats of findings that are protected, by why. */
const protectedSeatsOf = (failures: readonly ProtectedSeatChange[]): readonly OmittedSeats[] =>
  [...groupedBy(failures, ({ reason }) => reason)].map(([reason, { length }]) => ({
    seats: length,
    reason: `protected: ${reason}`,
  }))

/** The provider's remarks on the changes, as problems and warnings. */
const reviewed = (
  remarks: readonly ChangeRemark[],
  changes: readonly PlannedChange[],
): { readonly problems: readonly PlanFailure[]; readonly warnings: readonly PlanWarning[] } => {
  const people = new Map(changes.map(({ userId, user }) => [userId, user]))
  const licenses = new Map(changes.map(({ licenseId, license }) => [licenseId, license]))
  const line = ({ change, message }: (typeof remarks)[number]) => `${people.get(change.userId)}: ${message}`
  return {
    problems: remarks
      .filter(({ severity }) => severity === 'problem')
      .map((remark) => ({
        _tag: 'Refused',
        rule: remark.rule,
        userId: remark.change.userId,
        licenseId: remark.change.licenseId,
        message: line(remark),
      })),
    warnings: remarks
      .filter(({ severity }) => severity === 'warning')
      .map((remark) => {
        const { rule, message, about, change, lostForGood } = remark
        const { userId, licenseId } = change
        const forGood = lostForGood === true ? { lostForGood } : {}
        return about === 'license'
          ? { rule, message: `${licenses.get(licenseId)}: ${message}`, licenseId, ...forGood }
          : { rule, message: line(remark), userId, licenseId, ...forGood }
      }),
  }
}

/** A failure where the provider cannot change assignments. */
export const unsupportedBy = ({ id: provider, changeAssignments }: LicenseProvider): readonly PlanFailure[] =>
  changeAssignments === undefined
    ? [{ _tag: 'ChangesUnsupported', provider, message: `${provider}: this provider cannot change assignments` }]
    : []

/** Licenses with their seats, for each of some changes. */
type SeatsAfter = (changes: readonly PlannedChange[]) => readonly PlannedLicense[]

/** What is left of the changes without what is protected, free already, and beyond the limit. */
const choose = (
  all: readonly PlannedChange[],
  guarded: readonly ProtectedSeatChange[],
  seatsOf: SeatsAfter,
  { limit, keepFree }: Pick<CreatePlanOptions, 'limit' | 'keepFree'>,
): Chosen => {
  const spared = new Set(guarded.map(keyOfSeat))
  const open = all.filter((change) => !spared.has(keyOfSeat(change)))
  const needed =
    keepFree === undefined ? { changes: open, notNeeded: 0, untold: 0 } : leftFree(open, seatsOf(open), keepFree)
  const { changes, leftOut } =
    limit === undefined ? { changes: needed.changes, leftOut: 0 } : limited(needed.changes, limit)
  const omitted = [
    ...protectedSeatsOf(guarded),
    { seats: needed.notNeeded, reason: FREE_ENOUGH(keepFree ?? 0) },
    { seats: needed.untold, reason: FREE_UNTOLD },
  ]
  return { changes, leftOut, omitted }
}

const problemsBeforeReading = (
  provider: LicenseProvider,
  intents: readonly Intent[],
  options: CreatePlanOptions,
): readonly PlanFailure[] => {
  // Where these are malformed, nothing else can be checked.
  const undecodable = [
    ...problemsIn(Intents, 'intents', intents),
    ...problemsInProvider(provider),
    ...problemsInCreating(options),
  ]
  if (undecodable.length > 0) return undecodable
  return [
    ...unsupportedBy(provider),
    ...(intents.length === 0 ? [invalidInput('intents', 'at least one intent', 'there is nothing to change')] : []),
    ...intents.flatMap((intent, index) => {
      if (intent.action !== 'exactly' || intent.users.length > 0) return []
      const expected = 'at least one user'
      const line = `${intent.source}: expected ${expected}; no user would hold ${JSON.stringify(intent.license)} any more`
      return [{ ...invalidInput(`intents[${index}].users`, expected, line), source: intent.source }]
    }),
  ]
}

/** A holder whose name is mistyped in the list loses the license like every user who is not in it. */
const skippedBesideRemovals = (count: number): PlanWarning => ({
  rule: 'skipped-beside-removals',
  message: `the provider does not know ${quantity(count, 'user')} of the list, and every holder who is not in the list loses the license: check that these users are not holders`,
})

const notListed = (omitted: string): PlanWarning => ({
  rule: 'not-listed',
  message: `${omitted}: they keep what they hold`,
})

/** The holders of some seats' licenses whom no list names. */
const notListedAmong = (
  seats: readonly { readonly licenseId: string }[],
  licenses: ReadonlyMap<string, License>,
  omits: readonly string[],
): readonly PlanWarning[] => {
  const ofLicenses = seats.flatMap(({ licenseId }) => licenses.get(licenseId)?.omits ?? [])
  return [...new Set([...omits, ...ofLicenses])].map(notListed)
}

const NOT_COUNTED = unknown('only the holders of licenses that change are counted')

/** The licenses of some planned seats as a report has them before the plan, with their limits. */
const rowsOf = (
  provider: string,
  seats: readonly PlannedLicense[],
  licenses: ReadonlyMap<string, License>,
  limits: readonly LimitEntry[] = [],
): readonly LicenseRow[] => {
  const planned = new Map(seats.map(({ id, holders }) => [id, holders.before]))
  const rows = [...licenses.values()].map((license) =>
    rowOfLicense(license, assignedOfUsers(license, planned.get(license.id) ?? NOT_COUNTED)),
  )
  return applyLimits(rows, [{ provider, gap: undefined }], limits).licenses
}

/** Licenses that users hold and the provider does not list. */
const unlistedAmong = (
  users: ReadonlyMap<string, LicensedUser>,
  licenses: ReadonlyMap<string, License>,
  { id: provider, declaredLicenses }: LicenseProvider,
): ReadonlyMap<string, License> => {
  const declared = declarationsById(declaredLicenses, licenses.values())
  const held = [...countHolders(users.values()).keys()].filter((id) => !licenses.has(id))
  return new Map(held.map((id) => [id, unlistedLicense(provider, id, declared.get(id))]))
}

/**
 * Works out what has to change in one provider so that it is as intended, and what that does to every license. It changes
 * nothing. There is no plan if a list of the provider is partial: no user loses a seat because a list has a gap.
 * Never rejects. The deadline counts from when the task is called.
 */
export const createPlan = (
  given: LicenseProvider,
  intents: readonly Intent[],
  options: CreatePlanOptions = {},
): TaskEither<PlanFailure, Plan> =>
  planTask(async () => {
    const early = problemsBeforeReading(given, intents, options)
    if (RA.isNonEmpty(early)) return E.left(early)
    const {
      validForMs = DAY_MS,
      skipUnknown = false,
      limit,
      keepFree,
      protected: guards = [],
      omitted: leftOutBefore = [],
    } = options
    const reading = readingOf(options)
    const provider = boundedProvider(given, reading.clock)

    const licenses = await readLicenses(provider, reading)
    if (E.isLeft(licenses)) return licenses
    const listed = await readUsers(provider, licenses.right, reading)
    if (E.isLeft(listed)) return listed
    const { users: allUsers, omits } = listed.right
    const named = intents.flatMap((intent) => (intent.action === 'exactly' ? intent.users : [intent.user]))
    const resolved = await resolveUsers(provider, named, listed.right, reading)
    if (E.isLeft(resolved)) return resolved

    const undefinedLicenses = unlistedAmong(allUsers, licenses.right, provider)
    const surroundings = {
      provider: provider.id,
      licenses: licenses.right,
      unlisted: undefinedLicenses,
      users: allUsers,
      resolved: resolved.right,
      skipUnknown,
    }
    const known = new Map([...licenses.right, ...undefinedLicenses])
    const { supported, changed } = supportedIntents(intents, resolved.right)
    const { changes: all, alreadySo, skipped, problems } = wantedChanges(supported, surroundings)
    if (RA.isNonEmpty(problems)) return E.left(problems)

    const unlisted = [...resolved.right.values()].flatMap((user) => (E.isRight(user) ? [user.right] : []))
    const users = new Map([...allUsers, ...unlisted.map((user) => [user.id, user] as const)])
    const restsOnFinding = new Set(all.flatMap((change) => (change.finding === undefined ? [] : [keyOfSeat(change)])))
    const guarded = RA.partition((seat: ProtectedSeatChange) => restsOnFinding.has(keyOfSeat(seat)))(
      protectedAmong(all, guards, { provider: provider.id, licenses: known, users }),
    )
    if (RA.isNonEmpty(guarded.left)) return E.left(guarded.left)

    const seatsOf: SeatsAfter = (changes) => seatsAfter(changes, known, allUsers, omits)
    const { changes, leftOut, omitted } = choose(all, guarded.right, seatsOf, { limit, keepFree })
    const remarks = remarksOf(provider, changes, { licenses: licenses.right, users })
    if (E.isLeft(remarks)) return remarks
    const review = reviewed(remarks.right, changes)
    if (RA.isNonEmpty(review.problems)) return E.left(review.problems)

    const seats = seatsOf(changes)
    const removesOthers = intents.some((intent) => intent.action === 'exactly' && intent.only !== 'add')
    const now = reading.clock.now()
    const createdAt = new Date(now).toISOString()
    const brake = brakeOf({ changes, licenses: seats })
    const declared = declarationsById(provider.declaredLicenses, known.values())
    const pricing = createPricing([{ id: provider.id, declared, licenses: [...known.values()] }], createdAt)
    const cost = monthlyCostOf(provider.id, changes, seats, known, pricing)
    const rows = rowsOf(provider.id, seats, known, options.limits)
    const { saving, warnings: keptFree } = savingOfPlan(changes, rows, pricing, createdAt)
    const seatsOmitted = [...leftOutBefore, { seats: changed, reason: CHANGED }, ...omitted].filter(
      (some) => some.seats > 0,
    )
    return E.right(
      await planSeal.sealed(
        {
          format: PLAN_FORMAT,
          schemaVersion: 1,
          createdAt,
          expiresAt: new Date(now + validForMs).toISOString(),
          provider: { id: provider.id, vendor: provider.vendor, displayName: provider.displayName },
          intents: intentsOf(intents),
          changes: [...changes],
          alreadySo: [...alreadySo],
          users: plannedUsers(changes, users),
          licenses: [...seats],
          ...(brake === undefined ? {} : { brake }),
          ...(cost === undefined ? {} : { cost }),
          ...(saving === undefined ? {} : { saving }),
          ...(seatsOmitted.length === 0 ? {} : { omitted: seatsOmitted }),
          ...(skipped.length === 0 ? {} : { skipped: skipped.map(({ user, source = '' }) => ({ user, source })) }),
          ...(limit === undefined || leftOut === 0 ? {} : { limit: { changes: limit, leftOut } }),
          warnings: [
            ...(removesOthers && skipped.length > 0 ? [skippedBesideRemovals(skipped.length)] : []),
            ...(removesOthers ? notListedAmong([...changes, ...alreadySo], known, omits) : []),
            ...idleProtections(guards, { provider: provider.id, licenses: known, users }),
            ...warningsOf({ changes, alreadySo }, seats, licenses.right, users),
            ...keptFree,
            ...review.warnings,
          ],
        },
        options,
      ),
    )
  })
