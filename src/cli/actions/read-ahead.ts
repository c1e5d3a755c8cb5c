import * as E from 'fp-ts/lib/Either.js'
import type { LicenseError, Page, Paged } from '../../index.ts'

type Step<A> = E.Either<LicenseError, Page<A>>

/** How many items may wait for their turn, of all lists together. */
export interface WaitingRoom {
  readonly enter: (items: number) => void
  readonly leave: (items: number) => void
  /** Resolves as soon as fewer wait than may. */
  readonly hasRoom: () => Promise<void>
}

export const openWaitingRoom = (most: number): WaitingRoom => {
  let waiting = 0
  const queue: (() => void)[] = []
  // One at a time, as a page may fill the room again. When it has come, it is the turn of the next one.
  const change = (items: number) => {
    waiting += items
    if (waiting < most) queue.shift()?.()
  }
  return {
    enter: change,
    leave: (items) => change(-items),
    hasRoom: () => (waiting < most ? Promise.resolve() : new Promise((resolve) => queue.push(resolve))),
  }
}

/** A list that is read before it is its turn. */
export interface ReadAhead<A> {
  /** Its pages, from the first one. It is its turn from then on, and pages come as they are taken. */
  readonly pages: () => AsyncGenerator<Step<A>>
}

const itemsIn = <A>(result: IteratorResult<Step<A>>): number =>
  !result.done && E.isRight(result.value) ? result.value.right.items.length : 0

/**
 * Reads a list from now on, as far as there is room: its first page in any case. What it throws is thrown when it is its
 * turn, and not before. `onPage`: told of each page as it comes; of the end, with nothing.
 */
export const readAhead = <A>(
  paged: Paged<A>,
  room: WaitingRoom,
  onPage: (page: Step<A> | undefined) => void,
): ReadAhead<A> => {
  const source = paged.pages()[Symbol.asyncIterator]()
  const read: Promise<IteratorResult<Step<A>>>[] = []
  let isItsTurn = false

  const next = async (): Promise<IteratorResult<Step<A>>> => {
    const result = await source.next()
    onPage(result.done ? undefined : result.value)
    return result
  }
  const ahead = async () => {
    while (!isItsTurn) {
      const step = next()
      read.push(step)
      const result = await step
      if (result.done) return
      room.enter(itemsIn(result))
      await room.hasRoom()
    }
  }
  // Told to the caller who takes that page.
  ahead().catch(() => {})

  return {
    pages: async function* () {
      isItsTurn = true
      for (;;) {
        const waiting = read.shift()
        const result = await (waiting ?? next())
        if (waiting !== undefined) room.leave(itemsIn(result))
        if (result.done) return
        yield result.value
      }
    },
  }
}
