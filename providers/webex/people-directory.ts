import {
  type Gap,
  type Ledger,
  type LicensedUser,
  Lists,
  type Paged,
  type RequestScope,
  Values,
} from '../../src/provider-kit/index.ts'
import { withAccount } from './account-entry.ts'
import type { AccountReader, Accounts } from './accounts.ts'
import { idsIn, type Person, showsLicenses } from './codecs.ts'
import { idKey } from './hydra-id.ts'
import { joinedUser, type PersonEntry, personEntryOf } from './mapping.ts'

/** The people of the organization, as far as holders are joined with them. */
export interface PeopleDirectory {
  /** The user, with what is known of the same person. `number`: of the id among those given. Default: it is looked for. */
  readonly joined: (user: LicensedUser, number?: number) => LicensedUser
  /**
   * The account. `heldBy`: the keys of the licenses that the lists of holders have of a person, by the number of the id; the
   * same list for persons who hold the same. Absent where these lists have a gap, so that nothing can be compared with them.
   */
  readonly ledger: (heldBy?: (person: number) => readonly string[]) => Ledger
}

interface DirectorySources {
  readonly people: (scope: RequestScope, ids: People['entries']['ids']) => Paged<Person>
  /** Absent: the accounts are not read. */
  readonly accounts: AccountReader | undefined
  /** Whether the organization is known before a person was read. */
  readonly isOrganizationKnown: boolean
}

/** What is kept of the people, each under the key of their id. */
interface People {
  /** Marked by what the record says that the person holds: the same for the same licenses, and none where it is not shown. */
  readonly entries: Values.RecordMap<PersonEntry>
  readonly invited: Set<number>
}

const NO_ACCOUNTS: Accounts = { entryOf: () => undefined, pages: 0, gaps: [] }

const remarksOn = (
  people: People,
  keyOf: (words: readonly string[]) => number,
  heldBy: (person: number) => readonly string[],
): readonly string[] => {
  const keys = new Map<readonly string[], number>()
  const keyOnce = (held: readonly string[]): number => {
    const key = keys.get(held) ?? keyOf(held)
    keys.set(held, key)
    return key
  }
  let differing = 0
  let invited = 0
  for (const number of people.entries.numbers()) {
    const held = heldBy(number)
    const holding = people.entries.markAt(number)
    if (holding !== undefined && holding !== keyOnce(held)) differing++
    if (people.invited.has(number) && held.length > 0) invited++
  }
  return [
    ...(differing === 0
      ? []
      : [
          `the list of people shows other licenses for ${Values.quantity(differing, 'person', 'people')} than the lists of holders; seats are counted by the lists of holders`,
        ]),
    ...(invited === 0
      ? []
      : [
          `${Values.quantity(invited, 'holder')} ${invited === 1 ? 'has' : 'have'} not accepted the invitation yet: listed as inactive (invited), and their seats are counted`,
        ]),
  ]
}

/**
 * Reads the people beside the lists of holders, and their accounts beside the people where the organization is known, else
 * after them. Never fails: what could not be read is in the account, which leaves the provider complete. It keeps what the
 * join needs, and no records.
 */
export const readPeopleDirectory =
  ({ people, accounts, isOrganizationKnown }: DirectorySources) =>
  async (scope: RequestScope, ids: People['entries']['ids']): Promise<PeopleDirectory> => {
    const keyOf = Values.createContentKeys()
    const readAccounts = () => accounts?.all(scope) ?? Promise.resolve(NO_ACCOUNTS)
    const beside = isOrganizationKnown ? readAccounts() : undefined
    const { value, ledger } = await Lists.collectNumbered<Person, People>(
      () => ({ entries: Values.createRecordMap(ids), invited: new Set() }),
      (known, person, number) => {
        const entry = personEntryOf(person)
        known.entries.setAt(number, entry)
        if (showsLicenses(person)) known.entries.mark(number, keyOf(idsIn(person.licenses ?? []).map(idKey)))
        if (entry.invitePending === true) known.invited.add(number)
        return known
      },
    )(people(scope, ids))()
    const { entryOf, pages, gaps } = await (beside ?? readAccounts())

    const withGaps = (more: readonly Gap[]): Ledger =>
      more.length === 0 ? ledger : { ...ledger, gaps: [...ledger.gaps, ...more], verdict: 'partial' }
    return {
      joined: (user, number = value.entries.numberOf(idKey(user.id))) => {
        const isKnown = number !== undefined && value.entries.hasAt(number)
        return withAccount(joinedUser(user, isKnown ? value.entries.at(number) : undefined), entryOf(user.id))
      },
      ledger: (heldBy) => {
        const remarks = heldBy === undefined ? [] : remarksOn(value, keyOf, heldBy)
        return {
          ...withGaps(gaps),
          pages: ledger.pages + pages,
          ...(remarks.length === 0 ? {} : { remarks }),
          supplementary: true,
        }
      },
    }
  }
