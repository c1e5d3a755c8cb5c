import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import type { AssignmentOutcome } from '../contract/assignment-change.ts'
import type { LicenseError } from '../model/license-error.ts'
import { decode } from '../provider-kit/decode.ts'
import { chained, hashAfter, headOf, linesOf, NOTHING_BEFORE, unchained } from './journal-chain.ts'
import { type Plan, PlanOnFile } from './plan.ts'

/** What `format` says in every journal. */
export const JOURNAL_FORMAT = 'seatlens-journal'

const at = t.string

const Result = t.keyof({ applied: null, alreadySo: null, pending: null, refused: null, unknown: null }, 'Result')

const told = {
  /** The failure, as plain data. */
  reason: t.unknown,
  /** It was not the answer that told, but reading back. */
  readBack: t.literal(true),
}

/** The first entry: the whole plan, so that the journal can be understood, and taken back, without anything else. */
const Begin = t.type(
  { entry: t.literal('begin'), format: t.literal(JOURNAL_FORMAT), schemaVersion: t.literal(1), at, plan: PlanOnFile },
  'Begin',
)
/** The plan is taken up again. */
const Resume = t.type({ entry: t.literal('resume'), at, plan: t.string }, 'Resume')
/** Durable before a request is sent: what is in it, by place in the plan. */
const Sending = t.type({ entry: t.literal('sending'), at, changes: t.array(t.number) }, 'Sending')
/** What became of one change, as far as it is known by then. A later entry for the same change takes its place. */
const Outcome = t.intersection(
  [t.type({ entry: t.literal('outcome'), at, change: t.number, result: Result }), t.partial(told)],
  'Outcome',
)
/** Durable before a request that takes changes back. */
const TakingBack = t.type({ entry: t.literal('takingBack'), at, changes: t.array(t.number) }, 'TakingBack')
/** What became of taking one change back; `applied` and `alreadySo` mean that it is taken back. */
const TakenBack = t.intersection(
  [t.type({ entry: t.literal('takenBack'), at, change: t.number, result: Result }), t.partial(told)],
  'TakenBack',
)
/** A run has come to its end. */
const End = t.type({ entry: t.literal('end'), at, counts: t.record(t.string, t.number) }, 'End')

const Entry = t.union([Begin, Resume, Sending, Outcome, TakingBack, TakenBack, End], 'JournalEntry')
type Entry = t.TypeOf<typeof Entry>

/** What became of one change. */
interface Told {
  readonly change: number
  readonly result: AssignmentOutcome['result']
  readonly reason?: LicenseError | undefined
  readonly readBack?: true | undefined
}

/** One line of a journal, but for its time. */
export type JournalEntry =
  | { readonly entry: 'begin'; readonly plan: Plan }
  | { readonly entry: 'resume'; readonly plan: string }
  | { readonly entry: 'sending' | 'takingBack'; readonly changes: readonly number[] }
  | ({ readonly entry: 'outcome' | 'takenBack' } & Told)
  | { readonly entry: 'end'; readonly counts: Readonly<Record<string, number>> }

/** An entry as text, without its hash. */
const bodyOf = (entry: JournalEntry, now: number): string => {
  const { entry: kind, ...rest } = entry
  const format = kind === 'begin' ? { format: JOURNAL_FORMAT, schemaVersion: 1 } : {}
  return JSON.stringify({ entry: kind, ...format, at: new Date(now).toISOString(), ...rest })
}

/** What a journal says of one change. */
export interface JournalledChange {
  /** Requests that it was in, since it was last taken back. */
  readonly sent: number
  /** As last told; absent where nothing has been told since it was sent, or it was never sent. */
  readonly result?: AssignmentOutcome['result']
  /** Requests to take it back that nothing was told of. */
  readonly takingBack?: number
}

/** What a journal comes to. */
export interface JournalState {
  readonly plan: Plan
  /** By place in the plan; those that never occur are absent. */
  readonly changes: ReadonlyMap<number, JournalledChange>
  /**
   * Whether every entry has a hash, of itself and of all before it, so that a change made to it would have shown. Version
   * 0.1 wrote none.
   */
  readonly chained: boolean
}

const parse = (line: string): Entry | undefined => {
  try {
    const decoded = decode(Entry, JSON.parse(line))
    return E.isRight(decoded) ? decoded.right : undefined
  } catch {
    return undefined
  }
}

const enter = (changes: Map<number, JournalledChange>, entry: Entry): void => {
  const known = (change: number): JournalledChange => changes.get(change) ?? { sent: 0 }
  switch (entry.entry) {
    case 'sending':
      for (const change of entry.changes) changes.set(change, { sent: known(change).sent + 1 })
      return
    case 'outcome':
      // What was applied here is so already for whoever looks at it again, and stays ours.
      if (entry.result === 'alreadySo' && known(entry.change).result === 'applied') return
      changes.set(entry.change, { sent: known(entry.change).sent, result: entry.result })
      return
    case 'takingBack':
      for (const change of entry.changes) {
        changes.set(change, { ...known(change), takingBack: (known(change).takingBack ?? 0) + 1 })
      }
      return
    case 'takenBack':
      // What is pending has been taken on, and need not be asked for again.
      if (entry.result !== 'refused' && entry.result !== 'unknown') changes.delete(entry.change)
      return
    default:
      return
  }
}

