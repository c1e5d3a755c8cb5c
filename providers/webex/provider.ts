import * as E from 'fp-ts/lib/Either.js'
import { flow, identity, pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
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
  type ProviderRuntime,
  type RequestScope,
  supported,
  toReadonlyArray,
  type UserLookup,
  type UsersRequest,
  unsupported,
  Values,
} from '../../src/provider-kit/index.ts'
import { openWebexAccess } from './access.ts'
import { withAccount } from './account-entry.ts'
import { createAccountReader } from './accounts.ts'
import { webexChanges } from './change-assignments.ts'
import { clientOf, MAX_HOLDERS_PER_PAGE, MAX_PEOPLE_PER_PAGE } from './client.ts'
import { type Person, showsLicenses } from './codecs.ts'
import type { WebexConfig, WebexUserSource } from './config.ts'
import { createUsersFinder } from './find-users.ts'
import { type HolderWalk, walkHolders } from './holder-walk.ts'
import { idKey } from './hydra-id.ts'
import { createLicenseSpellings } from './license-spellings.ts'
import type { LinkedPage } from './list-reader.ts'
import { createWorkspaceList } from './list-workspaces.ts'
import { holderOf, licenseOf, userOf } from './mapping.ts'
import { createMembershipReader, joinMemberships } from './memberships.ts'
import { type PeopleDirectory, readPeopleDirectory } from './people-directory.ts'
import { watchPeople } from './people-visibility.ts'
import { createReview } from './review-changes.ts'
import { tokenPageOf } from './token-page.ts'
import type { JoinedSources } from './whole-list.ts'

/** What the holders of all licenses are joined with. */
interface JoinedReaders {
  readonly openDirectory?: ReturnType<typeof readPeopleDirectory> | undefined
  readonly readMemberships?: ReturnType<typeof createMembershipReader> | undefined
}

const NOT_RESUMABLE =
  'the licenses of a user are known only when the holders of all licenses are read; read the list from its beginning, list the holders of a license, or set `"userSource": "people"`'

/** What the records of people have, and the lists of holders do not. */
const fromPeople = {
  both: conditional('grant the scope `spark-admin:people_read`'),
  people: supported,
  licenses: conditional('set `"userSource": "both"`'),
} satisfies Readonly<Record<WebexUserSource, unknown>>

const WORKSPACES = conditional('grant the scope `spark-admin:workspaces_read`')

