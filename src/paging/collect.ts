import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import * as T from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { demand } from '../model/invalid-input.ts'
import { isRecord } from '../model/is-record.ts'
import { gapLines, isWhole, type Ledger, REST_OF_LIST, WHOLE_LIST } from '../model/ledger.ts'
import type { LicenseError } from '../model/license-error.ts'
import { endedBy } from './open-ledger.ts'
import { inOneCall, type ListName, type ListPage, type Paged } from './paged.ts'

/** A list that was read to its end, or up to a failure. */
export interface Collected<S> {
  readonly value: S
  /** Has the failure as a gap, where there was one. */
  readonly ledger: Ledger
  readonly directory?: Ledger | undefined
  /** The failure that ended the list early. Absent: it was read to its end. */
  readonly error?: LicenseError | undefined
}

/** A list that was read to its end. Its ledger says whether it is complete. */
export type ReadList<S> = Omit<Collected<S>, 'error'>

/** The value of a list that was read to its end and is whole; else why it is not. */
export const wholeOf = <S>(
  { provider, operation }: ListName,
  { value, ledger, error }: Collected<S>,
): E.Either<LicenseError, S> => {
  if (error !== undefined) return E.left(error)
  if (isWhole(ledger)) return E.right(value)
  return E.left({ _tag: 'Incomplete', provider, operation, message: gapLines(ledger).join('; '), ledger })
}

/** Throws for what is no list. */
const demandList = (list: unknown): void =>
  demand(isRecord(list) && typeof list.pages === 'function', 'list', 'a list with pages, as a provider gives it')

/** A list that changes at every reading is a mismatch in the end. */
const MAX_REREADS = 2

/** Takes the items of a page into a value. */
type TakePage<A, S> = (state: S, page: ListPage<A>) => S

const readOnce = async <A, S>(
  list: Pick<Paged<A>, 'pages'>,
  initial: () => S,
  take: TakePage<A, S>,
  unite: (state: S, item: A) => S,
): Promise<{ readonly collected: Collected<S>; readonly recorded: boolean }> => {
  let value = initial()
  let ledger: Ledger | undefined
  let recorded = false
  let joined: { readonly directory?: Ledger } = {}
  for await (const page of list.pages()) {
    if (E.isLeft(page)) {
      const error = page.left
      const what = ledger === undefined ? WHOLE_LIST : REST_OF_LIST
      const ended = endedBy(ledger, { what, reason: error.message, error })
      return { collected: { value, ledger: ended, ...joined, error }, recorded }
    }
    value = take(value, page.right)
    for (const item of page.right.contradicting ?? []) value = unite(value, item)
    ledger = page.right.ledger
    recorded = page.right.recorded === true
    if (page.right.directory !== undefined) joined = { directory: page.right.directory }
  }
  const whole = ledger ?? endedBy(undefined, { what: WHOLE_LIST, reason: 'it had no page' })
  return { collected: { value, ledger: whole, ...joined }, recorded }
}

/** Takes item by item. */
const itemByItem =
  <A, S>(step: (state: S, item: A) => S): TakePage<A, S> =>
  (state, { items }) => {
    let value = state
    for (const item of items) value = step(value, item)
    return value
  }

const keepFirst = <S>(state: S): S => state

const collectPages =
  <A, S>(initial: () => S, take: TakePage<A, S>, unite: (state: S, item: A) => S) =>
  (list: Pick<Paged<A>, 'pages' | 'asOneCall'>): Task<Collected<S>> => {
    demandList(list)
    return async () => {
      const call = inOneCall(list)
      const first = await readOnce(call, initial, take, unite)
      let { collected } = first
      // The record of a list that changed is the same at every reading.
      if (first.recorded) return collected
      for (let rereads = 1; rereads <= MAX_REREADS && collected.ledger.verdict === 'mismatch'; rereads++) {
        const { collected: again } = await readOnce(call, initial, take, unite)
        // A list that changed and was read to its end is worth more than a part of it.
        if (again.error !== undefined) return collected
        collected = { ...again, ledger: { ...again.ledger, rereads } }
      }
      return collected
    }
  }

/**
 * Reads a list into one value, to its end or up to a failure, and never fails: what came before the failure is kept. A list
 * that changed while it was read is read again, at most twice, within the deadline of the first reading.
 * `initial` is called once for each reading, so that `step` may change the value in place.
 * `unite` gets an item that came again with another content, after `step` got the first one. Default: the first one stays,
 * and the ledger says that the list is a mismatch.
 */
export const collect = <A, S>(
  initial: () => S,
  step: (state: S, item: A) => S,
  unite: (state: S, item: A) => S = keepFirst,
) => collectPages(initial, itemByItem(step), unite)

/**
 * The same for a list that was asked for with `ids`. `step` also gets the number that the key of the item has among them, so that
 * what is kept of the same users can be found without it.
 */
export const collectNumbered = <A, S>(initial: () => S, step: (state: S, item: A, number: number) => S) =>
  collectPages<A, S>(
    initial,
    (state, { items, numbers }) => {
      let value = state
      let place = 0
      for (const item of items) {
        const number = numbers?.[place++]
        demand(number !== undefined, 'list', 'a list that was asked for with `ids`, whose items have keys')
        value = step(value, item, number)
      }
      return value
    },
    keepFirst,
  )

/** The same for a list that is too expensive to read again: where it changed while it was read, its ledger says so. */
export const collectOnce =
  <A, S>(initial: () => S, step: (state: S, item: A) => S) =>
  (list: Pick<Paged<A>, 'pages'>): Task<Collected<S>> =>
  async () => {
    const { collected } = await readOnce(list, initial, itemByItem(step), keepFirst)
    return collected
  }

/** Reads a list to its end into one value. A failure on the way is a `Left`. */
export const reduce =
  <A, S>(initial: () => S, step: (state: S, item: A) => S) =>
  (list: Paged<A>): TaskEither<LicenseError, ReadList<S>> =>
    T.map(({ error, ...read }: Collected<S>) => (error === undefined ? E.right(read) : E.left(error)))(
      collect(initial, step)(list),
    )

/** Reads all items of a list into memory. A failure on the way is a `Left`. */
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
