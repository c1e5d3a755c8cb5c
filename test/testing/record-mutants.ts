import * as TE from 'fp-ts/lib/TaskEither.js'
import { known, type License, type LicenseError, Lists, supported, unsupported } from '../../src/provider-kit/index.ts'
import type { ConformanceHarness } from '../../src/testing/index.ts'
import { inMemoryHarness } from './in-memory-harness.ts'
import { listName, type Mutant, type Mutate, secret, without, withRequest, withUsers } from './mutant.ts'

const withLeft =
  (change: (error: LicenseError) => LicenseError): Mutate =>
  (provider) => ({
    ...provider,
    getLicense: (id, options) => TE.mapLeft(change)(provider.getLicense(id, options)),
    getUser: (user, options) => TE.mapLeft(change)(provider.getUser(user, options)),
  })

const never = (): never => {
  throw new Error('the in-memory provider lists holders')
}

const listing =
  (change: (license: License) => License): Mutate =>
  (provider) => ({
    ...provider,
    listLicenses: (request = {}) =>
      Lists.changeItems(provider.listLicenses(request), listName, request, () => (licenses) => licenses.map(change)),
  })

/** A vendor with a license of which no list names some holders. */
const omittingHarness: ConformanceHarness = {
  ...inMemoryHarness,
  asInCatalog: ({ id }) => (id === 'license-second' ? { omits: ['common areas are not listed'] } : {}),
}

/** Users, licenses, holders, descriptions and failures that are wrong. */
export const recordMutants: readonly Mutant[] = [
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
    defect: 'does not say that no list names some holders of a license',
    killedBy: 'licenses/truth',
    saying: 'license license-second has holders whom no list names (common areas are not listed), and does not say so',
    harness: omittingHarness,
    mutate: listing((license) => ({ ...license, omits: [] })),
  },
  {
    defect: 'says of every license that no list names some of its holders',
    killedBy: 'licenses/truth',
    saying: 'license license-main.omits is "guests are not listed", and the lists name all of its holders',
    harness: omittingHarness,
    mutate: listing((license) => ({ ...license, omits: ['guests are not listed'] })),
  },
  {
    defect: 'has no capabilities',
    killedBy: 'description/identity',
    saying: 'the provider has no `capabilities`',
    mutate: (provider) => ({ ...provider, capabilities: undefined as never }),
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
    defect: 'puts undefined where nothing is',
    killedBy: 'lists/json',
    saying: 'it does not survive JSON: it.users.0.raw is missing',
    mutate: withUsers((users) => users.map((user) => ({ ...user, raw: undefined }))),
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
    defect: 'tells zero where it knows nothing',
    killedBy: 'licenses/truth',
    saying: 'license license-main.consumed.value is 0, not 16',
    mutate: (provider) => ({
      ...provider,
      listLicenses: (request = {}) =>
        Lists.changeItems(
          provider.listLicenses(request),
          listName,
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
          listName,
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
