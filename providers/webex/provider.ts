import * as E from 'fp-ts/lib/Either.js'
import { flow, pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as T from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  Answers,
  Calls,
  type Capabilities,
  conditional,
  type Gap,
  type Holder,
  type License,
  type LicensedUser,
  type LicenseError,
  type LicenseProvider,
  Lists,
  Lookups,
  type Paged,
  type PageRequest,
  type ProviderRuntime,
  type RequestScope,
  supported,
  type UserLookup,
  type UserReference,
  type UsersRequest,
  unsupported,
  Values,
} from '../../src/provider-kit/index.ts'
import { openWebexAccess } from './access.ts'
import { createWebexChanges } from './change-assignments.ts'
import { clientOf, MAX_HOLDERS_PER_PAGE, MAX_PEOPLE_PER_PAGE } from './client.ts'
import { type Person, showsLicenses } from './codecs.ts'
import type { WebexConfig, WebexUserSource } from './config.ts'
import { createUsersFinder } from './find-users.ts'
import { type WalkedLicense, walkHolders } from './holder-walk.ts'
import { idKey } from './hydra-id.ts'
import { createLicenseSpellings } from './license-spellings.ts'
import type { LinkedPage } from './list-reader.ts'
import { holderOf, licenseOf, userOf } from './mapping.ts'
import { watchPeople } from './people-visibility.ts'
import { createReview } from './review-changes.ts'

const FROM_PEOPLE = conditional('`userSource` "people"')

const NOT_RESUMABLE =
  'the licenses of a user are known only when the holders of all licenses are read; read the list as a whole, list the holders of a license, or set `userSource` to "people"'

const capabilitiesFor = (source: WebexUserSource): Capabilities => ({
  operations: {
    listLicenses: supported,
    getLicense: supported,
    listUsers: source === 'licenses' ? supported : conditional('external holders are not listed by this route'),
    resumeUsers: source === 'licenses' ? unsupported(NOT_RESUMABLE) : supported,
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
    pendingLicenseIds: unsupported('Webex provides it only in the answer to a change'),
    displayName: supported,
    email: source === 'people' ? supported : conditional('`userSource` "people" for further addresses of a person'),
    department: FROM_PEOPLE,
    lastActiveAt: FROM_PEOPLE,
  },
})

/** Webex shows the licenses of people to administrators only. A person without the field has unknown licenses, not none. */
const hiddenLicenses = ({ records }: LinkedPage<Person>): readonly Gap[] => {
  const hidden = records.filter((person) => !showsLicenses(person)).length
  const reason = "not shown to these credentials; needed: an administrator's, with spark-admin:people_read"
  return hidden === 0 ? [] : [{ what: `the licenses of ${hidden} people`, reason }]
}

const OMITTED = ['external holders are not listed by GET /v1/people']

/** A page with a header that leads on and a body that could not be read is a gap. */
const unreadableGap = ({ unreadable: error }: LinkedPage<unknown>, what: string, licenseId?: string): readonly Gap[] =>
  error === undefined ? [] : [{ what, reason: error.message, ...(licenseId === undefined ? {} : { licenseId }), error }]

const OF_ANOTHER = 'they belong to another organization than the one that orgId names'

/** Records of another organization are not shown, and where they come, the organization's own may be missing. */
const gapOfOthers = ({ ofAnother }: LinkedPage<unknown>, page: string): readonly Gap[] =>
  ofAnother === undefined ? [] : [{ what: `${Values.quantity(ofAnother, 'record')} of ${page}`, reason: OF_ANOTHER }]

/**
 * Licenses of another organization that people of this one hold. They are recognized by the inside of
 * ids, which Webex does not document, so that the gap is said. The holders of the own licenses are all there.
 */
const gapOfOtherLicenses = ({ shortened }: LinkedPage<Person>, page: string): readonly Gap[] =>
  shortened === undefined
    ? []
    : [
        {
          what: `licenses of ${Values.quantity(shortened, 'person', 'people')} on ${page}`,
          reason: OF_ANOTHER,
          licenseId: '',
        },
      ]

