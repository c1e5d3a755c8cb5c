import { groupedBy } from '../../../model/grouped-by.ts'
import { licenseLabels } from '../../../report/license-labels.ts'
import type { LicenseReport, UserRow } from '../../../report/license-report.ts'
import type { HeldLicenses } from './held-licenses.ts'

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
