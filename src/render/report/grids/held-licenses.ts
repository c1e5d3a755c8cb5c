import { groupedBy } from '../../../model/grouped-by.ts'
import { licenseLabels } from '../../../report/license-labels.ts'
import type { LicenseReport, LicenseRow, ProviderReport, UserRow } from '../../../report/license-report.ts'
import type { Cell, GridColumn } from '../../grid/grid.ts'
import { seatDoubtFinder } from '../doubts.ts'

/** What rows of people say of single licenses. */
export interface HeldLicenses {
  readonly columns: readonly GridColumn[]
  /** As many as there are columns. */
  readonly cellsOf: (person: readonly UserRow[]) => readonly Cell[]
}

/** Nothing. */
export const noLicenses: HeldLicenses = { columns: [], cellsOf: () => [] }

type LabelOf = (provider: string, licenseId: string) => string

/** What a license is called where nothing beside it tells whose it is. */
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

/** One column that names what somebody holds: `Plus, Calling ×2, Pro (pending)`. */
export const heldNames = (report: LicenseReport): HeldLicenses => {
  const labelOf = labelsOf(report)
  return {
    columns: [{ key: 'licenses', heading: 'Licenses', holds: 'text', minimum: 20 }],
    cellsOf: (person) => [namesOf(person, labelOf)],
  }
}

/** Where a license has its column, and what is said of those who are not seen with it. */
interface LicensePlace {
  readonly index: number
  readonly otherwise: Cell
}

type LicensePlaces = ReadonlyMap<string, ReadonlyMap<string, LicensePlace>>

const placesOf = (licenses: readonly LicenseRow[], providers: readonly ProviderReport[]): LicensePlaces => {
  const places = new Map(providers.map(({ id }) => [id, new Map<string, LicensePlace>()]))
  const doubtsById = new Map(providers.map((provider) => [provider.id, seatDoubtFinder(provider)]))
  for (const [index, { provider: id, id: licenseId }] of licenses.entries()) {
    const doubt = doubtsById.get(id)?.(licenseId)
    places.get(id)?.set(licenseId, { index, otherwise: doubt === undefined ? '' : 'unknown' })
  }
  return places
}

/** Seats of one person by license: how many, `pending`, nothing, or `unknown`. */
const seatCells = (person: readonly UserRow[], nobodys: readonly Cell[], places: LicensePlaces): readonly Cell[] => {
  const cells = [...nobodys]
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

/** A column for each license, also for those that nobody holds. */
export const heldColumns = (report: LicenseReport): HeldLicenses => {
  const { licenses, providers } = report
  const { labelOf } = licenseLabels(report)
  const places = placesOf(licenses, providers)
  const nobodys = licenses.map(({ provider, id }) => places.get(provider)?.get(id)?.otherwise ?? '')
  return {
    columns: licenses.map(({ provider, id }): GridColumn => {
      const heading = `${provider}: ${labelOf(provider, id)}`
      return { key: heading, heading, holds: 'number', isNumbered: true }
    }),
    cellsOf: (person) => seatCells(person, nobodys, places),
  }
}
