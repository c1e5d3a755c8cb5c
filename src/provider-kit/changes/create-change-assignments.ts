import * as E from 'fp-ts/lib/Either.js'
import pLimit from 'p-limit'
import type { AssignmentChange, AssignmentOutcome, ChangeWait } from '../../contract/assignment-change.ts'
import type { LicenseProvider } from '../../contract/license-provider.ts'
import type { LicenseError } from '../../model/license-error.ts'
import { onlooker } from '../../model/onlooker.ts'
import { elapsedOn } from '../../paging/clock.ts'
import { openScope } from '../../paging/request-scope.ts'
import { endOfScope } from '../../paging/scope-end.ts'
import type { ChangeAdapter, Holdings, HoldingsReading, Sent } from './change-adapter.ts'
import { type ChangeResult, outcomesFor, refused, rejected, unknownBecause, unsent } from './change-outcome.ts'
import { requestsOf, splitRequest } from './change-requests.ts'
import { givenChanges } from './given-changes.ts'
import { implicitChanges } from './implicit-changes.ts'
import { asItIs, changesByUser, isAlreadySo, isAmong, isDone, type UserChanges, type Wanted } from './user-changes.ts'
import type { Open, UserRun } from './user-run.ts'
import { endsAll, isAboutOneChange } from './what-failures-mean.ts'
import { windowsOf } from './windows-of.ts'

const USERS_AT_ONCE = 300

/** How long changes that the vendor accepted are waited for until readings show them, in milliseconds. */
const SETTLE_WITHIN_MS = 60_000
/** The same where nobody can tell from the vendor's words whether it accepted them. */
const UNCLEAR_WITHIN_MS = 2_000
/** Growing pauses between two looks: at first these, then as long as was waited already. */
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000

type Readings = ReadonlyMap<string, HoldingsReading>

/**
 * Gives and takes seats for one vendor: what all vendors have in common. Changes that ask for the same are sent once,
 * contradictions and what is so already are not sent. What users hold is read directly before a request and directly
 * after it, and decides the outcome: an answer alone does not.
 */
