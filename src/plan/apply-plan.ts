import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { AssignmentOutcome } from '../contract/assignment-change.ts'
import type { LicenseProvider } from '../contract/license-provider.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { timeText } from '../model/time-text.ts'
import { within } from '../paging/request-scope.ts'
import { type Account, JournalFailure, openAccount, type Standing } from './account.ts'
import { changeOf, unsupportedBy } from './create-plan.ts'
import { driftOf } from './drift.ts'
import type { Journal, JournalledChange } from './journal.ts'
import { type ApplyPermissions, refusalsOf } from './may-apply.ts'
import { type Phase, type Plan, type PlannedChange, phases } from './plan.ts'
import type { PlanFailure, PlanFailures } from './plan-failure.ts'
import { foundUsers, isSo, type Present, readPresent } from './present.ts'
import { protectedAmong } from './protected-seat.ts'
import { type Reading, type ReadOptions, readingOf, readSomeUsers } from './provider-state.ts'
import { hasExpired, readPlan } from './read-plan.ts'

export interface ApplyProgress {
  readonly provider: string
  /** Changes of which it is known what became of them. */
  readonly done: number
  readonly total: number
}

export interface ApplyPlanOptions extends ReadOptions, ApplyPermissions {
  readonly journal: Journal
  /** What the journal says of earlier runs; absent where there were none. */
  readonly journalled?: ReadonlyMap<number, JournalledChange> | undefined
  /** Leave out what has drifted and make the other changes. Default: false, nothing is changed where anything has. */
  readonly allowDrift?: boolean | undefined
  /** Places of changes that no list tells of, to be sent whatever is listed. Default: none. */
  readonly unlisted?: ReadonlySet<number> | undefined
  /** How long changes that the vendor accepted are looked for, as `ChangeRequest` says. Default: 60,000. */
  readonly settleWithinMs?: number | undefined
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
  /** Whether everything that this run has touched was read back after its last request. */
  readonly verified: boolean
  /** Why the journal lacks something. Then nothing more was sent. */
  readonly journalProblem?: string
  readonly counts: Readonly<Record<AppliedChange['result'], number>>
  readonly changes: readonly AppliedChange[]
}

/** Reading may lag behind writing: so often, and so long, it is looked at again before a change is given up for lost. */
const VERIFICATION_WAITS_MS = [0, 1_000, 3_000]

const oddAnswer = (provider: string, message: string): LicenseError => ({
  _tag: 'InvalidResponse',
  provider,
  operation: 'changeAssignments',
  message,
  issues: ['the outcome: expected what became of the change'],
})
const vanished = (provider: string): LicenseError =>
  oddAnswer(provider, 'it was said to be done, and reading back shows that it is not')
const unread = (provider: string): LicenseError =>
  oddAnswer(provider, 'it was said to be done, and reading back failed; apply the plan again to find out')
const unheard = (provider: string): LicenseError => oddAnswer(provider, 'the provider did not say what became of it')

/** What was under way when an earlier run ended, or that nobody could tell of, and has arrived. */
const hasArrived = ({ result, sent = 0 }: Partial<JournalledChange>): boolean =>
  result === 'unknown' || result === 'pending' || (result === undefined && sent > 0)

/** Takes down what is known before anything is sent. Returns the places of the changes that are still to be made. */
const takeStock = (
  plan: Plan,
  present: Present,
  drifted: ReadonlyMap<number, string>,
  account: Account,
  { journalled, unlisted }: ApplyPlanOptions,
): ReadonlySet<number> => {
  const remaining = new Set<number>()
  for (const [place, change] of plan.changes.entries()) {
    if (drifted.has(place)) continue
    const before: Partial<JournalledChange> = journalled?.get(place) ?? {}
    if (unlisted?.has(place)) remaining.add(place)
    else if (isSo(present, change) !== true) {
      if (before.result === 'pending') account.know(place, { result: 'pending' })
      else remaining.add(place)
    } else if (before.result === 'applied' || before.result === 'alreadySo') {
      account.know(place, { result: before.result })
    } else if (hasArrived(before)) account.see(place, { result: 'applied' })
    else account.see(place, { result: 'alreadySo' })
  }
  return remaining
}

