import * as E from 'fp-ts/lib/Either.js'
import { type RequestScope, Values, type Workspace } from '../../src/provider-kit/index.ts'
import type { WebexClient } from './client.ts'
import type { Device } from './codecs.ts'
import { idKey } from './hydra-id.ts'
import { type JoinedSources, readAllOf } from './whole-list.ts'

/** What a workspace has in devices. */
type Devices = { readonly devices: number } & Pick<Workspace, 'lastSeenAt'>

/** The devices of a workspace, by its id. */
export type DevicesOf = (workspaceId: string) => Devices

interface DeviceSources extends JoinedSources {
  readonly client: Pick<WebexClient, 'listDevices'>
}

const NONE: Devices = { devices: 0 }

const later = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other > one) ? other : one

const withDevice = (known: Devices, { lastSeen }: Device): Devices => {
  const lastSeenAt = later(known.lastSeenAt, lastSeen ? Values.toldMomentOf(lastSeen) : undefined)
  return { devices: known.devices + 1, ...(lastSeenAt === undefined ? {} : { lastSeenAt }) }
}

/** Reads all devices of the organization; a `Left` says why they are not known, as a sentence for people. */
export const createDeviceReader =
  (sources: DeviceSources) =>
  async (scope: RequestScope): Promise<E.Either<string, DevicesOf>> => {
    const read = await readAllOf<Device, Map<string, Devices>>(
      sources,
      {
        operation: 'GET /v1/devices',
        what: 'devices',
        fetch: sources.client.listDevices,
        initial: () => new Map(),
        step: (known, device) => {
          if (!device.workspaceId) return known
          const key = idKey(device.workspaceId)
          return known.set(key, withDevice(known.get(key) ?? NONE, device))
        },
      },
      scope,
    )
    return E.isLeft(read)
      ? E.left(`the devices of workspaces are unknown, as not all devices could be read: ${read.left}`)
      : E.right((id) => read.right.get(idKey(id)) ?? NONE)
  }