export const createChangeAssignments = (adapter: ChangeAdapter): NonNullable<LicenseProvider['changeAssignments']> => {
  const { provider, operation, clock, requests: shape, readHoldings, readTaken, send, reviewChanges } = adapter
  const { refusalOf = () => undefined } = adapter
  const { keyOf = asItIs } = adapter
  const { sendings: maxSendings = 1, concurrency = 1, order } = shape
  const name = { provider, operation }
  const contradiction = rejected(name, 'not sent: other changes of this license for the same user contradict it')
  const noChange = rejected(
    name,
    'not sent: expected an action "assign" or "remove", a user id, a license id, and texts as calling properties',
  )
  const besideProblem = rejected(name, 'not sent: there is a problem with another change of the same user')
  const forsaken = rejected(name, 'not sent: what the user was to be given in the same call was not done')
  const unseen = (message: string): LicenseError => ({ _tag: 'InvalidResponse', ...name, message, issues: [] })
  const notShown = unseen('it was sent, and what the user holds cannot be read')
  const notSeenYet = unseen('accepted, not seen yet: the vendor took it on, and what the user holds does not show it')

  return async function* (changes, request = {}): AsyncGenerator<AssignmentOutcome, void> {
    const scope = openScope(request, clock)
    const limit = pLimit(concurrency)
    const { users: given, licenses = [], beforeSending, settleWithinMs = SETTLE_WITHIN_MS } = request
    const licensesById = new Map(licenses.map((license) => [license.id, license]))
    let halt: LicenseError | undefined
    let unheard: { readonly thrown: unknown } | undefined

    const ended = (): LicenseError | undefined => endOfScope(scope, clock, name) ?? halt
    const tellOfWait = onlooker<ChangeWait>((wait) => request.onWait?.(wait))
    const heed = (error: LicenseError) => {
      if (endsAll(error)) halt ??= error
    }

    /** What is told of a user's change; with the first that is told goes what the vendor did besides. */
    const tell = (run: UserRun, { copies }: Wanted, result: ChangeResult): readonly AssignmentOutcome[] => {
      const { implicit } = run
      run.implicit = undefined
      return outcomesFor(copies, result).map((outcome, place) =>
        implicit === undefined || place > 0 ? outcome : { ...outcome, implicit },
      )
    }

    /** The changes of one user that need sending, after those that do not are told. */
    const takeUp = (
      { userId, wanted, contradictory }: UserChanges,
      held: Holdings | undefined,
    ): readonly [UserRun, readonly AssignmentOutcome[]] => {
      const run: UserRun = {
        userId,
        steps: [],
        held,
        open: [],
        waitedMs: 0,
        sendings: 0,
        doubt: undefined,
        implicit: undefined,
      }
      const problems = new Map<AssignmentChange, string>()
      const user =
        held === undefined
          ? given?.get(userId)
          : { provider, id: userId, status: 'unknown' as const, ...given?.get(userId), ...held }
      const remarks = reviewChanges?.(
        wanted.map(({ change }) => change),
        { licenses: licensesById, users: new Map(user === undefined ? [] : [[userId, user]]) },
      )
      for (const { change, severity, message } of remarks ?? []) {
        if (severity === 'problem') problems.set(change, message)
      }
      for (const { change } of wanted) {
        const message = refusalOf(change)
        if (message !== undefined) problems.set(change, message)
      }
      const isStopped = problems.size > 0 || contradictory.length > 0
      const outcomes: AssignmentOutcome[] = [...outcomesFor(contradictory, refused(contradiction))]
      const needed: Wanted[] = []
      for (const each of wanted) {
        const problem = problems.get(each.change)
        if (problem !== undefined) outcomes.push(...tell(run, each, refused(rejected(name, problem))))
        else if (isAlreadySo(each.change, held, keyOf)) outcomes.push(...tell(run, each, { result: 'alreadySo' }))
        else if (isStopped) outcomes.push(...tell(run, each, refused(besideProblem)))
        else needed.push(each)
      }
      const ofAction = (action: AssignmentChange['action']) => needed.filter(({ change }) => change.action === action)
      const steps = order === 'together' ? [needed] : [ofAction('assign'), ofAction('remove')]
      run.steps = steps.filter((step) => step.length > 0)
      return [run, outcomes]
    }

    /** Whether it is known already that nothing is to be sent for a user. */
    const needsNothing = ({ userId, wanted, contradictory }: UserChanges): boolean => {
      const known = given?.get(userId)
      const isKnownToBeSo =
        contradictory.length === 0 && wanted.every(({ change }) => isAlreadySo(change, known, keyOf))
      return isKnownToBeSo || wanted.some(({ change }) => refusalOf(change) !== undefined)
    }

    const toBeRead = (users: readonly UserChanges[]): readonly UserChanges[] =>
      ended() === undefined ? users.filter((user) => !needsNothing(user)) : []

    const read = async (users: readonly { readonly userId: string }[]): Promise<Readings> =>
      users.length === 0
        ? new Map()
        : readHoldings(
            users.map(({ userId }) => userId),
            scope,
          )

    /** Begins with users, after what they hold was read. */
    function* admit(
      users: readonly UserChanges[],
      readings: Readings,
    ): Generator<AssignmentOutcome, readonly UserRun[]> {
      const runs: UserRun[] = []
      const end = ended()
      for (const user of users) {
        const reading: HoldingsReading =
          end === undefined ? (readings.get(user.userId) ?? E.right(undefined)) : E.left(end)
        if (E.isLeft(reading)) {
          heed(reading.left)
          const all = [...user.contradictory, ...user.wanted.flatMap(({ copies }) => copies)]
          yield* outcomesFor(all, refused(unsent(reading.left)))
          continue
        }
        const [run, outcomes] = takeUp(user, reading.right ?? given?.get(user.userId))
        yield* outcomes
        if (run.steps.length > 0) runs.push(run)
      }
      return runs
    }

    /** Sends one request, or the halves of it where the vendor took offence at something in it. */
    const sendRequest = async (
      carried: readonly AssignmentChange[],
      fates: Map<AssignmentChange, Sent>,
    ): Promise<void> => {
      const early = ended()
      if (early === undefined && unheard === undefined) {
        const taken = (await readTaken?.(carried, licensesById, scope)) ?? []
        try {
          await beforeSending?.(carried, taken)
        } catch (thrown) {
          unheard ??= { thrown }
        }
      }
      if (unheard !== undefined) return
      const end = early ?? ended()
      const fate: Sent = end === undefined ? await send(carried, scope) : { kind: 'unsent', error: end }
      if (fate.kind !== 'answered') heed(fate.error)
      if (fate.kind === 'failed' && fate.about === 'credential') halt ??= fate.error
      const halves = isAboutOneChange(fate) ? splitRequest(carried, shape, keyOf) : undefined
      if (halves === undefined) for (const change of carried) fates.set(change, fate)
      else for (const half of halves) await sendRequest(half, fates)
    }

    /** What is to be said of a change that was sent, or how long it is to be looked for. */
    const judge = (
      run: UserRun,
      wanted: Wanted,
      fate: Sent,
      reading: HoldingsReading | undefined,
    ): ChangeResult | Open => {
      const { change } = wanted
      const refusal = (reason: LicenseError) => (run.doubt === undefined ? refused(reason) : unknownBecause(run.doubt))
      if (fate.kind === 'unsent') return refusal(unsent(fate.error))
      const shown = reading !== undefined && E.isRight(reading) ? reading.right : undefined
      // A vendor that says no has been seen to do it all the same.
      if (fate.kind === 'failed' && !fate.mayHaveTakenEffect) {
        return shown !== undefined && isDone(change, shown, keyOf) ? { result: 'applied' } : refusal(fate.error)
      }
      const told = fate.kind === 'answered' ? fate.holdingsOf?.(run.userId) : undefined
      const unread = unknownBecause(reading !== undefined && E.isLeft(reading) ? reading.left : notShown, true)
      // What could not be read is not known by the vendor's word alone, unless it is all that these credentials are shown.
      const isUnread = reading === undefined || E.isLeft(reading)
      const held = isUnread ? undefined : (shown ?? told)
      if (held !== undefined && isDone(change, held, keyOf)) return { result: 'applied' }
      const isPending = shown !== undefined && isAmong(shown.pendingLicenseIds, change.licenseId, keyOf)
      if (change.action === 'assign' && isPending) return { result: 'pending' }
      if (fate.kind === 'failed') {
        const unknownAs = (words: string, isNotRead?: true) =>
          unknownBecause({ ...fate.error, message: `${fate.error.message}; ${words}` }, isNotRead)
        if (isUnread) return unread
        if (shown === undefined) return unknownAs('what the user holds now could not be read', true)
        const isLast = run.sendings >= maxSendings
        const otherwise = isLast ? unknownAs('it was not done when it was looked at') : 'again'
        return { wanted, otherwise, withinMs: UNCLEAR_WITHIN_MS }
      }
      const reply = fate.replyTo(change)
      if (reply.kind === 'pending') return { result: 'pending' }
      if (reply.kind === 'declined') return refusal(reply.reason)
      if (held === undefined) return unread
      const [otherwise, withinMs] =
        reply.kind === 'accepted'
          ? [unknownBecause({ ...notSeenYet, ...reply.words }), settleWithinMs]
          : [refusal(reply.reason), Math.min(UNCLEAR_WITHIN_MS, settleWithinMs)]
      return shown === undefined ? otherwise : { wanted, otherwise, withinMs }
    }

    /** A user whom only their licenses make known is not known any more once the last one is taken. */
    const afterAnAnswer = (run: UserRun, reading: HoldingsReading | undefined): HoldingsReading | undefined =>
      reading !== undefined && E.isLeft(reading) && reading.left._tag === 'NotFound' && run.held !== undefined
        ? E.right({ ...run.held, licenseIds: [], pendingLicenseIds: [] })
        : reading

    /** Nothing more is sent for a user whose step was not done, but what is sent once more of that step. */
    const forsake = (run: UserRun): readonly AssignmentOutcome[] => {
      const [step = [], ...later] = run.steps
      run.steps = [step]
      const end = ended()
      return later.flat().flatMap((wanted) => tell(run, wanted, refused(end === undefined ? forsaken : unsent(end))))
    }

    /** Goes on to the next step of a user. */
    const proceed = (run: UserRun): void => {
      run.steps = run.steps.slice(1)
      run.sendings = 0
      run.doubt = undefined
      run.waitedMs = 0
    }

    const afterSending = (
      run: UserRun,
      fates: ReadonlyMap<AssignmentChange, Sent>,
      reading: HoldingsReading | undefined,
    ): readonly AssignmentOutcome[] => {
      const step = run.steps[0] ?? []
      const wereSent = step.filter(({ change }) => fates.has(change))
      const answered = wereSent.map(({ change }) => fates.get(change)).find((fate) => fate?.kind === 'answered')
      const found = answered === undefined ? reading : afterAnAnswer(run, reading)
      const held = found !== undefined && E.isRight(found) ? found.right : undefined
      const told = answered?.kind === 'answered' ? answered.holdingsOf?.(run.userId) : undefined
      const sent = wereSent.map(({ change }) => change)
      run.implicit = implicitChanges(run.held, told, sent, keyOf) ?? implicitChanges(run.held, held, sent, keyOf)
      run.held = held ?? told ?? run.held

      const outcomes: AssignmentOutcome[] = []
      const open: Open[] = []
      let allDone = wereSent.length === step.length
      for (const wanted of wereSent) {
        const fate = fates.get(wanted.change)
        if (fate === undefined) continue
        if (fate.kind === 'failed' && fate.mayHaveTakenEffect) run.doubt = fate.error
        const verdict = judge(run, wanted, fate, found)
        if ('withinMs' in verdict) open.push(verdict)
        else {
          allDone &&= verdict.result === 'applied'
          outcomes.push(...tell(run, wanted, verdict))
        }
      }
      run.open = open
      if (!allDone) outcomes.push(...forsake(run))
      if (open.length === 0) proceed(run)
      return outcomes
    }

    /** Tells adapters which changes are seen, before anything is made of what the vendor said of the others. */
    const learn = (
      { userId, steps: [step = []] }: UserRun,
      fates: ReadonlyMap<AssignmentChange, Sent>,
      readings: Readings,
    ): void => {
      const reading = readings.get(userId)
      if (reading === undefined || E.isLeft(reading) || reading.right === undefined) return
      for (const { change } of step) {
        const fate = fates.get(change)
        if (fate?.kind === 'answered' && isDone(change, reading.right, keyOf)) fate.onDone?.(change)
      }
    }

    /**
     * Sends what is due, step by step, until nothing is. Returns the users of whom something is still to be seen, and what
     * those who come next hold, who are read together with the last step: one reading is after it and before the next.
     */
    async function* advance(
      runs: readonly UserRun[],
      next: readonly UserChanges[] = [],
    ): AsyncGenerator<AssignmentOutcome, { readonly waiting: readonly UserRun[]; readonly ahead?: Readings }> {
      const waiting: UserRun[] = []
      let ahead: Readings | undefined
      let due = runs
      while (due.length > 0) {
        const fates = new Map<AssignmentChange, Sent>()
        for (const run of due) run.sendings += 1
        const carried = due.flatMap(({ steps: [step = []] }) => step.map(({ change }) => change))
        await Promise.all(requestsOf(carried, shape, keyOf).map((one) => limit(sendRequest, one, fates)))
        const toRead = due.filter(({ steps: [step = []] }) =>
          step.some(({ change }) => {
            const fate = fates.get(change)
            if (fate?.kind === 'answered') return true
            // Who is not let in has changed nothing.
            return fate?.kind === 'failed' && (fate.mayHaveTakenEffect || fate.about === 'changes')
          }),
        )
        const others = due.every(({ steps }) => steps.length === 1) ? toBeRead(next) : []
        const readings = await read([...toRead, ...others])
        if (others.length > 0) ahead = readings
        for (const reading of readings.values()) if (E.isLeft(reading)) heed(reading.left)
        for (const run of due) learn(run, fates, readings)
        for (const run of due) yield* afterSending(run, fates, readings.get(run.userId))
        if (unheard !== undefined) throw unheard.thrown
        waiting.push(...due.filter(({ open }) => open.length > 0))
        due = due.filter(({ steps, open }) => steps.length > 0 && open.length === 0)
      }
      return { waiting, ...(ahead === undefined ? {} : { ahead }) }
    }

    const looked = (run: UserRun, reading: HoldingsReading | undefined): readonly AssignmentOutcome[] => {
      const found = afterAnAnswer(run, reading)
      const held = found !== undefined && E.isRight(found) ? found.right : undefined
      run.held = held ?? run.held
      const outcomes: AssignmentOutcome[] = []
      const open: Open[] = []
      const again: Wanted[] = []
      const end = ended()
      let allDone = true
      for (const each of run.open) {
        const isSeen = held !== undefined && isDone(each.wanted.change, held, keyOf)
        const { otherwise } = each
        if (isSeen) outcomes.push(...tell(run, each.wanted, { result: 'applied' }))
        else if (end === undefined && run.waitedMs < each.withinMs) open.push(each)
        else if (otherwise === 'again' && end === undefined) again.push(each.wanted)
        else {
          allDone = false
          const result = otherwise === 'again' ? unknownBecause(run.doubt ?? notSeenYet) : otherwise
          outcomes.push(...tell(run, each.wanted, result))
        }
      }
      run.open = open
      if (!allDone) outcomes.push(...forsake(run))
      if (open.length > 0)
        run.open = [...open, ...again.map((wanted) => ({ wanted, otherwise: 'again' as const, withinMs: 0 }))]
      else if (again.length > 0) {
        run.steps = [again, ...run.steps.slice(1)]
        run.waitedMs = 0
      } else proceed(run)
      return outcomes
    }

    /** Looks again, in growing pauses, at what was taken on and is not seen yet. */
    async function* lookAgain(runs: readonly UserRun[]): AsyncGenerator<AssignmentOutcome, readonly UserRun[]> {
      let shortest = Number.POSITIVE_INFINITY
      let longest = 0
      for (const { waitedMs, open } of runs) {
        shortest = Math.min(shortest, waitedMs)
        for (const { withinMs } of open) longest = Math.max(longest, withinMs)
      }
      const pause = Math.min(Math.max(FIRST_PAUSE_MS, Math.min(shortest, LONGEST_PAUSE_MS)), longest - shortest)
      const remaining = scope.deadlineAt === undefined ? Number.POSITIVE_INFINITY : scope.deadlineAt - elapsedOn(clock)
      const longestWait = Math.min(longest - shortest, remaining)
      const sought = runs.reduce((count, { open }) => count + open.length, 0)
      if (longestWait > 0) tellOfWait({ changes: sought, ms: longestWait })
      await clock.sleep(Math.max(0, Math.min(pause, remaining)), scope.signal)
      const readings = ended() === undefined ? await read(runs) : new Map<string, HoldingsReading>()
      for (const run of runs) {
        run.waitedMs += pause
        yield* looked(run, readings.get(run.userId))
      }
      return runs.filter(({ steps, open }) => steps.length > 0 || open.length > 0)
    }

    try {
      const { usersAtOnce = USERS_AT_ONCE } = adapter
      const { sound, malformed, beside } = givenChanges(changes, keyOf)
      yield* outcomesFor(malformed, refused(noChange))
      yield* outcomesFor(beside, refused(besideProblem))
      const windows = windowsOf(changesByUser(sound, keyOf), shape.users * concurrency, usersAtOnce)
      const nextWindow = (): readonly UserChanges[] => windows.next().value ?? []
      let waiting: readonly UserRun[] = []
      let ahead: Readings | undefined
      for (let users = nextWindow(); users.length > 0; ) {
        const runs = yield* admit(users, ahead ?? (await read(toBeRead(users))))
        users = nextWindow()
        const advanced = yield* advance(runs, users)
        waiting = [...waiting, ...advanced.waiting]
        ahead = advanced.ahead
      }
      while (waiting.length > 0) {
        const looking = yield* lookAgain(waiting)
        const stillOpen = looking.filter(({ open }) => open.length > 0)
        const advanced = yield* advance(looking.filter(({ open }) => open.length === 0))
        waiting = [...stillOpen, ...advanced.waiting]
      }
    } finally {
      scope.close()
    }
  }
}
