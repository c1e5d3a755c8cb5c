import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import type { AssignmentOutcome, CallingProperties } from '../contract/assignment-change.ts'
import { codecOf } from '../model/decoder.ts'
import { demand, demandNone, invalidInput, problemsIn } from '../model/invalid-input.ts'
import { aFunction, type OptionChecks, problemsInOptions } from '../model/option-checks.ts'
import type { Hashing } from '../model/sha256.ts'
import { problemsInHashing } from './caller-input.ts'
import { callingOf } from './calling.ts'
import { chained, hashAfter, headOf, joined, linesOf, NOTHING_BEFORE, unchained } from './journal-chain.ts'
import { type ImplicitEffect, JOURNAL_FORMAT, type JournalEntry } from './journal-entry.ts'
import { JournalEntryOnFile } from './journal-entry-shapes.ts'
import { jsonPieces, plainJson } from './json-pieces.ts'
import type { Plan } from './plan.ts'
import type { PlanFailure, PlanFailures } from './plan-failure.ts'
import { planTask } from './plan-task.ts'
import { keyOfSeat } from './seat.ts'
import { sharedPlan } from './shared-texts.ts'

/** Further members of a line. Its hash is checked separately. */
const Line = t.type({ at: t.string }, 'Line')
const FirstLine = t.type({ format: t.literal(JOURNAL_FORMAT), schemaVersion: t.literal(1) }, 'FirstLine')

/** Makes a text in pieces whenever it is needed. */
type Pieces = () => Iterable<string>

/** An entry as text, without its hash. */
const bodyOf = (entry: JournalEntry, now: number): Pieces => {
  const { entry: kind, ...rest } = entry
  const format = kind === 'begin' ? { format: JOURNAL_FORMAT, schemaVersion: 1 } : {}
  const line = { entry: kind, ...format, at: new Date(now).toISOString(), ...rest }
  return () => jsonPieces(line, plainJson)
}

/** What a journal says of one change. */
export interface JournaledChange {
  /** Requests that carried it since it was last taken back. */
  readonly sent: number
  /** Its latest outcome. Absent: there was none since it was sent, or it was never sent. */
  readonly result?: AssignmentOutcome['result'] | undefined
  /** Requests that take it back and have no outcome yet. */
  readonly takingBack?: number | undefined
  /** What an assignment needs to give back what it took away. */
  readonly calling?: CallingProperties | undefined
}

/** A purchased license that the vendor took from a user because of a change of the plan. Undo gives it back. */
export interface ImplicitLoss {
  /** Its place in the journal, after the places of the plan's changes. */
  readonly place: number
  readonly userId: string
  readonly licenseId: string
  readonly license: string
}

/** The plan of a journal, and how far its changes are: what a continuation or an undo begins with. */
export interface JournalState {
  readonly plan: Plan
  /**
   * By place in the plan, without changes that the journal does not mention. After them come the purchased licenses that users
   * lost implicitly.
   */
  readonly changes: ReadonlyMap<number, JournaledChange>
  /**
   * Places of changes of the plan that `applyUndo` has taken back and that were not sent since. `applyPlan` makes them again:
   * ask before that. Absent: there are none.
   */
  readonly takenBack?: ReadonlySet<number> | undefined
  /** What the vendor changed implicitly for users of the plan, in the order in which it was read. Default: nothing. */
  readonly besides?: readonly ImplicitEffect[] | undefined
  /**
   * Whether every entry has a hash, of itself and of all before it, so that a change to it would show. Version 0.1 wrote
   * none.
   */
  readonly chained: boolean
}

/** An entry with its time, as a line has it. */
export type TimedEntry = JournalEntry & t.TypeOf<typeof Line>

