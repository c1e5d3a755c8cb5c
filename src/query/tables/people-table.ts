import { lastActiveOf } from '../../model/activity.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import type { UserRow } from '../../report/index.ts'
import { gapOfPeople } from '../../report/report-gaps.ts'
import { counted } from '../../report/uncertainty.ts'
import { count, text, time, whole } from '../column.ts'
import type { SnapshotRead } from '../snapshot-read.ts'
import type { Table } from './table.ts'

interface Person {
  readonly person: string
  readonly users: readonly UserRow[]
  /** Why the person may hold more than is listed, as `seatlens report --by user` says it. */
  readonly gap: string | undefined
}

type Row = SnapshotRead & Person

const licensed = ({ users }: Row): readonly UserRow[] => users.filter(({ licenseIds }) => licenseIds.length > 0)

const kindOf = (users: readonly UserRow[]): string => {
  if (users.some(({ kind }) => kind === 'external')) return 'external'
  return users.every(({ kind }) => kind === 'internal') ? 'internal' : 'unknown'
}

const providersOf = (users: readonly UserRow[]): readonly string[] => [
  ...new Set(users.map(({ provider }) => provider)),
]

const firstOf =
  (field: 'displayName' | 'email' | 'department') =>
  ({ users }: Row): string | undefined =>
    users.map((user) => user[field]).find((value) => value !== undefined && value !== null) ?? undefined

export const peopleTable: Table<Row> = {
  name: 'people',
  row: 'One person in one snapshot: one or more of the users that were read, in one or several providers.',
  columns: [
    text('person', 'As in `users`; opaque.', ({ person }) => person),
    text(
      'link',
      'Why users of several providers are one person: `email`, `mapping`, or `none`.',
      ({ users }) => users.find(({ link }) => link !== 'none')?.link ?? 'none',
    ),
    text('display_name', 'The first name that a provider gives; NULL: none does.', firstOf('displayName')),
    text('email', 'The first address that a provider gives; NULL: none does.', firstOf('email')),
    text('department', 'The first department that a provider names; NULL: none does.', firstOf('department')),
    whole<Row>('users', 'Users of the view `users` that the person is.', ({ users }) => users.length, 'users'),
    text('providers', 'The providers in which the person is known to hold a license, with commas between.', (row) =>
      providersOf(licensed(row)).join(','),
    ),
    ...count<Row>('licensed_providers', 'providers', 'In how many providers the person holds a license.', (row) =>
      counted(providersOf(licensed(row)).length, row.gap),
    ),
    ...count<Row>('seats', 'licenses', 'Licenses that the person holds, in all providers.', (row) =>
      counted(
        row.users.reduce((sum, { licenseIds }) => sum + licenseIds.length, 0),
        row.gap,
      ),
    ),
    text('kind', '`external` (some user of the person is), `internal` (all are), or `unknown`.', ({ users }) =>
      kindOf(users),
    ),
    ...time<Row>(
      'last_active_at',
      'When the person was last active in any provider that tells.',
      ({ users }) =>
        lastActiveOf(
          users.flatMap(({ lastActiveAt }) => (lastActiveAt === undefined ? [] : [{ at: lastActiveAt, source: 'x' }])),
        ),
      () => 'no provider tells',
    ),
  ],
}

export function* peopleRows(read: SnapshotRead): Generator<Row> {
  const gap = gapOfPeople(read.report.providers)
  for (const [person, users] of groupedBy(read.users, ({ person }) => person)) yield { ...read, person, users, gap }
}
