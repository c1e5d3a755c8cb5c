import {
  createLicenseBook,
  type Holdings,
  type IndexSet,
  joinedSet,
  type Listing,
  listedSet,
  mapListing,
  type RawRecord,
} from '../../../src/simulator-kit/index.ts'
import type { GenesysDirectoryRecord, GenesysLicenseDefinition, GenesysLicenseRow, GenesysRole } from './world.ts'

/** Which users a listing of the directory has: those in one state, or all of them. */
export type GenesysStateFilter = 'active' | 'inactive' | 'deleted' | 'any'

/** What an organization is made of before anything is changed in it. Its users are numbers. */
export interface GenesysBase extends Holdings {
  readonly id: string
  readonly name: string
  readonly definitions: readonly (GenesysLicenseDefinition | RawRecord)[]
  readonly roles: readonly GenesysRole[]
  /** The users that the license listing names. */
  readonly rows: IndexSet
  readonly directory: Readonly<Record<GenesysStateFilter, IndexSet>>
  /** The numbers of all users are below this. */
  readonly users: number
  readonly idOf: (user: number) => string
  readonly userOf: (id: string) => number | undefined
  /** Compared without regard to case. */
  readonly usersOfEmail: (email: string) => readonly number[]
  readonly recordOf: (user: number) => GenesysDirectoryRecord | undefined
  /** The value that is sent in the place of a user's row or record, where it is none. */
  readonly rawOf: (user: number) => RawRecord | undefined
}

/** The truth about one user. */
export interface GenesysSimulatedUser {
  readonly id: string
  readonly licenseIds: readonly string[]
  /** Whether the license listing has a row for the user. */
  readonly listed: boolean
  /** Absent where the directory has no record of the user. */
  readonly record?: GenesysDirectoryRecord | undefined
}

/** A simulated organization: what the simulator answers from, open to tests as the truth to compare with. */
export interface GenesysOrganization {
  readonly id: string
  readonly name: string
  readonly definitions: readonly (GenesysLicenseDefinition | RawRecord)[]
  readonly roles: readonly GenesysRole[]
  readonly definition: (licenseId: string) => GenesysLicenseDefinition | undefined
  readonly licenseRows: () => Listing<GenesysLicenseRow | RawRecord>
  readonly directory: (state: GenesysStateFilter) => Listing<GenesysDirectoryRecord | RawRecord>
  readonly record: (userId: string) => GenesysDirectoryRecord | undefined
  /** Compared without regard to case. */
  readonly recordsByEmail: (email: string) => readonly GenesysDirectoryRecord[]
  /** Whether the license listing or the directory knows the user. */
  readonly knows: (userId: string) => boolean
  readonly licensesOf: (userId: string) => readonly string[]
  /** From now on the user holds these and nothing else. A user who had no row gets one at the end of the listing. */
  readonly setLicenses: (userId: string, licenseIds: readonly string[]) => void
  readonly holderCount: (licenseId: string) => number
  /** Has something done after a time, in milliseconds on the simulator's clock. */
  readonly later: (afterMs: number, act: () => void) => void
  /** All users of the license listing or the directory, each once. */
  readonly users: () => Iterable<GenesysSimulatedUser>
}

export const createGenesysOrganization = (base: GenesysBase, now: () => number): GenesysOrganization => {
  const book = createLicenseBook(base, now)
  const definitions = new Map<string, GenesysLicenseDefinition>()
  for (const definition of base.definitions) if ('id' in definition) definitions.set(definition.id, definition)

  const rows = (): IndexSet => {
    const added = book.changed().filter((user) => base.rows.positionOf(user) === undefined)
    return added.length === 0 ? base.rows : joinedSet(base.rows, listedSet(added))
  }
  const recordOf = (user: number | undefined) => (user === undefined ? undefined : base.recordOf(user))

  return {
    id: base.id,
    name: base.name,
    definitions: base.definitions,
    roles: base.roles,
    definition: (licenseId) => definitions.get(licenseId),
    licenseRows: () =>
      mapListing(rows(), (user) => base.rawOf(user) ?? { id: base.idOf(user), licenses: book.licensesOf(user) }),
    directory: (state) => mapListing(base.directory[state], (user) => base.rawOf(user) ?? base.recordOf(user)),
    record: (userId) => recordOf(base.userOf(userId)),
    recordsByEmail: (email) =>
      base
        .usersOfEmail(email)
        .map(base.recordOf)
        .filter((record) => record !== undefined),
    knows: (userId) => {
      const user = base.userOf(userId)
      if (user === undefined) return false
      if (base.rows.positionOf(user) !== undefined || base.recordOf(user) !== undefined) return true
      // Last, as it goes through all that was changed.
      return rows().positionOf(user) !== undefined
    },
    licensesOf: (userId) => {
      const user = base.userOf(userId)
      return user === undefined ? [] : book.licensesOf(user)
    },
    setLicenses: (userId, licenseIds) => {
      const user = base.userOf(userId)
      if (user === undefined) throw new RangeError(`the simulated organization has no user ${userId}`)
      book.assign(user, licenseIds)
    },
    holderCount: (licenseId) => book.holdersOf(licenseId).size,
    later: book.later,
    users: function* () {
      const listed = rows()
      for (let user = 0; user < base.users; user++) {
        if (base.rawOf(user) !== undefined) continue
        const record = base.recordOf(user)
        const isListed = listed.positionOf(user) !== undefined
        if (!isListed && record === undefined) continue
        yield {
          id: base.idOf(user),
          licenseIds: book.licensesOf(user),
          listed: isListed,
          ...(record === undefined ? {} : { record }),
        }
      }
    },
  }
}
