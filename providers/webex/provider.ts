import * as E from 'fp-ts/lib/Either.js'
import { flow, identity, pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  Calls,
  type Capabilities,
  conditional,
  createProvider,
  type Gap,
  type Holder,
  type License,
  type LicensedUser,
  type LicenseProvider,
  Lists,
  type Paged,
  type PageRequest,
  type ProviderRuntime,
  type RequestScope,
  supported,
  toReadonlyArray,
  type UserLookup,
  type UserReference,
  type UsersRequest,
  unsupported,
  Values,
} from '../../src/provider-kit/index.ts'
import { openWebexAccess } from './access.ts'
import { webexChanges } from './change-assignments.ts'
import { clientOf, MAX_HOLDERS_PER_PAGE, MAX_PEOPLE_PER_PAGE } from './client.ts'
import { type Person, showsLicenses } from './codecs.ts'
import type { WebexConfig, WebexUserSource } from './config.ts'
import { createUsersFinder } from './find-users.ts'
import { walkHolders } from './holder-walk.ts'
import { idKey } from './hydra-id.ts'
import { createLicenseSpellings } from './license-spellings.ts'
import type { LinkedPage } from './list-reader.ts'
import { holderOf, licenseOf, userOf } from './mapping.ts'
import { watchPeople } from './people-visibility.ts'
import { createReview } from './review-changes.ts'

const FROM_PEOPLE = conditional('set `"userSource": "people"`')

const NOT_RESUMABLE =
  'the licenses of a user are known only when the holders of all licenses are read; read the list from its beginning, list the holders of a license, or set `"userSource": "people"`'

