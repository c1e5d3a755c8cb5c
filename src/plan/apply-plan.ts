import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { boundedProvider } from '../contract/bounded-provider.ts'
import { unlistedLicense } from '../contract/declared-license.ts'
import type { LicenseProvider } from '../contract/license-provider.ts'
import { invalidInput } from '../model/invalid-input.ts'
import type { LicenseError } from '../model/license-error.ts'
import { onlooker } from '../model/onlooker.ts'
import type { Hashing } from '../model/sha256.ts'
import { thrownText } from '../model/thrown-text.ts'
import { timeText } from '../model/time-text.ts'
import { type LatestOutcome, openAccount } from './account.ts'
import { problemsInApplying, problemsInProvider } from './caller-input.ts'
import { unsupportedBy } from './create-plan.ts'
import { driftOf } from './drift.ts'
import { implicitSeats } from './implicit-seats.ts'
import { type ImplicitLoss, type Journal, type JournaledChange, type JournalState, lossesIn } from './journal.ts'
import type { ImplicitEffect } from './journal-entry.ts'
import { type Patience, patienceOf } from './journal-patience.ts'
import { type ApplyPermissions, refusalsOf } from './may-apply.ts'
import { type Phase, type Plan, type PlannedChange, phases } from './plan.ts'
import { failuresIn, type PlanFailure, type PlanFailures } from './plan-failure.ts'
import { whileLeased } from './plan-lease.ts'
import type { AppliedChange, ApplyProgress, ApplyWait, PlanResult } from './plan-result.ts'
import { planTask } from './plan-task.ts'
import { foundUsers, isSo, type Present, readPresent } from './present.ts'
import { idleProtections, protectedAmong } from './protected-seat.ts'
import { type Reading, type ReadOptions, readingOf } from './provider-state.ts'
import { hasExpired, intactPlan } from './read-plan.ts'
import { createSender, unheard } from './send-changes.ts'
import { isStop, takeStock } from './take-stock.ts'

/**
 * How a plan is applied. `journal` is required: it is written before and after each request. Failures are in the
 * `Left` of `applyPlan`; what became of each change is in its {@link PlanResult}.
 */
export interface ApplyPlanOptions extends ReadOptions, ApplyPermissions, Hashing {
  readonly journal: Journal
  /** What the journal says of earlier runs of this plan: see `readJournal`. Absent: there were none. */
  readonly state?: JournalState | undefined
  /** Leave out changes that have drifted and make the others. Default: false: nothing is changed where anything has drifted. */
  readonly allowDrift?: boolean | undefined
  /** Places of changes that no list shows, to be sent whatever is listed. Default: none. */
  readonly unlisted?: ReadonlySet<number> | undefined
  /** How long to wait until readings show accepted changes, in milliseconds: see `ChangeRequest`. Default: 60,000. */
  readonly settleWithinMs?: number | undefined
  /** Called after every outcome, with the change. What it throws is ignored. */
  readonly onChange?: ((progress: ApplyProgress) => void) | undefined
  /** Called before each pause of that wait, for progress displays. What it throws is ignored. */
  readonly onWait?: ((wait: ApplyWait) => void) | undefined
}

/** Of the state, the terms of a run have what it needs. */
type RunOptions = Omit<ApplyPlanOptions, 'state'>

const countsOf = (changes: readonly AppliedChange[]): PlanResult['counts'] => {
  const counts = { applied: 0, alreadySo: 0, pending: 0, refused: 0, unknown: 0, drifted: 0, notSent: 0 }
  for (const { result } of changes) counts[result]++
  return counts
}

const appliedChange = (
  change: PlannedChange,
  drift: string | undefined,
  outcome: LatestOutcome | undefined,
): AppliedChange => {
  if (drift !== undefined) return { ...change, result: 'drifted', drift }
  const isUnsent = outcome === undefined || (outcome.result === 'refused' && isStop(outcome.reason))
  return isUnsent ? { ...change, result: 'notSent' } : { ...change, ...outcome }
}

/** Whether its journal says that anything of a plan was sent and not taken back since. Runs that sent nothing do not count. */
export const hasBegun = (journaled: ReadonlyMap<number, JournaledChange> | undefined): boolean =>
  [...(journaled?.values() ?? [])].some(({ sent }) => sent > 0)

