import type { License } from '../../model/license.ts'
import { licenseColumns } from '../license-columns.ts'
import { countCells, countText } from '../text/count-text.ts'
import { visibleText } from '../text/visible-text.ts'
import { csvFormat, jsonFormat, ndjsonFormat, tableFormat } from './list-format.ts'

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
  ],
)

/** A longer id is not for people. */
const MOST_FOR_PEOPLE = 36

/** Besides the name of a license: the vendor's product code, or an id that is short enough to read. */
export const productOf = ({ id, productCode }: Pick<License, 'id' | 'productCode'>): string =>
  productCode ?? (id.length > MOST_FOR_PEOPLE ? '' : id)

const { provider, name, productCode, metric, purchased, consumed } = licenseColumns

export const licenseTable = tableFormat<License>(
  [
    { heading: provider.heading, minimum: 8 },
    name,
    productCode,
    { heading: metric.heading, minimum: 6, expendable: 1 },
    { heading: purchased.heading, align: 'right' },
    { heading: consumed.heading, align: 'right' },
  ],
  ({ siteUrl, ...license }) => [
    visibleText(license.provider),
    visibleText(siteUrl === undefined ? license.name : `${license.name} (${siteUrl})`),
    visibleText(productOf(license)),
    license.metric,
    countText(license.purchased),
    countText(license.consumed),
  ],
)
