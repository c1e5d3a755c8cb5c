import * as E from 'fp-ts/lib/Either.js'
import {
  type LicensedUser,
  type LicenseProvider,
  Lists,
  type Page,
  type Paged,
  toReadonlyArray,
  type UsersRequest,
} from '../../src/provider-kit/index.ts'
import { listName, type Mutant, type Mutate, type Step, without, withPages, withRequest } from './mutant.ts'

const ended = ({ continuation: _, ...page }: Page<LicensedUser>): Step =>
  E.right({ ...page, ledger: { ...page.ledger, verdict: 'unverifiable' } })

async function* dropsTheLastPage(steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  let before: Step | undefined
  for await (const step of steps) {
    if (before !== undefined && E.isRight(before))
      yield E.isRight(step) && step.right.continuation === undefined ? ended(before.right) : before
    before = step
  }
}

async function* stopsAtAnEmptyPage(steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  for await (const step of steps) {
    if (E.isRight(step) && step.right.items.length === 0) return yield ended(step.right)
    yield step
  }
}

async function* swallowsAFailure(steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  for await (const step of steps) {
    if (E.isLeft(step)) return
    yield E.right({ ...step.right, ledger: { ...step.right.ledger, verdict: 'unverifiable' as const } })
  }
}

async function* throwsAFailure(steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  for await (const step of steps) {
    if (E.isLeft(step)) throw new Error(step.left.message)
    yield step
  }
}

async function* goesOnAfterAFailure(steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  let last: Step | undefined
  for await (const step of steps) {
    yield step
    if (E.isLeft(step) && last !== undefined) yield last
    last = step
  }
}

async function* neverEnds(steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  for await (const step of steps) {
    while (E.isRight(step) && step.right.items.length === 0) yield step
    yield step
  }
}

async function* repeatsARow(steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  let before: readonly LicensedUser[] = []
  for await (const step of steps) {
    yield E.map((page: Page<LicensedUser>) => ({ ...page, items: [...before, ...page.items] }))(step)
    before = E.isRight(step) ? step.right.items.slice(-1) : []
  }
}

async function* dropsWhatCameOtherwise(steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  for await (const step of steps) {
    yield E.map(({ contradicting: _, ...page }: Page<LicensedUser>) => page)(step)
  }
}

async function* deliversWhatCameOtherwise(steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  for await (const step of steps) {
    yield E.map((page: Page<LicensedUser>) => ({ ...page, items: [...page.items, ...(page.contradicting ?? [])] }))(
      step,
    )
  }
}

async function* callsEverythingComplete(steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  for await (const step of steps) {
    yield E.map((page: Page<LicensedUser>) => ({
      ...page,
      ledger: page.continuation === undefined ? { ...page.ledger, verdict: 'complete' as const } : page.ledger,
    }))(step)
  }
}

async function* forgetsTheDirectory(steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  for await (const step of steps) yield E.map(({ directory: _, ...page }: Page<LicensedUser>) => page)(step)
}

async function* countsWrong(steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  for await (const step of steps) {
    yield E.map((page: Page<LicensedUser>) => ({ ...page, ledger: { ...page.ledger, items: page.items.length } }))(step)
  }
}

async function* readsEverythingFirst(steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  const all: Step[] = []
  for await (const step of steps) all.push(step)
  yield* all
}

async function* stopsAtAShortPage(steps: AsyncIterable<Step>, { pageSize = 100 }: UsersRequest): AsyncGenerator<Step> {
  for await (const step of steps) {
    if (E.isRight(step) && step.right.items.length < pageSize) return yield ended(step.right)
    yield step
  }
}

async function* givesUpOnBadRecords(steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  let without = 0
  for await (const step of steps) {
    without = E.isRight(step) && step.right.items.length === 0 ? without + 1 : 0
    yield step
    if (without > 10) return yield E.left({ _tag: 'InvalidResponse', ...listName, message: 'nothing came', issues: [] })
  }
}

async function* isTooPatient(steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  let last: Step | undefined
  for await (const step of steps) {
    if (E.isLeft(step) && last !== undefined) yield* Array.from({ length: 30 }, () => last ?? step)
    yield step
    last = step
  }
}

/** One page of a list, from a place in it. */
const pageAt = async (
  provider: LicenseProvider,
  request: UsersRequest,
  position: number,
): Promise<Step | undefined> => {
  const from = position === 0 ? request : { ...request, continuation: String(position) }
  for await (const step of provider.listUsers(from).pages()) return step
}

/** The places where pages begin, if each has as many rows as were asked for and there are 20. */
const positionsOf = ({ pageSize = 100 }: UsersRequest): readonly number[] =>
  Array.from({ length: Math.ceil(20 / pageSize) }, (_, index) => index * pageSize)

