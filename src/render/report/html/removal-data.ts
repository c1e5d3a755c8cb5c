import { csvText } from '../../text/csv-text.ts'
import type { ShownGroup } from '../shown-groups.ts'
import { createMemory, sharedLength } from './packed-texts.ts'
import type { PackedRemoval, RemovalTables } from './page-data.ts'
import { createPlaces } from './places.ts'

const LINE_END = '\r\n'

const cellOf = (text: string): string => csvText([[text]]).slice(0, -LINE_END.length)

/** The cells of all seats that can be given up. */
export const createRemovals = (): {
  /** Whole once the data of all groups is made. */
  readonly tables: () => RemovalTables
  readonly dataOf: (shown: ShownGroup) => readonly PackedRemoval[]
} => {
  const providers = createPlaces(cellOf)
  const licenses = createPlaces(cellOf)
  const once = createMemory()
  const seats = new Set<string>()
  let before = ''
  const packUser = (provider: string, userId: string): PackedRemoval[0] =>
    once(JSON.stringify([provider, userId]), () => {
      const user = cellOf(userId)
      const shared = sharedLength(user, before)
      before = user
      return [providers.placeOf(provider), shared, user.slice(shared)]
    })
  return {
    tables: () => ({
      columns: 'provider,user,action,license',
      action: 'remove',
      providers: providers.values,
      licenses: licenses.values,
      seats: seats.size,
    }),
    dataOf: ({ removals }) => {
      // Most groups are about one user, who has one account.
      const ofUsers: { provider: string; userId: string; held: number[] }[] = []
      for (const { provider, licenseId, userId } of removals) {
        const license = licenses.placeOf(licenseId)
        seats.add(JSON.stringify([provider, userId, license]))
        const ofUser = ofUsers.find((one) => one.provider === provider && one.userId === userId)
        if (ofUser === undefined) ofUsers.push({ provider, userId, held: [license] })
        else ofUser.held.push(license)
      }
      return ofUsers.map(({ provider, userId, held }) => [packUser(provider, userId), ...held])
    },
  }
}
