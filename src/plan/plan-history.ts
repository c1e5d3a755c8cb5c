import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { PlanHistory, SeatChange } from '../contract/plan-history.ts'
import { invalidInput } from '../model/invalid-input.ts'
import { isRecord } from '../model/is-record.ts'
import { momentOf } from '../model/moment.ts'
import { quantity } from '../model/quantity.ts'
import type { Hashing } from '../model/sha256.ts'
import { misread, openLosses, readEntries, type TimedEntry } from './journal.ts'
import type { ImplicitEffect } from './journal-entry.ts'
import type { Plan } from './plan.ts'
import { failuresIn, type PlanFailure } from './plan-failure.ts'
import { planTask } from './plan-task.ts'
import { intactPlan } from './read-plan.ts'

/** How the journal of a plan is read for its history. */
export interface ReadPlanHistoryOptions extends Hashing {
  /** What people call the plan: the file of its journal, without `.journal`. */
  readonly name: string
}

type Mutable<A> = { -readonly [Member in keyof A]: A[Member] }

/** One attempt to make a change or to take it back. */
interface Attempt {
  readonly change: Mutable<SeatChange>
  /** The run in which it was last heard of. */
  run: number
}

type Seat = Pick<SeatChange, 'userId' | 'licenseId' | 'action'>

const inverse = { assign: 'remove', remove: 'assign' } as const

/** Attempts at one kind of changes, by place: at making them, or at taking them back. */
const openAttempts = (all: Set<Attempt>, kind: Pick<SeatChange, 'undo'>) => {
  const latest = new Map<number, Attempt>()
  const begin = (place: number, seat: Seat, at: string, run: number, state: SeatChange['state']): Attempt => {
    const { userId, licenseId, action } = seat
    const attempt: Attempt = { change: { userId, licenseId, action, state, from: at, ...kind }, run }
    all.add(attempt)
    latest.set(place, attempt)
    return attempt
  }
  const forget = (place: number, attempt: Attempt) => {
    all.delete(attempt)
    latest.delete(place)
  }
  const make = (attempt: Attempt, at: string, run: number) => {
    attempt.change.state = 'made'
    attempt.change.to = at
    attempt.run = run
  }
  return {
    latest,
    forget,
    make,
    sent: (place: number, seat: Seat, at: string, run: number): void => {
      const open = latest.get(place)
      // What has no outcome yet is the same attempt, sent again.
      if (open === undefined || open.change.state === 'made') begin(place, seat, at, run, 'unknown')
      else open.run = run
    },
    told: (place: number, seat: Seat, { result, at }: { result: string; at: string }, run: number): void => {
      const open = latest.get(place)
      const isMade = open?.change.state === 'made'
      switch (result) {
        case 'applied':
          if (!isMade) make(open ?? begin(place, seat, at, run, 'made'), at, run)
          return
        case 'alreadySo':
          // Without an attempt, another hand has made it.
          if (open !== undefined && !isMade) make(open, at, run)
          return
        case 'pending':
          if (open === undefined) begin(place, seat, at, run, 'pending')
          else if (!isMade) open.change.state = 'pending'
          return
        case 'refused':
          // What an earlier run has made stays made, whatever a later one could not do.
          if (open !== undefined && (!isMade || open.run === run)) forget(place, open)
          return
        default:
          if (open === undefined) begin(place, seat, at, run, 'unknown')
      }
    },
  }
}

