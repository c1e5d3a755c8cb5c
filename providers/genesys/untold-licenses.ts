import * as E from 'fp-ts/lib/Either.js'
import { type Gap, type RequestScope, Values } from '../../src/provider-kit/index.ts'
import type { GenesysClient } from './client.ts'
import { type LicensedUserId, type UserLicenses, userIdOf } from './codecs.ts'
import { createFailureTally } from './failure-tally.ts'
import { createHeldReader } from './holdings.ts'

export interface SettledRow {
  /** As the listing has it. */
  readonly told: LicensedUserId
  readonly settled: UserLicenses
}

/** Rows that did not say what the user holds, now that this was asked for. */
export interface SettledRows {
  readonly rows: readonly SettledRow[]
  /** Users of whom it could not be read. */
  readonly unread: number
  readonly gaps: readonly Gap[]
}

/** Asks what the users of rows hold that do not say so: 300 in a request, and by themselves whom the answer leaves out. */
export const settleUntold =
  (client: GenesysClient) =>
  async (untold: readonly LicensedUserId[], where: string, scope: RequestScope): Promise<SettledRows> => {
    if (untold.length === 0) return { rows: [], unread: 0, gaps: [] }
    const held = await createHeldReader(client)(untold.map(userIdOf), scope)
    const rows: SettledRow[] = []
    const failures = createFailureTally()
    for (const row of untold) {
      const licenses = held.get(userIdOf(row))
      if (licenses === undefined) continue
      if (E.isRight(licenses)) rows.push({ told: row, settled: { ...row, licenses: [...licenses.right] } })
      else failures.add(1, licenses.left.message, licenses.left)
    }
    const gaps = failures.gaps((users) => `the licenses of ${Values.quantity(users, 'user')} of ${where}`)
    return { rows, unread: untold.length - rows.length, gaps }
  }
