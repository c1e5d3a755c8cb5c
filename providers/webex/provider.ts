import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  type Capabilities,
  clampPageSize,
  clockOf,
  conditional,
  createPaged,
  drain,
  foreignContinuation,
  type Gap,
  gapsOf,
  type Holder,
  type License,
  type LicensedUser,
  type LicenseError,
  type LicenseProvider,
  type ListName,
  type Paged,
  type PageRequest,
  type ProviderRuntime,
  type RequestOptions,
  type RequestScope,
  supported,
  type TokenPage,
  type UserReference,
  type UsersRequest,
  unsupported,
  type Walk,
  type WalkStart,
  walkByToken,
  whenRun,
  within,
} from '../../src/provider-kit/index.ts'
import { openWebexAccess } from './access.ts'
import { createChangeAssignments } from './change-assignments.ts'
import { clientOf, type LinkedPage } from './client.ts'
import { type Person, showsLicenses } from './codecs.ts'
import type { WebexConfig, WebexUserSource } from './config.ts'
import { createUserFinder } from './find-user.ts'
import { idAfterWhich, type WalkedLicense, walkHolders } from './holder-walk.ts'
import { holderOf, licenseOf, userOf } from './mapping.ts'
import { reviewChanges } from './review-changes.ts'

/** The vendor's own limits. */
const MAX_HOLDERS_PER_PAGE = 300
const MAX_PEOPLE_PER_PAGE = 1_000

const FROM_PEOPLE = conditional('`userSource` "people"')

const capabilitiesFor = (source: WebexUserSource): Capabilities => ({
  operations: {
    listLicenses: supported,
    getLicense: supported,
    listUsers: source === 'licenses' ? supported : conditional('external holders are not listed by this route'),
    getUser: supported,
    listHolders: supported,
    changeAssignments: conditional('`spark-admin:people_write`'),
  },
  licenseFields: {
    name: supported,
    productCode: conditional('the license id, from which it is read as a hint'),
    metric: conditional('the offer code and the counters, from which it is taken as a hint'),
    purchased: supported,
    consumed: supported,
    subscriptionId: supported,
    siteUrl: supported,
    includes: unsupported('not part of the Licenses API'),
    requires: unsupported('not part of the Licenses API'),
  },
  userFields: {
    kind: supported,
    status: FROM_PEOPLE,
    pendingLicenseIds: unsupported('told only in the answer to a change'),
    displayName: supported,
    email: supported,
    department: FROM_PEOPLE,
    lastActiveAt: FROM_PEOPLE,
  },
})

/** Only administrators are shown the licenses of people: where they are not shown, it is not known that there are none. */
const hiddenLicenses = ({ records }: LinkedPage<Person>): readonly Gap[] => {
  const hidden = records.filter((person) => !showsLicenses(person)).length
  const reason = "not shown to these credentials; needed: an administrator's, with spark-admin:people_read"
  return hidden === 0 ? [] : [{ what: `the licenses of ${hidden} people`, reason }]
}

const OMITTED = ['external holders are not listed by GET /v1/people']

/** A page whose body could not be read, though its header told what comes after it, is a gap. */
const unreadableGap = ({ unreadable: error }: LinkedPage<unknown>, what: string, licenseId?: string): readonly Gap[] =>
  error === undefined ? [] : [{ what, reason: error.message, ...(licenseId === undefined ? {} : { licenseId }), error }]

const tokenPageOf = <A, B>(
  page: LinkedPage<A>,
  what: string,
  map: (record: A) => B,
  licenseId?: string,
): TokenPage<B> => ({
  items: page.records.map(map),
  undecodable: page.undecodable,
  gaps: [...gapsOf(page, what, licenseId), ...unreadableGap(page, what, licenseId)],
  next: page.nextUrl,
})

