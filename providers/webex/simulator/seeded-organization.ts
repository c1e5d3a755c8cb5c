import {
  createIdentifiers,
  createPopulation,
  hashOf,
  hashOfText,
  type IndexSet,
  joinedSet,
  keepSome,
  periodicSet,
  shiftedSet,
} from '../../../src/simulator-kit/index.ts'
import type { WebexCast } from './cast.ts'
import { type CatalogEntry, hybrid } from './catalog.ts'
import { firstMemberOf } from './first-member.ts'
import { hydraId, uuidOf, webexLicenseId } from './hydra-id.ts'
import { PERIOD } from './member-profile.ts'
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
  readonly cast: WebexCast
}

const DEPARTMENT = hashOfText('webex department')

const departments = ['Customer Care', 'Technical Support', 'Sales', 'Back Office', 'Collections']
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

/** Each user of Webex Calling has an extension, and two in three have a number. */
const callingOf = (index: number, organizationUuid: string): WebexCalling => ({
  locationId: locationIdOf(organizationUuid, index),
  extension: String(10_000 + index),
  ...(index % 3 === 0 ? {} : { phoneNumber: `+1555${String(index).padStart(7, '0')}` }),
})

/**
 * An organization of any size that is computed, not stored. Its members are people of the seed that begin a quarter
 * into the numbers of its size, so that most, not all, are also in another vendor's organization of that size; external
 * guests come after them. What members hold repeats every {@link PERIOD} of them.
 */
export const seededWebexOrganization = ({ seed, users, name, uuid, cast }: SeededWebexOptions): WebexBase => {
  const firstPerson = firstMemberOf(users)
  const guests = Math.max(1, Math.floor(users / cast.membersPerGuest))
  const population = createPopulation({
    seed,
    idSpace: 'webex person',
    domainOf: (index) => (index < firstPerson + users ? 'example.com' : 'guests.example.org'),
  })
  const ids = new Map(cast.catalog.map((entry) => [entry.key, licenseIdOf(entry, seed, uuid)]))
  const keys = new Map(cast.catalog.map((entry) => [ids.get(entry.key) ?? '', entry.key]))
  const toIds = (licenses: readonly string[]) => licenses.flatMap((key) => ids.get(key) ?? [])
  const profiles = Array.from({ length: PERIOD }, (_, remainder) => cast.profileOf(remainder))
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
    const units = cast.unitsOf(entry, { members: users, consumed: holdersOf(id).size + workspaces })
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
    const { hasNoExtension = false, accountStatus } = cast.accountOf(user)
    return {
      ...(accountStatus === undefined ? {} : { accountStatus }),
      enterprise: hasNoExtension
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

  const personAt = keepSome((user): WebexPerson | undefined => {
    if (user < 0 || user >= users + guests) return undefined
    const { id, displayName, email } = population.person(firstPerson + user)
    const base = { id: hydraId('PEOPLE', id), displayName, email }
    if (user >= users) return { ...base, type: 'EXTERNAL' }
    const profile = profiles[user % PERIOD]
    if (profile === undefined || profile.isMember === false) return undefined
    const { loginEnabled, invitePending, licenses } = profile
    const lastActiveAt = invitePending ? undefined : cast.lastActiveAt(user)
    return {
      ...base,
      loginEnabled,
      invitePending,
      created: new Date(cast.createdAt(user)).toISOString(),
      identity: identityOf(user),
      department: departments[hashOf(seed, DEPARTMENT, user) % departments.length] ?? '',
      ...(licenses.includes('BCSTD') ? { calling: callingOf(firstPerson + user, uuid) } : {}),
      ...(lastActiveAt === undefined ? {} : { lastActivity: new Date(lastActiveAt).toISOString() }),
    }
  })
  const userOfIndex = (index: number | undefined): number | undefined => {
    const user = (index ?? -1) - firstPerson
    return index !== undefined && personAt(user) !== undefined ? user : undefined
  }

  return {
    uuid,
    name,
    licenses: cast.catalog.map(definitionOf),
    people: periodicSet(users, PERIOD, (remainder) => profiles[remainder]?.isMember !== false),
    users: users + guests,
    personAt,
    userOf: (id) => userOfIndex(population.indexOfId(uuidOf('PEOPLE', id) ?? '')),
    usersOfEmail: (email) => {
      const user = userOfIndex(population.indexOfEmail(email))
      return user === undefined ? [] : [user]
    },
    rawOf: () => undefined,
    rawHoldersOf: () => [],
    ...seededWorkspaces({
      seed,
      users,
      uuid,
      catalog: cast.catalog,
      lastSeenAt: cast.devicesSeenAt,
      licenseIdOf: (key) => ids.get(key) ?? '',
    }),
    licensesOf: (user) =>
      (user < users ? licensesOfMembers[user % PERIOD] : licensesOfGuests[(user - users) % guestLicenses.length]) ?? [],
    holdersOf,
  }
}
