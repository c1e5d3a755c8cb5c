import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'vitest'
import { toPromise } from '../../src/contract/to-promise.ts'
import type { AssignmentChange, License, LicenseProvider } from '../../src/index.ts'
import {
  applyPlan,
  applyUndo,
  createJournal,
  createPlan,
  createUndo,
  failureLines,
  failuresIn,
  type ImplicitSeat,
  type Intent,
  type JournalState,
  type Plan,
  type PlanResult,
  readJournal,
} from '../../src/plan/index.ts'
import { leaksIn } from './findings.ts'
import { numberIn, runs, seedOfRun } from './program.ts'
import { createTally, type Tally } from './tally.ts'
import { type WriteSchedule, writeSchedules } from './write-schedule.ts'
import { type WriteTarget, writeTargets } from './write-target.ts'
import { type Holdings, keyOf, leftAfterUndo, movedBetween, wrongIn, wrongLater } from './write-truth.ts'

/** Licenses that any user may hold or lose by themselves: no calling, and nothing that comes with the account. */
const isFree = ({ id, purchased, productCode }: License): boolean =>
  purchased.kind !== 'notApplicable' && !/^(BC|FSS)/.test(productCode ?? '') && id !== ''

interface PlannableLicenses {
  readonly movable: readonly string[]
  /** That can be taken, and given back only with what it was held with. */
  readonly calling: readonly string[]
}

const plannableLicenses = async (provider: LicenseProvider): Promise<PlannableLicenses> => {
  const movable: string[] = []
  const calling: string[] = []
  for await (const license of provider.listLicenses()) {
    if (isFree(license)) movable.push(license.id)
    else if (license.productCode === 'BCSTD') calling.push(license.id)
  }
  return { movable, calling }
}

const changeIn = ({ action, userId, licenseId }: Plan['changes'][number]): AssignmentChange => ({
  action,
  userId,
  licenseId,
})

/** A plan of removals, swaps and additions for users of the organization. */
const planOf = async (
  provider: LicenseProvider,
  before: Holdings,
  { movable, calling }: PlannableLicenses,
  { picks }: WriteSchedule,
): Promise<Plan | undefined> => {
  const users = [...before].filter(([, held]) => held.size > 0)
  const intents = new Map<string, Intent>()
  for (const pick of picks) {
    const [user, held] = users[pick % users.length] ?? ['', new Set<string>()]
    const ours = [...calling, ...movable].filter((id) => held.has(id))
    const others = movable.filter((id) => !held.has(id))
    const from = ours[pick % Math.max(1, ours.length)]
    const to = others[pick % Math.max(1, others.length)]
    const source = 'the schedule'
    if (pick % 3 === 0 && from !== undefined) intents.set(user, { source, action: 'remove', license: from, user })
    else if (pick % 3 === 1 && from !== undefined && to !== undefined)
      intents.set(user, { source, action: 'swap', license: from, to, user })
    else if (to !== undefined) intents.set(user, { source, action: 'assign', license: to, user })
  }
  const made = await createPlan(provider, [...intents.values()])()
  if (E.isRight(made)) return made.right
  // For example the one license that goes with another at no price.
  if (failuresIn(made.left).every(({ _tag }) => _tag !== 'Unreadable')) return undefined
  throw new Error(failureLines(made.left).join('; '))
}

/** A journal as a file would have it. */
const textJournal = (now: () => number) => {
  let text = ''
  const append = async (lines: string) => {
    text += lines
  }
  const state = async (): Promise<JournalState | undefined> => {
    const read = await readJournal(text)()
    if (E.isLeft(read)) throw new Error(read.left.message)
    return read.right
  }
  return { open: () => createJournal(append, { text, now }), state, text: () => text }
}

/** Users of whom something could not be seen when it was said what became of them. */
const undecidedIn = ({ changes }: PlanResult): ReadonlySet<string> =>
  new Set(changes.flatMap(({ userId, result }) => (result === 'unknown' ? [userId] : [])))

/** Whether a plan has drifted only as the vendor gave seats besides that it wanted to give to others. */
const lackSeatsThatWereGiven = (changes: PlanResult['changes'], before: Holdings, now: Holdings): boolean => {
  const planned = new Set(changes.map(keyOf))
  const given = movedBetween(before, now).filter((seat) => seat.effect === 'gained' && !planned.has(keyOf(seat)))
  const licenses = new Set(given.map(({ licenseId }) => licenseId))
  const drifted = changes.filter(({ result }) => result === 'drifted')
  // The halves of a swap drift together.
  const lacks = (userId: string) =>
    drifted.some((change) => change.userId === userId && change.action === 'assign' && licenses.has(change.licenseId))
  return drifted.length > 0 && drifted.every(({ userId }) => lacks(userId))
}

