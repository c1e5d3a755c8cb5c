import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { AssignmentOutcome } from '../contract/assignment-change.ts'
import type { LicenseError } from '../model/license-error.ts'
import { decode } from '../provider-kit/decode.ts'
import { Plan } from './plan.ts'

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
  { entry: t.literal('begin'), format: t.literal(JOURNAL_FORMAT), schemaVersion: t.literal(1), at, plan: Plan },
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

/** The line of an entry. */
export const journalLine = (entry: JournalEntry, now: number): string => {
  const { entry: kind, ...rest } = entry
  const format = kind === 'begin' ? { format: JOURNAL_FORMAT, schemaVersion: 1 } : {}
  return `${JSON.stringify({ entry: kind, ...format, at: new Date(now).toISOString(), ...rest })}\n`
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

/**
 * Reads a journal. Lines that crashes cut off were never acted upon and are passed over, at the end and before the first
 * line of another run; anything else that cannot be read is a `Left` with one line that says where. Undefined where
 * nothing was begun.
 */
export const readJournal = (text: string): E.Either<string, JournalState | undefined> => {
  // A disk that lost its power may have left zeros at the end.
  const lines = text
    .replaceAll('\0', '')
    .split('\n')
    .filter((line) => line !== '')
  const changes = new Map<number, JournalledChange>()
  let plan: Plan | undefined
  let cutOff: number | undefined
  for (const [index, line] of lines.entries()) {
    const entry = parse(line)
    const place = `line ${index + 1}`
    if (entry === undefined && mayBeCutOff(line)) {
      cutOff ??= index + 1
      continue
    }
    if (entry === undefined) return E.left(`${place}: expected an entry of a journal`)
    const isStart = entry.entry === 'begin' || entry.entry === 'resume'
    if (cutOff !== undefined && !isStart) return E.left(`line ${cutOff}: expected an entry of a journal`)
    cutOff = undefined
    const hash = entry.entry === 'begin' ? entry.plan.hash : entry.entry === 'resume' ? entry.plan : undefined
    if (plan === undefined && entry.entry === 'begin') plan = entry.plan
    else if (plan === undefined) return E.left(`${place}: expected the beginning of a journal`)
    else if (hash !== undefined && hash !== plan.hash) return E.left(`${place}: it goes on with another plan`)
    enter(changes, entry)
  }
  return E.right(plan === undefined ? undefined : { plan, changes })
}

/** Where entries are kept. */
export interface Journal {
  /** Resolves when the entry is durable. */
  readonly append: (entry: JournalEntry) => Promise<void>
}