const countsByWhatItAskedFor: Mutate = (provider) => ({
  ...provider,
  listUsers: (request = {}) =>
    Lists.pagedFrom(listName, request, async function* () {
      for (const position of positionsOf(request)) {
        const step = await pageAt(provider, request, position)
        if (step !== undefined) yield step
      }
    }),
})

const asksForEverythingAtOnce: Mutate = (provider) => ({
  ...provider,
  listUsers: (request = {}) =>
    Lists.pagedFrom(listName, request, async function* () {
      const steps = await Promise.all(positionsOf(request).map((position) => pageAt(provider, request, position)))
      for (const step of steps) if (step !== undefined) yield step
    }),
})

const deliversAsItComes: Mutate = (provider) => ({
  ...provider,
  listUsers: (request = {}) =>
    Lists.pagedFrom(listName, request, async function* () {
      const arrived: Step[] = []
      const fetch = async (position: number) => {
        const step = await pageAt(provider, request, position)
        if (step !== undefined) arrived.push(step)
      }
      await Promise.all(positionsOf(request).map(fetch))
      // The account of the whole list, so that nothing but the order is wrong.
      const ledger = arrived.find((step) => E.isRight(step) && step.right.continuation === undefined)
      for (const step of arrived.filter((one) => one !== ledger)) yield step
      if (ledger !== undefined) yield ledger
    }),
})

/** The vendor refuses what is above its limit. */
const asksForTooMuch: Mutate = (provider) => ({
  ...provider,
  listUsers: (request = {}) =>
    Lists.pagedFrom(listName, request, async function* () {
      if ((request.pageSize ?? 0) <= 1_000) return yield* provider.listUsers(request).pages()
      yield E.left({ _tag: 'RequestRejected', ...listName, message: 'the limit is 1,000' })
    }),
})

/** Each reading starts another one that is not waited for. */
const readsFarAhead: Mutate = (provider) => ({
  ...provider,
  listUsers: (request = {}) =>
    Lists.pagedFrom(listName, request, async function* () {
      const [steps] = await Promise.all(
        [1, 2, 3].map(async () => {
          const all: Step[] = []
          for await (const step of provider.listUsers(request).pages()) all.push(step)
          return all
        }),
      )
      yield* steps ?? []
    }),
})

const startsEarly: Mutate = (provider) => ({
  ...provider,
  listUsers: (request = {}) => {
    const list = provider.listUsers(request)
    void list.pages()[Symbol.asyncIterator]().next()
    return list
  },
})

const remembers: Mutate = (provider) => ({
  ...provider,
  listUsers: (request = {}) => {
    const all: Step[] = []
    return Lists.pagedFrom(listName, request, async function* () {
      if (all.length === 0) for await (const step of provider.listUsers(request).pages()) all.push(step)
      yield* all
    })
  },
})

const goesOnInTheBackground: Mutate = (provider) => ({
  ...provider,
  listUsers: (request = {}) =>
    Lists.pagedFrom(listName, request, async function* () {
      const { signal: _, ...unbounded } = request
      setTimeout(() => void toReadonlyArray(provider.listUsers(unbounded))(), 5)
      yield* provider.listUsers(request).pages()
    }),
})

const throwsWhenIncomplete = (list: Paged<LicensedUser>): Paged<LicensedUser> => ({
  ...list,
  async *[Symbol.asyncIterator]() {
    try {
      yield* list
    } catch {
      // The defect: a list that is not whole ends as quietly as one that is.
    }
  },
})

/** Ways of reading a list that are wrong. */
/** A provider in plain JavaScript, whose list of users is something else than the contract says. */
const withListUsers =
  (listUsers: (provider: LicenseProvider, request?: UsersRequest) => unknown): Mutate =>
  (provider) => ({ ...provider, listUsers: (request) => listUsers(provider, request) as Paged<LicensedUser> })

async function* throwsText(steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  yield* steps
  throw 'no seats today'
}

/** Its memory is cleared as soon as a page was taken. */
async function* clearsItsPages(steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  for await (const step of steps) {
    if (E.isLeft(step)) yield step
    else {
      const items = [...step.right.items]
      yield E.right({ ...step.right, items })
      items.length = 0
    }
  }
}

const withoutLedgers = async function* (steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  for await (const step of steps) yield E.map(({ ledger: _, ...page }: Page<LicensedUser>) => page as never)(step)
}

