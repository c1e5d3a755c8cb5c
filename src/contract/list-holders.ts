import { demand } from '../model/invalid-input.ts'
import type { Holder, LicensedUser, WorkspaceHolder } from '../model/licensed-user.ts'
import type { Workspace } from '../model/workspace.ts'
import { changeItems, type Paged } from '../paging/paged.ts'
import type { PageRequest } from '../paging/request.ts'
import { boundedProvider } from './bounded-provider.ts'
import { isProvider, PROVIDER_EXPECTED } from './given-provider.ts'
import type { LicenseProvider } from './license-provider.ts'

const asHolder =
  (licenseId: string) =>
  ({ provider, id, kind, status, displayName, email, raw }: LicensedUser): Holder => ({
    provider,
    userId: id,
    licenseId,
    kind,
    status,
    ...(displayName === undefined ? {} : { displayName }),
    ...(email === undefined ? {} : { email }),
    ...(raw === undefined ? {} : { raw }),
  })

/**
 * The users who hold one license, from any provider: as the vendor lists them where it can, else picked out of all users.
 * Then the ledger is that of the list of users. Workspaces that hold it: see {@link listWorkspaceHolders}.
 */
export const listHolders = (provider: LicenseProvider, licenseId: string, request: PageRequest = {}): Paged<Holder> => {
  demand(isProvider(provider), 'provider', PROVIDER_EXPECTED)
  const bounded = boundedProvider(provider)
  return (
    bounded.listHolders?.(licenseId, request) ??
    changeItems(
      bounded.listUsers(request),
      { provider: provider.id, operation: 'listHolders' },
      request,
      () => (users) => users.filter((user) => user.licenseIds.includes(licenseId)).map(asHolder(licenseId)),
    )
  )
}

const asWorkspaceHolder =
  (licenseId: string) =>
  ({ id, licenseIds, likelyLicenseIds, devices, createdAt, raw, ...workspace }: Workspace): WorkspaceHolder => ({
    ...workspace,
    workspaceId: id,
    licenseId,
    kind: 'workspace',
  })

/**
 * The workspaces that hold one license, picked out of all workspaces; undefined where the provider lists none. The ledger is
 * that of the list of workspaces.
 */
export const listWorkspaceHolders = (
  provider: LicenseProvider,
  licenseId: string,
  request: PageRequest = {},
): Paged<WorkspaceHolder> | undefined => {
  const workspaces = boundedProvider(provider).listWorkspaces?.(request)
  return (
    workspaces &&
    changeItems(
      workspaces,
      { provider: provider.id, operation: 'listWorkspaces' },
      request,
      () => (all) => all.filter(({ licenseIds }) => licenseIds.includes(licenseId)).map(asWorkspaceHolder(licenseId)),
    )
  )
}
