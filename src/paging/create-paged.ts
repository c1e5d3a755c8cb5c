import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { LicenseError } from '../model/license-error.ts'
import type { Clock } from './clock.ts'
import type { Walk } from './fetched-page.ts'
import { openLedger } from './open-ledger.ts'
import { type ListName, type Page, type Paged, pagedFrom } from './paged.ts'
import type { PageRequest } from './request.ts'
import { type CallBounds, callBoundsOf, openScope, type RequestScope } from './request-scope.ts'
import { createRowMemory } from './row-memory.ts'
import { stoppedByCaller } from './scope-end.ts'

export interface WalkStart {
  readonly scope: RequestScope
  readonly continuation?: string | undefined
}

export interface ListSource<A> extends ListName {
  readonly clock: Clock
  /** Goes from page to page; called once for every iteration. */
  readonly walk: (start: WalkStart) => Walk<A>
  /** What makes two rows the same row; absent where the walk cannot repeat one. */
  readonly keyOf?: (item: A) => string
  /**
   * What must not differ between two rows that are the same, as words in any order: for users, what they hold. Where it differs, the
   * list is a mismatch. Default: nothing is compared.
   */
  readonly contentOf?: (item: A) => readonly string[]
}

/** A vendor may send pages that bring nothing new, but not for ever. */
const MAX_PAGES_WITHOUT_NEWS = 10
/** Nor pages of records that nobody can read: the same one, it may be, for every number that is asked for. */
const MAX_UNREADABLE_PAGES = 100

const pagedWithin = <A>(source: ListSource<A>, request: PageRequest, callOf: () => CallBounds): Paged<A> =>
  pagedFrom(source, request, async function* (): AsyncGenerator<Either<LicenseError, Page<A>>> {
    const scope = openScope(request, source.clock, callOf())
    const ledger = openLedger({ resumed: request.continuation !== undefined })
    const recognise = createRowMemory(source)
    let withoutNews = 0
    let unreadable = 0
    const { provider, operation } = source
    const invalid = (message: string) =>
      E.left({ _tag: 'InvalidResponse' as const, provider, operation, message, issues: [] })
    try {
      for await (const step of source.walk({ scope, continuation: request.continuation })) {
        if (E.isLeft(step)) return yield step
        // Pages that were read ahead are of no use to somebody who has stopped.
        if (request.signal?.aborted) return yield E.left(stoppedByCaller(source))
        const fetched = step.right
        const items: A[] = []
        const contradicting: A[] = []
        for (const item of fetched.items) {
          const recognition = recognise(item)
          if (recognition === 'new') items.push(item)
          if (recognition === 'contradicting') contradicting.push(item)
        }
        ledger.enter(contradicting.length === 0 ? fetched : { ...fetched, moved: true }, items.length)
        yield E.right({
          items,
          ...(contradicting.length === 0 ? {} : { contradicting }),
          ledger: ledger.read(fetched.continuation === undefined),
          ...(fetched.directory === undefined ? {} : { directory: fetched.directory }),
          ...(fetched.continuation === undefined ? {} : { continuation: fetched.continuation }),
        })
        // A page full of records that cannot be decoded is a loss, and in the ledger, but it is not empty.
        const bringsNews = items.length > 0 || (fetched.undecodable ?? 0) > 0
        withoutNews = bringsNews ? 0 : withoutNews + 1
        unreadable = items.length > 0 ? 0 : unreadable + 1
        if (fetched.continuation === undefined) return
        if (unreadable > MAX_UNREADABLE_PAGES) {
          const message = `the list says that there is more, but ${unreadable} pages in a row had nothing that can be read`
          return yield invalid(message)
        }
        if (withoutNews > MAX_PAGES_WITHOUT_NEWS) {
          const message = `the list says that there is more, but ${withoutNews} pages in a row brought nothing new`
          return yield invalid(message)
        }
      }
    } finally {
      scope.close()
    }
  })

/** Makes a {@link Paged} of a walk: keeps the ledger, delivers a repeated row once, and ends what does not end. */
export const createPaged = <A>(source: ListSource<A>, request: PageRequest = {}): Paged<A> => {
  const begin = () => callBoundsOf(request, source.clock)
  return {
    ...pagedWithin(source, request, begin),
    asOneCall: () => {
      let call: CallBounds | undefined
      return pagedWithin(source, request, () => {
        call ??= begin()
        return call
      })
    },
  }
}
