import * as E from 'fp-ts/lib/Either.js'
import type { AssignmentChange, AssignmentOutcome } from '../contract/assignment-change.ts'
import type { LicenseProvider } from '../contract/license-provider.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { within } from '../paging/request-scope.ts'
import { changeOf } from './create-plan.ts'
import { driftOf, isSo, type Present } from './drift.ts'
import type { Journal, JournalledChange } from './journal.ts'
import type { Phase, Plan, PlannedChange } from './plan.ts'
import { type ReadOptions, readingOf, readLicenses, readSomeUsers, type Unread } from './provider-state.ts'
import { keyOfChange } from './wanted-changes.ts'

export interface ApplyProgress {
  readonly provider: string
  /** Changes of which it is known what became of them. */
  readonly done: number
  readonly total: number
}

export interface ApplyPlanOptions extends ReadOptions {
  readonly journal: Journal
  /** What the journal says of earlier runs; absent where there were none. */
  readonly journalled?: ReadonlyMap<number, JournalledChange> | undefined
  /** Leave out what has drifted and make the other changes. Default: false, nothing is changed where anything has. */
  readonly allowDrift?: boolean | undefined
  /** Called after every outcome. */
  readonly onChange?: ((progress: ApplyProgress) => void) | undefined
}

/** What became of one change of a plan. */
export type AppliedChange = PlannedChange &
  (
    | { readonly result: 'applied' | 'alreadySo' | 'pending' }
    | { readonly result: 'refused' | 'unknown'; readonly reason: LicenseError }
    /** The world is not as the plan found it; nothing was sent. */
    | { readonly result: 'drifted'; readonly drift: string }
    /** It was not its turn any more; nothing was sent. */
    | { readonly result: 'notSent' }
  )

/** What became of a plan. */
export interface PlanResult {
  readonly schemaVersion: 1
  /** The hash of the plan. */
  readonly plan: string
  readonly provider: string
  /** Present where the changes take back those of the plan. */
  readonly undo?: true
  readonly finishedAt: string
  /** Every change is as it should be, or pending, and reading back says so. */
  readonly complete: boolean
  /** Whether everything was read back after the last request. */
  readonly verified: boolean
  readonly counts: Readonly<Record<AppliedChange['result'], number>>
  readonly changes: readonly AppliedChange[]
}

/** The latest that is known of a change in this run. */
interface Standing {
  readonly result: AssignmentOutcome['result']
  readonly reason?: LicenseError
}

const PHASES: readonly Phase[] = ['removal', 'swap', 'addition']

/** Reading may lag behind writing: so often, and so long, it is looked at again before a change is given up for lost. */
const VERIFICATION_WAITS_MS = [0, 1_000, 3_000]

const countsOf = (changes: readonly AppliedChange[]): PlanResult['counts'] => {
  const counts = { applied: 0, alreadySo: 0, pending: 0, refused: 0, unknown: 0, drifted: 0, notSent: 0 }
  for (const { result } of changes) counts[result]++
  return counts
}

const vanished = (provider: string): LicenseError => ({
  _tag: 'InvalidResponse',
  provider,
  operation: 'changeAssignments',
  message: 'the vendor answered as if it were done, and reading back shows that it is not',
  issues: ['the assignment: expected to be as it was asked for'],
})

const unheard = (provider: string): LicenseError => ({
  _tag: 'InvalidResponse',
  provider,
  operation: 'changeAssignments',
  message: 'the provider did not say what became of it',
  issues: ['the outcome: expected one for every change'],
})

/** A user as they are after an outcome. */
const changed = (user: LicensedUser, { action, licenseId }: AssignmentChange): LicensedUser => {
  const others = user.licenseIds.filter((id) => id !== licenseId)
  return { ...user, licenseIds: action === 'assign' ? [...others, licenseId] : others }
}

const usersOf = ({ users }: Present): Map<string, LicensedUser> => {
  const found = new Map<string, LicensedUser>()
  for (const [id, user] of users) if (E.isRight(user) && user.right !== undefined) found.set(id, user.right)
  return found
}

/**
 * Carries out a plan: looks at what is so now, makes the changes that are still to be made, writes down every step
 * before and after it, and reads back. Can be called again with what the journal says: what is done is not done twice.
 * A `Left` where the present state could not be read; then nothing was sent.
 */
