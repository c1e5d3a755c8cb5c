import { countedInSeats, type License } from '../../../model/license.ts'
import { countCells, countText } from '../../output/count-text.ts'
import { visibleText } from '../../output/visible-text.ts'
import { csvFormat, jsonFormat, ndjsonFormat, tableFormat } from './list-format.ts'

const told = ({ raw: _vendors, ...license }: License): License => countedInSeats(license)

export const licenseJson = jsonFormat(told)
export const licenseNdjson = ndjsonFormat(told)

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

export const licenseTable = tableFormat<License>(
  [
    { heading: 'Provider', minimum: 8 },
    { heading: 'License', minimum: 12 },
    { heading: 'Id', minimum: 12 },
    { heading: 'Metric', minimum: 6 },
    { heading: 'Purchased', align: 'right' },
    { heading: 'Consumed', align: 'right' },
  ],
  (license) => [
    visibleText(license.provider),
    visibleText(license.name),
    visibleText(license.id),
    license.metric,
    countText(license.purchased),
    countText(license.consumed),
  ],
)
