import { unknown } from '../../model/count.ts'
import type { Abstention, Finding } from '../../report/index.ts'
import { cost, count, text, whole } from '../column.ts'
import type { SnapshotRead } from '../snapshot-read.ts'
import type { Table } from './table.ts'

type Row = SnapshotRead &
  (
    | { readonly finding: Finding; readonly abstention?: undefined }
    | { readonly abstention: Abstention; readonly finding?: undefined }
  )

const stateOf = ({ finding, abstention }: Row): string => {
  if (abstention !== undefined) return 'abstained'
  return finding.accepted === undefined ? 'open' : 'accepted'
}

const providerOf = ({ finding, abstention }: Row): string | undefined => (finding ?? abstention).provider
const licenseIdOf = ({ finding, abstention }: Row): string | undefined => (finding ?? abstention).licenseId

const licenseNameOf = (row: Row): string | undefined => {
  const [provider, licenseId] = [providerOf(row), licenseIdOf(row)]
  if (provider === undefined || licenseId === undefined) return undefined
  return row.licenseOf(provider, licenseId)?.name ?? licenseId
}

export const findingsTable: Table<Row> = {
  name: 'findings',
  row: 'One finding of one rule in one snapshot, or that a rule lacked data (`state` is `abstained`): no pass.',
  columns: [
    text('provider', 'The id of the provider; NULL: a rule that lacked data of several.', providerOf),
    text('vendor', 'Its vendor.', (row) => row.vendorOf(providerOf(row) ?? '')),
    text(
      'rule',
      'The name of the rule, such as `inactive-holder`.',
      ({ finding, abstention }) => (finding ?? abstention).rule,
    ),
    text('state', '`open`, `accepted`, or `abstained`: the rule lacked the data to judge.', stateOf),
    text(
      'finding_id',
      'Equal from snapshot to snapshot as long as it is about the same thing.',
      ({ finding }) => finding?.id,
    ),
    text('group_id', 'Findings that people count as one have the same.', ({ finding }) => finding?.group),
    text(
      'message',
      'What was found; of a rule that lacked data, why.',
      ({ finding, abstention }) => finding?.message ?? abstention?.reason,
    ),
    text('license_id', 'The license that it is about; NULL: it is about none alone.', licenseIdOf),
    text('license_name', 'Its name for people.', licenseNameOf),
    text('user_id', 'The user whom it is about; NULL: it is about none.', ({ finding }) => finding?.userId),
    text(
      'workspace_id',
      'The workspace that it is about; NULL: it is about none.',
      ({ finding }) => finding?.workspaceId,
    ),
    whole<Row>(
      'accounts',
      'How many users it is about.',
      ({ finding }) =>
        finding === undefined ? undefined : (finding.accounts?.length ?? (finding.userId === undefined ? 0 : 1)),
      'users',
    ),
    ...count<Row>('seats', 'seats', 'Seats at stake.', ({ finding, abstention }) =>
      finding === undefined ? unknown(abstention.reason) : finding.seats,
    ),
    whole<Row>(
      'removable',
      'Seats that can be given up, for certain.',
      ({ finding }) => (finding === undefined ? undefined : (finding.removals?.length ?? 0)),
      'seats',
    ),
    ...cost<Row>('What the seats at stake cost.', ({ finding, abstention }) =>
      finding === undefined ? { kind: 'unknown', reason: abstention.reason } : finding.cost,
    ),
    text('evidence', 'The facts that it rests on, as JSON.', ({ finding }) =>
      finding === undefined ? undefined : JSON.stringify(finding.evidence),
    ),
  ],
}

export function* findingRows(read: SnapshotRead): Generator<Row> {
  for (const finding of read.report.findings ?? []) yield { ...read, finding }
  for (const abstention of read.report.abstentions ?? []) yield { ...read, abstention }
}
