import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, test } from 'vitest'
import {
  findUsers,
  known,
  type LicensedUser,
  type LicenseError,
  type LicenseProvider,
  Lists,
  type Page,
  type Paged,
  type PageRequest,
  supported,
  toReadonlyArray,
  type UserLookup,
  type UsersRequest,
  unsupported,
} from '../../src/provider-kit/index.ts'
import { conformanceScenarios } from '../../src/testing/index.ts'
import { changingMutants } from './changing-mutants.ts'
import { harnessOf, type Mutant, type Mutate, patient, secret } from './mutant.ts'
import { oneOrganizationMutants } from './one-organization-mutants.ts'

type Step = E.Either<LicenseError, Page<LicensedUser>>

const name = { provider: 'memory', operation: 'listUsers' }

/** A provider whose list of users delivers other pages than it should. */
const withPages =
  (change: (steps: AsyncIterable<Step>, request: UsersRequest) => AsyncIterable<Step>): Mutate =>
  (provider) => ({
    ...provider,
    listUsers: (request = {}) =>
      Lists.pagedFrom(name, request, () => change(provider.listUsers(request).pages(), request)),
  })

const withUsers =
  (change: (users: readonly LicensedUser[]) => readonly LicensedUser[]): Mutate =>
  (provider) => ({
    ...provider,
    listUsers: (request = {}) => Lists.changeItems(provider.listUsers(request), name, request, () => change),
  })

const withRequest =
  (change: (request: UsersRequest) => UsersRequest): Mutate =>
  (provider) => ({ ...provider, listUsers: (request = {}) => provider.listUsers(change(request)) })

const without = (request: PageRequest, field: keyof PageRequest): PageRequest => ({ ...request, [field]: undefined })

const withLeft =
  (change: (error: LicenseError) => LicenseError): Mutate =>
  (provider) => ({
    ...provider,
    getLicense: (id, options) => TE.mapLeft(change)(provider.getLicense(id, options)),
    getUser: (user, options) => TE.mapLeft(change)(provider.getUser(user, options)),
  })

const withLookups =
  (change: (lookups: readonly UserLookup[]) => readonly UserLookup[]): Mutate =>
  (provider) => ({
    ...provider,
    findUsers: (users, options) => TE.map(change)(findUsers(provider, users, options)),
  })

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
    if (without > 10) return yield E.left({ _tag: 'InvalidResponse', ...name, message: 'nothing came', issues: [] })
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
    Lists.pagedFrom(name, request, async function* () {
      for (const position of positionsOf(request)) {
        const step = await pageAt(provider, request, position)
        if (step !== undefined) yield step
      }
    }),
})

const asksForEverythingAtOnce: Mutate = (provider) => ({
  ...provider,
  listUsers: (request = {}) =>
    Lists.pagedFrom(name, request, async function* () {
      const steps = await Promise.all(positionsOf(request).map((position) => pageAt(provider, request, position)))
      for (const step of steps) if (step !== undefined) yield step
    }),
})