const problemsBefore = (
  plan: Plan,
  provider: LicenseProvider,
  { expires, reading, journaled }: RunTerms,
): readonly PlanFailure[] => {
  const { expiresAt, provider: planned } = plan
  const { id, vendor } = provider
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
    // A plan that was begun in time may be finished.
    ...(expires && !hasBegun(journaled) && hasExpired(plan, reading.clock.now())
      ? [
          {
            _tag: 'Expired' as const,
            expiresAt,
            message: `the plan has expired at ${timeText(expiresAt)}; make a new one`,
          },
        ]
      : []),
    ...unsupportedBy(provider),
  ]
}

/** Lost seats that users do not hold again, as far as could be read. */
const stillLost = (lost: readonly ImplicitLoss[], present: Present): readonly ImplicitLoss[] =>
  lost.filter((seat) => isSo(present, { ...seat, action: 'assign' }) !== true)

/** The terms of one run: a plan that is applied, or one that is taken back. */
export interface RunTerms {
  /** Its deadline counts from when the run was asked for. */
  readonly reading: Reading
  /** The hash of the plan that is applied or taken back. Only one run of a plan is at work at once. */
  readonly plan: string
  /** Whether the plan can expire. */
  readonly expires: boolean
  /** See {@link takeStock}. */
  readonly uncertain: ReadonlyMap<number, LicenseError>
  /** What was sent in earlier runs. */
  readonly journaled: ReadonlyMap<number, JournaledChange>
  /** What the vendor changed implicitly in earlier runs. */
  readonly besides: readonly ImplicitEffect[]
  /** Seats that users lost that way. No change of this plan gives them back. */
  readonly lost: readonly ImplicitLoss[]
}

/** The listed licenses, and others that the plan changes or its users hold. */
const knownLicenses = ({ licenses }: Plan, { id }: LicenseProvider, present: Present): Present['licenses'] => {
  const names = new Map(licenses.map((license) => [license.id, license.name]))
  const held = [...foundUsers(present).values()].flatMap(({ licenseIds }) => licenseIds)
  const others = [...names.keys(), ...held].filter((licenseId) => !present.licenses.has(licenseId))
  const unlisted = others.map((licenseId) => unlistedLicense(id, licenseId, { name: names.get(licenseId) }))
  return new Map([...present.licenses, ...unlisted.map((license) => [license.id, license] as const)])
}

const run = async (
  plan: Plan,
  provider: LicenseProvider,
  options: RunOptions,
  { reading, uncertain, journaled, besides, lost }: RunTerms,
  patience: Patience,
): Promise<E.Either<PlanFailures, PlanResult>> => {
  const { journal, allowDrift = false, settleWithinMs, unlisted = new Set(), onChange, onWait } = options
  const found = await readPresent(provider, [...new Set(plan.changes.map(({ userId }) => userId))], reading)
  if (E.isLeft(found)) return found
  const present = found.right
  const { protected: guards = [] } = options
  const users = foundUsers(present)
  const licenses = knownLicenses(plan, provider, present)
  const guarded = protectedAmong(plan.changes, guards, { provider: provider.id, licenses, users })
  if (RA.isNonEmpty(guarded)) return E.left(guarded)
  const warnings = idleProtections(guards, { provider: provider.id, licenses })

  const total = plan.changes.length
  const tell = onlooker(onChange)
  const account = openAccount(plan, {
    journal,
    patience,
    onChange: (place, outcome, done) => {
      const change = plan.changes[place]
      if (change === undefined) return
      const { userId, user, licenseId, license, action } = change
      tell({
        provider: provider.id,
        done,
        total,
        change: { place, userId, user, licenseId, license, action, ...outcome },
      })
    },
  })
  // A journal without changes may be empty, and cannot be read without a `begin` entry. A second one is harmless.
  const isFirst = journaled.size === 0
  const append = async () => journal.append(isFirst ? { entry: 'begin', plan } : { entry: 'resume', plan: plan.hash })
  try {
    await patience(append())
  } catch (thrown) {
    const message = `the journal cannot be written: ${thrownText(thrown)}`
    return E.left([{ _tag: 'JournalUnavailable', message }])
  }
  const drifted = driftOf(plan, journaled, present, besides, unlisted)
  const remaining = takeStock({ plan, present, drifted, account, journaled, unlisted, uncertain })
  const sender = createSender({ provider, account, present, journaled, settleWithinMs, onWait, reading })

  if (drifted.size === 0 || allowDrift) {
    const ofPhase = (phase: Phase) =>
      plan.changes.filter((change, place) => change.phase === phase && remaining.has(place))
    let goesOn = true
    for (const phase of phases) {
      if (goesOn && !reading.scope.signal?.aborted) goesOn = await sender.send(ofPhase(phase))
    }
  }
  const silent = [...account.announced()].filter((place) => account.outcome(place) === undefined)
  for (const place of silent) account.enterTold(place, { result: 'unknown', reason: unheard(provider.id) })
  const verified = silent.length === 0 && sender.unread.size === 0

  const changes = plan.changes.map((change, place) => appliedChange(change, drifted.get(place), account.outcome(place)))
  const counts = countsOf(changes)
  const implicit = implicitSeats(plan, sender.besides, stillLost(lost, present))
  const isWhole = counts.applied + counts.alreadySo + counts.pending === total
  const hasLost = implicit.some(({ effect, free }) => effect === 'lost' && !free)
  const journalProblem = await account.close({ entry: 'end', counts })
  return E.right({
    schemaVersion: 1,
    plan: plan.hash,
    provider: plan.provider.id,
    finishedAt: new Date(reading.clock.now()).toISOString(),
    complete: verified && journalProblem === undefined && isWhole && !hasLost,
    verified,
    ...(journalProblem === undefined ? {} : { journalProblem }),
    counts,
    changes,
    ...(implicit.length === 0 ? {} : { implicit }),
    ...(warnings.length === 0 ? {} : { warnings }),
  })
}

