import { csvText } from '../../text/csv-text.ts'
import type { ShownGroup } from '../shown-groups.ts'
import type { RemovalData, RemovalTables } from './page-data.ts'

const LINE_END = '\r\n'

const cellOf = (text: string): string => csvText([[text]]).slice(0, -LINE_END.length)

const createCells = () => {
  const places = new Map<string, number>()
  const cells: string[] = []
  const placeOf = (text: string): number => {
    const known = places.get(text)
    if (known !== undefined) return known
    places.set(text, cells.length)
    return cells.push(cellOf(text)) - 1
  }
  return { cells, placeOf }
}

/** The cells of all seats that can be given up. The lists are whole at once, as the page may begin with them. */
export const createRemovals = (
  groups: readonly ShownGroup[],
): { readonly tables: RemovalTables; readonly dataOf: (shown: ShownGroup) => readonly RemovalData[] } => {
  const providers = createCells()
  const licenses = createCells()
  for (const { removals } of groups) {
    for (const { provider, licenseId } of removals) {
      providers.placeOf(provider)
      licenses.placeOf(licenseId)
    }
  }
  return {
    tables: {
      columns: 'provider,user,action,license',
      action: 'remove',
      providers: providers.cells,
      licenses: licenses.cells,
    },
    dataOf: ({ removals }) =>
      removals.map(({ provider, licenseId, userId }) => [
        providers.placeOf(provider),
        licenses.placeOf(licenseId),
        cellOf(userId),
      ]),
  }
}