/** A user as they are after an outcome. */
const changed = (user: LicensedUser, { change: { action, licenseId } }: AssignmentOutcome): LicensedUser => {
  const others = user.licenseIds.filter((id) => id !== licenseId)
  return { ...user, licenseIds: action === 'assign' ? [...others, licenseId] : others }
}

const standingOf = (outcome: AssignmentOutcome): Standing =>
  outcome.result === 'refused' || outcome.result === 'unknown'
    ? { result: outcome.result, reason: outcome.reason }
    : { result: outcome.result }

/** Whoever was stopped before it was their turn was not refused anything. */
const wasStopped = (outcome: AssignmentOutcome): boolean =>
  outcome.result === 'refused' && (outcome.reason._tag === 'Aborted' || outcome.reason._tag === 'DeadlineExceeded')

interface Sender {
  readonly settleWithinMs?: number | undefined
  readonly provider: LicenseProvider
  readonly account: Account
  readonly present: Present
  readonly reading: Reading
}

/** Sends changes, phase by phase, and takes down what becomes of them. */
const createSender = ({ provider, account, present, settleWithinMs, reading: { scope, clock } }: Sender) => {
  const users = foundUsers(present)
  return async (changes: readonly PlannedChange[]): Promise<void> => {
    if (changes.length === 0) return
    const outcomes =
      provider.changeAssignments?.(changes.map(changeOf), {
        ...within(scope, clock),
        users,
        licenses: [...present.licenses.values()],
        beforeSending: account.announce,
        settleWithinMs,
      }) ?? []
    for await (const outcome of outcomes) {
      const place = account.placeOf(outcome.change)
      if (place === undefined || (wasStopped(outcome) && !account.wasSent(place))) continue
      account.hear(place, standingOf(outcome))
      const user = users.get(outcome.change.userId)
      if (outcome.result === 'applied' && user !== undefined) users.set(user.id, changed(user, outcome))
    }
  }
}

/** Holds what was told in this run against what is so. True where all of that could be read. */
const verify = async (plan: Plan, { provider, account, present, reading }: Sender): Promise<boolean> => {
  const touched = [...account.touched()].flatMap((place) => {
    const change = plan.changes[place]
    return change === undefined ? [] : [{ place, change }]
  })
  const isSaidToBeDone = (place: number): boolean => {
    const result = account.standing(place)?.result
    return result === 'applied' || result === 'alreadySo'
  }
  const users = new Map(present.users)
  let open = touched
  for (const ms of VERIFICATION_WAITS_MS) {
    if (ms > 0) await reading.clock.sleep(ms, reading.scope.signal)
    const ids = [...new Set(open.map(({ change }) => change.userId))]
    const read = await readSomeUsers(provider, ids, present.licenses, reading)
    if (E.isLeft(read)) {
      for (const { change } of open) users.set(change.userId, E.left(unread(provider.id)))
      break
    }
    for (const [id, user] of read.right.users) users.set(id, user)
    open = open.filter(({ place, change }) => isSaidToBeDone(place) && isSo({ users }, change) === false)
    if (open.length === 0) break
  }
  let allRead = true
  for (const { place, change } of touched) {
    if (account.standing(place)?.result === 'pending') continue
    const so = isSo({ users }, change)
    if (so === undefined) {
      allRead = false
      // The word of the provider alone may be the vendor's, and that has been wrong.
      if (isSaidToBeDone(place)) account.see(place, { result: 'unknown', reason: unread(provider.id) })
    } else if (so && !isSaidToBeDone(place)) account.see(place, { result: 'applied' })
    else if (!so && isSaidToBeDone(place)) {
      account.see(place, { result: 'unknown', reason: vanished(provider.id) })
    }
  }
  return allRead
}

const countsOf = (changes: readonly AppliedChange[]): PlanResult['counts'] => {
  const counts = { applied: 0, alreadySo: 0, pending: 0, refused: 0, unknown: 0, drifted: 0, notSent: 0 }
  for (const { result } of changes) counts[result]++
  return counts
}

const appliedChange = (
  change: PlannedChange,
  drift: string | undefined,
  standing: Standing | undefined,
): AppliedChange => {
  if (drift !== undefined) return { ...change, result: 'drifted', drift }
  return standing === undefined ? { ...change, result: 'notSent' } : { ...change, ...standing }
}