const otherJournal = invalidInput(
  'state.plan',
  'the plan that is applied',
  'state: it is of the journal of another plan; give that of this plan',
)

const journalFromTheStart = invalidInput(
  'journal',
  'a journal that goes on after the text that the state was read from',
  'journal: it begins anew, but the state is of earlier runs; give the text of the journal: createJournal(append, { text })',
)

/** What is wrong with a journal beside what it said of earlier runs. */
export const problemsInContinuing = (
  plan: string,
  { state, journal }: Pick<ApplyPlanOptions, 'state' | 'journal'>,
): readonly PlanFailure[] => {
  if (state === undefined) return []
  if (state.plan.hash !== plan) return [otherJournal]
  return journal.isNew?.() === true ? [journalFromTheStart] : []
}

/** {@link applyPlan} on other terms. */
export const runPlan = async (
  plan: Plan,
  provider: LicenseProvider,
  options: RunOptions,
  terms: RunTerms,
): Promise<E.Either<PlanFailures, PlanResult>> => {
  const problems = problemsBefore(plan, provider, terms)
  if (RA.isNonEmpty(problems)) return E.left(problems)
  const { clock } = terms.reading
  const patience = patienceOf(terms.reading)
  const bounded = boundedProvider(provider, clock)
  const work = () => run(plan, bounded, options, terms, patience)
  return whileLeased(terms.plan, options.journal, { patience, clock }, work)
}

/**
 * Applies a plan: it reads what users hold now, makes the changes that are still to be made, and enters every step in the
 * journal before and after it. Outcomes of the provider are final: see `changeAssignments`. It can be called again with what
 * the journal says: what is done is not done twice.
 *
 * A `Left` where the plan is not for this provider, has expired, or is at work in another run; where the provider could not
 * be read; or where the journal cannot be begun. Then nothing was sent. Never rejects. The deadline counts from when the task
 * is called. A journal that does not answer is waited for two seconds longer.
 */
export const applyPlan = (
  plan: Plan,
  provider: LicenseProvider,
  options: ApplyPlanOptions,
): TaskEither<PlanFailure, PlanResult> =>
  planTask(async () => {
    const wrong = [...problemsInProvider(provider), ...problemsInApplying(options)]
    if (RA.isNonEmpty(wrong)) return E.left(wrong)
    const reading = readingOf(options)
    const read = await intactPlan(plan, options)()
    if (E.isLeft(read)) return E.left(failuresIn(read.left))
    const refusals = [...problemsInContinuing(plan.hash, options), ...refusalsOf(plan, options)]
    if (RA.isNonEmpty(refusals)) return E.left(refusals)
    const { changes: journaled = new Map(), besides = [] }: Partial<JournalState> = options.state ?? {}
    const lost = lossesIn({ plan, besides }).filter(({ place }) => journaled.get(place)?.result === 'applied')
    const terms = { reading, plan: plan.hash, expires: true, uncertain: new Map(), journaled, besides, lost }
    return runPlan(plan, provider, options, terms)
  })
