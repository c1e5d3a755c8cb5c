import type { AssignmentChange } from '../../src/provider-kit/index.ts'

/** All that is to change for one user: the vendor takes one user a request. */
export interface UserChanges {
  readonly userId: string
  readonly changes: readonly AssignmentChange[]
}

/** Users in the order of their first change. */
export const changesByUser = (changes: readonly AssignmentChange[]): readonly UserChanges[] => {
  const users = new Map<string, AssignmentChange[]>()
  for (const change of changes) {
    const known = users.get(change.userId)
    if (known === undefined) users.set(change.userId, [change])
    else known.push(change)
  }
  return [...users].map(([userId, own]) => ({ userId, changes: own }))
}
