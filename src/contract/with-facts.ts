import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { problemsIn } from '../model/invalid-input.ts'
import { isWhole, type Ledger } from '../model/ledger.ts'
import type { License } from '../model/license.ts'
import type { LicenseError } from '../model/license-error.ts'
import { LicenseException } from '../model/license-exception.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { type Clock, systemClock } from '../paging/clock.ts'
import { changePages, inOneCall, type Page, type Paged, pagedFrom } from '../paging/paged.ts'
import type { PageRequest } from '../paging/request.ts'
import { scopeOf, within } from '../paging/request-scope.ts'
import { activityFacts, openActivityFacts } from './activity-facts.ts'
import { allLicenses } from './all-licenses.ts'
import { delegate } from './delegate.ts'
import { Facts } from './facts.ts'
import { type LicensesWithFacts, withLicenseFacts } from './license-facts.ts'
import type { LicenseProvider } from './license-provider.ts'
import type { UserLookup } from './user-lookup.ts'

const mustBeSound = (facts: Facts): void => {
  const found = problemsIn(Facts, 'facts.', facts)
  if (RA.isNonEmpty(found)) throw new LicenseException({ ...found[0], also: found.slice(1) })
}

const withRemarks = (ledger: Ledger, remarks: readonly string[]): Ledger =>
  remarks.length === 0 ? ledger : { ...ledger, remarks: [...(ledger.remarks ?? []), ...remarks] }

/** The ledger of a list that has so many items more. */
const grown = (ledger: Ledger, more: number): Ledger => ({
  ...ledger,
  items: ledger.items + more,
  ...(ledger.total === undefined ? {} : { total: ledger.total + more }),
})

type LicensePages = readonly E.Either<LicenseError, Page<License>>[]

const itemsOf = (pages: LicensePages): readonly License[] =>
  pages.flatMap((page) => (E.isLeft(page) ? [] : page.right.items))

const endsWhole = (pages: LicensePages): boolean => {
  const last = pages.at(-1)
  return last !== undefined && E.isRight(last) && isWhole(last.right.ledger)
}

/** The same pages with the licenses as they are with facts; the last page also has those that only facts tell of. */
const changedPages = (
  pages: LicensePages,
  { licenses, remarks }: LicensesWithFacts,
  known: readonly License[],
): LicensePages => {
  const changed = new Map(licenses.map((license) => [license.id, license]))
  const listed = new Set(known.map(({ id }) => id))
  const added = licenses.filter(({ id }) => !listed.has(id))
  const change = (license: License): License => changed.get(license.id) ?? license
  return pages.map(
    E.map((page) => {
      const items = page.items.map(change)
      const contradicting = page.contradicting && { contradicting: page.contradicting.map(change) }
      const isLast = page === lastOf(pages)
      const ledger = isLast ? withRemarks(grown(page.ledger, added.length), remarks) : page.ledger
      return { ...page, ...contradicting, ledger, items: isLast ? [...items, ...added] : items }
    }),
  )
}

/** The last page, unless the list ended with a failure. */
const lastOf = (pages: LicensePages): Page<License> | undefined => {
  const last = pages.at(-1)
  return last !== undefined && E.isRight(last) ? last.right : undefined
}

/**
 * The same provider with facts from files or other records of its owner, such as what the vendor's console lets people
 * download. They come before what the configuration (`withDeclaredLicenses`, which belongs inside of this) and the vendor
 * say; the weaker value stays in `overridden`. Facts about no license that is listed are licenses with `boughtOnly` after the
 * others. Activity is added to that of the user, and `lastActiveAt` is the newest of all. What facts name and the lists do
 * not have is told in the `remarks` of their ledgers, once a list was read from its beginning to its end.
 *
 * Licenses are delivered when all of them were read. `clock`: for deadlines. Default: the system's.
 *
 * Throws a `LicenseException` with `InvalidInput` where a fact is malformed, such as a fraction of a seat.
 */
export const withFacts = (
  provider: LicenseProvider,
  facts: Facts,
  { clock = systemClock }: { readonly clock?: Clock | undefined } = {},
): LicenseProvider => {
  mustBeSound(facts)
  const { licenses: aboutLicenses = [], activity = [] } = facts
  const { findUsers, ...inner } = delegate(provider)
  const declared = provider.declaredLicenses ?? new Map()
  const told = activityFacts(activity)

  const withFactsOf = (listed: readonly License[], areAll: boolean): LicensesWithFacts =>
    withLicenseFacts(provider.id, declared, aboutLicenses, { licenses: listed, areAll })

  const licensesOf = (list: Pick<Paged<License>, 'pages'>, request: PageRequest): Paged<License> =>
    pagedFrom({ provider: provider.id, operation: 'listLicenses' }, request, async function* () {
      const scope = scopeOf(request, clock)
      const pages: E.Either<LicenseError, Page<License>>[] = []
      for await (const page of list.pages()) pages.push(page)
      const read = itemsOf(pages)
      // Of a list that is resumed, the first licenses have gone by.
      const all = request.continuation === undefined ? undefined : await allLicenses(inner, within(scope, clock))
      const known = all ?? read
      const areAll = request.continuation === undefined ? endsWhole(pages) : all !== undefined
      yield* changedPages(pages, withFactsOf(known, areAll), known)
    })

  const one = (user: LicensedUser): LicensedUser => openActivityFacts(told).apply(user)
  const lookedUp = (lookup: UserLookup): UserLookup => {
    if (lookup.kind === 'found') return { ...lookup, user: one(lookup.user) }
    return lookup.kind === 'ambiguous' ? { ...lookup, candidates: lookup.candidates.map(one) } : lookup
  }

  return {
    ...inner,
    listLicenses: (request = {}) => {
      const list = inner.listLicenses(request)
      if (aboutLicenses.length === 0) return list
      return { ...licensesOf(list, request), asOneCall: () => licensesOf(inOneCall(list), request) }
    },
    getLicense:
      (licenseId, options = {}) =>
      async () => {
        const scope = scopeOf(options, clock)
        const license = await inner.getLicense(licenseId, within(scope, clock))()
        const isOver = E.isLeft(license) && license.left._tag !== 'NotFound'
        if (aboutLicenses.length === 0 || isOver) return license
        const all = await allLicenses(inner, within(scope, clock))
        const known = all ?? (E.isRight(license) ? [license.right] : [])
        const found = withFactsOf(known, all !== undefined).licenses.find(({ id }) => id === licenseId)
        return found === undefined ? license : E.right(found)
      },
    listUsers: (request = {}) => {
      // What was only bought has no holders that the vendor could list.
      const licenses = request.licenses?.filter(({ boughtOnly }) => !boughtOnly)
      const list = inner.listUsers({ ...request, ...(licenses === undefined ? {} : { licenses }) })
      if (activity.length === 0) return list
      return changePages(list, { provider: provider.id, operation: 'listUsers' }, request, () => {
        const { apply, remarks } = openActivityFacts(told)
        return (page) => {
          const isAll = request.continuation === undefined && isWhole(page.ledger)
          const items = page.items.map(apply)
          const contradicting = page.contradicting && { contradicting: page.contradicting.map(apply) }
          return { ...page, ...contradicting, items, ledger: isAll ? withRemarks(page.ledger, remarks()) : page.ledger }
        }
      })
    },
    getUser: (user, options) => pipe(inner.getUser(user, options), TE.map(one)),
    ...(findUsers === undefined
      ? {}
      : { findUsers: (users, options) => pipe(findUsers(users, options), TE.map(RA.map(lookedUp))) }),
  }
}
