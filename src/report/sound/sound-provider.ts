import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { statedCapabilities } from '../../contract/capabilities.ts'
import { providerWith } from '../../contract/delegate.ts'
import { PROVIDER_EXPECTED } from '../../contract/given-provider.ts'
import { startTask } from '../../contract/given-results.ts'
import type { LicenseProvider } from '../../contract/license-provider.ts'
import { demand } from '../../model/invalid-input.ts'
import { isRecord } from '../../model/is-record.ts'
import type { LicenseError } from '../../model/license-error.ts'
import { inOneCall, type ListName, type Paged, pagedFrom } from '../../paging/paged.ts'
import type { PageRequest } from '../../paging/request.ts'
import { brokenContract, soundError, thrownByProvider } from './sound-account.ts'
import { soundLicense } from './sound-license.ts'
import { soundLookups } from './sound-lookups.ts'
import { soundPages } from './sound-pages.ts'
import { soundUser } from './sound-user.ts'
import { soundWorkspace } from './sound-workspace.ts'

type Sound<A> = (item: A, provider: string) => A | undefined

const soundList = <A>(open: () => Paged<A>, name: ListName, request: PageRequest, sound: Sound<A>): Paged<A> => {
  const pagesOf = (list: () => Pick<Paged<A>, 'pages'>) => soundPages(list, name, (item) => sound(item, name.provider))
  return {
    ...pagedFrom(name, request, () => pagesOf(open)),
    asOneCall: () => {
      let call: Pick<Paged<A>, 'pages'> | undefined
      const ofCall = () => {
        call ??= inOneCall(open())
        return call
      }
      return { pages: () => pagesOf(ofCall) }
    },
  }
}

const soundCall =
  <A>(call: () => TaskEither<LicenseError, A>, name: ListName, sound: Sound<A>): TaskEither<LicenseError, A> =>
  async () => {
    try {
      const result = await startTask(call())
      if (E.isLeft(result)) return E.left(soundError(result.left, name))
      const one = sound(result.right, name.provider)
      return one === undefined
        ? E.left(brokenContract(name, 'it gave something else than was asked for'))
        : E.right(one)
    } catch (thrown) {
      return E.left(thrownByProvider(name, thrown))
    }
  }

/**
 * The same provider as the contract has it, for those who did not write it: what it throws is a failure, and an item that is not
 * one of the contract is a gap. Reports, plans and snapshots do this by themselves. Changes are passed on as they are.
 */
export const soundProvider = (provider: LicenseProvider): LicenseProvider => {
  demand(isRecord(provider), 'provider', PROVIDER_EXPECTED)
  const { id, findUsers, listHolders, listWorkspaces } = provider
  const named = (operation: string): ListName => ({ provider: id, operation })
  return providerWith(provider, {
    capabilities: statedCapabilities(provider.capabilities),
    listLicenses: (request = {}) =>
      soundList(() => provider.listLicenses(request), named('listLicenses'), request, soundLicense),
    getLicense: (licenseId, options) =>
      soundCall(() => provider.getLicense(licenseId, options), named('getLicense'), soundLicense),
    listUsers: (request = {}) => soundList(() => provider.listUsers(request), named('listUsers'), request, soundUser),
    getUser: (user, options) => soundCall(() => provider.getUser(user, options), named('getUser'), soundUser),
    findUsers: findUsers && ((users, options = {}) => soundLookups(provider, users, options)),
    listHolders:
      listHolders &&
      ((licenseId, request = {}) =>
        soundList(
          () => listHolders.call(provider, licenseId, request),
          named('listHolders'),
          request,
          (item) => item,
        )),
    listWorkspaces:
      listWorkspaces &&
      ((request = {}) =>
        soundList(() => listWorkspaces.call(provider, request), named('listWorkspaces'), request, soundWorkspace)),
  })
}
