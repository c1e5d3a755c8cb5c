import { type LicensedUser, seatOf } from '../../model/licensed-user.ts'
import { type Cost, costOfSeatIn, type UserRow, type WorkspaceRow } from '../../report/index.ts'
import { type Column, cost, named, text, time } from '../column.ts'
import type { SnapshotRead } from '../snapshot-read.ts'
import type { Table } from './table.ts'

interface Assignment {
  readonly licenseId: string
  readonly state: 'held' | 'pending'
  readonly holder:
    | { readonly kind: 'user'; readonly row: UserRow }
    | { readonly kind: 'workspace'; readonly row: WorkspaceRow }
  readonly seat: ReturnType<typeof seatOf>
  readonly cost: Cost
}

type Row = SnapshotRead & Assignment

const NOT_IN_FORCE: Cost = { kind: 'notApplicable' }
const NO_PRICE: Cost = { kind: 'unknown', reason: 'no price is configured' }

/** A column of users, which is NULL of workspaces. It is here too, as joining millions of seats with users takes seconds. */
const ofUser = (column: Column<UserRow>): Column<Row> => ({
  ...column,
  of: ({ holder }) => (holder.kind === 'user' ? column.of(holder.row) : null),
})

export const assignmentsTable: Table<Row> = {
  name: 'assignments',
  row: 'One license of one user or workspace in one snapshot.',
  columns: [
    text('provider', 'The id of the provider.', ({ holder }) => holder.row.provider),
    text('vendor', 'Its vendor.', ({ holder, vendorOf }) => vendorOf(holder.row.provider)),
    text('license_id', 'The id of the license.', ({ licenseId }) => licenseId),
    text(
      'license_name',
      'For people; the id where the license is not listed.',
      ({ holder, licenseId, licenseOf }) => licenseOf(holder.row.provider, licenseId)?.name ?? licenseId,
    ),
    text('holder_kind', '`user` or `workspace`.', ({ holder }) => holder.kind),
    text('holder_id', 'The id of the user or workspace.', ({ holder }) => holder.row.id),
    text('person', 'The person that the user is; NULL: a workspace is none.', ({ holder }) =>
      holder.kind === 'user' ? holder.row.person : undefined,
    ),
    text('state', '`held`, or `pending`: granted, and not in force yet.', ({ state }) => state),
    ...time<Row>(
      'assigned_at',
      'When it was assigned.',
      ({ seat }) => seat?.assignedAt,
      ({ holder }) => (holder.kind === 'user' ? 'the vendor does not provide it' : 'no list has it of workspaces'),
    ),
    text(
      'assigned_by',
      'What gave it: `direct`, `role`, `group`, `template`, or `unknown`.',
      ({ seat }) => seat?.assignedBy ?? 'unknown',
    ),
    ...cost<Row>('What the seat costs; `notApplicable` while it is pending.', (row) => row.cost),
    ...[
      text<UserRow>('status', 'That of the user, as in `users`; NULL: a workspace has none.', ({ status }) => status),
      ...named<UserRow>(
        'department',
        'That of the user, as in `users`; of a workspace, this and the next two are NULL.',
        ({ department }) => department,
      ),
    ].map(ofUser),
  ],
}

export function* assignmentRows(read: SnapshotRead): Generator<Row> {
  const costOf = costOfSeatIn(read.report, read.providers)
  const held = (provider: string, licenseId: string, id: string): Cost => costOf(provider, licenseId, id) ?? NO_PRICE
  for (const row of read.users) {
    const seatsOf: Pick<LicensedUser, 'seats'> = row
    const holder = { kind: 'user', row } as const
    for (const licenseId of row.licenseIds) {
      const seat = seatOf(seatsOf, licenseId)
      yield { ...read, licenseId, state: 'held', holder, seat, cost: held(row.provider, licenseId, row.id) }
    }
    for (const licenseId of row.pendingLicenseIds) {
      yield { ...read, licenseId, state: 'pending', holder, seat: seatOf(seatsOf, licenseId), cost: NOT_IN_FORCE }
    }
  }
  for (const row of read.report.workspaces ?? []) {
    const holder = { kind: 'workspace', row } as const
    for (const licenseId of row.licenseIds) {
      yield { ...read, licenseId, state: 'held', holder, seat: undefined, cost: held(row.provider, licenseId, row.id) }
    }
  }
}