const LINE_START = '{"entry":'

/** Whether a line may be the beginning of one that a crash cut off. */
const mayBeCutOff = (line: string): boolean => line.startsWith(LINE_START) || LINE_START.startsWith(line)

const NO_ENTRY = 'expected an entry of a journal'
const CHANGED = 'this entry or one before it was changed after it was written; use another copy of the journal'

interface ReadEntry {
  /** From 1. */
  readonly line: number
  readonly entry: Entry
  readonly isChained: boolean
}

/**
 * The entries of a journal, none of them changed as far as their hashes tell. Lines that crashes cut off are passed over,
 * at the end and before the first line of another run.
 */
const entriesOf = async (journal: string): Promise<E.Either<string, readonly ReadEntry[]>> => {
  const entries: ReadEntry[] = []
  let head = NOTHING_BEFORE
  let cutOff: number | undefined
  for (const [index, text] of linesOf(journal).entries()) {
    const line = index + 1
    const { body, hash } = unchained(text)
    head = await hashAfter(head, body)
    const entry = parse(text)
    if (entry === undefined && mayBeCutOff(text)) {
      cutOff ??= line
      continue
    }
    if (entry === undefined) return E.left(`line ${line}: ${NO_ENTRY}`)
    const isStart = entry.entry === 'begin' || entry.entry === 'resume'
    if (cutOff !== undefined && !isStart) return E.left(`line ${cutOff}: ${NO_ENTRY}`)
    cutOff = undefined
    // Where one has a hash, all that follow were written with one.
    const isExpected = hash === undefined ? !(entries.at(-1)?.isChained ?? false) : hash === head
    if (!isExpected) return E.left(`line ${line}: ${CHANGED}`)
    entries.push({ line, entry, isChained: hash !== undefined })
  }
  return E.right(entries)
}

/** What entries come to, or where one does not belong to those before it. */
const stateOf = (entries: readonly ReadEntry[]): E.Either<string, JournalState | undefined> => {
  const changes = new Map<number, JournalledChange>()
  let plan: Plan | undefined
  for (const { line, entry } of entries) {
    const place = `line ${line}`
    const hash = entry.entry === 'begin' ? entry.plan.hash : entry.entry === 'resume' ? entry.plan : undefined
    if (plan === undefined && entry.entry === 'begin') plan = entry.plan
    else if (plan === undefined) return E.left(`${place}: expected the beginning of a journal`)
    else if (hash !== undefined && hash !== plan.hash) return E.left(`${place}: it goes on with another plan`)
    enter(changes, entry)
  }
  return E.right(
    plan === undefined ? undefined : { plan, changes, chained: entries.every(({ isChained }) => isChained) },
  )
}

/**
 * Reads a journal. Lines that crashes cut off were never acted upon and are passed over; anything else that cannot be
 * read, or is not as it was written, is a `Left` with one line that says where. Undefined where nothing was begun.
 *
 * The hashes show damage and careless edits. They are no signature: a change on purpose can bring its own, and lines
 * that are cut from the end leave no trace.
 */
export const readJournal =
  (text: string): TaskEither<string, JournalState | undefined> =>
  async () =>
    E.flatMap(stateOf)(await entriesOf(text))

/** Where entries are kept. */
export interface Journal {
  /** Resolves when the entry is durable. */
  readonly append: (entry: JournalEntry) => Promise<void>
}

export interface CreateJournalOptions {
  /** What is in it already. Default: nothing. */
  readonly text?: string
  /** Milliseconds since the epoch. Default: the system's clock. */
  readonly now?: () => number
}

/**
 * A journal over anything that text can be added to; `append` resolves when that is durable. Every entry carries a hash of
 * itself and of all before it. Entries that come while others are being written are written together. When one could not be
 * written, none is any more.
 */
export const createJournal = (
  append: (lines: string) => Promise<void>,
  { text = '', now = Date.now }: CreateJournalOptions = {},
): Journal => {
  let head = headOf(text)
  let waiting: string[] = []
  let flushing: Promise<void> | undefined
  let last: Promise<void> = Promise.resolve()
  const flush = async (): Promise<void> => {
    const bodies = waiting
    waiting = []
    flushing = undefined
    const lines: string[] = []
    for (const body of bodies) {
      const hash = await hashAfter(await head, body)
      head = Promise.resolve(hash)
      lines.push(`${chained(body, hash)}\n`)
    }
    await append(lines.join(''))
  }
  return {
    append: (entry) => {
      waiting.push(bodyOf(entry, now()))
      if (flushing === undefined) {
        flushing = last.then(flush)
        last = flushing
      }
      return flushing
    },
  }
}
