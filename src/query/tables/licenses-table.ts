import { notApplicable } from '../../model/count.ts'
import { isDay } from '../../model/moment.ts'
import { noticeDayOf } from '../../model/purchase.ts'
import { type LicenseRow, seatsInUse } from '../../report/index.ts'
import { capacity, cost, count, day, part, text, whole, yesNo } from '../column.ts'
import type { SnapshotRead } from '../snapshot-read.ts'
import type { Table } from './table.ts'

type Row = SnapshotRead & { readonly license: LicenseRow }

const dayOf = (value: string | undefined): string | undefined =>
  value !== undefined && isDay(value) ? value : undefined

export const licensesTable: Table<Row> = {
  name: 'licenses',
  row: 'One license of one provider in one snapshot.',
  columns: [
    text('provider', 'The id of the provider.', ({ license }) => license.provider),
    text('vendor', 'Its vendor.', ({ license, vendorOf }) => vendorOf(license.provider)),
    text('license_id', "The vendor's id, opaque. The key, within a provider.", ({ license }) => license.id),
    text('license_name', 'For people; not unique, and never a key.', ({ license }) => license.name),
    text('product_code', "The vendor's product key; NULL: it gives none.", ({ license }) => license.productCode),
    text(
      'metric',
      'What a seat stands for: `named`, `concurrent`, `device`, `consumption`, or `unknown`.',
      ({ license }) => license.metric,
    ),
    text(
      'services',
      'What it is for, with commas between; empty: for none by itself, as an add-on is; NULL: unknown.',
      ({ license }) => license.services?.join(','),
    ),
    text('services_reason', 'Why `services` is not known; NULL where it is.', ({ license }) =>
      license.services === undefined ? 'it is not known what the license is for' : undefined,
    ),
    text('subscription_id', 'The subscription; NULL: the vendor names none.', ({ license }) => license.subscriptionId),
    text('site_url', 'The site; NULL: the vendor names none.', ({ license }) => license.siteUrl),
    yesNo(
      'declared_only',
      'It is known from overrides alone, and has no numbers.',
      ({ license }) => license.declaredOnly === true,
    ),
    yesNo(
      'bought_only',
      'It was bought or billed, and is mapped to no license of the vendor.',
      ({ license }) => license.boughtOnly === true,
    ),
    ...capacity<Row>('purchased', 'seats', 'Seats that were purchased.', ({ license }) => license.purchased),
    text(
      'purchased_from',
      "Where `purchased` comes from; NULL: the vendor's list of licenses.",
      ({ license }) => license.purchasedFrom?.source,
    ),
    ...count<Row>(
      'consumed',
      'seats',
      'Seats in use, as the vendor counts or bills them.',
      ({ license }) => license.consumed,
    ),
    text(
      'consumed_from',
      "Where `consumed` comes from; NULL: the vendor's list of licenses.",
      ({ license }) => license.consumedFrom?.source,
    ),
    ...count<Row>(
      'assigned',
      'holders',
      'Holders, as Seatlens counted them in the lists.',
      ({ license }) => license.assigned,
    ),
    ...count<Row>(
      'in_use',
      'seats',
      'Named and device licenses: the larger of `consumed` and `assigned`; else `consumed`.',
      ({ license }) => (license.declaredOnly ? notApplicable : seatsInUse(license)),
    ),
    ...capacity<Row>(
      'available',
      'seats',
      'Purchased minus in use; negative if more is in use than was purchased.',
      ({ license }) => license.available,
    ),
    ...part<Row>(
      'utilization',
      'part of purchased',
      'In use, as a part of purchased: 1 is all.',
      ({ license }) => license.utilization,
    ),
    whole<Row>(
      'discrepancy',
      "The vendor's counter minus the users who were counted; NULL: they agree, or cannot be compared.",
      ({ license }) => license.discrepancy?.difference,
      'users',
    ),
    day('term_start', 'The first day that it was bought for; NULL: not known.', ({ license }) =>
      dayOf(license.term?.start),
    ),
    day('term_end', 'The last day that it was bought for; NULL: not known.', ({ license }) => dayOf(license.term?.end)),
    day('notice_day', 'The last day to cancel the renewal; NULL: not known.', ({ license }) =>
      license.term === undefined ? undefined : dayOf(noticeDayOf(license.term)),
    ),
    ...cost<Row>(
      'What the purchased seats cost.',
      ({ license }) => license.cost ?? { kind: 'unknown', reason: 'no price is configured' },
    ),
  ],
}

export function* licenseRows(read: SnapshotRead): Generator<Row> {
  for (const license of read.report.licenses) yield { ...read, license }
}
