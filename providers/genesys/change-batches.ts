import type { AssignmentChange } from '../../src/provider-kit/index.ts'
import type { LicenseAssignmentRequest } from './update-licenses.ts'

/**
 * Changes in one request. The vendor documents a limit of bytes only, which 300 changes are far below, and few enough
 * that a request that was rejected or lost is soon made good.
 */
export const CHANGES_PER_REQUEST = 300

export interface SortedChanges {
  /** Each change once, with all those that ask for the same. */
  readonly distinct: ReadonlyMap<AssignmentChange, readonly AssignmentChange[]>
  /** Those that ask for a license to be given to a user and taken from them. */
  readonly contradictory: readonly AssignmentChange[]
}

const grouped = (
  changes: readonly AssignmentChange[],
  keyOf: (change: AssignmentChange) => string,
): readonly (readonly [AssignmentChange, ...AssignmentChange[]])[] => {
  const groups = new Map<string, [AssignmentChange, ...AssignmentChange[]]>()
  for (const change of changes) {
    const group = groups.get(keyOf(change))
    if (group === undefined) groups.set(keyOf(change), [change])
    else group.push(change)
  }
  return [...groups.values()]
}

const byUser = (changes: readonly AssignmentChange[]) => grouped(changes, ({ userId }) => userId)

export const sortChanges = (changes: readonly AssignmentChange[]): SortedChanges => {
  const distinct = new Map<AssignmentChange, readonly AssignmentChange[]>()
  const contradictory: AssignmentChange[] = []
  for (const group of grouped(changes, ({ userId, licenseId }) => JSON.stringify([userId, licenseId]))) {
    const [first] = group
    if (group.every(({ action }) => action === first.action)) distinct.set(first, group)
    else contradictory.push(...group)
  }
  return { distinct, contradictory }
}

/** The changes of one user stay together. */
export const batchesOf = (changes: Iterable<AssignmentChange>): readonly (readonly AssignmentChange[])[] => {
  const batches: AssignmentChange[][] = []
  let current: AssignmentChange[] = []
  for (const group of byUser([...changes])) {
    if (current.length === 0 || current.length + group.length > CHANGES_PER_REQUEST) {
      current = []
      batches.push(current)
    }
    for (const change of group) current.push(change)
  }
  return batches
}

/** A batch in two, or undefined where it cannot be split. */
export interface SplitBatch {
  readonly first: readonly AssignmentChange[]
  readonly second: readonly AssignmentChange[]
  /** Whether the second is of use only where the first was done. */
  readonly dependent: boolean
}

const halved = <A>(items: readonly A[]): readonly [readonly A[], readonly A[]] => {
  const middle = Math.ceil(items.length / 2)
  return [items.slice(0, middle), items.slice(middle)]
}

/**
 * Splits between users where there are several. Of one user, what they are given comes first: who is to get one license
 * in place of another must not lose the one because of what is wrong with the other.
 */
export const splitBatch = (changes: readonly AssignmentChange[]): SplitBatch | undefined => {
  if (changes.length < 2) return undefined
  const [some, others] = halved(byUser(changes))
  if (others.length > 0) return { first: some.flat(), second: others.flat(), dependent: false }
  const given = changes.filter(({ action }) => action === 'assign')
  const taken = changes.filter(({ action }) => action === 'remove')
  if (given.length > 0 && taken.length > 0) return { first: given, second: taken, dependent: true }
  const [first, second] = halved(changes)
  return { first, second, dependent: false }
}

/** The changes in the vendor's form: license by license. */
export const assignmentsOf = (changes: readonly AssignmentChange[]): readonly LicenseAssignmentRequest[] =>
  grouped(changes, ({ licenseId }) => licenseId).map((group) => {
    const usersOf = (wanted: AssignmentChange['action']) =>
      group.filter(({ action }) => action === wanted).map(({ userId }) => userId)
    return { licenseId: group[0].licenseId, userIdsAdd: usersOf('assign'), userIdsRemove: usersOf('remove') }
  })
