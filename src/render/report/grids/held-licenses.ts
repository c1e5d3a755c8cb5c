import { groupedBy } from '../../../model/grouped-by.ts'
import { licenseLabels } from '../../../report/license-labels.ts'
import type { LicenseReport, LicenseRow, ProviderReport, UserRow } from '../../../report/license-report.ts'
import { seatGapFinder } from '../../../report/report-gaps.ts'
import type { Cell, GridColumn } from '../../grid/grid.ts'

/** The cells on single licenses in rows of people. */
export interface HeldLicenses {
  readonly columns: readonly GridColumn[]
  /** As many as there are columns. */
  readonly cellsOf: (person: readonly UserRow[]) => readonly Cell[]
}

/** Nothing. */
export const noLicenses: HeldLicenses = { columns: [], cellsOf: () => [] }

type LabelOf = (provider: string, licenseId: string) => string

/** What a license is called where its provider is not shown beside it. */
const labelsOf = (report: LicenseReport): LabelOf => {
  const { labelOf } = licenseLabels(report)
  const uses = groupedBy(report.licenses, ({ provider, id }) => labelOf(provider, id))
  return (provider, licenseId) => {
    const label = labelOf(provider, licenseId)
    return (uses.get(label)?.length ?? 0) > 1 ? `${provider}: ${label}` : label
  }
}

const namesOf = (person: readonly UserRow[], labelOf: LabelOf): string => {
  const held = person.flatMap(({ provider, licenseIds }) => licenseIds.map((id) => labelOf(provider, id)))
  const pending = person.flatMap(({ provider, pendingLicenseIds }) =>
    pendingLicenseIds.map((id) => `${labelOf(provider, id)} (pending)`),
  )
  const seats = groupedBy([...held, ...pending], (name) => name)
  return [...seats].map(([name, { length }]) => (length > 1 ? `${name} ×${length}` : name)).join(', ')
}

/** The names of what a person holds. */
export const licensesColumn: GridColumn = {
  key: 'licenses',
  heading: 'Licenses',
  holds: 'text',
  separator: ', ',
  minimum: 20,
  wraps: true,
}

/** One column with the names of what a person holds: `Plus, Calling ×2, Pro (pending)`. */
export const heldNames = (report: LicenseReport): HeldLicenses => {
  const labelOf = labelsOf(report)
  return {
    columns: [licensesColumn],
    cellsOf: (person) => [namesOf(person, labelOf)],
  }
}

/** Where a license has its column, and the cell of people who were not read as its holders. */
interface LicensePlace {
  readonly index: number
  readonly otherwise: Cell
}

type LicensePlaces = ReadonlyMap<string, ReadonlyMap<string, LicensePlace>>

const placesOf = (licenses: readonly LicenseRow[], providers: readonly ProviderReport[]): LicensePlaces => {
  const places = new Map(providers.map(({ id }) => [id, new Map<string, LicensePlace>()]))
  const gapFinders = new Map(providers.map((provider) => [provider.id, seatGapFinder(provider)]))
  for (const [index, { provider: id, id: licenseId }] of licenses.entries()) {
    const gap = gapFinders.get(id)?.(licenseId)
    places.get(id)?.set(licenseId, { index, otherwise: gap === undefined ? '' : 'unknown' })
  }
  return places
}

/** Seats of one person by license: how many, `pending`, nothing, or `unknown`. */
const seatCells = (
  person: readonly UserRow[],
  cellsOfOthers: readonly Cell[],
  places: LicensePlaces,
): readonly Cell[] => {
  const cells = [...cellsOfOthers]
  for (const { provider, licenseIds, pendingLicenseIds } of person) {
    const ofProvider = places.get(provider)
    for (const id of pendingLicenseIds) {
      const index = ofProvider?.get(id)?.index
      if (index !== undefined && typeof cells[index] !== 'number') cells[index] = 'pending'
    }
    for (const id of licenseIds) {
      const index = ofProvider?.get(id)?.index
      if (index === undefined) continue
      const seats = cells[index]
      cells[index] = (typeof seats === 'number' ? seats : 0) + 1
    }
  }
  return cells
}

/** A column for each license, also for those without a holder. */
export const heldColumns = (report: LicenseReport): HeldLicenses => {
  const { providers } = report
  // What is mapped to no license cannot be held.
  const licenses = report.licenses.filter(({ boughtOnly }) => !boughtOnly)
  const { labelOf } = licenseLabels(report)
  const places = placesOf(licenses, providers)
  const cellsOfOthers = licenses.map(({ provider, id }) => places.get(provider)?.get(id)?.otherwise ?? '')
  return {
    columns: licenses.map(({ provider, id }): GridColumn => {
      const heading = `${provider}: ${labelOf(provider, id)}`
      return { key: heading, heading, holds: 'number', isNumbered: true }
    }),
    cellsOf: (person) => seatCells(person, cellsOfOthers, places),
  }
}
