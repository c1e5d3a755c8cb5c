import {
  createIdentifiers,
  hashOf,
  hashOfText,
  type IndexSet,
  joinedSet,
  periodicSet,
} from '../../../src/simulator-kit/index.ts'
import type { CatalogEntry } from './catalog.ts'
import { hydraId } from './hydra-id.ts'
import type { PlacedDevice, WebexBase } from './organization.ts'
import { locationIdOf } from './seeded-locations.ts'
import type { WebexWorkspace } from './world.ts'

interface SeededWorkspaces {
  readonly seed: number
  readonly users: number
  readonly uuid: string
  readonly catalog: readonly CatalogEntry[]
  /** When devices that are connected were seen, or shortly before, in milliseconds since the epoch. */
  readonly lastSeenAt: number
  /** By the key of the catalog. */
  readonly licenseIdOf: (key: string) => string
}

/** How many workspaces hold a license in an organization of that size. */
export const workspacesHolding = ({ workspacesPercent }: CatalogEntry, users: number): number =>
  workspacesPercent === undefined ? 0 : Math.max(1, Math.floor((users * workspacesPercent) / 100))

const LAST_SEEN = hashOfText('webex device last seen')
const HOUR_MS = 3_600_000
const CREATED = hashOfText('webex workspace created')
const FIRST_CREATED_AT = Date.UTC(2024, 0, 15, 9)
const CREATED_WITHIN_HOURS = 700 * 24
const HALF_A_YEAR_MS = 183 * 24 * HOUR_MS

/** Ways of calling that take no license of the list. */
const withoutLicense = ['none', 'freeCalling', 'thirdPartySipCalling'] as const

/** One workspace in five has no device, and one in ten has two. */
const hasDevice = (remainder: number): boolean => remainder % 5 !== 4
const hasTwo = (remainder: number): boolean => remainder === 0

/**
 * Workspaces that are computed, not stored: those that hold a license of Webex Calling, license by license, and then one
 * for a hundred members that hold none. Some have no place, some no device, and the devices of some expired long ago.
 * Which of them hold a license of room devices is not theirs to tell.
 */
export const seededWorkspaces = ({
  seed,
  users,
  uuid,
  catalog,
  lastSeenAt,
  licenseIdOf,
}: SeededWorkspaces): Pick<WebexBase, 'workspaces' | 'workspacesWith' | 'devices'> => {
  const ids = createIdentifiers(seed, `webex workspace of ${uuid}`)
  const deviceIds = createIdentifiers(seed, `webex device of ${uuid}`)
  const held = catalog
    .filter(({ workspacesAreUnlisted = false }) => !workspacesAreUnlisted)
    .map((entry) => ({ id: licenseIdOf(entry.key), workspaces: workspacesHolding(entry, users) }))
  const withLicense = held.reduce((sum, { workspaces }) => sum + workspaces, 0)
  const size = withLicense + Math.max(2, Math.floor(users / 100))

  const licenseAt = (place: number): string | undefined => {
    let before = 0
    for (const { id, workspaces } of held) {
      before += workspaces
      if (place < before) return id
    }
    return undefined
  }
  const isPhone = (place: number): boolean => place < withLicense && place % 2 === 0

  const workspaceAt = (place: number): WebexWorkspace | undefined => {
    if (place < 0 || place >= size) return undefined
    const license = licenseAt(place)
    const kind = isPhone(place) ? 'Shared phone' : 'Meeting room'
    return {
      id: hydraId('PLACE', ids.idOf(place)),
      displayName: `${kind} ${place + 1}`,
      created: new Date(
        FIRST_CREATED_AT + (hashOf(seed, CREATED, place) % CREATED_WITHIN_HOURS) * HOUR_MS,
      ).toISOString(),
      ...(place % 6 === 5 ? {} : { locationId: locationIdOf(uuid, place) }),
      supportedDevices: isPhone(place) ? 'phones' : 'collaborationDevices',
      ...(license === undefined
        ? {
            calling: withoutLicense[place % withoutLicense.length],
            ...(place % 2 === 0 ? { hybridLicenses: [licenseIdOf('CE')] } : {}),
          }
        : { licenses: [license] }),
    }
  }

  const lastSeenOf = (place: number, number: number): Pick<PlacedDevice, 'connectionStatus' | 'lastSeen'> => {
    if (place % 7 === 5) return { connectionStatus: 'activating' }
    const expired = place % 7 === 3
    const hours = hashOf(seed, LAST_SEEN, place * 2 + number) % 72
    const at = lastSeenAt - hours * HOUR_MS - (expired ? HALF_A_YEAR_MS : 0)
    return { connectionStatus: expired ? 'offline_expired' : 'connected', lastSeen: new Date(at).toISOString() }
  }
  const deviceAt =
    (number: number) =>
    (place: number): PlacedDevice => ({
      id: hydraId('DEVICE', deviceIds.idOf(place * 2 + number)),
      workspaceId: hydraId('PLACE', ids.idOf(place)),
      displayName: isPhone(place) ? `Phone ${place + 1}` : `Board ${place + 1}`,
      product: isPhone(place) ? 'Cisco 8845' : 'Cisco Room Kit',
      type: isPhone(place) ? 'phone' : 'roomdesk',
      ...lastSeenOf(place, number),
    })
  const first = periodicSet(size, 10, hasDevice)
  const second = periodicSet(size, 10, hasTwo)
  const devices: IndexSet = joinedSet(first, second)

  return {
    workspaces: { size, at: workspaceAt },
    workspacesWith: (licenseId) => held.find(({ id }) => id === licenseId)?.workspaces ?? 0,
    devices: {
      size: devices.size,
      at: (position) => {
        const place = devices.at(position)
        return place === undefined ? undefined : deviceAt(position < first.size ? 0 : 1)(place)
      },
    },
  }
}
