import type { GridColumn } from './grid/grid.ts'

/** What every table of licenses calls its columns: in reports, plans and lists of licenses. */
export const licenseColumns = {
  provider: { key: 'provider', heading: 'Provider', holds: 'text' },
  name: { key: 'name', heading: 'License', holds: 'text', minimum: 12 },
  productCode: { key: 'productCode', heading: 'Product', holds: 'text', minimum: 7 },
  metric: { key: 'metric', heading: 'Metric', holds: 'text' },
  purchased: { key: 'purchased', heading: 'Purchased', holds: 'count' },
  consumed: { key: 'consumed', heading: 'Consumed', holds: 'count' },
  assigned: { key: 'assigned', heading: 'Assigned', holds: 'count' },
  available: { key: 'available', heading: 'Available', holds: 'count', mayBeNegative: true },
  termEnd: { key: 'termEnd', heading: 'Term end', holds: 'text' },
} as const satisfies Readonly<Record<string, GridColumn>>