const tokenPageOf = <A, B>(
  page: LinkedPage<A>,
  what: string,
  map: (record: A) => B,
  licenseId?: string,
): Lists.TokenPage<B> => ({
  items: page.records.map(map),
  undecodable: page.undecodable,
  gaps: [...Answers.gapsOf(page, what, licenseId), ...unreadableGap(page, what, licenseId)],
  next: page.next,
  endedBy: page.endedBy,
})

const NOT_FOUND: UserLookup = { kind: 'notFound' }

/** A list that is walked by `Link` headers. */
interface LinkedSource<A> extends Pick<Lists.ListSource<A>, 'operation' | 'of' | 'keyOf' | 'contentOf'> {
  /** Rows on a page. Absent: as many as the vendor gives. */
  readonly pageSize?: number
  readonly fetch: (
    wish: Partial<Lists.PageAsk> & { readonly cursor: string | undefined },
    scope: RequestScope,
  ) => TaskEither<LicenseError, Lists.TokenPage<A>>
}

/** Cisco Webex as a {@link LicenseProvider}. */
export const createWebexProvider = (config: WebexConfig, runtime: ProviderRuntime = {}): LicenseProvider => {
  const access = openWebexAccess(config, runtime)
  const { client, areHidden } = watchPeople(clientOf(access))
  const { provider, clock } = access
  const source = config.userSource ?? 'licenses'
  const spellings = createLicenseSpellings()
  const { learn, spelled } = spellings

  /** A list that is walked by `Link` headers. Its continuations are cursors. */
  const linkedList = <A>({ pageSize, fetch, ...list }: LinkedSource<A>, request: PageRequest): Paged<A> => {
    const source = { ...list, provider, clock }
    const walk = ({ scope, continuation: from }: Lists.WalkStart): Lists.Walk<A> =>
      Lists.walkByToken<A>({ ...source, from, pageSize, fetch: (cursor, ask) => fetch({ cursor, ...ask }, scope) })
    return Lists.createPaged({ ...source, walk }, request)
  }

  const listLicenses = (request: PageRequest = {}): Paged<License> =>
    linkedList(
      {
        operation: 'GET /v1/licenses',
        keyOf: ({ id }) => idKey(id),
        fetch: ({ cursor }, scope) =>
          pipe(
            client.listLicenses({ cursor }, scope),
            TE.map((page) => {
              const read = tokenPageOf(page, 'the licenses', licenseOf(provider, request.includeRaw))
              learn(read.items)
              return { ...read, gaps: [...(read.gaps ?? []), ...gapOfOthers(page, 'the licenses')] }
            }),
          ),
      },
      request,
    )

  const listHolders = (licenseId: string, request: PageRequest = {}): Paged<Holder> =>
    linkedList(
      {
        operation: 'GET /v1/licenses/{licenseId}',
        of: idKey(licenseId),
        keyOf: ({ userId }) => idKey(userId),
        pageSize: Lists.clampPageSize(config.pageSize, MAX_HOLDERS_PER_PAGE),
        fetch: ({ pageSize: limit, ...wish }, scope) =>
          pipe(
            client.getLicenseUsers(licenseId, { ...wish, limit }, scope),
            TE.map((page) => tokenPageOf(page, 'a page', holderOf(provider, licenseId, request.includeRaw), licenseId)),
          ),
      },
      request,
    )

  /** Users by way of the holders of every license. */
  async function* walkLicenses(request: UsersRequest, scope: RequestScope): Lists.Walk<LicensedUser> {
    const holders = { clock, budget: access.budget, holdersOf: listHolders }
    if (request.licenses !== undefined) {
      const { licenses } = request
      return yield* walkHolders({ ...holders, licenses, listing: { pages: 0 } }, request, scope)
    }
    const listed = await Lists.collect<License, WalkedLicense[]>(
      () => [],
      (licenses, license) => {
        licenses.push(license)
        return licenses
      },
    )(listLicenses(Calls.within(scope, clock)))()
    if (listed.error !== undefined) return yield E.left(listed.error)
    // Holders of a license that could not be read are missing. The other licenses are exact.
    const { pages, undecodable, gaps, verdict } = listed.ledger
    const listing = {
      pages,
      undecodable,
      gaps: gaps.map((gap) => ({ ...gap, licenseId: '' })),
      changed: verdict === 'mismatch',
    }
    yield* walkHolders({ ...holders, licenses: listed.value, listing }, request, scope)
  }

  const listHoldersOfAll = (operation: string, request: UsersRequest): Paged<LicensedUser> => {
    const walk = ({ scope }: Lists.WalkStart) => walkLicenses(request, scope)
    return Lists.createPaged({ provider, operation, clock, notResumable: NOT_RESUMABLE, walk }, request)
  }

  /** Users by way of the organization's people. */
  const listPeople = (request: PageRequest): Paged<LicensedUser> =>
    linkedList<LicensedUser>(
      {
        operation: 'GET /v1/people',
        keyOf: ({ id }) => idKey(id),
        contentOf: Values.holdingWords,
        pageSize: Lists.clampPageSize(config.pageSize, MAX_PEOPLE_PER_PAGE),
        fetch: ({ pageSize: max, ...wish }, scope) =>
          pipe(
            client.listPeople({ ...wish, max }, scope),
            TE.map((page) => {
              const where = 'a page of the people'
              const read = tokenPageOf(page, where, flow(userOf(provider, request.includeRaw), spelled))
              const gaps = [
                ...(read.gaps ?? []),
                ...gapOfOthers(page, where),
                ...gapOfOtherLicenses(page, where),
                ...hiddenLicenses(page),
              ]
              return { ...read, omits: OMITTED, gaps }
            }),
          ),
      },
      request,
    )

  /**
   * The people with an address, usually one of them, on one page; or all people. People of another organization may be
   * holders here: only the list of holders has them.
   */
  const listPeopleWith = (email: string | undefined, scope: RequestScope): Paged<Person> =>
    linkedList(
      {
        operation: 'GET /v1/people',
        keyOf: ({ id }) => idKey(id),
        ...(email === undefined ? { pageSize: Lists.clampPageSize(config.pageSize, MAX_PEOPLE_PER_PAGE) } : {}),
        fetch: ({ pageSize: max, ...wish }, scope) =>
          pipe(
            client.listPeople({ ...wish, email, max }, scope),
            TE.map((page) => tokenPageOf(page, 'a page of the people', (person) => person)),
          ),
      },
      Calls.within(scope, clock),
    )

  const listUsers = (request: UsersRequest = {}): Paged<LicensedUser> => {
    if (source === 'people') {
      learn(request.licenses ?? [])
      return listPeople(request)
    }
    return listHoldersOfAll('listUsers', request)
  }

  const findAmongAll = createUsersFinder({
    provider,
    client,
    people: listPeopleWith,
    holders: (scope) => listHoldersOfAll('getUser', Calls.within(scope, clock)),
  })
  const findUsers = (users: readonly UserReference[], scope: RequestScope): T.Task<readonly UserLookup[]> =>
    pipe(
      findAmongAll(users, scope),
      T.map(
        RA.map((lookup) => {
          if (lookup.kind === 'found') return { ...lookup, user: spelled(lookup.user) }
          return lookup.kind === 'ambiguous' ? { ...lookup, candidates: lookup.candidates.map(spelled) } : lookup
        }),
      ),
    )

  return Calls.checkedCalls({
    specificationVersion: 'v1',
    id: provider,
    vendor: 'webex',
    displayName: config.displayName ?? 'Webex',
    capabilities: capabilitiesFor(source),
    listLicenses,
    getLicense: (licenseId, options = {}) =>
      pipe(
        Calls.whenRun(options, clock, (scope) => client.getLicense(licenseId, {}, scope)),
        TE.map(({ license }) => licenseOf(provider)(license)),
      ),
    listUsers,
    getUser: (user: UserReference, options = {}) =>
      pipe(
        Calls.whenRun(options, clock, (scope) => T.map(E.right)(findUsers([user], scope))),
        TE.flatMapEither(([lookup = NOT_FOUND]) => Lookups.answerOf({ provider, operation: 'getUser' }, lookup)),
      ),
    findUsers: (users, options = {}) =>
      Calls.whenRun(options, clock, (scope) => pipe(findUsers(users, scope), T.map(Lookups.unlessAllFailed))),
    listHolders,
    changeAssignments: createWebexChanges(access, client, spellings),
    reviewChanges: createReview(areHidden),
  })
}
