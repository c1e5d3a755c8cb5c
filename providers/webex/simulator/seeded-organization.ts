import {
  createIdentifiers,
  createPopulation,
  fractionOf,
  hashOf,
  hashOfText,
  type IndexSet,
  joinedSet,
  periodicSet,
  shiftedSet,
} from '../../../src/simulator-kit/index.ts'
import { type CatalogEntry, catalog, hybrid } from './catalog.ts'
import { hydraId, uuidOf, webexLicenseId } from './hydra-id.ts'
import { PERIOD, profileOf } from './member-profile.ts'
import type { WebexBase } from './organization.ts'
import { locationIdOf } from './seeded-locations.ts'
import { seededWorkspaces, workspacesHolding } from './seeded-workspaces.ts'
import type { WebexCalling, WebexIdentity, WebexLicenseDefinition, WebexPerson } from './world.ts'

export interface SeededWebexOptions {
  readonly seed: number
  /** Members; externals come on top. */
  readonly users: number
  readonly name: string
  /** The uuid of the organization. */
  readonly uuid: string
  /** No user is active later, in milliseconds since the epoch. */
  readonly activeUntil: number
}

const ACTIVITY = hashOfText('webex activity')
const DEPARTMENT = hashOfText('webex department')
const CREATED = hashOfText('webex created')

const departments = ['Customer Care', 'Technical Support', 'Sales', 'Back Office', 'Collections']
const HOUR_MS = 3_600_000
const FIRST_CREATED_AT = Date.UTC(2019, 0, 7, 9)
/** Six years. */
const CREATED_WITHIN_HOURS = 52_560
/** Every so many accounts are awkward: without the enterprise extension, with a status that nothing is known of. */
const WITHOUT_EXTENSION_EVERY = 31
const ODD_STATUS_EVERY = 47
const TEAM = 12
/** External guests hold meetings licenses, turn by turn on one site, on the other, and on both. */
const guestLicenses: readonly (readonly string[])[] = [['EE-emea'], ['EE-apac'], ['EE-emea', 'EE-apac']]

/** The licenses' uuids: the same everywhere for what comes free, an organization's own for what is purchased. */
const licenseIdOf = (entry: CatalogEntry, seed: number, organizationUuid: string): string => {
  const space = `webex license ${entry.key}`
  const uuid =
    entry.subscription === undefined
      ? createIdentifiers(0, space).idOf(0)
      : createIdentifiers(seed, `${space} of ${organizationUuid}`).idOf(0)
  const { offerCode, site } = entry
  return webexLicenseId({
    organizationUuid,
    offerCode,
    uuid,
    ...(site === undefined ? {} : { siteUrl: `${site}.webex.example.com` }),
  })
}

const unitsOf = ({ seats }: CatalogEntry, members: number, consumed: number): number => {
  if (seats.kind === 'fixed') return seats.units
  if (seats.kind === 'perMember') return members
  return seats.factor < 1
    ? Math.max(1, Math.floor(consumed * seats.factor))
    : Math.ceil((consumed * seats.factor) / 5) * 5
}

/** Each user of Webex Calling has an extension, and two in three have a number. */
const callingOf = (index: number, organizationUuid: string): WebexCalling => ({
  locationId: locationIdOf(organizationUuid, index),
  extension: String(10_000 + index),
  ...(index % 3 === 0 ? {} : { phoneNumber: `+1555${String(index).padStart(7, '0')}` }),
})

/**
 * An organization of any size that is computed, not stored. Its members are people of the seed that begin a quarter
 * into the numbers of its size, so that most, not all, are also in another vendor's organization of that size; one
 * external guest for every fifty members comes after them. What members hold repeats every {@link PERIOD} of them.
 */