export const applyPlan = async (
  plan: Plan,
  provider: LicenseProvider,
  options: ApplyPlanOptions,
): Promise<E.Either<Unread, PlanResult>> => {
  const { journal, allowDrift = false, onChange } = options
  const reading = readingOf(options)
  const { scope, clock } = reading
  const journalled = options.journalled ?? new Map<number, JournalledChange>()
  const ids = [...new Set(plan.changes.map(({ userId }) => userId))]
  const licenses = await readLicenses(provider, reading)
  if (E.isLeft(licenses)) return licenses
  const readPresent = async (): Promise<Present> => ({
    licenses: licenses.right,
    users: await readSomeUsers(provider, ids, licenses.right, reading),
  })
  let present = await readPresent()
  await journal.append(
    options.journalled === undefined ? { entry: 'begin', plan } : { entry: 'resume', plan: plan.hash },
  )

  const places = new Map(plan.changes.map((change, place) => [keyOfChange(change), place]))
  const standings = new Map<number, Standing>()
  const sent = new Set<number>()
  const written: Promise<void>[] = []
  const settle = (place: number, standing: Standing, readBack?: true): void => {
    standings.set(place, standing)
    const writing = journal.append({ entry: 'outcome', change: place, ...standing, readBack })
    // Whoever waits for all of them hears of it.
    writing.catch(() => {})
    written.push(writing)
    onChange?.({ provider: plan.provider.id, done: standings.size, total: plan.changes.length })
  }

  const drifted = driftOf(plan, journalled, present)
  const isBlocked = drifted.size > 0 && !allowDrift
  /** Places of changes that are still to be made; what is known of the others is settled. */
  const remaining = new Set<number>()
  for (const [place, change] of plan.changes.entries()) {
    const { result, sent: times = 0 } = journalled.get(place) ?? {}
    if (drifted.has(place)) continue
    if (isSo(present, change) === false && result !== 'pending') remaining.add(place)
    else if (result === 'applied' || result === 'pending') standings.set(place, { result })
    // It was under way when an earlier run ended, and it has arrived.
    else if (times > 0 && result !== 'alreadySo') settle(place, { result: 'applied' }, true)
    else settle(place, { result: 'alreadySo' })
  }

  const users = usersOf(present)
  const send = async (phase: Phase): Promise<void> => {
    const changes = plan.changes.flatMap((change, place) =>
      change.phase === phase && remaining.has(place) ? [changeOf(change)] : [],
    )
    if (changes.length === 0) return
    const beforeSending = async (underWay: readonly AssignmentChange[]) => {
      const sending = underWay.flatMap((change) => places.get(keyOfChange(change)) ?? [])
      for (const place of sending) sent.add(place)
      await journal.append({ entry: 'sending', changes: sending })
    }
    const outcomes =
      provider.changeAssignments?.(changes, {
        ...within(scope, clock),
        users,
        licenses: [...licenses.right.values()],
        beforeSending,
      }) ?? []
    for await (const outcome of outcomes) {
      const place = places.get(keyOfChange(outcome.change))
      if (place === undefined) continue
      settle(
        place,
        outcome.result === 'refused' || outcome.result === 'unknown'
          ? { result: outcome.result, reason: outcome.reason }
          : { result: outcome.result },
      )
      const user = users.get(outcome.change.userId)
      if (outcome.result === 'applied' && user !== undefined) users.set(user.id, changed(user, outcome.change))
    }
  }

  /** Holds what was told against what is so. */
  const verify = async (): Promise<boolean> => {
    const isSaidToBeDone = (place: number): boolean => {
      const result = standings.get(place)?.result
      return result === 'applied' || result === 'alreadySo'
    }
    for (const ms of VERIFICATION_WAITS_MS) {
      if (ms > 0) await clock.sleep(ms, scope.signal)
      present = await readPresent()
      const isLate = (place: number, change: PlannedChange) => isSaidToBeDone(place) && isSo(present, change) === false
      if (![...plan.changes.entries()].some(([place, change]) => isLate(place, change))) break
    }
    let allRead = true
    for (const [place, change] of plan.changes.entries()) {
      const result = standings.get(place)?.result
      if (result === undefined || result === 'pending') continue
      const so = isSo(present, change)
      if (so === undefined) allRead = false
      else if (so && !isSaidToBeDone(place)) settle(place, { result: 'applied' }, true)
      else if (!so && isSaidToBeDone(place)) settle(place, { result: 'unknown', reason: vanished(provider.id) }, true)
    }
    return allRead
  }

  if (!isBlocked) {
    for (const phase of PHASES) if (!scope.signal?.aborted) await send(phase)
    for (const place of sent) {
      if (!standings.has(place)) settle(place, { result: 'unknown', reason: unheard(provider.id) })
    }
  }
  const verified = sent.size === 0 || (!scope.signal?.aborted && (await verify()))

  const changes = plan.changes.map((change, place): AppliedChange => {
    const standing = standings.get(place)
    const drift = drifted.get(place)
    if (drift !== undefined) return { ...change, result: 'drifted', drift }
    if (standing === undefined) return { ...change, result: 'notSent' }
    const { result, reason } = standing
    if (result === 'refused' || result === 'unknown')
      return { ...change, result, reason: reason ?? unheard(provider.id) }
    return { ...change, result }
  })
  const counts = countsOf(changes)
  await Promise.all(written)
  await journal.append({ entry: 'end', counts })
  return E.right({
    schemaVersion: 1,
    plan: plan.hash,
    provider: plan.provider.id,
    finishedAt: new Date(clock.now()).toISOString(),
    complete: verified && counts.applied + counts.alreadySo + counts.pending === plan.changes.length,
    verified,
    counts,
    changes,
  })
}
