import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { isRecord } from '../model/is-record.ts'
import type { LicenseError } from '../model/license-error.ts'
import { problemInOptions } from '../model/option-checks.ts'
import { callChecks, problemInRequest } from '../paging/call-checks.ts'
import { type Paged, pagedFrom } from '../paging/paged.ts'
import type { PageRequest, RequestOptions } from '../paging/request.ts'
import type { LicenseProvider } from './license-provider.ts'

const problemInLicenseId = (licenseId: unknown): string | undefined =>
  typeof licenseId === 'string' ? undefined : 'licenseId: expected a text'

const problemInReference = (user: unknown): string | undefined =>
  isRecord(user) && typeof ('id' in user ? user.id : user.email) === 'string'
    ? undefined
    : 'user: expected an id or an e-mail address, as a text'

export const problemInReferences = (users: unknown): string | undefined =>
  Array.isArray(users) && users.every((user) => problemInReference(user) === undefined)
    ? undefined
    : 'users: expected a list of ids and e-mail addresses, as texts'

/**
 * The same provider for callers without types: a wrong argument is `RequestRejected`, without a request, and nothing is
 * thrown.
 */
export const checkedCalls = (provider: LicenseProvider): LicenseProvider => {
  const { findUsers, listHolders, listWorkspaces } = provider
  const rejected = (operation: string, message: string): LicenseError => ({
    _tag: 'RequestRejected',
    provider: provider.id,
    operation,
    message,
  })
  const call = <A>(
    operation: string,
    problem: string | undefined,
    options: RequestOptions,
    run: () => TE.TaskEither<LicenseError, A>,
  ): TE.TaskEither<LicenseError, A> => {
    const wrong = problem ?? problemInOptions(callChecks, options)
    return wrong === undefined ? run() : TE.left(rejected(operation, wrong))
  }
  const list = <A>(
    operation: string,
    problem: string | undefined,
    request: PageRequest,
    open: () => Paged<A>,
  ): Paged<A> => {
    const wrong = problem ?? problemInRequest(request)
    if (wrong === undefined) return open()
    return pagedFrom({ provider: provider.id, operation }, {}, async function* () {
      yield E.left(rejected(operation, wrong))
    })
  }
  return {
    ...provider,
    listLicenses: (request = {}) => list('listLicenses', undefined, request, () => provider.listLicenses(request)),
    getLicense: (licenseId, options = {}) =>
      call('getLicense', problemInLicenseId(licenseId), options, () => provider.getLicense(licenseId, options)),
    listUsers: (request = {}) => list('listUsers', undefined, request, () => provider.listUsers(request)),
    getUser: (user, options = {}) =>
      call('getUser', problemInReference(user), options, () => provider.getUser(user, options)),
    ...(findUsers === undefined
      ? {}
      : {
          findUsers: (users, options = {}) =>
            call('findUsers', problemInReferences(users), options, () => findUsers(users, options)),
        }),
    ...(listHolders === undefined
      ? {}
      : {
          listHolders: (licenseId, request = {}) =>
            list('listHolders', problemInLicenseId(licenseId), request, () => listHolders(licenseId, request)),
        }),
    ...(listWorkspaces === undefined
      ? {}
      : {
          listWorkspaces: (request = {}) => list('listWorkspaces', undefined, request, () => listWorkspaces(request)),
        }),
  }
}