export const listMutants: readonly Mutant[] = [
  {
    defect: 'throws a text while a list is read',
    killedBy: 'users/truth',
    saying: 'a list threw, and must end with a Left: no seats today',
    mutate: withPages(throwsText),
  },
  {
    defect: 'throws a text in place of a list',
    killedBy: 'users/truth',
    saying: 'the provider or the harness threw: no seats today',
    mutate: withListUsers(() => {
      throw 'no seats today'
    }),
  },
  {
    defect: 'gives an array in place of a list',
    killedBy: 'users/truth',
    saying: 'the provider gave something else than a list',
    mutate: withListUsers(() => []),
  },
  {
    defect: 'gives pages without a ledger',
    killedBy: 'users/truth',
    saying: 'a page has no ledger',
    mutate: withListUsers((provider, request) => ({
      pages: () => withoutLedgers(provider.listUsers(request).pages()),
    })),
  },
  {
    defect: 'changes a page after it was given',
    killedBy: 'users/truth',
    saying: 'page 1 had 3 items when it was given, and has 0 now: a page must not change',
    mutate: withListUsers((provider, request) => ({
      pages: () => clearsItsPages(provider.listUsers(request).pages()),
    })),
  },
  {
    defect: 'drops the last page',
    killedBy: 'users/for-await',
    saying: 'user user-shared-1 is missing',
    mutate: withPages(dropsTheLastPage),
  },
  {
    defect: 'stops at an empty page',
    killedBy: 'paging/emptyPageInTheMiddle',
    saying: 'user user-04 is missing',
    mutate: withPages(stopsAtAnEmptyPage),
  },
  {
    defect: 'swallows a failing page',
    killedBy: 'paging/failingPage',
    saying: 'the list failed to fail, and its verdict is unverifiable',
    mutate: withPages(swallowsAFailure),
  },
  {
    defect: 'swallows an unreadable page',
    killedBy: 'paging/unreadablePage',
    saying: 'the list failed to fail, and its verdict is unverifiable',
    mutate: withPages(swallowsAFailure),
  },
  {
    defect: 'takes a repeated token for the end',
    killedBy: 'paging/repeatedToken',
    saying: 'the list failed to fail, and its verdict is unverifiable',
    mutate: withPages(swallowsAFailure),
  },
  {
    defect: 'takes an empty token for the end',
    killedBy: 'paging/emptyToken',
    saying: 'the list failed to fail, and its verdict is unverifiable',
    mutate: withPages(swallowsAFailure),
  },
  {
    defect: 'takes a list that is gone for read',
    killedBy: 'paging/goneAfterPageOne',
    saying: 'the list failed to fail, and its verdict is unverifiable',
    mutate: withPages(swallowsAFailure),
  },
  {
    defect: 'throws from its pages',
    killedBy: 'paging/failingPage',
    saying: 'made to fail',
    mutate: withPages(throwsAFailure),
  },
  {
    defect: 'goes on after a failure',
    killedBy: 'paging/failingPage',
    saying: 'something came after the failure Unavailable',
    mutate: withPages(goesOnAfterAFailure),
  },
  {
    defect: 'never ends',
    killedBy: 'paging/endlessEmptyPages',
    saying: 'the list goes on after 500 pages',
    mutate: withPages(neverEnds),
  },
  {
    defect: 'puts up with empty pages for long',
    killedBy: 'paging/patience',
    saying: '41 empty pages were delivered',
    mutate: withPages(isTooPatient),
  },
  {
    defect: 'reads far ahead of an endless list',
    killedBy: 'paging/patience',
    saying: '36 requests were made, 26 are enough',
    mutate: (provider, disturbance) => (disturbance === undefined ? provider : readsFarAhead(provider, disturbance)),
  },
  {
    defect: 'takes a short page for the end where nothing says how many pages there are',
    killedBy: 'paging/noPageCount',
    saying: 'user user-05 is missing',
    mutate: withPages(stopsAtAShortPage),
  },
  {
    defect: 'takes a page smaller than it asked for for the end',
    killedBy: 'paging/page-size-above-limit',
    saying: 'user user-03 is missing',
    mutate: withPages(stopsAtAShortPage),
  },
  {
    defect: 'counts its progress by what it asked for',
    killedBy: 'paging/smallerPagesThanAsked',
    saying: 'user user-03 is missing',
    mutate: countsByWhatItAskedFor,
  },
  {
    defect: 'asks for more than the vendor accepts',
    killedBy: 'lists/page-size',
    saying: 'the list failed: RequestRejected',
    mutate: asksForTooMuch,
  },
  {
    defect: 'takes pages of bad records for empty ones',
    killedBy: 'paging/undecodablePages',
    saying: 'the list failed: InvalidResponse: nothing came',
    mutate: withPages(givesUpOnBadRecords),
  },
  {
    defect: 'asks for all pages at once',
    killedBy: 'paging/read-ahead',
    saying: '20 requests were under way at once, 8 are allowed',
    mutate: asksForEverythingAtOnce,
  },
  {
    defect: 'delivers pages as they come',
    killedBy: 'paging/slowPages',
    saying: 'the list.3 is "user-07", not "user-04"',
    mutate: deliversAsItComes,
  },
  {
    defect: 'delivers repeated rows twice',
    killedBy: 'paging/repeatedRows',
    saying: 'user user-03 was delivered twice',
    mutate: withPages(repeatsARow),
  },
  {
    defect: 'does not notice that a row came again with other licenses',
    killedBy: 'paging/repeatedRowsOtherwise',
    saying: 'the verdict is complete',
    mutate: withPages(callsEverythingComplete),
  },
  {
    defect: 'drops a row that came again with other licenses',
    killedBy: 'paging/repeatedRowsOtherwise',
    saying: 'the page does not carry the repeated row',
    mutate: withPages(dropsWhatCameOtherwise),
  },
  {
    defect: 'delivers a row again that came again with other licenses',
    killedBy: 'paging/repeatedRowsOtherwise',
    saying: 'user user-03 was delivered twice',
    mutate: withPages(deliversWhatCameOtherwise),
  },
  {
    defect: 'calls a list with a gap complete',
    killedBy: 'paging/undecodableRecord',
    saying: 'the list failed to fail, and its verdict is complete',
    mutate: withPages(callsEverythingComplete),
  },
  {
    defect: 'does not notice that the total moved',
    killedBy: 'paging/totalMoves',
    saying: 'the verdict is complete',
    mutate: withPages(callsEverythingComplete),
  },
  {
    defect: 'gives no account of its directory',
    killedBy: 'paging/unreadableDirectory',
    saying: 'the list gives no account of the directory',
    mutate: withPages(forgetsTheDirectory),
  },
  {
    defect: 'counts wrong',
    killedBy: 'lists/ledger',
    saying: 'the ledger counts 2 items, 20 were delivered',
    mutate: withPages(countsWrong),
  },
  {
    defect: 'reads everything before it delivers anything',
    killedBy: 'requests/break-spares',
    saying: 'stopping at the first user took 7 requests, the whole list 7',
    mutate: withPages(readsEverythingFirst),
  },
  {
    defect: 'requests before iteration',
    killedBy: 'requests/none-before-iteration',
    saying: '2 requests were made',
    mutate: startsEarly,
  },
  {
    defect: 'remembers what it has read',
    killedBy: 'requests/afresh',
    saying: 'the second iteration asked nothing',
    mutate: remembers,
  },
  {
    defect: 'goes on after the consumer has stopped',
    killedBy: 'requests/break',
    saying: '7 requests were made after the caller stopped',
    mutate: goesOnInTheBackground,
  },
  {
    defect: 'iterates an incomplete list quietly',
    killedBy: 'paging/incomplete',
    saying: 'the iteration did not fail with Incomplete',
    mutate: (provider) => ({ ...provider, listUsers: (request) => throwsWhenIncomplete(provider.listUsers(request)) }),
  },
  {
    defect: 'ignores continuation',
    killedBy: 'lists/continuation',
    saying: 'the rest.0.id is "user-01", not "user-04"',
    mutate: withRequest((request) => without(request, 'continuation')),
  },
  {
    defect: 'starts from the beginning where it cannot read a continuation',
    killedBy: 'lists/foreign-continuation',
    saying: 'the continuation "" was followed',
    mutate: withRequest((request) => without(request, 'continuation')),
  },
  {
    defect: 'ignores the signal',
    killedBy: 'requests/aborted-between-pages',
    saying: 'the list went on: page, page, page, page, page, page, page',
    mutate: withRequest((request) => without(request, 'signal')),
  },
  {
    defect: 'ignores a signal that has fired',
    killedBy: 'requests/aborted-before',
    saying: 'listUsers did not fail with Aborted',
    mutate: withRequest((request) => without(request, 'signal')),
  },
  {
    defect: 'ignores a deadline that has passed',
    killedBy: 'requests/deadline-past',
    saying: 'listUsers did not fail with DeadlineExceeded',
    mutate: withRequest((request) => without(request, 'deadlineMs')),
  },
  {
    defect: 'counts a deadline from when a task is made',
    killedBy: 'requests/deadline-from-the-run',
    saying: 'getLicense failed: DeadlineExceeded',
    mutate: (provider) => ({
      ...provider,
      getLicense: (id, { deadlineMs = 0, ...options } = {}) => {
        const madeAt = Date.now()
        return () => provider.getLicense(id, { ...options, deadlineMs: deadlineMs - (Date.now() - madeAt) })()
      },
    }),
  },
]
