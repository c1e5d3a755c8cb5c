import { isPseudonym } from '../../index.ts'
import type { Invocation } from '../invocation.ts'
import { UsageError } from '../usage-error.ts'

/**
 * Refuses real users where the snapshot is pseudonymized: it cannot show whether they are in it. `where` names the argument
 * or the file that has them.
 */
export const expectPseudonyms = (
  { snapshot }: Invocation,
  where: string,
  users: readonly (string | undefined)[],
): void => {
  if (snapshot?.manifest.pseudonyms === undefined) return
  const real = users.find((user) => user !== undefined && !isPseudonym(user))
  if (real === undefined) return
  throw new UsageError([
    `${where}: ${JSON.stringify(real)} is a real user, and the snapshot of --from is pseudonymized; name users by their pseudonyms, or give a snapshot with real users`,
  ])
}