/** Cisco Webex as a {@link LicenseProvider}. */
export const createWebexProvider = (config: WebexConfig, runtime: ProviderRuntime = {}): LicenseProvider => {
  const access = openWebexAccess(config, runtime)
  const client = clientOf(access)
  const clock = clockOf(runtime)
  const { provider } = access
  const source = config.userSource ?? 'licenses'

  /** A list that is walked by `Link` headers. Its continuations are addresses, which the transport does not trust blindly. */
  const linkedList = <A>(
    operation: string,
    request: PageRequest,
    keyOf: (item: A) => string,
    fetch: (next: string | undefined, scope: RequestScope) => TaskEither<LicenseError, TokenPage<A>>,
  ): Paged<A> => {
    const name: ListName = { provider, operation }
    const walk = ({ scope, continuation: from }: WalkStart): Walk<A> =>
      walkByToken<A>({ ...name, from, fetch: (next) => fetch(next, scope) })
    return createPaged({ ...name, clock, keyOf, walk }, request)
  }

  const listLicenses = (request: PageRequest = {}): Paged<License> =>
    linkedList(
      'GET /v1/licenses',
      request,
      ({ id }) => id,
      (next, scope) =>
        pipe(
          next === undefined ? client.listLicenses(scope) : client.listLicensesNextPage(next, scope),
          TE.map((page) => tokenPageOf(page, 'the licenses', licenseOf(provider, request.includeRaw))),
        ),
    )

  const listHolders = (licenseId: string, request: PageRequest = {}): Paged<Holder> =>
    linkedList(
      'GET /v1/licenses/{licenseId}',
      request,
      ({ userId }) => userId,
      (next, scope) =>
        pipe(
          next === undefined
            ? client.getLicenseUsers(licenseId, { limit: clampPageSize(request.pageSize, MAX_HOLDERS_PER_PAGE) }, scope)
            : client.getLicenseNextPage(next, scope),
          TE.map((page) => tokenPageOf(page, 'a page', holderOf(provider, licenseId, request.includeRaw), licenseId)),
        ),
    )

  /** Users by way of the holders of every license. */
  async function* walkLicenses(request: UsersRequest, start: WalkStart): Walk<LicensedUser> {
    const after = idAfterWhich(start.continuation)
    if (after === undefined) return yield E.left(foreignContinuation({ provider, operation: 'listUsers' }))
    const holders = { clock, after, concurrency: access.budget.concurrency, holdersOf: listHolders }
    if (request.licenses !== undefined) {
      const { licenses } = request
      return yield* walkHolders({ ...holders, licenses, listing: { pages: 0 } }, request, start.scope)
    }
    const listed = await drain<License, WalkedLicense[]>(
      () => [],
      (licenses, license) => {
        licenses.push(license)
        return licenses
      },
    )(listLicenses(within(start.scope, clock)))()
    if (listed.error !== undefined) return yield E.left(listed.error)
    // Whoever holds a license that could not be read is missing; what is known of the other licenses is exact.
    const { pages, undecodable, gaps, verdict } = listed.ledger
    const listing = {
      pages,
      undecodable,
      gaps: gaps.map((gap) => ({ ...gap, licenseId: '' })),
      moved: verdict === 'mismatch',
    }
    yield* walkHolders({ ...holders, licenses: listed.value, listing }, request, start.scope)
  }

  /** Users by way of the organisation's people. */
  const listPeople = (request: PageRequest): Paged<LicensedUser> =>
    linkedList(
      'GET /v1/people',
      request,
      ({ id }) => id,
      (next, scope) =>
        pipe(
          next === undefined
            ? client.listPeople({ max: clampPageSize(request.pageSize, MAX_PEOPLE_PER_PAGE) }, scope)
            : client.listPeopleNextPage(next, scope),
          TE.map((page) => {
            const read = tokenPageOf(page, 'a page of the people', userOf(provider, request.includeRaw))
            return { ...read, omits: OMITTED, gaps: [...(read.gaps ?? []), ...hiddenLicenses(page)] }
          }),
        ),
    )

  /** The people with an address; usually one of them, on one page. */
  const listPeopleByEmail = (email: string, options: RequestOptions): Paged<Person> =>
    linkedList(
      'GET /v1/people',
      options,
      ({ id }) => id,
      (next, scope) =>
        pipe(
          next === undefined ? client.listPeople({ email }, scope) : client.listPeopleNextPage(next, scope),
          TE.map((page) => tokenPageOf(page, 'a page of the people', (person) => person)),
        ),
    )

  const listUsers = (request: UsersRequest = {}): Paged<LicensedUser> =>
    source === 'people'
      ? listPeople(request)
      : createPaged({ provider, operation: 'listUsers', clock, walk: (start) => walkLicenses(request, start) }, request)

  const findUser = createUserFinder({
    provider,
    client,
    people: listPeopleByEmail,
    holders: (options) =>
      createPaged({ provider, operation: 'getUser', clock, walk: (start) => walkLicenses({}, start) }, options),
    clock,
  })

  return {
    specificationVersion: 'v1',
    id: provider,
    vendor: 'webex',
    displayName: config.displayName ?? 'Webex',
    capabilities: capabilitiesFor(source),
    listLicenses,
    getLicense: (licenseId, options = {}) =>
      pipe(
        whenRun(options, clock, (scope) => client.getLicense(licenseId, {}, scope)),
        TE.map(({ license }) => licenseOf(provider)(license)),
      ),
    listUsers,
    getUser: (user: UserReference, options = {}) =>
      whenRun(options, clock, (scope) =>
        'id' in user ? findUser.byId(user.id, scope) : findUser.byEmail(user.email, scope),
      ),
    listHolders,
    changeAssignments: createChangeAssignments(access, client, clock),
    reviewChanges,
  }
}
