import { csvText } from '../../text/csv-text.ts'
import type { ShownGroup } from '../shown-groups.ts'
import type { RemovalData, RemovalTables } from './page-data.ts'
import { createPlaces } from './places.ts'

const LINE_END = '\r\n'

const cellOf = (text: string): string => csvText([[text]]).slice(0, -LINE_END.length)

/** The cells of all seats that can be given up. The lists grow as the data of groups is made. */
export const createRemovals = (): {
  readonly tables: RemovalTables
  readonly dataOf: (shown: ShownGroup) => readonly RemovalData[]
} => {
  const providers = createPlaces(cellOf)
  const licenses = createPlaces(cellOf)
  return {
    tables: {
      columns: 'provider,user,action,license',
      action: 'remove',
      providers: providers.values,
      licenses: licenses.values,
    },
    // Most groups are about one user, who has one account.
    dataOf: ({ removals }) => {
      const ofUsers: (readonly [number, string, number[]])[] = []
      for (const { provider, licenseId, userId } of removals) {
        const [place, user, license] = [providers.placeOf(provider), cellOf(userId), licenses.placeOf(licenseId)]
        const ofUser = ofUsers.find(([itsPlace, itsUser]) => itsPlace === place && itsUser === user)
        if (ofUser === undefined) ofUsers.push([place, user, [license]])
        else ofUser[2].push(license)
      }
      return ofUsers
    },
  }
}