const parse = (line: string): TimedEntry | undefined => {
  try {
    const value: unknown = JSON.parse(line)
    if (!JournalEntryOnFile.is(value) || !Line.is(value)) return undefined
    return value.entry !== 'begin' || FirstLine.is(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Whether a change was under way when a run ended, or unknown: where it is so now, it has arrived. */
export const hasArrived = ({ result, sent = 0 }: Partial<JournaledChange>): boolean =>
  result === 'unknown' || result === 'pending' || (result === undefined && sent > 0)

/** Gives a place to each purchased license that a user lost implicitly. */
export const openLosses = (plan: Plan) => {
  const losses = new Map<string, ImplicitLoss>()
  return {
    enter: ({ userId, lost }: ImplicitEffect): readonly ImplicitLoss[] =>
      lost.flatMap(({ licenseId, license, free }) => {
        if (free) return []
        const key = keyOfSeat({ userId, licenseId })
        const loss = losses.get(key) ?? { place: plan.changes.length + losses.size, userId, licenseId, license }
        losses.set(key, loss)
        return [loss]
      }),
    all: (): readonly ImplicitLoss[] => [...losses.values()],
  }
}

/** The purchased licenses that users lost implicitly, with their places in the journal. */
export const lossesIn = ({ plan, besides = [] }: Pick<JournalState, 'plan' | 'besides'>): readonly ImplicitLoss[] => {
  const losses = openLosses(plan)
  for (const effect of besides) losses.enter(effect)
  return losses.all()
}

/** The licenses that the vendor gave or took implicitly, by user. They are no drift. */
export const besidesByUser = (besides: readonly ImplicitEffect[] = []): ReadonlyMap<string, ReadonlySet<string>> => {
  const byUser = new Map<string, Set<string>>()
  for (const { userId, lost, gained } of besides) {
    const known = byUser.get(userId) ?? new Set<string>()
    for (const { licenseId } of [...lost, ...gained]) known.add(licenseId)
    byUser.set(userId, known)
  }
  return byUser
}

const enter = (changes: Map<number, JournaledChange>, takenBack: Set<number>, entry: JournalEntry): void => {
  const known = (change: number): JournaledChange => changes.get(change) ?? { sent: 0 }
  const withCalling = ({ calling }: JournaledChange) => (calling === undefined ? {} : { calling })
  switch (entry.entry) {
    case 'sending': {
      const taken = new Map(entry.taken?.map(({ change, calling }) => [change, callingOf(calling)]))
      for (const change of entry.changes) {
        takenBack.delete(change)
        const before = known(change)
        // The reading before the first request shows what the user had.
        const calling = before.calling ?? taken.get(change)
        changes.set(change, { sent: before.sent + 1, ...(calling === undefined ? {} : { calling }) })
      }
      return
    }
    case 'outcome': {
      const before = known(entry.change)
      // A later run finds what was applied or under way `alreadySo`. It is still a change of this plan.
      const isOurs = before.result === 'applied' || hasArrived(before)
      const result = entry.result === 'alreadySo' && isOurs ? 'applied' : entry.result
      if (result !== 'refused' && result !== 'unknown') takenBack.delete(entry.change)
      changes.set(entry.change, { sent: before.sent, result, ...withCalling(before) })
      return
    }
    case 'takingBack':
      for (const change of entry.changes) {
        changes.set(change, { ...known(change), takingBack: (known(change).takingBack ?? 0) + 1 })
      }
      return
    case 'takenBack':
      // Where taking back is pending, the vendor has accepted it.
      if (entry.result === 'refused' || entry.result === 'unknown') return
      changes.delete(entry.change)
      takenBack.add(entry.change)
      return
    default:
      return
  }
}

const LINE_START = '{"entry":'

/** Whether a line may be one that a crash cut off. */
const mayBeCutOff = (line: string): boolean => line.startsWith(LINE_START) || LINE_START.startsWith(line)

export const misread = (line: number, expected: string, message = `expected ${expected}`): PlanFailure =>
  invalidInput(`line ${line}`, expected, `line ${line}: ${message}`)
const noEntry = (line: number): PlanFailure => misread(line, 'an entry of a journal')
const changed = (line: number): PlanFailure => ({
  _tag: 'Tampered',
  what: 'journal',
  message: `line ${line}: this entry or one before it was changed after it was written; use another copy of the journal`,
})

/** Takes entries one after the other, so that not all of them are in memory. */
const openState = () => {
  const changes = new Map<number, JournaledChange>()
  const takenBack = new Set<number>()
  const besides: ImplicitEffect[] = []
  let losses: ReturnType<typeof openLosses> | undefined
  let plan: Plan | undefined
  return {
    /** Enters the entry of a line. The failure says why it does not belong to those before it. */
    enter: (entry: JournalEntry, line: number): PlanFailure | undefined => {
      const hash = entry.entry === 'begin' ? entry.plan.hash : entry.entry === 'resume' ? entry.plan : undefined
      if (plan === undefined && entry.entry === 'begin') plan = sharedPlan(entry.plan)
      else if (plan === undefined) return misread(line, 'the beginning of a journal')
      else if (hash !== undefined && hash !== plan.hash)
        return misread(line, 'an entry of the same plan', 'it goes on with another plan')
      if (entry.entry === 'implicit') {
        losses ??= openLosses(plan)
        const { userId, lost, gained } = entry
        besides.push({ userId, lost, gained })
        for (const loss of losses.enter(entry)) changes.set(loss.place, { sent: 1, result: 'applied' })
      } else enter(changes, takenBack, entry)
      return undefined
    },
    state: (chained: boolean): JournalState | undefined => {
      if (plan === undefined) return undefined
      // Without the losses, which have places after the changes of the plan.
      const { length } = plan.changes
      const ofPlan = new Set([...takenBack].filter((place) => place < length))
      return { plan, changes, besides, chained, ...(ofPlan.size === 0 ? {} : { takenBack: ofPlan }) }
    },
  }
}

/**
 * Reads the lines of a journal and checks their hashes. Lines that a crash cut off are left out, at the end and before the
 * first line of another run.
 */
const stateOf = async (
  journal: string,
  hashing: Hashing,
  onEntry: (entry: TimedEntry, line: number) => PlanFailure | undefined,
): Promise<E.Either<PlanFailures, JournalState | undefined>> => {
  const { enter, state } = openState()
  let head = NOTHING_BEFORE
  let cutOff: number | undefined
  let misplaced: PlanFailure | undefined
  let isFirstChained: boolean | undefined
  let isLastChained = false
  let line = 0
  for (const text of linesOf(journal)) {
    line += 1
    const { body, hash } = unchained(text)
    head = await hashAfter(head, body, hashing)
    const entry = parse(text)
    if (entry === undefined && mayBeCutOff(text)) {
      cutOff ??= line
      continue
    }
    if (entry === undefined) return E.left([noEntry(line)])
    const isStart = entry.entry === 'begin' || entry.entry === 'resume'
    if (cutOff !== undefined && !isStart) return E.left([noEntry(cutOff)])
    cutOff = undefined
    // Where one has a hash, all that follow were written with one.
    const isExpected = hash === undefined ? !isLastChained : hash === head
    if (!isExpected) return E.left([changed(line)])
    isLastChained = hash !== undefined
    isFirstChained ??= isLastChained
    if (misplaced !== undefined) continue
    misplaced = enter(entry, line) ?? onEntry(entry, line)
  }
  return misplaced === undefined ? E.right(state(isFirstChained ?? true)) : E.left([misplaced])
}

/** {@link readJournal}, with each entry as it comes. `onEntry` says what is wrong with it, if anything is. */
export const readEntries = (
  text: string,
  hashing: Hashing,
  onEntry: (entry: TimedEntry, line: number) => PlanFailure | undefined,
): TaskEither<PlanFailure, JournalState | undefined> =>
  planTask(async () => {
    const wrong = [...problemsIn(codecOf(t.string), 'text', text), ...problemsInHashing(hashing)]
    return RA.isNonEmpty(wrong) ? E.left(wrong) : stateOf(text, hashing, onEntry)
  })

/**
 * Reads a journal. Lines that a crash cut off are left out: nothing was sent for them. Anything else that cannot be read is
 * `InvalidInput`, and what is not as it was written is `Tampered`; both say where. Undefined where nothing was begun.
 *
 * The hashes show damage and careless edits. They are not a signature: an edit on purpose can have its own hashes, and lines
 * that are cut from the end leave no trace. Never rejects.
 */
export const readJournal = (text: string, hashing: Hashing = {}): TaskEither<PlanFailure, JournalState | undefined> =>
  readEntries(text, hashing, () => undefined)

/** The right to apply one plan, for as long as a run takes. */
export type JournalLease =
  | {
      readonly kind: 'taken'
      /** Called once, after the last entry of the run, or after it failed. */
      readonly release: () => Promise<void>
    }
  /** Another run has it. */
  | {
      readonly kind: 'held'
      /** Which run has it and what to do, in one line: `another run is at work (process 7 on build-3); wait for it`. */
      readonly by: string
    }

/** Where entries are kept. */
export interface Journal {
  /** Resolves when the entry is durable. */
  readonly append: (entry: JournalEntry) => Promise<void>
  /**
   * Awaited before anything is read or sent. It keeps two runs from applying or taking back the same plan at once, also in
   * two processes and with two journals. `plan` is the hash of the plan, also where it is taken back. A store that several
   * processes use should have it, for example as a row that only one of them can insert. An answer that is not a lease is a
   * failure. Default: only runs of one process are kept apart.
   */
  readonly acquire?: ((plan: string) => Promise<JournalLease>) | undefined
  /**
   * Whether nothing is in it yet. With a `state` of earlier runs such a journal is refused: what is added to the end of the
   * earlier text would not fit its hashes. Default: it is not asked.
   */
  readonly isNew?: (() => boolean) | undefined
}

/** How a journal is made from a store of the caller. */
export interface CreateJournalOptions extends Hashing {
  /** What is in the store already, the text that `readJournal` was given. Default: nothing. */
  readonly text?: string | undefined
  /** Milliseconds since the epoch. Default: the system's clock. */
  readonly now?: (() => number) | undefined
  /** See {@link Journal}. */
  readonly acquire?: Journal['acquire'] | undefined
}

const journalChecks: OptionChecks<CreateJournalOptions> = {
  text: { expected: 'the text of a journal', is: (text) => typeof text === 'string' },
  now: aFunction,
  acquire: aFunction,
  sha256: aFunction,
}

/** {@link createJournal} for stores that add a line in pieces: the first line has the plan itself. */
export const createJournalInPieces = (
  append: (pieces: Iterable<string>) => Promise<void>,
  options: CreateJournalOptions = {},
): Journal => {
  demand(typeof append === 'function', 'append', 'a function')
  demandNone(problemsInOptions(journalChecks, options))
  const { text = '', now = Date.now, acquire, ...hashing } = options
  let isNew = text === ''
  let head = headOf(text, hashing)
  // Where it fails, whatever is appended fails; until then there is no one to tell.
  head.catch(() => {})
  let waiting: Pieces[] = []
  let flushing: Promise<void> | undefined
  let last: Promise<void> = Promise.resolve()
  const flush = async (): Promise<void> => {
    const bodies = waiting
    waiting = []
    flushing = undefined
    const lines: Iterable<string>[] = []
    for (const body of bodies) {
      const hash = await hashAfter(await head, body(), hashing)
      head = Promise.resolve(hash)
      lines.push(chained(body(), hash))
    }
    await append(joined(lines))
  }
  return {
    isNew: () => isNew,
    append: (entry) => {
      isNew = false
      waiting.push(bodyOf(entry, now()))
      if (flushing === undefined) {
        flushing = last.then(flush)
        last = flushing
      }
      return flushing
    },
    ...(acquire === undefined ? {} : { acquire }),
  }
}

/**
 * A journal in any store that text can be added to. `append` resolves once the text is durable. Every entry has a hash of
 * itself and of all before it. Entries that come while others are being written are written together. After one could not be
 * written, no other one is. Throws a `LicenseException` with `InvalidInput` if an argument is wrong.
 */
export const createJournal = (append: (lines: string) => Promise<void>, options?: CreateJournalOptions): Journal => {
  demand(typeof append === 'function', 'append', 'a function')
  return createJournalInPieces((pieces) => append([...pieces].join('')), options)
}
