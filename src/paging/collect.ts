import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Ledger } from '../model/ledger.ts'
import type { LicenseError } from '../model/license-error.ts'
import { endedBy } from './open-ledger.ts'
import { inOneCall, type Paged } from './paged.ts'

/** A list read to its end or to its failure. */
export interface Collected<S> {
  readonly value: S
  /** Names the failure as a gap, where there was one. */
  readonly ledger: Ledger
  readonly directory?: Ledger
  /** What ended the list early. */
  readonly error?: LicenseError
}

/** A list read to its end. Not necessarily whole: its ledger tells. */
export type ReadList<S> = Omit<Collected<S>, 'error'>

/** A list that moves all the time is a mismatch in the end. */
const MAX_REREADS = 2

const readOnce = async <A, S>(
  list: Pick<Paged<A>, 'pages'>,
  initial: () => S,
  step: (state: S, item: A) => S,
  unite: (state: S, item: A) => S,
): Promise<{ readonly collected: Collected<S>; readonly recorded: boolean }> => {
  let value = initial()
  let ledger: Ledger | undefined
  let recorded = false
  let joined: { readonly directory?: Ledger } = {}
  for await (const page of list.pages()) {
    if (E.isLeft(page)) {
      const error = page.left
      const what = ledger === undefined ? 'the list' : 'the rest of the list'
      const ended = endedBy(ledger, { what, reason: error.message, error })
      return { collected: { value, ledger: ended, ...joined, error }, recorded }
    }
    for (const item of page.right.items) value = step(value, item)
    for (const item of page.right.contradicting ?? []) value = unite(value, item)
    ledger = page.right.ledger
    recorded = page.right.recorded === true
    if (page.right.directory !== undefined) joined = { directory: page.right.directory }
  }
  const whole = ledger ?? endedBy(undefined, { what: 'the list', reason: 'it had no page' })
  return { collected: { value, ledger: whole, ...joined }, recorded }
}

/**
 * Reads a list to its end, or as far as it goes, and never fails: what came before a failure is kept. A list that moved
 * while it was read is read again, twice at the most, within the deadline that the first reading began.
 * `initial` is called once a reading, so the state may be one that `step` changes in place.
 * `unite` is given an item that was given to `step` before and came again with another content. Default: the first one
 * stays, and the ledger says that the list is a mismatch.
 */
export const collect =
  <A, S>(initial: () => S, step: (state: S, item: A) => S, unite: (state: S, item: A) => S = (state) => state) =>
  (list: Pick<Paged<A>, 'pages' | 'asOneCall'>): Task<Collected<S>> =>
  async () => {
    const call = inOneCall(list)
    const first = await readOnce(call, initial, step, unite)
    let { collected } = first
    // A record that tells of a list that moved tells of it every time.
    if (first.recorded) return collected
    for (let rereads = 1; rereads <= MAX_REREADS && collected.ledger.verdict === 'mismatch'; rereads++) {
      const { collected: again } = await readOnce(call, initial, step, unite)
      // A whole list that moved is worth more than a piece of it.
      if (again.error !== undefined) return collected
      collected = { ...again, ledger: { ...again.ledger, rereads } }
    }
    return collected
  }

/** The same for a list that costs too much to be read again because it moved: its ledger says that it did. */
export const collectOnce =
  <A, S>(initial: () => S, step: (state: S, item: A) => S) =>
  (list: Pick<Paged<A>, 'pages'>): Task<Collected<S>> =>
  async () => {
    const { collected } = await readOnce(list, initial, step, (state) => state)
    return collected
  }

/** Reads a list to its end with one value to show for it; a failure on the way is a `Left`. */
export const reduce =
  <A, S>(initial: () => S, step: (state: S, item: A) => S) =>
  (list: Paged<A>): TaskEither<LicenseError, ReadList<S>> =>
  async () => {
    const { error, ...read } = await collect(initial, step)(list)()
    return error === undefined ? E.right(read) : E.left(error)
  }

/** Reads a whole list into memory; a failure on the way is a `Left`. */
export const toReadonlyArray = <A>(
  list: Paged<A>,
): TaskEither<LicenseError, { readonly items: readonly A[]; readonly ledger: Ledger }> =>
  TE.map((read: ReadList<A[]>) => ({ items: read.value, ledger: read.ledger }))(
    reduce(
      () => [] as A[],
      (items, item: A) => {
        items.push(item)
        return items
      },
    )(list),
  )
