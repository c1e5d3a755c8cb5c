import type { License } from '../../model/license.ts'
import { createFootnotes } from '../footnotes.ts'
import { cellText } from '../grid/grid-text.ts'
import { consumedCell, purchasedCell, termNote } from '../license-cells.ts'
import { licenseColumns } from '../license-columns.ts'
import { countCells } from '../text/count-text.ts'
import { purchaseFacts } from '../text/purchase-text.ts'
import type { Column } from '../text/text-table.ts'
import { visibleText } from '../text/visible-text.ts'
import { csvFormat, jsonFormat, type ListFormat, ndjsonFormat, tableFormat } from './list-format.ts'

const withoutRaw = ({ raw: _vendors, ...license }: License) => license

export const licenseJson = jsonFormat(withoutRaw)
export const licenseNdjson = ndjsonFormat(withoutRaw)

export const licenseCsv = csvFormat<License>(
  [
    'provider',
    'id',
    'name',
    'productCode',
    'metric',
    'purchased',
    'purchasedNote',
    'consumed',
    'consumedNote',
    'subscriptionId',
    'siteUrl',
    'includes',
    'requires',
    ...purchaseFacts.map(({ key }) => key),
  ],
  (license) => [
    license.provider,
    license.id,
    license.name,
    license.productCode ?? '',
    license.metric,
    ...countCells(license.purchased),
    ...countCells(license.consumed),
    license.subscriptionId ?? '',
    license.siteUrl ?? '',
    license.includes.join(' '),
    license.requires.join(' '),
    ...purchaseFacts.map(({ factOf }) => String(factOf(license))),
  ],
)

/** A longer id is not for people. */
const MOST_FOR_PEOPLE = 36

/** Besides the name of a license: the vendor's product code, or an id that is short enough to read. */
export const productOf = ({ id, productCode }: Pick<License, 'id' | 'productCode'>): string =>
  productCode ?? (id.length > MOST_FOR_PEOPLE ? '' : id)

const { provider, name, productCode, metric, purchased, consumed } = licenseColumns

const tableColumns: readonly Column[] = [
  { heading: provider.heading, minimum: 8 },
  name,
  productCode,
  { heading: metric.heading, minimum: 6, expendable: 1 },
  { heading: purchased.heading, align: 'right' },
  { heading: consumed.heading, align: 'right' },
]

/** Rows are printed as they come, and what their marks stand for at the end. */
export const licenseTable: ListFormat<License> = (surface) => {
  const notes = createFootnotes()
  const rows = tableFormat<License>(tableColumns, (license) => [
    visibleText(license.provider),
    visibleText(license.siteUrl === undefined ? license.name : `${license.name} (${license.siteUrl})`),
    visibleText(productOf(license)),
    license.metric,
    cellText(purchasedCell(license, termNote(license)), notes, visibleText),
    cellText(consumedCell(license), notes, visibleText),
  ])(surface)
  return { items: rows.items, end: () => `${rows.end()}${notes.text(surface.columns)}` }
}
