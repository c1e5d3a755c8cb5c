import { isWhole, type Ledger, type RequestScope, Values } from '../../src/provider-kit/index.ts'
import type { GenesysClient } from './client.ts'
import { type Directory, remarked } from './directory.ts'
import type { Expansion } from './expansion.ts'
import type { DirectoryEntry } from './mapping.ts'
import { readPeopleByIds } from './people-by-ids.ts'
import type { Presence } from './presence.ts'

/** The directory, and whom it leaves out. */
export interface JoinedDirectory {
  /**
   * The entries of these users, in their order: from the directory, or else from the deleted users; undefined for those who are in
   * neither. Never fails.
   */
  readonly entriesOf: (userIds: readonly string[]) => Promise<readonly (DirectoryEntry | undefined)[]>
  /** The account so far; undefined while the directory is being read. */
  readonly ledger: () => Ledger | undefined
}

/** Whether users whom the directory does not know may be deleted ones. */
const mayLackDeleted = ({ people, ledger }: Directory): boolean => {
  // Where it has a gap, they may be in that.
  if (!isWhole(ledger)) return false
  for (const [, { status }] of people) if (status === 'deleted') return false
  return true
}

/**
 * The vendor does not say whether `state=any` names deleted users. Where a whole directory has none, the users whom it
 * does not know are looked up among the deleted: one request for 50 of those on one page.
 */
export const joinDirectory = (
  client: GenesysClient,
  scope: RequestScope,
  expansion: Expansion,
  directory: Promise<Directory>,
): JoinedDirectory => {
  let read: Directory | undefined
  let looksUp: boolean | undefined
  const deleted = readPeopleByIds(client, scope, expansion)

  return {
    entriesOf: async (userIds) => {
      read ??= await directory
      const entries = userIds.map(read.people.get)
      const missing = userIds.filter((_, place) => entries[place] === undefined)
      if (missing.length === 0) return entries
      looksUp ??= mayLackDeleted(read)
      const found = await deleted.read(looksUp ? missing : [], 'deleted')
      return userIds.map((id, place) => entries[place] ?? found.get(id))
    },
    ledger: () => {
      const gaps = deleted.gaps((people) => `${Values.quantity(people, 'person', 'people')} who may be deleted`)
      return read === undefined || gaps.length === 0
        ? read?.ledger
        : { ...read.ledger, gaps: [...read.ledger.gaps, ...gaps], verdict: 'partial' }
    },
  }
}

/** The same for a caller who wants a few pages only: of each, the records of its users, and nothing else, are asked for. */
const joinByIds = (
  client: GenesysClient,
  scope: RequestScope,
  expansion: Expansion,
  presence: Presence,
): Pick<JoinedDirectory, 'entriesOf'> & { readonly ledger: () => Ledger } => {
  const people = readPeopleByIds(client, scope, expansion)
  return {
    entriesOf: async (userIds) => {
      const present = await people.read(userIds, 'any')
      const missing = userIds.filter((id) => !present.has(id))
      const deleted = await people.read(missing, 'deleted')
      const active = await presence.addTo(present)
      return userIds.map((id) => active.get(id) ?? deleted.get(id))
    },
    ledger: () => remarked(people.ledger(), presence.remarks()),
  }
}

/** After so many pages the rest of a list is likely to be read as well, for which the whole directory takes fewer requests. */
const FEW_PAGES = 5

/** Joins the first pages of a list that is gone on with by the ids on them, and those after them with the whole directory. */
export const joinResumed = (
  client: GenesysClient,
  scope: RequestScope,
  expansion: Expansion,
  presence: Presence,
  openDirectory: () => Promise<Directory>,
): JoinedDirectory => {
  const few = joinByIds(client, scope, expansion, presence)
  let pages = 0
  let whole: JoinedDirectory | undefined
  return {
    entriesOf: (userIds) => {
      if (++pages <= FEW_PAGES) return few.entriesOf(userIds)
      whole ??= joinDirectory(client, scope, expansion, openDirectory())
      return whole.entriesOf(userIds)
    },
    ledger: () => {
      const before = few.ledger()
      const ledger = whole?.ledger()
      if (ledger === undefined) return before
      return isWhole(before) ? ledger : { ...ledger, gaps: [...before.gaps, ...ledger.gaps], verdict: 'partial' }
    },
  }
}
