import * as TE from 'fp-ts/lib/TaskEither.js'
import { type LicenseProvider, Lists, type PageRequest } from '../../src/provider-kit/index.ts'
import type { Mutant, Mutate } from './mutant.ts'

/** A sound provider where its credential reaches nothing else. */
const reaching =
  (reach: (provider: LicenseProvider, other: LicenseProvider) => LicenseProvider): Mutate =>
  (provider, _, other) =>
    other === undefined ? provider : reach(provider, other)

const listing = { provider: 'memory', operation: 'list' }

const isTheirs = (id: string) => id.startsWith('their-')

export const oneOrganizationMutants: readonly Mutant[] = [
  {
    defect: 'lists the users of whatever its credential reaches',
    killedBy: 'organization/lists',
    saying: 'their-user-',
    mutate: reaching((provider, other) => ({
      ...provider,
      listUsers: (request = {}) =>
        Lists.pagedFrom(listing, request, async function* () {
          yield* other.listUsers(request).pages()
          yield* provider.listUsers(request).pages()
        }),
    })),
  },
  {
    defect: 'shows a license of another organization',
    killedBy: 'organization/ids',
    saying: 'getLicense their-license-',
    mutate: reaching((provider, other) => ({
      ...provider,
      getLicense: (id, options) => TE.orElse(() => other.getLicense(id, options))(provider.getLicense(id, options)),
    })),
  },
  {
    defect: 'shows a user of another organization',
    killedBy: 'organization/ids',
    saying: 'getUser their-user-',
    mutate: reaching((provider, other) => ({
      ...provider,
      getUser: (user, options) => TE.orElse(() => other.getUser(user, options))(provider.getUser(user, options)),
    })),
  },
  {
    defect: 'lists the holders of a license of another organization',
    killedBy: 'organization/ids',
    saying: 'listHolders their-license-',
    mutate: reaching((provider, other) => ({
      ...provider,
      listHolders: (id: string, request?: PageRequest) => {
        const { listHolders } = isTheirs(id) ? other : provider
        if (listHolders === undefined) throw new Error('the in-memory provider lists holders')
        return listHolders(id, request)
      },
    })),
  },
  {
    defect: 'goes on wherever a continuation leads',
    killedBy: 'organization/continuation',
    saying: 'a continuation shows user their-user-',
    mutate: reaching((provider, other) => ({
      ...provider,
      listUsers: (request = {}) => (request.continuation === undefined ? provider : other).listUsers(request),
    })),
  },
  {
    defect: 'changes what belongs to another organization',
    killedBy: 'organization/changing',
    saying: 'is applied, not refused',
    mutate: reaching((provider, other) => ({
      ...provider,
      async *changeAssignments(changes, request) {
        for (const change of changes) {
          const { changeAssignments } = isTheirs(change.licenseId) ? other : provider
          yield* changeAssignments?.([change], request) ?? []
        }
      },
    })),
  },
]