const problemsBefore = (plan: Plan, provider: LicenseProvider, options: ApplyPlanOptions): readonly PlanFailure[] => {
  const { expiresAt, provider: planned } = plan
  const { id, vendor } = provider
  const isBegun = options.journalled !== undefined
  return [
    ...(planned.id === id && planned.vendor === vendor
      ? []
      : [
          {
            _tag: 'OtherProvider' as const,
            planned: { id: planned.id, vendor: planned.vendor },
            provider: { id, vendor },
            message: `the plan is for ${planned.id} (${planned.vendor}), not for ${id} (${vendor})`,
          },
        ]),
    // What was begun in time may be brought to its end.
    ...(!isBegun && hasExpired(plan, readingOf(options).clock.now())
      ? [
          {
            _tag: 'Expired' as const,
            expiresAt,
            message: `the plan has expired at ${timeText(expiresAt)}; make a new one`,
          },
        ]
      : []),
    ...unsupportedBy(provider),
    ...refusalsOf(plan, options),
  ]
}

/**
 * Carries out a plan: looks at what is so now, makes the changes that are still to be made, writes down every step
 * before and after it, and reads back. Can be called again with what the journal says: what is done is not done twice.
 * A `Left` where the plan is not for this provider or has expired, where the present state could not be read, or where
 * the journal cannot be begun; then nothing was sent.
 */
export const applyPlan = async (
  plan: Plan,
  provider: LicenseProvider,
  options: ApplyPlanOptions,
): Promise<E.Either<PlanFailures, PlanResult>> => {
  const read = await readPlan(plan)()
  if (E.isLeft(read)) return read
  const problems = problemsBefore(plan, provider, options)
  if (RA.isNonEmpty(problems)) return E.left(problems)
  const { journal, journalled, allowDrift = false, settleWithinMs, onChange } = options
  const reading = readingOf(options)
  const found = await readPresent(provider, [...new Set(plan.changes.map(({ userId }) => userId))], reading)
  if (E.isLeft(found)) return found
  const present = found.right
  const guarded = protectedAmong(plan.changes, options.protected ?? [], {
    provider: provider.id,
    licenses: present.licenses,
    users: foundUsers(present),
  })
  if (RA.isNonEmpty(guarded)) return E.left(guarded)

  const total = plan.changes.length
  const account = openAccount(plan, journal, (done) => onChange?.({ provider: provider.id, done, total }))
  try {
    await journal.append(journalled === undefined ? { entry: 'begin', plan } : { entry: 'resume', plan: plan.hash })
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    return E.left([{ _tag: 'JournalUnavailable', message: `the journal cannot be written: ${reason}` }])
  }
  const drifted = driftOf(plan, journalled ?? new Map(), present)
  const remaining = takeStock(plan, present, drifted, account, options)
  const sender: Sender = { provider, account, present, settleWithinMs, reading }

  if (drifted.size === 0 || allowDrift) {
    const send = createSender(sender)
    const ofPhase = (phase: Phase) =>
      plan.changes.filter((change, place) => change.phase === phase && remaining.has(place))
    try {
      for (const phase of phases) if (!reading.scope.signal?.aborted) await send(ofPhase(phase))
    } catch (thrown) {
      if (!(thrown instanceof JournalFailure)) throw thrown
    }
    for (const place of account.touched()) {
      if (account.standing(place) === undefined) {
        account.hear(place, { result: 'unknown', reason: unheard(provider.id) })
      }
    }
  }
  const verified = account.touched().size === 0 || (!reading.scope.signal?.aborted && (await verify(plan, sender)))

  const changes = plan.changes.map((change, place) =>
    appliedChange(change, drifted.get(place), account.standing(place)),
  )
  const counts = countsOf(changes)
  const journalProblem = await account.close({ entry: 'end', counts })
  return E.right({
    schemaVersion: 1,
    plan: plan.hash,
    provider: plan.provider.id,
    finishedAt: new Date(reading.clock.now()).toISOString(),
    complete: verified && journalProblem === undefined && counts.applied + counts.alreadySo + counts.pending === total,
    verified,
    ...(journalProblem === undefined ? {} : { journalProblem }),
    counts,
    changes,
  })
}
