import type * as E from 'fp-ts/lib/Either.js'
import type { Http, LicenseError } from '../../src/provider-kit/index.ts'
import type { WebexAccess } from './access.ts'
import { Device, licensesIn, Membership, Workspace } from './codecs.ts'
import type { WebexConfig } from './config.ts'
import type { LinkedList } from './list-places.ts'
import type { Listing } from './list-reader.ts'

/** How the rows of an answer of an operation are read. */
type ItemsIn = (path: string) => (response: Http.HttpResponse) => E.Either<LicenseError, readonly unknown[]>

const WORKSPACES = '/workspaces'
const DEVICES = '/devices'
const MEMBERSHIPS = '/resourceGroup/memberships/v2'

/** The scopes that these lists need. */
export const listingNeeds = {
  workspaces: ['spark-admin:workspaces_read'],
  devices: ['spark-admin:devices_read'],
  memberships: ['spark-admin:resource_group_memberships_read'],
}

/** Webex states no limit of these lists. More rows are not asked for, whatever is configured. */
export const MAX_WORKSPACES_PER_PAGE = 1_000

/** Rows on a page, where they are configured. */
export const configuredRows = ({ pageSize }: Pick<WebexConfig, 'pageSize'>) =>
  pageSize === undefined ? {} : { pageSize: { configured: pageSize, most: MAX_WORKSPACES_PER_PAGE } }

/** Parameters that would make another list of it. */
const noneOf = (...names: readonly string[]): LinkedList['fixed'] =>
  Object.fromEntries(names.map((name) => [name, undefined]))

/**
 * The lists of workspaces, of what stands in them, and of who has a hybrid license.
 *
 * Source: "Workspaces", "Devices" and "Resource Group Memberships" of the Webex API reference.
 */
export const workspaceListings = (
  { provider, apiUrl, orgId, organization }: WebexAccess,
  itemsIn: ItemsIn,
): {
  readonly workspaces: Listing<Workspace>
  readonly devices: Listing<Device>
  readonly memberships: (type: 'User' | 'Workspace') => Listing<Membership>
} => {
  /** A workspace without the licenses of another organization. Undefined: all of it is of another. */
  const ownWorkspace = (workspace: Workspace): Workspace | undefined => {
    const { orgId: its, calling } = workspace
    if (organization.isAnother(its)) return undefined
    const licenses = licensesIn(workspace) ?? []
    if (!licenses.some(organization.isOfAnother)) return workspace
    if (typeof its !== 'string' || !organization.isOwn(its)) return undefined
    const own = licenses.filter((id) => !organization.isOfAnother(id))
    return { ...workspace, calling: { ...calling, webexCalling: { licenses: own } } }
  }
  const listAt = (path: string, name: string): Omit<LinkedList, 'fixed'> => ({
    provider,
    operation: `GET /v1${path}`,
    name,
    apiUrl,
    path,
    orgId,
    pageSize: { parameter: 'max', most: MAX_WORKSPACES_PER_PAGE },
  })
  return {
    workspaces: {
      list: {
        ...listAt(WORKSPACES, 'workspaces'),
        offset: 'start',
        fixed: noneOf(
          'locationId',
          'workspaceLocationId',
          'floorId',
          'displayName',
          'type',
          'calling',
          'supportedDevices',
        ),
      },
      path: WORKSPACES,
      needs: listingNeeds.workspaces,
      rowsIn: itemsIn(WORKSPACES),
      record: Workspace,
      own: ownWorkspace,
    },
    devices: {
      list: {
        ...listAt(DEVICES, 'devices'),
        fixed: noneOf('personId', 'workspaceId', 'locationId', 'connectionStatus', 'product', 'type', 'tag'),
      },
      path: DEVICES,
      needs: listingNeeds.devices,
      rowsIn: itemsIn(DEVICES),
      record: Device,
      own: (device) => (organization.isAnother(device.orgId) ? undefined : device),
    },
    memberships: (type) => ({
      list: { ...listAt(MEMBERSHIPS, `memberships/${type}`), fixed: { type, ...noneOf('licenseId', 'id', 'status') } },
      path: MEMBERSHIPS,
      // The name follows that of the scope for changing them, which alone is documented.
      needs: listingNeeds.memberships,
      rowsIn: itemsIn(MEMBERSHIPS),
      record: Membership,
      own: (membership) => (organization.isOfAnother(membership.licenseId) ? undefined : membership),
    }),
  }
}
