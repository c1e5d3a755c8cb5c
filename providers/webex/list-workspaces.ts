import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  Answers,
  type Gap,
  type License,
  Lists,
  type Paged,
  type RequestScope,
  toReadonlyArray,
  type UsersRequest,
  Values,
  type Workspace,
} from '../../src/provider-kit/index.ts'
import type { WebexClient } from './client.ts'
import { idsIn, licensesIn, type Workspace as WebexWorkspace } from './codecs.ts'
import type { WebexConfig } from './config.ts'
import { createDeviceReader, type DevicesOf } from './devices.ts'
import { idKey } from './hydra-id.ts'
import type { LicenseSpellings } from './license-spellings.ts'
import type { LinkedPage } from './list-reader.ts'
import { workspaceOf } from './mapping.ts'
import type { createMembershipReader, HybridLicenses, Memberships } from './memberships.ts'
import type { JoinedSources } from './whole-list.ts'
import { configuredRows } from './workspace-listings.ts'

interface WorkspaceSources extends JoinedSources {
  readonly client: Pick<WebexClient, 'listWorkspaces' | 'listDevices'>
  readonly config: Pick<WebexConfig, 'devices' | 'pageSize'>
  readonly readMemberships: ReturnType<typeof createMembershipReader>
  readonly listLicenses: (request: Lists.ListRequest) => Paged<License>
  readonly spelled: LicenseSpellings['spelled']
}

/** A workspace with Webex Calling holds a license. One that names none holds more than is shown. */
const hiddenLicenses = ({ records }: LinkedPage<WebexWorkspace>): readonly Gap[] => {
  const hidden = records.filter((workspace) => licensesIn(workspace) === undefined).length
  return hidden === 0
    ? []
    : [
        {
          what: `the licenses of ${Values.quantity(hidden, 'workspace')}`,
          reason: 'not shown to these credentials',
        },
      ]
}

/**
 * A function that says whether a page leads on. One without a workspace that is new would be followed by others like it: an
 * offset that is ignored leads to the first page again, and again.
 */
const createEnd = (): ((page: LinkedPage<WebexWorkspace>) => boolean) => {
  const seen = new Set<string>()
  return ({ records }) => {
    const before = seen.size
    for (const { id } of records) seen.add(idKey(id))
    return records.length > 0 && seen.size === before
  }
}

/** An offset that is ignored would lead from a page without a readable record to the same page. */
const unreadable = (page: LinkedPage<WebexWorkspace>, provider: string): LinkedPage<WebexWorkspace> => {
  const { next, ...read } = page
  if (next === undefined || page.records.length > 0 || page.undecodable === 0) return page
  const operation = 'GET /v1/workspaces'
  return { ...read, endedBy: Answers.invalidResponse(provider, operation, ['no record of a page can be read']) }
}

const withLicenses = (workspace: Workspace, hybrid: HybridLicenses | undefined): Workspace =>
  hybrid === undefined
    ? workspace
    : { ...workspace, licenseIds: idsIn([...workspace.licenseIds, ...hybrid.licenseIds]) }

/** A room with a device for collaboration probably holds one of the licenses of such devices. */
const mayHoldDeviceLicense = ({ supportedDevices }: WebexWorkspace, devices: number): boolean =>
  supportedDevices === 'collaborationDevices' && devices > 0

/** What workspaces are joined with, read once in an iteration, and not before a workspace came. */
interface Besides {
  readonly devicesOf: DevicesOf | undefined
  /** The licenses of room devices. */
  readonly deviceLicenses: readonly string[]
  readonly hybridOf: Memberships['of']
  readonly remarks: readonly string[]
}

const NOTHING: Besides = { devicesOf: undefined, deviceLicenses: [], hybridOf: () => undefined, remarks: [] }

const once = <A>(task: T.Task<A>): T.Task<A> => {
  let running: Promise<A> | undefined
  return () => {
    running ??= task()
    return running
  }
}

/** The list of workspaces, with their devices where these are to be read. */
export const createWorkspaceList = (sources: WorkspaceSources): ((request?: UsersRequest) => Paged<Workspace>) => {
  const { access, client, config, listLicenses, spelled, pageOf, readMemberships } = sources
  const { provider } = access
  const readDevices = createDeviceReader(sources)

  const deviceLicensesOf = async ({ licenses }: UsersRequest, scope: RequestScope): Promise<readonly string[]> => {
    const listed =
      licenses ??
      (await pipe(
        toReadonlyArray(listLicenses(scope)),
        TE.match(
          () => [],
          ({ items }) => items,
        ),
      )())
    return listed.filter(({ holders }) => holders === 'notTold').map(({ id }) => id)
  }

  const readDevicesFor = async (request: UsersRequest, scope: RequestScope): Promise<Omit<Besides, 'hybridOf'>> => {
    if (config.devices !== true) return NOTHING
    const devices = await readDevices(scope)
    if (E.isLeft(devices)) return { ...NOTHING, remarks: [devices.left] }
    return { devicesOf: devices.right, deviceLicenses: await deviceLicensesOf(request, scope), remarks: [] }
  }

  const readBesides = async (request: UsersRequest, scope: RequestScope): Promise<Besides> => {
    const devices = await readDevicesFor(request, scope)
    const { of: hybridOf, remarks } = await readMemberships('Workspace', scope)
    return { ...devices, hybridOf, remarks: [...devices.remarks, ...remarks] }
  }

  const joined =
    (request: UsersRequest, { devicesOf, deviceLicenses, hybridOf }: Besides) =>
    (record: WebexWorkspace): Workspace => {
      const workspace = spelled(withLicenses(workspaceOf(provider, request.includeRaw)(record), hybridOf(record.id)))
      if (devicesOf === undefined) return workspace
      const { devices, lastSeenAt } = devicesOf(record.id)
      const isLikely = deviceLicenses.length > 0 && mayHoldDeviceLicense(record, devices)
      return {
        ...workspace,
        devices,
        ...(lastSeenAt === undefined ? {} : { lastSeenAt }),
        ...(isLikely ? { likelyLicenseIds: deviceLicenses } : {}),
      }
    }

  return (request = {}) =>
    Lists.byToken<Workspace>(
      access,
      {
        operation: 'GET /v1/workspaces',
        keyOf: ({ id }) => idKey(id),
        contentOf: ({ licenseIds }) => licenseIds,
        ...configuredRows(config),
        fetch: ({ scope }) => {
          const bringsNothingNew = createEnd()
          const besides = once(() => readBesides(request, scope))
          // The end shows by the order of pages, so that none is read ahead.
          return ({ pageSize: max, onNext: _, ...ask }) =>
            pipe(
              client.listWorkspaces({ ...ask, max }, scope),
              TE.flatMapTask((page): T.Task<Lists.TokenPage<Workspace>> => {
                if (bringsNothingNew(page)) return T.of({ items: [] })
                if (page.records.length === 0)
                  return T.of(pageOf(unreadable(page, provider), 'a page of the workspaces', joined(request, NOTHING)))
                return pipe(
                  besides,
                  T.map((known) => {
                    const read = pageOf(page, 'a page of the workspaces', joined(request, known))
                    return { ...read, gaps: [...(read.gaps ?? []), ...hiddenLicenses(page)], remarks: known.remarks }
                  }),
                )
              }),
            )
        },
      },
      request,
    )
}
