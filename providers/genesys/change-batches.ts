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

/** The changes of one batch in the order in which they are sent. */
export interface OrderedBatch {
  readonly first: readonly AssignmentChange[]
  /** What is taken from users who are given something: only once that was done. */
  readonly afterwards: readonly AssignmentChange[]
}

/** Who is to get one license in place of another must not be left with neither. */
export const orderBatch = (changes: readonly AssignmentChange[]): OrderedBatch => {
  const given = new Set(changes.filter(({ action }) => action === 'assign').map(({ userId }) => userId))
  const first: AssignmentChange[] = []
  const afterwards: AssignmentChange[] = []
  for (const change of changes) {
    if (change.action === 'remove' && given.has(change.userId)) afterwards.push(change)
    else first.push(change)
  }
  return { first, afterwards }
}

const halved = <A>(items: readonly A[]): readonly [readonly A[], readonly A[]] => {
  const middle = Math.ceil(items.length / 2)
  return [items.slice(0, middle), items.slice(middle)]
}

/** A batch in two, between users where there are several, or undefined where it cannot be split. */
export const splitBatch = (
  changes: readonly AssignmentChange[],
): readonly [readonly AssignmentChange[], readonly AssignmentChange[]] | undefined => {
  if (changes.length < 2) return undefined
  const [some, others] = halved(byUser(changes))
  return others.length > 0 ? [some.flat(), others.flat()] : halved(changes)
}

/** The changes in the vendor's form: license by license. */
export const assignmentsOf = (changes: readonly AssignmentChange[]): readonly LicenseAssignmentRequest[] =>
  grouped(changes, ({ licenseId }) => licenseId).map((group) => {
    const usersOf = (wanted: AssignmentChange['action']) =>
      group.filter(({ action }) => action === wanted).map(({ userId }) => userId)
    return { licenseId: group[0].licenseId, userIdsAdd: usersOf('assign'), userIdsRemove: usersOf('remove') }
  })
