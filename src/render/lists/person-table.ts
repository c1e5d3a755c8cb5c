import type { LicenseLabels } from '../../report/license-labels.ts'
import { createTableWriter } from '../text/text-table.ts'
import { visibleText } from '../text/visible-text.ts'
import { productOf } from './license-lists.ts'
import type { PersonInProvider, RenderPerson } from './person-formats.ts'

const rowsOf = (known: PersonInProvider, labels: LicenseLabels): readonly (readonly string[])[] => {
  const labelOf = (id: string) => labels.labelOf(known.provider, id)
  const who = [visibleText(known.provider), visibleText(known.displayName ?? known.id), known.status]
  const held = known.licenses.map((license) => [visibleText(labelOf(license.id)), visibleText(productOf(license))])
  const pending = known.pendingLicenseIds.map((id) => [visibleText(`${labelOf(id)} (pending)`), ''])
  const rows = [...held, ...pending]
  return rows.length === 0 ? [[...who, '(none)', '']] : rows.map((row) => [...who, ...row])
}

/** One row for each license; nothing at all where nobody knows the person. */
export const renderPersonTable: RenderPerson = (person, surface, labels) => {
  if (person.length === 0) return ''
  const table = createTableWriter(
    [
      { heading: 'Provider', minimum: 8 },
      { heading: 'Name', minimum: 12 },
      { heading: 'Status' },
      { heading: 'License', minimum: 12 },
      { heading: 'Product', minimum: 7 },
    ],
    surface,
  )
  return table(person.flatMap((known) => rowsOf(known, labels)))
}