const capabilitiesFor = (source: WebexUserSource, { scim = false, devices = false }: WebexConfig): Capabilities => {
  const ofDevices = conditional(
    devices
      ? 'grant the scope `spark-admin:devices_read`'
      : 'set `"devices": true`, and grant the scope `spark-admin:devices_read`',
  )
  const ofPerson = fromPeople[source]
  const ofAccount = conditional(
    scim
      ? 'grant the scope `identity:people_read`'
      : 'set `"scim": true`, and `"userSource": "both"`, which is the default',
  )
  return {
    operations: {
      listLicenses: supported,
      getLicense: supported,
      listUsers: source === 'people' ? conditional('with external holders, set `"userSource": "both"`') : supported,
      resumeUsers: source === 'people' ? supported : unsupported(NOT_RESUMABLE),
      getUser: supported,
      listHolders: supported,
      listWorkspaces: WORKSPACES,
      changeAssignments: conditional('grant the scope `spark-admin:people_write`'),
    },
    licenseFields: {
      name: supported,
      productCode: conditional('use a license whose id holds an offer code: it is read from there, as a hint'),
      metric: conditional(
        'set it in `licenses` of the configuration; without that, it follows from offer code and counters, as a hint',
      ),
      services: conditional(
        'set it in `licenses` of the configuration; without that, it follows from the offer code in the id, where that is known',
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
      status: ofPerson,
      invitePending: ofPerson,
      pendingLicenseIds: unsupported('Webex provides it only in the answer to a change'),
      displayName: supported,
      email:
        source === 'licenses'
          ? conditional('with the further addresses of a person, set `"userSource": "both"`')
          : supported,
      department: ofPerson,
      division: ofAccount,
      manager: ofAccount,
      location:
        source === 'licenses'
          ? ofPerson
          : conditional('assign a Webex Calling license; Webex may leave the location out of the list of people'),
      costCenter: ofAccount,
      employeeNumber: ofAccount,
      createdAt: ofPerson,
      hiredAt: unsupported('no API provides it'),
      lastActiveAt: ofPerson,
      neverActive: ofPerson,
      seats: unsupported('no API provides since when or by what a license is held'),
    },
    workspaceFields: { location: WORKSPACES, createdAt: WORKSPACES, devices: ofDevices, lastSeenAt: ofDevices },
  }
}

/** Webex shows the licenses of people to administrators only. A person without the field has unknown licenses, not none. */
const hiddenLicenses = ({ records }: LinkedPage<Person>): readonly Gap[] => {
  const hidden = records.filter((person) => !showsLicenses(person)).length
  const reason = "not shown to these credentials; needed: an administrator's, with spark-admin:people_read"
  return hidden === 0 ? [] : [{ what: `the licenses of ${hidden} people`, reason }]
}

const OMITTED = ['external holders are not listed by GET /v1/people']

const OF_ANOTHER = 'they belong to another organization than the one that orgId names'

/** Records of another organization are not shown, and where they come, the organization's own may be missing. */
const gapOfOthers = ({ ofAnother }: LinkedPage<unknown>, page: string): readonly Gap[] =>
  ofAnother === undefined ? [] : [{ what: `${Values.quantity(ofAnother, 'record')} of ${page}`, reason: OF_ANOTHER }]

/**
 * Licenses of another organization that people or workspaces of this one hold. They are recognized by the inside of
 * ids, which Webex does not document, so that the gap is said. The holders of the own licenses are all there.
 */
const gapOfOtherLicenses = (
  { shortened }: LinkedPage<unknown>,
  page: string,
  one = 'person',
  several = 'people',
): readonly Gap[] =>
  shortened === undefined
    ? []
    : [
        {
          what: `licenses of ${Values.quantity(shortened, one, several)} on ${page}`,
          reason: OF_ANOTHER,
          licenseId: '',
        },
      ]

const usersIn = (lookup: UserLookup): readonly LicensedUser[] => {
  if (lookup.kind === 'found') return [lookup.user]
  return lookup.kind === 'ambiguous' ? lookup.candidates : []
}

/** Cisco Webex as a {@link LicenseProvider}. */
export const createWebexProvider = (config: WebexConfig, runtime: ProviderRuntime = {}): LicenseProvider => {
  const access = openWebexAccess(config, runtime)
  const { client, areHidden, organizationUuid } = watchPeople(clientOf(access))
  const { provider, clock, events } = access
  const { userSource: source = 'both', scim = false } = config
  const spellings = createLicenseSpellings()
  const { learn, spelled } = spellings

  const listLicenses = (request: Lists.ListRequest = {}): Paged<License> =>
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

  const holderPages = { configured: config.pageSize, most: MAX_HOLDERS_PER_PAGE }

  const listHolders = (licenseId: string, request: Lists.ListRequest = {}): Paged<Holder> =>
    Lists.byToken(
      access,
      {
        operation: 'GET /v1/licenses/{licenseId}',
        of: idKey(licenseId),
        keyOf: ({ userId }) => idKey(userId),
        pageSize: holderPages,
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

  /** Users by way of the holders of every license. `openDirectory` reads what they are joined with, beside them. */
  async function* walkLicenses(
    request: UsersRequest,
    { scope, ids, progress }: Pick<HolderWalk, 'ids' | 'progress'> & { readonly scope: RequestScope },
    openDirectory?: (scope: RequestScope) => Promise<PeopleDirectory> | undefined,
  ): Lists.Walk<LicensedUser> {
    const { budget } = access
    const holders = {
      clock,
      budget,
      holdersOf: listHolders,
      ids,
      pageSize: Math.min(config.pageSize ?? MAX_HOLDERS_PER_PAGE, MAX_HOLDERS_PER_PAGE),
      progress,
    }
    if (request.licenses !== undefined) {
      const { licenses } = request
      const directory = openDirectory?.(scope)
      return yield* walkHolders({ ...holders, directory, licenses, listing: { pages: 0 } }, request, scope)
    }
    const listed = await toReadonlyArray(listLicenses(scope))()
    if (E.isLeft(listed)) return yield listed
    // Holders of a license that could not be read are missing. The other licenses are exact.
    const { items: licenses, ledger } = listed.right
    const { pages, undecodable, gaps, remarks, verdict } = ledger
    const listing = {
      pages,
      undecodable,
      remarks,
      gaps: gaps.map((gap) => ({ ...gap, licenseId: '' })),
      changed: verdict === 'mismatch',
    }
    yield* walkHolders({ ...holders, directory: openDirectory?.(scope), licenses, listing }, request, scope)
  }

  const listHoldersOfAll = (
    operation: string,
    request: UsersRequest,
    { openDirectory, readMemberships }: JoinedReaders = {},
  ): Paged<LicensedUser> =>
    Lists.createPaged(
      {
        provider,
        operation,
        clock,
        events,
        notResumable: NOT_RESUMABLE,
        walk: ({ scope, ids, progress }) => {
          let directory: Promise<PeopleDirectory> | undefined
          const openOnce = (own: RequestScope) => {
            directory ??= openDirectory?.(own, ids)
            return directory
          }
          const users = walkLicenses(request, { scope, ids, progress }, openOnce)
          if (readMemberships === undefined || config.hybridMemberships !== true) return users
          learn(request.licenses ?? [])
          return joinMemberships(users, () => readMemberships('User', scope), {
            provider,
            spelled,
            directory: () => directory,
          })
        },
      },
      request,
    )

  /**
   * People of the organization: all, or those with an address, usually one of them, on one page. People of another organization
   * may be holders here: only the list of holders has them.
   */
  const listPeople = <A extends { readonly id: string }>(
    email: string | undefined,
    pageOf: (page: LinkedPage<Person>, what: string) => Lists.TokenPage<A>,
    request: Lists.ListRequest,
  ): Paged<A> =>
    Lists.byToken(
      access,
      {
        operation: 'GET /v1/people',
        keyOf: ({ id }) => idKey(id),
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
  const listUsersAmongPeople = (request: Lists.ListRequest): Paged<LicensedUser> =>
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
    )

  const accounts = scim
    ? createAccountReader({
        provider,
        clock,
        events,
        client,
        organizationUuid: () => access.organization.uuid ?? organizationUuid(),
        pageSize: config.pageSize,
      })
    : undefined

  const openDirectory = readPeopleDirectory({
    people: (scope, ids) =>
      listPeople(
        undefined,
        (page, what) => {
          const read = tokenPageOf(page, what, identity<Person>)
          return { ...read, gaps: [...read.gaps, ...gapOfOthers(page, what)] }
        },
        { ...scope, ids },
      ),
    accounts,
    isOrganizationKnown: access.organization.uuid !== undefined,
  })

  const listPeopleWith = (email: string | undefined, scope: RequestScope): Paged<Person> =>
    listPeople(email, (page, what) => tokenPageOf(page, what, identity<Person>), scope)

  const listUsers = (request: UsersRequest = {}): Paged<LicensedUser> => {
    if (source === 'people') {
      learn(request.licenses ?? [])
      return listUsersAmongPeople(request)
    }
    return listHoldersOfAll('listUsers', request, {
      openDirectory: source === 'both' ? openDirectory : undefined,
      readMemberships,
    })
  }

  const joined: JoinedSources = {
    access,
    config,
    pageOf: (page, what, map) => {
      const read = tokenPageOf(page, what, map)
      return {
        ...read,
        gaps: [...read.gaps, ...gapOfOthers(page, what), ...gapOfOtherLicenses(page, what, 'workspace', 'workspaces')],
      }
    },
  }
  const readMemberships = createMembershipReader({ ...joined, client, config })
  const listWorkspaces = createWorkspaceList({ ...joined, client, config, listLicenses, spelled, readMemberships })

  const findAmongAll = createUsersFinder({
    provider,
    client,
    people: listPeopleWith,
    holders: (scope) => listHoldersOfAll('getUser', scope),
  })
  /** What the list of users has besides, with the licenses as the list of licenses writes them. */
  const completed = async (lookups: readonly UserLookup[], scope: RequestScope): Promise<readonly UserLookup[]> => {
    const ids = lookups.flatMap((lookup) => usersIn(lookup).map(({ id }) => id))
    const read = ids.length === 0 ? undefined : await accounts?.of(ids, scope)
    const complete = (user: LicensedUser): LicensedUser => withAccount(spelled(user), read?.entryOf(user.id))
    return lookups.map((lookup) => {
      if (lookup.kind === 'found') return { ...lookup, user: complete(lookup.user) }
      return lookup.kind === 'ambiguous' ? { ...lookup, candidates: lookup.candidates.map(complete) } : lookup
    })
  }

  return createProvider(access, {
    vendor: 'webex',
    displayName: config.displayName ?? 'Webex',
    capabilities: capabilitiesFor(source, config),
    listLicenses,
    getLicense: (licenseId, scope) =>
      pipe(
        client.getLicense(licenseId, {}, scope),
        TE.map(({ license }) => licenseOf(provider)(license)),
      ),
    listUsers,
    findUsers: (users, scope) => async () => completed(await findAmongAll(users, scope)(), scope),
    listHolders,
    listWorkspaces,
    changes: webexChanges(access, client, spellings),
    reviewChanges: createReview(areHidden),
  })
}
