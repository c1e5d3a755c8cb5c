import * as E from 'fp-ts/lib/Either.js'
import { type Ledger, type RequestScope, Values } from '../../src/provider-kit/index.ts'
import type { GenesysClient } from './client.ts'
import { type LicensedUserId, type UserLicenses, userIdOf } from './codecs.ts'
import { createFailureTally } from './failure-tally.ts'
import { createHeldReader } from './holdings.ts'

export interface SettledRow {
  /** As the listing has it. */
  readonly listed: LicensedUserId
  readonly settled: UserLicenses
}

/** Rows that the listing has without the licenses, and the licenses, which were asked for. */
export interface SettledRows {
  readonly rows: readonly SettledRow[]
  /** The number of users whose licenses could not be read. */
  readonly missing: number
  readonly gaps: Ledger['gaps']
}

/** Reads the licenses of users whose rows do not state them: 300 users in a request; a user that the answer leaves out, alone. */
export const settleUnstated =
  (client: GenesysClient) =>
  async (unstated: readonly LicensedUserId[], where: string, scope: RequestScope): Promise<SettledRows> => {
    if (unstated.length === 0) return { rows: [], missing: 0, gaps: [] }
    const held = await createHeldReader(client)(unstated.map(userIdOf), scope)
    const rows: SettledRow[] = []
    const failures = createFailureTally()
    for (const row of unstated) {
      const licenses = held.get(userIdOf(row))
      if (licenses === undefined) continue
      if (E.isRight(licenses)) rows.push({ listed: row, settled: { ...row, licenses: [...licenses.right] } })
      else failures.add(1, licenses.left.message, licenses.left)
    }
    const gaps = failures.gaps((users) => `the licenses of ${Values.quantity(users, 'user')} of ${where}`)
    return { rows, missing: unstated.length - rows.length, gaps }
  }
