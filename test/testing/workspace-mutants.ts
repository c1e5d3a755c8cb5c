import * as E from 'fp-ts/lib/Either.js'
import {
  type LicensedUser,
  type LicenseProvider,
  Lists,
  type Paged,
  type PageRequest,
  type Workspace,
} from '../../src/provider-kit/index.ts'
import type { Mutant, Mutate } from './mutant.ts'

const name = { provider: 'memory', operation: 'listWorkspaces' }

type ListWorkspaces = NonNullable<LicenseProvider['listWorkspaces']>

/** A provider with another way of listing workspaces, made of the one that it has. */
const withListing =
  (change: (listWorkspaces: ListWorkspaces, request: PageRequest) => Paged<Workspace>): Mutate =>
  (provider) => {
    const { listWorkspaces } = provider
    if (listWorkspaces === undefined) throw new Error('the in-memory provider lists workspaces')
    return { ...provider, listWorkspaces: (request = {}) => change(listWorkspaces, request) }
  }

const without = (field: keyof PageRequest): Mutate =>
  withListing((listWorkspaces, request) => listWorkspaces({ ...request, [field]: undefined }))

const strayUser: LicensedUser = {
  provider: 'memory',
  id: 'workspace-1',
  kind: 'internal',
  status: 'active',
  licenseIds: ['license-main'],
  pendingLicenseIds: [],
}

/** The list of workspaces with defects. */
export const workspaceMutants: readonly Mutant[] = [
  {
    defect: 'takes the first page of workspaces for all',
    killedBy: 'workspaces/truth',
    saying: 'workspace workspace-4 is missing',
    mutate: withListing((listWorkspaces, request) =>
      Lists.pagedFrom(name, request, async function* () {
        for await (const step of listWorkspaces(request).pages()) {
          if (E.isLeft(step)) return yield step
          const { continuation: _, ...page } = step.right
          return yield E.right({ ...page, ledger: { ...page.ledger, verdict: 'unverifiable' as const } })
        }
      }),
    ),
  },
  {
    defect: 'gives workspaces one license each',
    killedBy: 'workspaces/truth',
    saying: 'workspace workspace-2.licenseIds',
    mutate: withListing((listWorkspaces, request) =>
      Lists.changeItems(
        listWorkspaces(request),
        name,
        request,
        () => (all) => all.map((workspace) => ({ ...workspace, licenseIds: workspace.licenseIds.slice(0, 1) })),
      ),
    ),
  },
  {
    defect: 'starts the list of workspaces anew for a continuation',
    killedBy: 'workspaces/continuation',
    saying: 'the rest',
    mutate: without('continuation'),
  },
  {
    defect: 'lists workspaces in pages that are longer than was asked for',
    killedBy: 'workspaces/page-size',
    saying: 'was delivered where',
    mutate: without('pageSize'),
  },
  {
    defect: 'lists workspaces whatever the signal says',
    killedBy: 'workspaces/stopping',
    saying: 'listWorkspaces did not fail with Aborted',
    mutate: without('signal'),
  },
  {
    defect: 'lists no workspaces where it may not',
    killedBy: 'workspaces/permissionDenied',
    saying: 'listWorkspaces did not fail with PermissionDenied',
    mutate: withListing((listWorkspaces, request) =>
      Lists.pagedFrom(name, request, async function* () {
        for await (const step of listWorkspaces(request).pages()) if (E.isRight(step)) yield step
      }),
    ),
  },
  {
    defect: 'lists a workspace among the users',
    killedBy: 'workspaces/no-users',
    saying: 'user workspace-1 does not exist at the vendor',
    mutate: (provider) => ({
      ...provider,
      listUsers: (request = {}) =>
        Lists.changeItems(provider.listUsers(request), name, request, () => {
          let isFirst = true
          return (users) => {
            const all = isFirst ? [...users, strayUser] : users
            isFirst = false
            return all
          }
        }),
    }),
  },
  {
    defect: 'states that it lists workspaces and has no way to',
    killedBy: 'description/methods',
    saying: 'listWorkspaces is supported, its method says otherwise',
    mutate: ({ listWorkspaces: _, ...provider }) => provider,
  },
]
