import {
  createIdentifiers,
  createPopulation,
  hashOf,
  hashOfText,
  type IndexSet,
  keepSome,
  periodicSet,
} from '../../../src/simulator-kit/index.ts'
import type { GenesysCast } from './cast.ts'
import type { GenesysBase } from './organization.ts'
import { PERIOD } from './user-profile.ts'
import type { GenesysDirectoryRecord } from './world.ts'

const CAPITALS = hashOfText('genesys capitals')
const DEPARTMENT = hashOfText('genesys department')
const DIVISION = hashOfText('genesys division')

const departments = ['Customer Care', 'Technical Support', 'Sales', 'Back Office', 'Collections']
const divisions = ['Home', 'EMEA', 'Americas']
/** Users report to the first of each so many. */
const TEAM = 25

export interface SeededGenesysOptions {
  readonly seed: number
  readonly users: number
  readonly cast: GenesysCast
}

/**
 * An organization of any size that is computed, not stored. Its users are the people 0 to `users - 1` of the seed;
 * what they hold repeats every {@link PERIOD} users.
 */
export const seededGenesysOrganization = ({ seed, users, cast }: SeededGenesysOptions): GenesysBase => {
  const population = createPopulation({ seed, idSpace: 'genesys user' })
  const organizations = createIdentifiers(seed, 'genesys organization')
  const roles = createIdentifiers(seed, 'genesys role')
  const profiles = Array.from({ length: PERIOD }, (_, remainder) => cast.profileOf(remainder))
  const profileAt = (user: number) => profiles[user % PERIOD] ?? { state: 'active' as const }
  const setOf = (has: (remainder: number) => boolean): IndexSet => periodicSet(users, PERIOD, has)
  const holders = new Map<string, IndexSet>()

  const recordOf = keepSome((user): GenesysDirectoryRecord | undefined => {
    const { state } = profileAt(user)
    if (state === 'absent') return undefined
    const { id, displayName, email } = population.person(user)
    // Addresses are the same whatever their case, and some organizations write them with capitals.
    const shown = hashOf(seed, CAPITALS, user) % 50 === 0 ? email.replace(/\b[a-z]/g, (c) => c.toUpperCase()) : email
    const first = user - (user % TEAM)
    return {
      id,
      name: displayName,
      email: shown,
      state,
      department: departments[hashOf(seed, DEPARTMENT, user) % departments.length] ?? '',
      division: divisions[hashOf(seed, DIVISION, user) % divisions.length],
      ...(user === first ? {} : { manager: population.idOf(first) }),
      employeeId: String(100_000 + user),
      dateHire: cast.hiredOn(user),
      location: hashOf(seed, DIVISION, user) % 2 === 0 ? 'Head Office' : 'Harbor Street',
      ...cast.activityOf(user),
    }
  })
  const userWithin = (index: number | undefined) => (index !== undefined && index < users ? index : undefined)

  return {
    id: organizations.idOf(0),
    name: 'Example Contact Center (simulated)',
    definitions: cast.definitions,
    roles: [['communicate'], ['cloudCX1'], ['cloudCX2'], ['cloudCX3']].map((licenses, index) => ({
      id: roles.idOf(index),
      licenses,
    })),
    rows: setOf((remainder) => profiles[remainder]?.licenses !== undefined),
    directory: {
      active: setOf((remainder) => profiles[remainder]?.state === 'active'),
      inactive: setOf((remainder) => profiles[remainder]?.state === 'inactive'),
      deleted: setOf((remainder) => profiles[remainder]?.state === 'deleted'),
      any: setOf((remainder) => profiles[remainder]?.state !== 'absent'),
    },
    users,
    idOf: population.idOf,
    userOf: (id) => userWithin(population.indexOfId(id)),
    usersOfEmail: (email) => {
      const user = userWithin(population.indexOfEmail(email))
      return user === undefined ? [] : [user]
    },
    recordOf,
    rawOf: () => undefined,
    licensesOf: (user) => profileAt(user).licenses ?? [],
    holdersOf: (licenseId) => {
      const known =
        holders.get(licenseId) ?? setOf((remainder) => profiles[remainder]?.licenses?.includes(licenseId) ?? false)
      holders.set(licenseId, known)
      return known
    },
  }
}
