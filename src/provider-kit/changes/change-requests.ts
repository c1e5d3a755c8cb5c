import type { AssignmentChange } from '../../contract/assignment-change.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import type { RequestShape } from './change-adapter.ts'
import type { KeyOfId } from './user-changes.ts'

type Changes = readonly AssignmentChange[]

const halved = <A>(items: readonly A[]): readonly [readonly A[], readonly A[]] => {
  const middle = Math.ceil(items.length / 2)
  return [items.slice(0, middle), items.slice(middle)]
}

const byUser = (changes: Changes, keyOf: KeyOfId): readonly Changes[] => [
  ...groupedBy(changes, ({ userId }) => keyOf(userId)).values(),
]

/** A request in two halves, between users where there are several; undefined where it cannot be split. */
export const splitRequest = (
  changes: Changes,
  { order, partsOf }: Pick<RequestShape, 'order' | 'partsOf'>,
  keyOf: KeyOfId,
): readonly [Changes, Changes] | undefined => {
  const [some, others] = halved(byUser(changes, keyOf))
  if (others.length > 0) return [some.flat(), others.flat()]
  const isOne = order === 'together' || partsOf !== undefined || changes.length < 2
  return isOne ? undefined : halved(changes)
}

const fitting = (changes: Changes, shape: RequestShape, keyOf: KeyOfId): readonly Changes[] => {
  const halves = shape.fits === undefined || shape.fits(changes) ? undefined : splitRequest(changes, shape, keyOf)
  return halves === undefined ? [changes] : halves.flatMap((half) => fitting(half, shape, keyOf))
}

/** What is sent together of each user, for requests that are alike. */
const alike = (changes: Changes, { partsOf }: RequestShape, keyOf: KeyOfId): Iterable<readonly Changes[]> => {
  const users = byUser(changes, keyOf)
  if (partsOf === undefined) return [users]
  const parts = groupedBy(users.flatMap(partsOf), ({ request }) => request)
  return [...parts.values()].map((some) => some.map((part) => part.changes))
}

/** Requests that are filled up one after the other. */
const filled = (owns: readonly Changes[], shape: RequestShape): readonly Changes[] => {
  const requests: AssignmentChange[][] = []
  let current: AssignmentChange[] = []
  let users = 0
  for (const own of owns) {
    if (users === 0 || users === shape.users || current.length + own.length > shape.changes) {
      current = []
      users = 0
      requests.push(current)
    }
    for (const change of own) current.push(change)
    users += 1
  }
  return requests
}

/** Changes in requests of the vendor's shape. Changes of one user stay together where they fit. */
export const requestsOf = (changes: Changes, shape: RequestShape, keyOf: KeyOfId): readonly Changes[] =>
  [...alike(changes, shape, keyOf)]
    .flatMap((owns) => filled(owns, shape))
    .flatMap((request) => fitting(request, shape, keyOf))

/** Whether a change of a user is sent before the others: it assigns, or it is part of a swap. */
export const isFirst = (
  changes: Changes,
  { partsOf }: Pick<RequestShape, 'partsOf'>,
): ((change: AssignmentChange) => boolean) => {
  const assigns = ({ action }: AssignmentChange) => action === 'assign'
  const swaps = partsOf?.(changes).filter((part) => part.changes.some(assigns)) ?? []
  const swapped = new Set(swaps.flatMap((part) => part.changes))
  return (change) => assigns(change) || swapped.has(change)
}
