import { type ProviderReport, problemsOfReport } from '../../report/index.ts'
import { count, text, yesNo } from '../column.ts'
import type { SnapshotRead } from '../snapshot-read.ts'
import type { Table } from './table.ts'

type Row = SnapshotRead & { readonly provider: ProviderReport }

const problemsOf = ({ report, provider }: Row): string | undefined =>
  problemsOfReport({ ...report, providers: [provider] })
    .map((line) => (line.startsWith(`${provider.id}: `) ? line.slice(provider.id.length + 2) : line))
    .join('; ') || undefined

const verdict = (list: 'licenses' | 'assignments' | 'directory' | 'workspaces', name: string, of: string) =>
  text<Row>(
    `${name}_verdict`,
    `Whether the list of ${of} can be trusted: \`complete\`, \`unverifiable\`, \`partial\` or \`mismatch\`. NULL: there is no such list.`,
    ({ provider }) => provider.ledgers[list]?.verdict,
  )

export const snapshotsTable: Table<Row> = {
  name: 'snapshots',
  row: 'One provider of one snapshot, and how it was read. Each provider is here, also one of which nothing could be read.',
  columns: [
    text('provider', 'The id of the provider.', ({ provider }) => provider.id),
    text('vendor', 'Its vendor.', ({ provider }) => provider.vendor),
    text('display_name', 'What it is called for people.', ({ provider }) => provider.displayName),
    text(
      'status',
      '`complete`, `partial` (something is missing), or `failed` (nothing could be read).',
      ({ provider }) => provider.status,
    ),
    yesNo('snapshot_complete', 'Every provider of the snapshot is complete.', ({ report }) => report.complete),
    text('problems', 'What is missing, and why; NULL where nothing is.', problemsOf),
    text('error', 'The kind of failure that ended it, such as `RateLimited`.', ({ provider }) => provider.error?._tag),
    ...count<Row>(
      'licensed_users',
      'users',
      'Users who hold at least one license.',
      ({ provider }) => provider.licensedUsers,
    ),
    verdict('licenses', 'licenses', 'licenses'),
    verdict('assignments', 'users', 'users with their licenses'),
    verdict('directory', 'directory', "users' names, addresses and states, where the vendor keeps them apart"),
    verdict('workspaces', 'workspaces', 'workspaces'),
    yesNo(
      'pseudonymized',
      'Names, addresses and user ids are pseudonyms.',
      ({ manifest }) => manifest.pseudonyms !== undefined,
    ),
    text('seal', 'The complete seal: `sha256:` and 64 digits.', ({ manifest }) => manifest.hash),
  ],
}

export function* snapshotRows(read: SnapshotRead): Generator<Row> {
  for (const provider of read.report.providers) yield { ...read, provider }
}
