import {
  createLicenseBook,
  type Holdings,
  type IndexSet,
  isRawRecord,
  type Listing,
  mapListing,
  type RawRecord,
  sliceOf,
} from '../../../src/simulator-kit/index.ts'
import { hydraId, readHydraId } from './hydra-id.ts'
import type {
  WebexCalling,
  WebexDevice,
  WebexLicenseDefinition,
  WebexPerson,
  WebexPersonWithLicenses,
  WebexWorkspace,
} from './world.ts'

/** A device, and the workspace that it stands in. */
export interface PlacedDevice extends WebexDevice {
  readonly workspaceId: string
}

/** That a user or a workspace has a hybrid license. */
export interface WebexMembership {
  readonly licenseId: string
  readonly personId: string
  readonly status: 'activated' | 'error'
}

/** What an organization is made of before anything is changed in it. Its users are numbers. */
export interface WebexBase extends Holdings {
  readonly uuid: string
  readonly name: string
  readonly licenses: readonly (WebexLicenseDefinition | RawRecord)[]
  /** The users that the people listing names. */
  readonly people: IndexSet
  /** The numbers of all users are below this. */
  readonly users: number
  readonly personAt: (user: number) => WebexPerson | undefined
  readonly userOf: (id: string) => number | undefined
  /** Compared without regard to case. */
  readonly usersOfEmail: (email: string) => readonly number[]
  /** The value that is sent in the place of a user, where it is none. */
  readonly rawOf: (user: number) => RawRecord | undefined
  /** Values that come after the holders of a license. */
  readonly rawHoldersOf: (licenseId: string) => readonly RawRecord[]
  readonly workspaces: Listing<WebexWorkspace | RawRecord>
  /** How many of them hold a license. */
  readonly workspacesWith: (licenseId: string) => number
  readonly devices: Listing<PlacedDevice>
}

/** The truth about one user. */
export interface WebexSimulatedUser {
  readonly id: string
  readonly licenseIds: readonly string[]
  readonly person: WebexPerson
}

/** What a user has beside licenses, calling properties among it. */
export interface WebexAccount extends WebexCalling {
  /** Granted to an external user who has not accepted yet. */
  readonly pendingLicenses: readonly string[]
  /** The sites on which they are an attendee. */
  readonly attendeeSites: readonly string[]
}

/** A simulated organization: what the simulator answers from, open to tests as the truth to compare with. */
export interface WebexOrganization {
  readonly uuid: string
  /** The public id. */
  readonly id: string
  readonly name: string
  readonly licenses: readonly (WebexLicenseDefinition | RawRecord)[]
  readonly license: (licenseId: string) => WebexLicenseDefinition | undefined
  readonly holders: (licenseId: string) => Listing<WebexPerson | RawRecord>
  readonly holderCount: (licenseId: string) => number
  /** Not changed by any operation. */
  readonly workspaces: Listing<WebexWorkspace | RawRecord>
  readonly workspacesWith: (licenseId: string) => number
  /** Of all workspaces. */
  readonly devices: Listing<PlacedDevice>
  /** Of the holders of hybrid licenses. One in fifty has an error. */
  readonly memberships: (type: 'User' | 'Workspace') => Listing<WebexMembership>
  /** Members only, no external users. */
  readonly people: () => Listing<WebexPersonWithLicenses | RawRecord>
  readonly person: (personId: string) => WebexPersonWithLicenses | undefined
  /** Compared without regard to case. */
  readonly peopleByEmail: (email: string) => readonly WebexPersonWithLicenses[]
  readonly licensesOf: (personId: string) => readonly string[]
  /** From now on the person holds these and nothing else. */
  readonly setLicenses: (personId: string, licenseIds: readonly string[]) => void
  readonly accountOf: (personId: string) => WebexAccount
  readonly setAccount: (personId: string, account: WebexAccount) => void
  /** Has something done after a time, in milliseconds on the simulator's clock. */
  readonly later: (afterMs: number, act: () => void) => void
  /** All users, external holders too. */
  readonly users: () => Iterable<WebexSimulatedUser>
}

/** Whether the people listing has a user. */
export const isListed = ({ type = 'INTERNAL', listed = true }: WebexPerson): boolean => type === 'INTERNAL' && listed

/** The sites on which licenses make a user a host. */
export const hostSitesOf = ({ license }: WebexOrganization, licenses: readonly string[]): readonly string[] =>
  licenses.flatMap((id) => license(id)?.siteUrl ?? [])

