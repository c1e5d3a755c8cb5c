import type { UserRow } from '../../report/index.ts'
import { counted } from '../../report/uncertainty.ts'
import { cost, count, named, text, time, yesNo } from '../column.ts'
import type { SnapshotRead } from '../snapshot-read.ts'
import type { Table } from './table.ts'

type Row = SnapshotRead & { readonly user: UserRow }

const activityKind = ({ user }: Row): string => {
  if (user.lastActiveAt !== undefined) return 'known'
  return user.neverActive === true ? 'never' : 'unknown'
}

export const usersTable: Table<Row> = {
  name: 'users',
  row: 'One user of one provider in one snapshot: everyone whom the list of license holders names.',
  columns: [
    text('provider', 'The id of the provider.', ({ user }) => user.provider),
    text('vendor', 'Its vendor.', ({ user, vendorOf }) => vendorOf(user.provider)),
    text('user_id', "The vendor's id, opaque. The key, within a provider.", ({ user }) => user.id),
    text('person', 'Equal for users of a snapshot who are one person; opaque.', ({ user }) => user.person),
    text(
      'link',
      'Why users of several providers are one person: `email`, `mapping`, or `none` (there is no other).',
      ({ user }) => user.link,
    ),
    text('kind', '`internal`, `external`, or `unknown`.', ({ user }) => user.kind),
    text('status', '`active`, `inactive`, `deleted`, or `unknown`.', ({ user }) => user.status),
    yesNo(
      'invite_pending',
      'Invited, and has not accepted yet; NULL: the vendor does not provide it.',
      ({ user }) => user.invitePending,
    ),
    text('display_name', 'The name; NULL: the vendor does not provide it.', ({ user }) => user.displayName),
    text('email', 'The address; NULL: the vendor does not provide it.', ({ user }) => user.email),
    ...named<Row>('department', 'The department.', ({ user }) => user.department),
    ...named<Row>('division', 'The division.', ({ user }) => user.division),
    ...named<Row>('manager', "The manager's name, address or id.", ({ user }) => user.manager),
    ...named<Row>('location', 'The location.', ({ user }) => user.location),
    ...named<Row>('cost_center', 'The cost center.', ({ user }) => user.costCenter),
    ...named<Row>('employee_number', 'The employee number.', ({ user }) => user.employeeNumber),
    ...time<Row>('created_at', 'When the account was created.', ({ user }) => user.createdAt),
    ...time<Row>('hired_at', 'When the person was hired; may be still to come.', ({ user }) => user.hiredAt),
    ...time<Row>(
      'last_active_at',
      'When the user was last active, by the source that saw the user last.',
      ({ user }) => user.lastActiveAt,
      ({ user }) =>
        user.neverActive === true ? 'the vendor says that the user was never active' : 'the vendor does not provide it',
    ),
    text('last_active_kind', '`known`, `never` (the vendor says so), or `unknown`.', activityKind),
    ...count<Row>('seats', 'licenses', 'Licenses that the user holds.', ({ user }) =>
      counted(user.licenseIds.length, user.doubt),
    ),
    ...count<Row>('pending', 'licenses', 'Licenses that are granted and not in force yet.', ({ user }) =>
      counted(user.pendingLicenseIds.length, user.doubt),
    ),
    ...cost<Row>(
      'What the seats that the user holds cost.',
      ({ user }) => user.cost ?? { kind: 'unknown', reason: 'no price is configured' },
    ),
  ],
}

export function* userRows(read: SnapshotRead): Generator<Row> {
  for (const user of read.users) yield { ...read, user }
}