export const seededWebexOrganization = ({ seed, users, name, uuid, activeUntil }: SeededWebexOptions): WebexBase => {
  const firstPerson = Math.floor(users / 4)
  const guests = Math.max(1, Math.floor(users / 50))
  const population = createPopulation({
    seed,
    idSpace: 'webex person',
    domainOf: (index) => (index < firstPerson + users ? 'example.com' : 'guests.example.org'),
  })
  const ids = new Map(catalog.map((entry) => [entry.key, licenseIdOf(entry, seed, uuid)]))
  const keys = new Map(catalog.map((entry) => [ids.get(entry.key) ?? '', entry.key]))
  const toIds = (licenses: readonly string[]) => licenses.flatMap((key) => ids.get(key) ?? [])
  const profiles = Array.from({ length: PERIOD }, (_, remainder) => profileOf(seed, remainder))
  const licensesOfMembers = profiles.map(({ licenses }) => toIds(licenses))
  const licensesOfGuests = guestLicenses.map(toIds)

  const holders = new Map<string, IndexSet>()
  const holdersOfKey = (key: string): IndexSet => {
    const members = periodicSet(users, PERIOD, (remainder) => profiles[remainder]?.licenses.includes(key) ?? false)
    const external = periodicSet(guests, guestLicenses.length, (turn) => guestLicenses[turn]?.includes(key) ?? false)
    return external.size === 0 ? members : joinedSet(members, shiftedSet(external, users))
  }
  const holdersOf = (licenseId: string): IndexSet => {
    const known = holders.get(licenseId) ?? holdersOfKey(keys.get(licenseId) ?? '')
    holders.set(licenseId, known)
    return known
  }

  const definitionOf = (entry: CatalogEntry): WebexLicenseDefinition => {
    const id = ids.get(entry.key) ?? ''
    const workspaces = workspacesHolding(entry, users)
    const units = unitsOf(entry, users, holdersOf(id).size + workspaces)
    return {
      id,
      name: entry.name,
      totalUnits: units,
      ...(entry.workspacesAreUnlisted === true ? { workspaces } : {}),
      ...(entry.counters === undefined ? {} : { counters: entry.counters }),
      ...(entry.counters === hybrid ? { hybrid: true } : {}),
      ...(entry.subscription === undefined ? {} : { subscriptionId: `Sub-simulated-${entry.subscription}` }),
      ...(entry.site === undefined
        ? {}
        : { siteUrl: `${entry.site}.webex.example.com`, siteType: 'Control Hub managed site' }),
    }
  }

  const identityOf = (user: number): WebexIdentity => {
    const department = hashOf(seed, DEPARTMENT, user) % departments.length
    const manager = population.person(firstPerson + user - (user % TEAM))
    return {
      ...(user % ODD_STATUS_EVERY === ODD_STATUS_EVERY - 1 ? { accountStatus: 'transient' } : {}),
      enterprise:
        user % WITHOUT_EXTENSION_EVERY === WITHOUT_EXTENSION_EVERY - 1
          ? null
          : {
              costCenter: `CC-${100 + department}`,
              department: departments[department],
              ...(user % 5 === 4 ? {} : { division: department < 2 ? 'Service' : 'Operations' }),
              employeeNumber: String(100_000 + firstPerson + user),
              ...(user % TEAM === 0 ? {} : { manager: { value: manager.id, displayName: manager.displayName } }),
            },
    }
  }

  const personAt = (user: number): WebexPerson | undefined => {
    if (user < 0 || user >= users + guests) return undefined
    const { id, displayName, email } = population.person(firstPerson + user)
    const base = { id: hydraId('PEOPLE', id), displayName, email }
    if (user >= users) return { ...base, type: 'EXTERNAL' }
    const { loginEnabled = true, invitePending = false } = profiles[user % PERIOD] ?? {}
    const activity = fractionOf(seed, ACTIVITY, user)
    const quiet = Math.floor((activity - 0.1) ** 3 * 15_000) * HOUR_MS
    return {
      ...base,
      loginEnabled,
      invitePending,
      created: new Date(
        FIRST_CREATED_AT + (hashOf(seed, CREATED, user) % CREATED_WITHIN_HOURS) * HOUR_MS,
      ).toISOString(),
      identity: identityOf(user),
      department: departments[hashOf(seed, DEPARTMENT, user) % departments.length] ?? '',
      ...(profiles[user % PERIOD]?.licenses.includes('BCSTD') ? { calling: callingOf(firstPerson + user, uuid) } : {}),
      ...(activity < 0.1 || invitePending ? {} : { lastActivity: new Date(activeUntil - quiet).toISOString() }),
    }
  }
  const userOfIndex = (index: number | undefined): number | undefined => {
    const user = (index ?? -1) - firstPerson
    return index !== undefined && user >= 0 && user < users + guests ? user : undefined
  }

  return {
    uuid,
    name,
    licenses: catalog.map(definitionOf),
    people: periodicSet(users, 1, () => true),
    users: users + guests,
    personAt,
    userOf: (id) => userOfIndex(population.indexOfId(uuidOf('PEOPLE', id) ?? '')),
    usersOfEmail: (email) => {
      const user = userOfIndex(population.indexOfEmail(email))
      return user === undefined ? [] : [user]
    },
    rawOf: () => undefined,
    rawHoldersOf: () => [],
    ...seededWorkspaces({ seed, users, uuid, licenseIdOf: (key) => ids.get(key) ?? '' }),
    licensesOf: (user) =>
      (user < users ? licensesOfMembers[user % PERIOD] : licensesOfGuests[(user - users) % guestLicenses.length]) ?? [],
    holdersOf,
  }
}