const findingsOf = async (target: WriteTarget, schedule: WriteSchedule, tally: Tally): Promise<readonly string[]> => {
  const stage = await target.stage(schedule)
  try {
    const { provider, unhurriedProvider, clock } = stage
    const before = stage.holdings()
    const phones = stage.phones()
    const licenses = await plannableLicenses(unhurriedProvider)
    const plan = await planOf(unhurriedProvider, before, licenses, schedule)
    if (plan === undefined || plan.changes.length === 0) return []
    const kept = textJournal(clock.now)
    const applyTo = async (through: LicenseProvider) => {
      const state = await kept.state()
      const maxRemovals = plan.changes.length
      return applyPlan(plan, through, { clock, journal: kept.open(), state, maxRemovals })()
    }

    stage.goWrong(plan.changes.map(changeIn), licenses.movable)
    const first = await applyTo(provider)
    const findings = [...leaksIn([E.isLeft(first) ? first.left : undefined, stage.events], stage.secrets())]
    const told: ImplicitSeat[] = []
    let undecided: ReadonlySet<string> = new Set()
    if (E.isRight(first)) {
      findings.push(...wrongIn(first.right, before, stage.holdings()))
      for (const { result } of first.right.changes) tally.checked(result, 1)
      told.push(...(first.right.implicit ?? []))
      undecided = undecidedIn(first.right)
    } else {
      tally.checked('not read', 0)
      const moved = movedBetween(before, stage.holdings())
      findings.push(...moved.map(({ userId }) => `${userId} was changed, although nothing was read`))
    }

    // When all is well again, the same plan converges, whether what was late has arrived by then or not.
    stage.goRight()
    if (schedule.waits) {
      await stage.wait()
      if (E.isRight(first)) findings.push(...wrongLater(first.right, stage.holdings()))
    }
    const second = await applyTo(unhurriedProvider)
    if (E.isLeft(second)) return [...findings, `it cannot be read any more: ${failureLines(second.left).join('; ')}`]
    findings.push(...wrongIn(second.right, before, stage.holdings(), { told, undecided }))
    const { counts, changes, implicit = [] } = second.right
    const areSeatsOut = lackSeatsThatWereGiven(changes, before, stage.holdings())
    if (!areSeatsOut && counts.applied + counts.alreadySo + counts.pending !== changes.length) {
      findings.push(`applied again it is not whole: ${JSON.stringify(counts)}`)
    }
    told.push(...implicit)

    // Once all that is late has arrived, everything can be taken back.
    await stage.wait()
    const state = await kept.state()
    if (state === undefined) return [...findings, 'the journal is empty']
    const undo = await toPromise(createUndo(state, unhurriedProvider))
    const undone = await applyUndo(undo, unhurriedProvider, { clock, journal: kept.open(), state })()
    if (E.isLeft(undone)) return [...findings, `it cannot be taken back: ${failureLines(undone.left).join('; ')}`]
    // What an earlier run did not know, and this one had no seats to go on with, is still not known.
    const isWhole = undone.right.complete || (areSeatsOut && undecided.size > 0 && undone.right.counts.refused === 0)
    if (!isWhole) findings.push(`taken back it is not whole: ${JSON.stringify(undone.right.counts)}`)
    // What a phone was held with could not be read when it was taken: the vendor does not take it without.
    const phoneless = new Set(
      plan.changes.flatMap(({ action, userId, licenseId }, place) => {
        const isTaken = action === 'remove' && licenses.calling.includes(licenseId)
        return isTaken && state.changes.get(place)?.calling === undefined ? [userId] : []
      }),
    )
    if (phoneless.size === 0) findings.push(...undo.left.map((line) => `it is not taken back: ${line}`))
    findings.push(
      ...leftAfterUndo(undone.right, before, stage.holdings(), told, undecided)
        .filter(({ userId }) => !phoneless.has(userId))
        .map(({ userId, effect, licenseId }) => `after undoing ${userId} has ${effect} ${licenseId}`),
    )
    for (const [userId, phone] of stage.phones()) {
      const isAnother = phone !== phones.get(userId) && !phoneless.has(userId)
      if (isAnother) findings.push(`after undoing ${userId} makes calls with ${phone}, not ${phones.get(userId)}`)
    }
    const secrets = stage.secrets().filter((secret) => kept.text().includes(secret))
    return [...findings, ...secrets.map(() => 'a secret is in the journal')]
  } finally {
    tally.schedule()
    for (const { kind, strikes } of stage.strikes()) tally.struck(kind, strikes())
    await stage.stop()
  }
}

const HOUR_MS = 3_600_000

test.each(writeTargets)(
  '$name: whatever goes wrong, what is said to be done is done, what is said not to be is not, the plan converges, and undo takes it back',
  { timeout: HOUR_MS },
  async (target) => {
    const seed = numberIn('SEATLENS_FAULT_SEED') ?? seedOfRun
    const tally = createTally('changes')
    const property = fc.asyncProperty(writeSchedules, async (schedule) => {
      const findings = await findingsOf(target, schedule, tally)
      if (findings.length === 0) return
      tally.wrong()
      console.info(`${findings.slice(0, 5).join('; ')}: ${JSON.stringify(schedule)} (SEATLENS_FAULT_SEED=${seed})`)
      throw new Error(`${findings.slice(0, 5).join('; ')} (SEATLENS_FAULT_SEED=${seed})`)
    })
    try {
      await fc.assert(property, { seed, numRuns: runs(0.05) })
    } finally {
      console.info(tally.text(target.name))
    }
  },
)
