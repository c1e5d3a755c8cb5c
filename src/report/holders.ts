import { addressesOf } from '../model/addresses.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { type AddressTally, createAddressTally } from './address-tally.ts'
import { createHoldings, type Holding, type Holdings, united } from './holdings.ts'
import type { PersonMapping } from './link-people.ts'

/** What keeps the users of one reading, where more than their number is asked for. They are numbered as they come, from 0 on. */
export interface UserKeeper {
  /** Keeps the next user, who has not come before. */
  readonly add: (user: LicensedUser) => void
  /** The user of this number holds something else. */
  readonly change: (number: number, holding: Holding) => void
}

/** Keeps users as they are. */
export interface ListedUsers extends UserKeeper {
  readonly all: LicensedUser[]
}

export const listUsers = (): ListedUsers => {
  const all: LicensedUser[] = []
  return {
    all,
    add: (user) => {
      all.push(user)
    },
    change: (number, { licenseIds, pendingLicenseIds }) => {
      const listed = all[number]
      if (listed !== undefined) all[number] = { ...listed, licenseIds, pendingLicenseIds }
    },
  }
}

/** The holders of one provider as people. */
export interface PeopleTally {
  readonly byAddress: AddressTally
  /** All addresses of each user who has several. */
  readonly together: (readonly string[])[]
  withoutEmail: number
  externalWithoutEmail: number
  /** Users who may be external: the vendor does not say. */
  ofUnknownKind: number
}

/** What is kept of one provider's users, so that memory grows with what is asked for, and not with records. */
export interface Holders<Keeper extends UserKeeper = ListedUsers> {
  /** Holders by license id, as enumerated. */
  readonly byLicense: Map<string, number>
  readonly people: PeopleTally
  licensedUsers: number
  /** For comparing two readings, and for rows that come again with other licenses. */
  readonly holdings: Holdings
  /** All users, those without a license too; absent if only numbers are asked for. */
  readonly kept?: Keeper | undefined
  /** Rows of users who were counted already, although a list has each user once. */
  twice: number
}

export interface CountingOptions<Keeper extends UserKeeper> {
  /** Makes what keeps the users themselves, anew for each reading. Absent: only their numbers are kept. */
  readonly keepIn?: (() => Keeper) | undefined
  /** Whether people are counted, by their addresses. */
  readonly countsPeople: boolean
  /** Which users are one person, where their addresses do not show it. */
  readonly mapping?: PersonMapping | undefined
}

export const noHolders = <Keeper extends UserKeeper>({ keepIn }: CountingOptions<Keeper>): Holders<Keeper> => ({
  byLicense: new Map(),
  people: {
    byAddress: createAddressTally(),
    together: [],
    withoutEmail: 0,
    externalWithoutEmail: 0,
    ofUnknownKind: 0,
  },
  licensedUsers: 0,
  holdings: createHoldings(),
  ...(keepIn === undefined ? {} : { kept: keepIn() }),
  twice: 0,
})

const countPerson = (people: PeopleTally, user: LicensedUser, mapping: PersonMapping | undefined): void => {
  const external = user.kind === 'external'
  if (user.kind === 'unknown') people.ofUnknownKind++
  // A mapping comes before addresses. The key contains a blank, which no address has.
  const mapped = mapping?.personOf(user)
  const addresses = mapped === undefined ? addressesOf(user) : []
  const [first] = addresses
  if (addresses.length > 1) people.together.push(addresses)
  if (mapped !== undefined) people.byAddress.addToOne(`mapping ${mapped}`, external)
  else if (first !== undefined) people.byAddress.add(first, external)
  else {
    people.withoutEmail++
    if (external) people.externalWithoutEmail++
  }
}

const countLicense = ({ byLicense }: Pick<Holders, 'byLicense'>, id: string): void => {
  byLicense.set(id, (byLicense.get(id) ?? 0) + 1)
}

/** Counts a user who holds a license. */
const count = <Keeper extends UserKeeper>(
  holders: Holders<Keeper>,
  user: LicensedUser,
  { countsPeople, mapping }: CountingOptions<Keeper>,
): Holders<Keeper> => {
  if (user.licenseIds.length === 0) return holders
  holders.licensedUsers++
  for (const id of user.licenseIds) countLicense(holders, id)
  if (countsPeople) countPerson(holders.people, user, mapping)
  return holders
}

/** Counts what a user holds in addition to what was counted. */
export const uniter =
  <Keeper extends UserKeeper>(options: CountingOptions<Keeper>) =>
  (holders: Holders<Keeper>, again: LicensedUser): Holders<Keeper> => {
    const before = holders.holdings.of(again.id)
    if (before === undefined) return holders
    const user = united(again, before)
    const number = holders.holdings.set(user)
    holders.kept?.change(number, user)
    if (before.licenseIds.length === 0) return count(holders, user, options)
    const held = new Set(before.licenseIds)
    for (const id of user.licenseIds) if (!held.has(id)) countLicense(holders, id)
    return holders
  }

/** Counts a user. One who comes twice, in spite of the contract, is counted once, with all that both rows show. */
export const counter = <Keeper extends UserKeeper>(options: CountingOptions<Keeper>) => {
  const unite = uniter(options)
  return (holders: Holders<Keeper>, user: LicensedUser): Holders<Keeper> => {
    if (!holders.holdings.setFirst(user)) {
      holders.twice++
      return unite(holders, user)
    }
    holders.kept?.add(user)
    return count(holders, user, options)
  }
}
