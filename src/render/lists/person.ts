import type { LicensedUser } from '../../model/licensed-user.ts'
import type { LicenseLabels } from '../../report/license-labels.ts'
import { jsonText } from '../text/json-text.ts'
import type { Surface } from '../text/surface.ts'
import { createTableWriter } from '../text/text-table.ts'
import { sinceText } from '../text/user-text.ts'
import { visibleText } from '../text/visible-text.ts'
import { productOf } from './license-lists.ts'

/** A license that a person holds, by its id and its name. */
export interface HeldLicense {
  readonly id: string
  /** The id where the definitions could not be read or lack it. */
  readonly name: string
  readonly productCode?: string | undefined
}

/** The user that a person is in one provider. */
export interface PersonInProvider extends Omit<LicensedUser, 'raw'> {
  readonly licenses: readonly HeldLicense[]
}

export type RenderPerson = (person: readonly PersonInProvider[], surface: Surface, labels: LicenseLabels) => string

const rowsOf = (known: PersonInProvider, labels: LicenseLabels): readonly (readonly string[])[] => {
  const labelOf = (id: string) => labels.labelOf(known.provider, id)
  const who = [visibleText(known.provider), visibleText(known.displayName ?? known.id), known.status]
  const since = new Map((known.seats ?? []).map((seat) => [seat.licenseId, sinceText(seat)]))
  const held = known.licenses.map((license) => [
    visibleText(labelOf(license.id)),
    visibleText(productOf(license)),
    since.get(license.id) ?? '',
  ])
  const pending = known.pendingLicenseIds.map((id) => [
    visibleText(`${labelOf(id)} (pending)`),
    '',
    since.get(id) ?? '',
  ])
  const rows = [...held, ...pending]
  return rows.length === 0 ? [[...who, '(none)', '', '']] : rows.map((row) => [...who, ...row])
}

/** One row for each license; no text where no provider has the person. */
export const renderPersonTable: RenderPerson = (person, surface, labels) => {
  if (person.length === 0) return ''
  const rows = person.flatMap((known) => rowsOf(known, labels))
  const withSince = rows.some((row) => row.at(-1) !== '')
  const table = createTableWriter(
    [
      { heading: 'Provider', minimum: 8 },
      { heading: 'Name', minimum: 12 },
      { heading: 'Status' },
      { heading: 'License', minimum: 12 },
      { heading: 'Product', minimum: 7 },
      ...(withSince ? [{ heading: 'Held since', expendable: 1 }] : []),
    ],
    surface,
  )
  return table(withSince ? rows : rows.map((row) => row.slice(0, -1)))
}

/** An array with one element for each provider that has the person. */
export const renderPersonJson: RenderPerson = (person) => `${jsonText(person, 2)}\n`