/** Takes the entries of a journal one after the other. */
const openHistory = () => {
  const all = new Set<Attempt>()
  const made = openAttempts(all, {})
  const takenBack = openAttempts(all, { undo: true })
  let seatAt: (place: number) => Seat | undefined = () => undefined
  let enterLosses: (effect: ImplicitEffect) => void = () => {}
  let run = 0
  let hasEnded = true
  let lastSent: { readonly at: string; readonly undo: boolean } | undefined

  const begin = (plan: Plan) => {
    const losses = openLosses(plan)
    const lost = new Map<number, Seat>()
    seatAt = (place) => plan.changes[place] ?? lost.get(place)
    enterLosses = (effect) => {
      for (const { place, userId, licenseId } of losses.enter(effect)) {
        lost.set(place, { userId, licenseId, action: 'remove' })
        // Another loss of the seat can be taken back anew.
        takenBack.latest.delete(place)
      }
    }
  }

  const implicit = (effect: ImplicitEffect, at: string) => {
    const { userId, lost, gained } = effect
    const change = (action: SeatChange['action'], licenseId: string) => {
      const from = lastSent?.at ?? at
      const undo = lastSent?.undo === true ? { undo: true as const } : {}
      all.add({ change: { userId, licenseId, action, state: 'made', from, to: at, implicit: true, ...undo }, run })
    }
    for (const { licenseId } of lost) change('remove', licenseId)
    for (const { licenseId } of gained) change('assign', licenseId)
    enterLosses(effect)
  }

  const backOf = (seat: Seat): Seat => ({ ...seat, action: inverse[seat.action] })

  const enterTakenBack = (place: number, seat: Seat, told: { result: string; at: string }) => {
    const open = made.latest.get(place)
    takenBack.told(place, backOf(seat), told, run)
    // What was found to be so already was never made, as far as anything shows; what was taken back was.
    if (open !== undefined && open.change.state !== 'made') {
      if (told.result === 'alreadySo') made.forget(place, open)
      else if (told.result === 'applied') made.make(open, told.at, run)
    }
    if (told.result !== 'refused' && told.result !== 'unknown') made.latest.delete(place)
  }

  const enter = (entry: TimedEntry): void => {
    const { at } = entry
    switch (entry.entry) {
      case 'begin':
        if (run === 0) begin(entry.plan)
        run++
        hasEnded = false
        return
      case 'resume':
        run++
        hasEnded = false
        return
      case 'end':
        hasEnded = true
        return
      case 'sending':
      case 'takingBack': {
        const undo = entry.entry === 'takingBack'
        lastSent = { at, undo }
        for (const place of entry.changes) {
          const seat = seatAt(place)
          if (seat === undefined) continue
          if (undo) takenBack.sent(place, backOf(seat), at, run)
          else {
            takenBack.latest.delete(place)
            made.sent(place, seat, at, run)
          }
        }
        return
      }
      case 'outcome':
      case 'takenBack': {
        const seat = seatAt(entry.change)
        if (seat === undefined) return
        const told = { result: entry.result, at }
        if (entry.entry === 'outcome') made.told(entry.change, seat, told, run)
        else enterTakenBack(entry.change, seat, told)
        return
      }
      case 'implicit':
        implicit(entry, at)
    }
  }

  const unfinished = (): string | undefined => {
    const open = [...all].filter(({ change }) => change.state === 'unknown').length
    const what = [
      ...(hasEnded ? [] : ['its last run has not ended']),
      ...(open === 0
        ? []
        : [`${quantity(open, 'change was', 'changes were')} sent and ${open === 1 ? 'has' : 'have'} no outcome`]),
    ]
    return what.length === 0 ? undefined : `${what.join(', and ')}; run the same command again to find out`
  }

  return { enter, changes: (): readonly SeatChange[] => [...all].map(({ change }) => change), unfinished }
}

/**
 * Reads in the journal of a plan what the plan has changed and when: for `diffSnapshots` and `createTrend`. It reads and
 * fails as `readJournal`, and also where the plan in the journal was changed. Undefined where nothing was begun. Never
 * rejects.
 */
export const readPlanHistory = (
  text: string,
  options: ReadPlanHistoryOptions,
): TaskEither<PlanFailure, PlanHistory | undefined> =>
  planTask(async () => {
    const given: unknown = options
    if (!isRecord(given) || typeof given.name !== 'string') return E.left([invalidInput('name', 'a text')])
    const { name, ...hashing } = options
    const { enter, changes, unfinished } = openHistory()
    const read = await readEntries(text, hashing, (entry, line) => {
      if (momentOf(entry.at) === undefined) return misread(line, 'an entry with its time')
      enter(entry)
      return undefined
    })()
    if (E.isLeft(read)) return E.left(failuresIn(read.left))
    if (read.right === undefined) return E.right(undefined)
    const { plan, chained } = read.right
    const intact = await intactPlan(plan, hashing)()
    if (E.isLeft(intact)) return E.left(failuresIn(intact.left))
    const open = unfinished()
    return E.right({
      name,
      hash: plan.hash,
      createdAt: plan.createdAt,
      provider: plan.provider,
      changes: changes(),
      ...(open === undefined ? {} : { unfinished: open }),
      chained,
    })
  })