const deliversAsItComes: Mutate = (provider) => ({
  ...provider,
  listUsers: (request = {}) =>
    Lists.pagedFrom(name, request, async function* () {
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
    Lists.pagedFrom(name, request, async function* () {
      if ((request.pageSize ?? 0) <= 1_000) return yield* provider.listUsers(request).pages()
      yield E.left({ _tag: 'RequestRejected', ...name, message: 'the limit is 1,000' })
    }),
})

/** Each reading starts another one that is not waited for. */
const readsFarAhead: Mutate = (provider) => ({
  ...provider,
  listUsers: (request = {}) =>
    Lists.pagedFrom(name, request, async function* () {
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
    return Lists.pagedFrom(name, request, async function* () {
      if (all.length === 0) for await (const step of provider.listUsers(request).pages()) all.push(step)
      yield* all
    })
  },
})

const goesOnInTheBackground: Mutate = (provider) => ({
  ...provider,
  listUsers: (request = {}) =>
    Lists.pagedFrom(name, request, async function* () {
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

const readingMutants: readonly Mutant[] = [
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
  {
    defect: 'keeps every record',
    killedBy: 'lists/no-raw',
    saying: 'user-01 carries its record',
    mutate: withRequest((request) => ({ ...request, includeRaw: true })),
  },
  {
    defect: 'never keeps a record',
    killedBy: 'lists/raw',
    saying: 'user-01 does not carry its record',
    mutate: withRequest((request) => without(request, 'includeRaw')),
  },
  {
    defect: 'loses users without a directory record',
    killedBy: 'users/userNotInDirectory',
    saying: 'user user-ghost is missing',
    mutate: withUsers((users) => users.filter(({ displayName }) => displayName !== undefined)),
  },
  {
    defect: 'lists active users only',
    killedBy: 'users/inactiveUser',
    saying: 'user user-inactive is missing',
    mutate: withUsers((users) => users.filter(({ status }) => status !== 'inactive')),
  },
  {
    defect: 'loses external users',
    killedBy: 'users/externalUser',
    saying: 'user user-external is missing',
    mutate: withUsers((users) => users.filter(({ kind }) => kind !== 'external')),
  },
  {
    defect: 'keeps people in a plain object',
    killedBy: 'users/prototypeIds',
    saying: 'user __proto__ is missing',
    mutate: withUsers((users) => users.filter(({ id }) => !(id in {}))),
  },
  {
    defect: 'reports defined licenses only',
    killedBy: 'users/licenseNotDefined',
    saying: 'user user-retired.licenseIds.1 is missing',
    mutate: withUsers((users) =>
      users.map((user) => ({ ...user, licenseIds: user.licenseIds.filter((id) => id !== 'license-retired') })),
    ),
  },
  {
    defect: 'invents a user',
    killedBy: 'users/truth',
    saying: 'user user-00 does not exist at the vendor',
    mutate: withUsers((users) =>
      users.flatMap((user) => (user.id === 'user-01' ? [user, { ...user, id: 'user-00' }] : [user])),
    ),
  },
  {
    defect: 'forgets whose its items are',
    killedBy: 'users/truth',
    saying: 'user user-01 carries the provider "another"',
    mutate: withUsers((users) => users.map((user) => ({ ...user, provider: 'another' }))),
  },
  {
    defect: 'takes the first time of a user for the last one',
    killedBy: 'users/truth',
    saying:
      'user user-01.lastActiveAt is 2026-10-01T08:00:00.000Z, and the newest time in its activity 2026-10-02T08:00:00.000Z',
    mutate: withUsers((users) =>
      users.map((user) =>
        user.lastActiveAt === undefined
          ? user
          : {
              ...user,
              activity: [user.lastActiveAt, '2026-10-02T08:00:00.000Z'].map((at) => ({ at, source: 'logins' })),
            },
      ),
    ),
  },
  {
    defect: 'puts undefined where nothing is',
    killedBy: 'lists/json',
    saying: 'it does not survive JSON: it.users.0.raw is missing',
    mutate: withUsers((users) => users.map((user) => ({ ...user, raw: undefined }))),
  },
  {
    defect: 'tells zero where it knows nothing',
    killedBy: 'licenses/truth',
    saying: 'license license-main.consumed.value is 0, not 14',
    mutate: (provider) => ({
      ...provider,
      listLicenses: (request = {}) =>
        Lists.changeItems(
          provider.listLicenses(request),
          name,
          request,
          () => (licenses) => licenses.map((license) => ({ ...license, consumed: known(0) })),
        ),
    }),
  },
  {
    defect: 'lists held licenses only',
    killedBy: 'licenses/truth',
    saying: 'license license-unheld is missing',
    mutate: (provider) => ({
      ...provider,
      listLicenses: (request = {}) =>
        Lists.changeItems(
          provider.listLicenses(request),
          name,
          request,
          () => (licenses) => licenses.filter(({ id }) => id !== 'license-unheld'),
        ),
    }),
  },
  {
    defect: 'puts the id of a license into an address without a look at it',
    killedBy: 'get-license/unaddressable-id',
    saying: 'URI malformed',
    mutate: (provider) => ({
      ...provider,
      getLicense: (id, options) => () => provider.getLicense(decodeURIComponent(encodeURIComponent(id)), options)(),
    }),
  },
  {
    defect: 'puts the id of a user into an address without a look at it',
    killedBy: 'get-user/unaddressable-id',
    saying: 'URI malformed',
    mutate: (provider) => ({
      ...provider,
      getUser: (user, options) => () =>
        provider.getUser('id' in user ? { id: decodeURIComponent(encodeURIComponent(user.id)) } : user, options)(),
    }),
  },
  {
    defect: 'compares e-mail addresses letter by letter',
    killedBy: 'get-user/by-email',
    saying: 'getUser failed: NotFound: there is no such user',
    mutate: (provider) => ({
      ...provider,
      getUser: (user, options) =>
        'email' in user && user.email !== user.email.toLowerCase()
          ? provider.getUser({ id: 'nobody' }, options)
          : provider.getUser(user, options),
    }),
  },
  {
    defect: 'folds e-mail addresses as Unicode does',
    killedBy: 'get-user/lookalike',
    saying: 'getUser succeeded instead of failing with NotFound',
    mutate: (provider) => ({
      ...provider,
      getUser: (user, options) =>
        provider.getUser('email' in user ? { email: user.email.toLowerCase() } : user, options),
    }),
  },
  {
    defect: 'takes all who ever had an address for those who may be meant',
    killedBy: 'get-user/address-left-behind',
    saying: 'getUser failed: Conflict',
    mutate: (provider) => ({
      ...provider,
      getUser: (user, options) => {
        const isLeftBehind = 'email' in user && user.email.startsWith('user-09')
        return provider.getUser(isLeftBehind ? { email: 'shared@example.com' } : user, options)
      },
    }),
  },
  {
    defect: 'takes the first of several',
    killedBy: 'get-user/conflict',
    saying: 'getUser succeeded instead of failing with Conflict',
    mutate: (provider) => ({
      ...provider,
      getUser: (user, options) =>
        provider.getUser('email' in user && user.email.startsWith('shared') ? { id: 'user-shared-1' } : user, options),
    }),
  },
  {
    defect: 'takes every user for a holder',
    killedBy: 'holders/truth',
    saying: 'a holder of license-second carries the license license-main',
    mutate: (provider) => ({
      ...provider,
      listHolders: (_, request) => provider.listHolders?.('license-main', request) ?? never(),
    }),
  },
  {
    defect: 'promises holders and cannot list them',
    killedBy: 'description/methods',
    saying: 'listHolders is supported, its method says otherwise',
    mutate: ({ listHolders: _, ...provider }) => ({
      ...provider,
      capabilities: {
        ...provider.capabilities,
        operations: { ...provider.capabilities.operations, listHolders: supported },
      },
    }),
  },
  {
    defect: 'cannot change assignments, which the harness does not declare',
    killedBy: 'description/changing',
    saying: 'changeAssignments is unsupported, and the harness does not declare it unsupported',
    mutate: ({ changeAssignments: _, ...provider }) => ({
      ...provider,
      capabilities: {
        ...provider.capabilities,
        operations: { ...provider.capabilities.operations, changeAssignments: unsupported('there is no way') },
      },
    }),
  },
  {
    defect: 'has an id that is no slug',
    killedBy: 'description/identity',
    saying: '"Webex EMEA" is not a lower-case slug',
    mutate: (provider) => ({ ...provider, id: 'Webex EMEA' }),
  },
  {
    defect: 'tells its token in errors',
    killedBy: 'failures/badCredentials',
    saying: 'a AuthenticationFailed contains a credential',
    mutate: withLeft((error) => ({ ...error, message: `refused: ${secret}` })),
  },
  {
    defect: 'puts into its errors what JSON cannot say',
    killedBy: 'failures/badCredentials',
    saying: 'an error does not survive JSON: the error.status is null, not null',
    mutate: withLeft((error) => ({ ...error, status: Number.NaN })),
  },
  {
    defect: 'repeats an e-mail address',
    killedBy: 'get-user/email-not-found',
    saying: 'the error repeats the e-mail address',
    mutate: (provider) => ({
      ...provider,
      getUser: (user, options) =>
        TE.mapLeft((error: LicenseError) => ({
          ...error,
          message: 'email' in user ? `no ${user.email}` : error.message,
        }))(provider.getUser(user, options)),
    }),
  },
  {
    defect: 'does not say which permission is missing',
    killedBy: 'failures/permissionDenied',
    saying: 'getLicense does not name what is missing',
    mutate: withLeft((error) => (error._tag === 'PermissionDenied' ? { ...error, missing: [] } : error)),
  },
  {
    defect: 'takes whatever fails for not found',
    killedBy: 'failures/badCredentials',
    saying: 'getLicense failed with NotFound (made to fail), not AuthenticationFailed',
    mutate: withLeft((error) => ({ ...error, _tag: 'NotFound' })),
  },
]

/** Whom it does not find it looks for in the whole list, each by themselves. */
const walksForEach: Mutate = (provider) => ({
  ...provider,
  findUsers: (users, options) => async () => {
    const found = await findUsers(provider, users, options)()
    for (const lookup of E.isRight(found) ? found.right : []) {
      if (lookup.kind === 'notFound') await toReadonlyArray(provider.listUsers({ ...options, pageSize: 1 }))()
    }
    return found
  },
})

const NOT_RESUMABLE: Mutate = (provider) => ({
  ...provider,
  capabilities: {
    ...provider.capabilities,
    operations: { ...provider.capabilities.operations, resumeUsers: unsupported('it says so') },
  },
})

/** Whatever page of it comes, all of the list is read first. */
async function* readsTheListFor(provider: LicenseProvider, steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  await toReadonlyArray(provider.listUsers())()
  yield* steps
}

const resumingMutants: readonly Mutant[] = [
  {
    defect: 'reads the list again for every page that is gone on with',
    killedBy: 'lists/resumed-requests',
    saying: 'requests were made for one page',
    mutate: (provider) =>
      withPages((steps, { continuation }) => (continuation === undefined ? steps : readsTheListFor(provider, steps)))(
        provider,
        undefined,
      ),
  },
  {
    defect: 'makes a request for every delivered page',
    killedBy: 'lists/page-size-requests',
    saying: 'requests were made for pages of one',
    mutate: (provider) =>
      withPages(async function* (steps) {
        for await (const step of steps) {
          await toReadonlyArray(provider.listLicenses())()
          yield step
        }
      })(provider, undefined),
  },
  {
    defect: 'delivers larger pages than the caller asks for',
    killedBy: 'lists/page-size-requests',
    saying: 'a page of 3 items was delivered where one was asked for',
    mutate: withRequest((request) => without(request, 'pageSize')),
  },
  {
    defect: 'leads back to where it was gone on with',
    killedBy: 'lists/deadline-goes-on',
    saying: 'the list.6.id is "user-04", not "user-07"',
    mutate: withPages(async function* (steps, { continuation }) {
      for await (const step of steps) {
        yield E.map((page: Page<LicensedUser>) =>
          continuation === undefined || page.continuation === undefined ? page : { ...page, continuation },
        )(step)
      }
    }),
  },
  {
    defect: 'says that its list cannot be gone on with, where it can',
    killedBy: 'description/resuming',
    saying: 'resumeUsers is unsupported, and the harness does not declare it unsupported',
    mutate: NOT_RESUMABLE,
  },
  {
    defect: 'gives continuations to a list that cannot be gone on with',
    killedBy: 'lists/not-resumable',
    saying: 'a page has a continuation, although the list cannot be resumed',
    mutate: NOT_RESUMABLE,
  },
]

const findingMutants: readonly Mutant[] = [
  {
    defect: 'reads all users for each whom it does not find',
    killedBy: 'find-users/requests',
    saying: 'requests were made for 20 users, 70 are enough',
    mutate: walksForEach,
  },
  {
    defect: 'gives whom it found in another order',
    killedBy: 'find-users/by-id',
    saying: 'reference 0 of 4 is notFound, and should be user ',
    mutate: withLookups((lookups) => [...lookups].reverse()),
  },
  {
    defect: 'leaves out unknown users',
    killedBy: 'find-users/by-id',
    saying: '3 results came for 4 references',
    mutate: withLookups((lookups) => lookups.filter(({ kind }) => kind !== 'notFound')),
  },
  {
    defect: 'looks for the first users only',
    killedBy: 'find-users/by-id',
    saying: '50 results came for ',
    mutate: withLookups((lookups) => lookups.slice(0, 50)),
  },
  {
    defect: 'takes the first of several users for the one that is meant',
    killedBy: 'find-users/by-email',
    saying: 'is found, and 2 users have it',
    mutate: withLookups((lookups) =>
      lookups.map((lookup) => {
        const [user] = lookup.kind === 'ambiguous' ? lookup.candidates : []
        return user === undefined ? lookup : { kind: 'found', user }
      }),
    ),
  },
  {
    defect: 'means by an address whom getUser does not mean',
    killedBy: 'find-users/as-get-user',
    saying: 'getUser gives user-08 for an address that is Conflict to findUsers',
    mutate: (provider) => ({
      ...provider,
      // As one that knows of users who hold something alone.
      getUser: (user, options) =>
        provider.getUser('email' in user && user.email.startsWith('USER-08@') ? { id: 'user-08' } : user, options),
    }),
  },
  {
    defect: 'finds users by addresses that Unicode folds to theirs',
    killedBy: 'find-users/by-email',
    saying: 'is found, and should be notFound',
    mutate: (provider) => ({
      ...provider,
      findUsers: (users, options) =>
        provider.findUsers?.(
          users.map((user) => ('email' in user ? { email: user.email.toLowerCase() } : user)),
          options,
        ) ?? TE.right([]),
    }),
  },
  {
    defect: 'finds users without what they hold',
    killedBy: 'find-users/by-id',
    saying: 'licenseIds',
    mutate: withLookups((lookups) =>
      lookups.map((lookup) =>
        lookup.kind === 'found' ? { ...lookup, user: { ...lookup.user, licenseIds: [] } } : lookup,
      ),
    ),
  },
  {
    defect: 'answers notFound for a user that it could not look up',
    killedBy: 'find-users/bad-credentials',
    saying: 'findUsers succeeded with wrong credentials',
    mutate: (provider) => ({
      ...provider,
      findUsers: (users) => TE.right(users.map((): UserLookup => ({ kind: 'notFound' }))),
    }),
  },
]

const never = (): never => {
  throw new Error('the in-memory provider lists holders')
}

const mutants: readonly Mutant[] = [
  ...readingMutants,
  ...resumingMutants,
  ...findingMutants,
  ...changingMutants,
  ...oneOrganizationMutants,
]

describe('a provider that', () => {
  for (const mutant of mutants) {
    const { defect, killedBy, saying } = mutant
    test(`${defect} fails ${killedBy}`, async () => {
      const scenario = conformanceScenarios(harnessOf(mutant)).find(({ id }) => id === killedBy)
      expect(scenario, `there is no scenario ${killedBy}`).toBeDefined()
      expect(scenario?.skip).toBeUndefined()
      await expect(scenario?.run()).rejects.toThrow(saying)
    })
  }

  for (const mutant of changingMutants) {
    const { defect, killedBy, alsoKilledBy = [] } = mutant
    test(`${defect} fails no other scenario of changing than it has to`, async () => {
      const failing: string[] = []
      for (const { id, run, skip } of conformanceScenarios(harnessOf(mutant))) {
        if (id.startsWith('changing/') && skip === undefined) await run().catch(() => failing.push(id))
      }
      expect(failing.sort()).toEqual([killedBy, ...alsoKilledBy].sort())
    })
  }

  // The example passes them under plain Node: test/examples.test.ts.
  test('has no defect passes every scenario that the mutants fail', async () => {
    const wanted = new Set(mutants.flatMap(({ harness, killedBy }) => (harness === undefined ? killedBy : [])))
    const scenarios = conformanceScenarios(harnessOf({ mutate: patient })).filter(({ id }) => wanted.has(id))
    for (const scenario of scenarios) await scenario.run()
    expect(scenarios).toHaveLength(wanted.size)
  })
})