/** The account of a workspace has its uuid, and is of the type of people. */
const accountIdOf = (workspaceId: string): string => {
  const uuid = readHydraId('PLACE', workspaceId)
  return uuid === undefined ? workspaceId : hydraId('PEOPLE', uuid)
}

export const createWebexOrganization = (base: WebexBase, now: () => number): WebexOrganization => {
  const book = createLicenseBook(base, now)
  const accounts = new Map<number, WebexAccount>()
  const numberOf = (personId: string): number => {
    const user = base.userOf(personId)
    if (user === undefined) throw new RangeError(`the simulated organization has no person ${personId}`)
    return user
  }
  const licenses = new Map<string, WebexLicenseDefinition>()
  for (const license of base.licenses) if ('id' in license) licenses.set(license.id, license)
  const withLicenses = (user: number): WebexPersonWithLicenses | undefined => {
    const person = base.personAt(user)
    return person === undefined ? undefined : { ...person, licenses: book.licensesOf(user) }
  }

  const membershipOf = (licenseId: string, personId: string, number: number): WebexMembership => ({
    licenseId,
    personId,
    status: number % 50 === 7 ? 'error' : 'activated',
  })
  const userMemberships = (): Listing<WebexMembership> => {
    const hybrid = [...licenses.values()].flatMap((license) =>
      license.hybrid === true ? [{ id: license.id, holders: book.holdersOf(license.id) }] : [],
    )
    return {
      size: hybrid.reduce((sum, { holders }) => sum + holders.size, 0),
      at: (position) => {
        let left = position
        for (const { id, holders } of hybrid) {
          if (left < holders.size) {
            const person = base.personAt(holders.at(left) ?? -1)
            return person === undefined ? undefined : membershipOf(id, person.id, position)
          }
          left -= holders.size
        }
        return undefined
      },
    }
  }
  const workspaceMemberships = (): Listing<WebexMembership> => {
    const all = sliceOf(base.workspaces, 0, base.workspaces.size).flatMap((workspace) =>
      isRawRecord(workspace)
        ? []
        : (workspace.hybridLicenses ?? []).map((licenseId) => ({ licenseId, personId: accountIdOf(workspace.id) })),
    )
    return mapListing({ size: all.length, at: (position) => position }, (position) => {
      const held = all[position]
      return held === undefined ? undefined : membershipOf(held.licenseId, held.personId, position)
    })
  }

  return {
    uuid: base.uuid,
    id: hydraId('ORGANIZATION', base.uuid),
    name: base.name,
    licenses: base.licenses,
    license: (licenseId) => licenses.get(licenseId),
    holders: (licenseId) => {
      const people = mapListing(book.holdersOf(licenseId), base.personAt)
      const raw = base.rawHoldersOf(licenseId)
      return {
        size: people.size + raw.length,
        at: (position) => (position < people.size ? people.at(position) : raw[position - people.size]),
      }
    },
    workspaces: base.workspaces,
    workspacesWith: base.workspacesWith,
    devices: base.devices,
    memberships: (type) => (type === 'User' ? userMemberships() : workspaceMemberships()),
    holderCount: (licenseId) => book.holdersOf(licenseId).size,
    people: () => mapListing(base.people, (user) => base.rawOf(user) ?? withLicenses(user)),
    person: (personId) => {
      const user = base.userOf(personId)
      return user === undefined ? undefined : withLicenses(user)
    },
    peopleByEmail: (email) =>
      base
        .usersOfEmail(email)
        .map(withLicenses)
        .filter((person) => person !== undefined),
    licensesOf: (personId) => {
      const user = base.userOf(personId)
      return user === undefined ? [] : book.licensesOf(user)
    },
    setLicenses: (personId, licenseIds) => book.assign(numberOf(personId), licenseIds),
    accountOf: (personId) => {
      book.catchUp()
      const user = base.userOf(personId) ?? -1
      const { calling = {} } = base.personAt(user) ?? {}
      return accounts.get(user) ?? { pendingLicenses: [], attendeeSites: [], ...calling }
    },
    setAccount: (personId, account) => {
      accounts.set(numberOf(personId), account)
    },
    later: book.later,
    users: function* () {
      for (let user = 0; user < base.users; user++) {
        const person = base.personAt(user)
        if (person !== undefined) yield { id: person.id, licenseIds: book.licensesOf(user), person }
      }
    },
  }
}