const capabilitiesFor = (source: WebexUserSource): Capabilities => ({
  operations: {
    listLicenses: supported,
    getLicense: supported,
    listUsers: source === 'licenses' ? supported : conditional('with external holders, set `"userSource": "licenses"`'),
    resumeUsers: source === 'licenses' ? unsupported(NOT_RESUMABLE) : supported,
    getUser: supported,
    listHolders: supported,
    changeAssignments: conditional('grant the scope `spark-admin:people_write`'),
  },
  licenseFields: {
    name: supported,
    productCode: conditional('use a license whose id holds an offer code: it is read from there, as a hint'),
    metric: conditional(
      'set it in `licenses` of the configuration; without that, it follows from offer code and counters, as a hint',
    ),
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
    email:
      source === 'people'
        ? supported
        : conditional('with the further addresses of a person, set `"userSource": "people"`'),
    department: FROM_PEOPLE,
    lastActiveAt: FROM_PEOPLE,
    seats: unsupported('the Licenses API does not say since when or by what a license is assigned'),
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

const tokenPageOf = <A, B>(page: LinkedPage<A>, what: string, map: (record: A) => B, licenseId?: string) => {
  const { gaps, ...read } = Lists.pageOf(page, what, map, licenseId)
  return {
    ...read,
    gaps: [...gaps, ...unreadableGap(page, what, licenseId)],
    next: page.next,
    endedBy: page.endedBy,
  }
}

/** Cisco Webex as a {@link LicenseProvider}. */
export const createWebexProvider = (config: WebexConfig, runtime: ProviderRuntime = {}): LicenseProvider => {
  const access = openWebexAccess(config, runtime)
  const { client, areHidden } = watchPeople(clientOf(access))
  const { provider, clock } = access
  const source = config.userSource ?? 'licenses'
  const spellings = createLicenseSpellings()
  const { learn, spelled } = spellings

  const listLicenses = (request: PageRequest = {}): Paged<License> =>
    Lists.byToken(
      access,
      {
        operation: 'GET /v1/licenses',
        keyOf: ({ id }) => idKey(id),
        fetch:
          ({ scope }) =>
          (ask) =>
            pipe(
              client.listLicenses(ask, scope),
              TE.map((page) => {
                const read = tokenPageOf(page, 'the licenses', licenseOf(provider, request.includeRaw))
                learn(read.items)
                return { ...read, gaps: [...read.gaps, ...gapOfOthers(page, 'the licenses')] }
              }),
            ),
      },
      request,
    )

  const listHolders = (licenseId: string, request: PageRequest = {}): Paged<Holder> =>
    Lists.byToken(
      access,
      {
        operation: 'GET /v1/licenses/{licenseId}',
        of: idKey(licenseId),
        keyOf: ({ userId }) => idKey(userId),
        pageSize: { configured: config.pageSize, most: MAX_HOLDERS_PER_PAGE },
        fetch:
          ({ scope }) =>
          ({ pageSize: limit, ...ask }) =>
            pipe(
              client.getLicenseUsers(licenseId, { ...ask, limit }, scope),
              TE.map((page) =>
                tokenPageOf(page, 'a page', holderOf(provider, licenseId, request.includeRaw), licenseId),
              ),
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
    const listed = await toReadonlyArray(listLicenses(Calls.within(scope, clock)))()
    if (E.isLeft(listed)) return yield listed
    // Holders of a license that could not be read are missing. The other licenses are exact.
    const { items: licenses, ledger } = listed.right
    const { pages, undecodable, gaps, verdict } = ledger
    const listing = {
      pages,
      undecodable,
      gaps: gaps.map((gap) => ({ ...gap, licenseId: '' })),
      changed: verdict === 'mismatch',
    }
    yield* walkHolders({ ...holders, licenses, listing }, request, scope)
  }

  const listHoldersOfAll = (operation: string, request: UsersRequest): Paged<LicensedUser> => {
    return Lists.createPaged(
      { provider, operation, clock, notResumable: NOT_RESUMABLE, walk: ({ scope }) => walkLicenses(request, scope) },
      request,
    )
  }

  /**
   * People of the organization: all, or those with an address, usually one of them, on one page. People of another organization
   * may be holders here: only the list of holders has them.
   */
  const listPeople = <A extends { readonly id: string }>(
    email: string | undefined,
    pageOf: (page: LinkedPage<Person>, what: string) => Lists.TokenPage<A>,
    request: PageRequest,
    contentOf?: (item: A) => readonly string[],
  ): Paged<A> =>
    Lists.byToken(
      access,
      {
        operation: 'GET /v1/people',
        keyOf: ({ id }) => idKey(id),
        contentOf,
        pageSize: email === undefined ? { configured: config.pageSize, most: MAX_PEOPLE_PER_PAGE } : undefined,
        fetch:
          ({ scope }) =>
          ({ pageSize: max, ...ask }) =>
            pipe(
              client.listPeople({ ...ask, email, max }, scope),
              TE.map((page) => pageOf(page, 'a page of the people')),
            ),
      },
      request,
    )

  /** Users by way of the organization's people. */
  const listUsersAmongPeople = (request: PageRequest): Paged<LicensedUser> =>
    listPeople<LicensedUser>(
      undefined,
      (page, what) => {
        const read = tokenPageOf(page, what, flow(userOf(provider, request.includeRaw), spelled))
        const gaps = [
          ...read.gaps,
          ...gapOfOthers(page, what),
          ...gapOfOtherLicenses(page, what),
          ...hiddenLicenses(page),
        ]
        return { ...read, omits: OMITTED, gaps }
      },
      request,
      Values.holdingWords,
    )

  const listPeopleWith = (email: string | undefined, scope: RequestScope): Paged<Person> =>
    listPeople(email, (page, what) => tokenPageOf(page, what, identity<Person>), Calls.within(scope, clock))

  const listUsers = (request: UsersRequest = {}): Paged<LicensedUser> => {
    if (source === 'people') {
      learn(request.licenses ?? [])
      return listUsersAmongPeople(request)
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

  return createProvider(access, {
    vendor: 'webex',
    displayName: config.displayName ?? 'Webex',
    capabilities: capabilitiesFor(source),
    listLicenses,
    getLicense: (licenseId, scope) =>
      pipe(
        client.getLicense(licenseId, {}, scope),
        TE.map(({ license }) => licenseOf(provider)(license)),
      ),
    listUsers,
    findUsers,
    listHolders,
    changes: webexChanges(access, client, spellings),
    reviewChanges: createReview(areHidden),
  })
}
