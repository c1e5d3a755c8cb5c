import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  Calls,
  gapLines,
  isWhole,
  Lists,
  type RequestScope,
  Values,
  type Workspace,
} from '../../src/provider-kit/index.ts'
import type { WebexAccess } from './access.ts'
import type { WebexClient } from './client.ts'
import type { Device } from './codecs.ts'
import type { WebexConfig } from './config.ts'
import { idKey } from './hydra-id.ts'
import type { PageOf } from './list-workspaces.ts'
import { configuredRows } from './workspace-listings.ts'

/** What a workspace has in devices. */
type Devices = { readonly devices: number } & Pick<Workspace, 'lastSeenAt'>

/** The devices of a workspace, by its id. */
export type DevicesOf = (workspaceId: string) => Devices

interface DeviceSources {
  readonly access: WebexAccess
  readonly client: Pick<WebexClient, 'listDevices'>
  readonly config: Pick<WebexConfig, 'pageSize'>
  readonly pageOf: PageOf
}

const NONE: Devices = { devices: 0 }

const later = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other > one) ? other : one

const withDevice = (known: Devices, { lastSeen }: Device): Devices => {
  const lastSeenAt = later(known.lastSeenAt, lastSeen ? Values.toldMomentOf(lastSeen) : undefined)
  return { devices: known.devices + 1, ...(lastSeenAt === undefined ? {} : { lastSeenAt }) }
}

/**
 * Reads all devices of the organization. A part of them would show fewer than a workspace has, and times that are too old:
 * then a `Left` says why, as a sentence for people.
 */
export const createDeviceReader =
  ({ access, client, config, pageOf }: DeviceSources) =>
  async (scope: RequestScope): Promise<E.Either<string, DevicesOf>> => {
    const { clock } = access
    const list = Lists.byToken<Device>(
      access,
      {
        operation: 'GET /v1/devices',
        keyOf: ({ id }) => idKey(id),
        ...configuredRows(config),
        fetch:
          ({ scope: own }) =>
          ({ pageSize: max, ...ask }) =>
            pipe(
              client.listDevices({ ...ask, max }, own),
              TE.map((page) => pageOf(page, 'a page of the devices', (device) => device)),
            ),
      },
      Calls.within(scope, clock),
    )
    const byWorkspace = new Map<string, Devices>()
    const { value, ledger, error } = await Lists.collectOnce<Device, Map<string, Devices>>(
      () => byWorkspace,
      (known, device) => {
        if (!device.workspaceId) return known
        const key = idKey(device.workspaceId)
        return known.set(key, withDevice(known.get(key) ?? NONE, device))
      },
    )(list)()
    if (error === undefined && isWhole(ledger)) return E.right((id) => value.get(idKey(id)) ?? NONE)
    const reason = error?.message ?? gapLines(ledger).join('; ')
    return E.left(`the devices of workspaces are unknown, as not all devices could be read: ${reason}`)
  }
