import type { License } from '../../model/license.ts'
import { withoutRaw } from '../../model/without-raw.ts'
import type { GridColumn, GridField } from '../grid/grid.ts'
import { consumedCell, purchasedCell, termNote } from '../license-cells.ts'
import { licenseColumns } from '../license-columns.ts'
import { purchaseFacts } from '../text/purchase-text.ts'
import type { ListDescription } from './list-format.ts'

/** A longer id is not for people. */
const MOST_FOR_PEOPLE = 36

/** Besides the name of a license: the vendor's product code, or an id that is short enough to read. */
export const productOf = ({ id, productCode }: Pick<License, 'id' | 'productCode'>): string =>
  productCode ?? (id.length > MOST_FOR_PEOPLE ? '' : id)

const { provider, name, productCode, metric, purchased, consumed } = licenseColumns
const only = <Column extends GridColumn>(reader: 'people' | 'machines', column: Column): GridColumn => ({
  ...column,
  only: reader,
})

const fields: readonly GridField<License>[] = [
  { column: { ...provider, minimum: 8 }, cellOf: (license) => license.provider },
  { column: only('machines', { key: 'id', heading: 'Id', holds: 'text' }), cellOf: ({ id }) => id },
  { column: only('machines', name), cellOf: (license) => license.name },
  {
    column: only('people', name),
    cellOf: (license) => (license.siteUrl === undefined ? license.name : `${license.name} (${license.siteUrl})`),
  },
  { column: only('machines', productCode), cellOf: (license) => license.productCode ?? '' },
  { column: only('people', productCode), cellOf: productOf },
  { column: { ...metric, minimum: 6, expendable: 1 }, cellOf: (license) => license.metric },
  { column: purchased, cellOf: (license) => purchasedCell(license, termNote(license)) },
  { column: consumed, cellOf: (license) => consumedCell(license) },
  {
    column: only('machines', { key: 'subscriptionId', heading: 'Subscription', holds: 'text' }),
    cellOf: ({ subscriptionId = '' }) => subscriptionId,
  },
  {
    column: only('machines', { key: 'siteUrl', heading: 'Site', holds: 'text' }),
    cellOf: ({ siteUrl = '' }) => siteUrl,
  },
  {
    column: only('machines', { key: 'includes', heading: 'Includes', holds: 'text', separator: ' ' }),
    cellOf: ({ includes }) => includes.join(' '),
  },
  {
    column: only('machines', { key: 'requires', heading: 'Requires', holds: 'text', separator: ' ' }),
    cellOf: ({ requires }) => requires.join(' '),
  },
  ...purchaseFacts.map(
    ({ key, heading, holds, separator, factOf }): GridField<License> => ({
      column: only('machines', { key, heading, holds, ...(separator === undefined ? {} : { separator }) }),
      cellOf: (license) => factOf(license),
    }),
  ),
]

export const licenseList: ListDescription<License> = {
  one: 'license',
  fields,
  toValue: withoutRaw,
}
