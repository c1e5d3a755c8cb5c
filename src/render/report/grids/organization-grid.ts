import { type Capacity, type Count, unknown } from '../../../model/count.ts'
import { quantity } from '../../../model/quantity.ts'
import type { LicenseReport, ProviderReport } from '../../../report/license-report.ts'
import {
  type ProductAcrossOrganizations,
  type ProductSeats,
  productsAcrossOrganizations,
} from '../../../report/organization-products.ts'
import { type Cell, costCell, costColumn, type Grid, type GridColumn } from '../../grid/grid.ts'
import { licenseColumns } from '../../license-columns.ts'
import { currenciesOf } from '../shown-costs.ts'

const inUseColumn: GridColumn = { key: 'inUse', heading: 'In use', holds: 'count' }
const seatColumns: readonly GridColumn[] = [licenseColumns.purchased, inUseColumn, licenseColumns.available, costColumn]

const seatCells = ({ purchased, inUse, available, cost }: ProductSeats): readonly Cell[] => [
  { count: purchased },
  { count: inUse },
  { count: available },
  costCell(cost),
]

/** Nothing is known of what a provider has that could not be read. */
const unknownSeats = ({ error, cost }: ProviderReport): ProductSeats => {
  const count: Count & Capacity = unknown(error?.message ?? 'the list of licenses has a gap')
  return { purchased: count, inUse: count, available: count, cost }
}

/** What a product is called, for people. */
export const productTitle = ({ name, productCode }: ProductAcrossOrganizations): string =>
  productCode === undefined || productCode === name ? name : `${name} (${productCode})`

const nameColumn: GridColumn = { key: 'organization', heading: 'Organization', holds: 'text', minimum: 16, wraps: true }

/** For people: what each organization has of one product, and all of them together. */
export const productGrid = (report: LicenseReport, product: ProductAcrossOrganizations): Grid => {
  const names = new Map(report.providers.map((provider) => [provider.id, provider]))
  const { organizations, notRead, total } = product
  const listed = new Set(organizations.map(({ provider }) => provider))
  const missing = notRead.filter((id) => !listed.has(id))
  const lacking = missing.flatMap((id) => names.get(id) ?? [])
  return {
    columns: [nameColumn, ...seatColumns],
    rows: [
      ...organizations.map((own) => [own.provider, ...seatCells(own)]),
      ...lacking.map((provider) => [provider.id, ...seatCells(unknownSeats(provider))]),
      [`All ${quantity(organizations.length + lacking.length, 'organization')}`, ...seatCells(total)],
    ],
    currencies: currenciesOf(report),
  }
}

function* rowsOf(report: LicenseReport): Generator<readonly Cell[]> {
  const products = productsAcrossOrganizations(report)
  for (const { id, displayName, vendor, status, ...provider } of report.providers) {
    const about = [id, displayName, vendor, status]
    let isEmpty = true
    for (const { productCode = '', name, organizations } of products) {
      for (const own of organizations) {
        if (own.provider !== id) continue
        isEmpty = false
        yield [...about, productCode, name, own.licenseIds.join(' '), ...seatCells(own)]
      }
    }
    // Its absence would look like an organization without licenses.
    if (isEmpty && status !== 'complete') {
      yield [...about, '', '', '', ...seatCells(unknownSeats({ id, displayName, vendor, status, ...provider }))]
    }
  }
}

/** For machines: one row for each product of each organization, and one for each organization of which nothing is known. */
export const organizationGrid = (report: LicenseReport): Grid => ({
  columns: [
    licenseColumns.provider,
    { key: 'displayName', heading: 'Name', holds: 'text' },
    { key: 'vendor', heading: 'Vendor', holds: 'text' },
    { key: 'providerStatus', heading: 'Provider status', holds: 'text' },
    licenseColumns.productCode,
    licenseColumns.name,
    { key: 'licenseIds', heading: 'License ids', holds: 'text' },
    ...seatColumns,
  ],
  rows: rowsOf(report),
  currencies: currenciesOf(report),
})

/** What a sheet of organizations × products has in its cells. */
export const MEASURES = ['purchased', 'inUse', 'available', 'cost'] as const
type Measure = (typeof MEASURES)[number]

const headings: Readonly<Record<Measure, string>> = {
  purchased: 'Purchased',
  inUse: 'In use',
  available: 'Available',
  cost: 'Cost',
}

export const measureTitle = (measure: Measure): string => `${headings[measure]} by organization`

const measureCell = (seats: ProductSeats | undefined, measure: Measure): Cell => {
  if (seats === undefined) return ''
  return measure === 'cost' ? costCell(seats.cost) : { count: seats[measure] }
}

/**
 * For spreadsheets: a row for each organization, a column for each product. A cell is empty where the organization does not
 * have the product.
 */
export const measureGrid = (report: LicenseReport, measure: Measure): Grid => {
  const products = productsAcrossOrganizations(report)
  const own = products.map(({ organizations }) => new Map(organizations.map((one) => [one.provider, one])))
  const rowOf = (provider: ProviderReport): readonly Cell[] => [
    provider.id,
    provider.displayName,
    ...products.map(({ vendor, notRead }, place) => {
      const seats = own[place]?.get(provider.id)
      const isGap = vendor === provider.vendor && notRead.includes(provider.id)
      return measureCell(seats ?? (isGap ? unknownSeats(provider) : undefined), measure)
    }),
  ]
  return {
    columns: [
      licenseColumns.provider,
      { key: 'displayName', heading: 'Name', holds: 'text' },
      ...products.map(
        (product, place): GridColumn => ({
          key: `product${place + 1}`,
          heading: `${product.vendor}: ${productTitle(product)}`,
          holds: measure === 'cost' ? 'cost' : 'count',
          ...(measure === 'available' ? { mayBeNegative: true } : {}),
        }),
      ),
    ],
    rows: [
      ...report.providers.map(rowOf),
      ['All organizations', '', ...products.map(({ total }) => measureCell(total, measure))],
    ],
    currencies: currenciesOf(report),
  }
}
