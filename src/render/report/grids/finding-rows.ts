import { addressesOf } from '../../../model/addresses.ts'
import { licenseLabels } from '../../../report/license-labels.ts'
import type { Finding, LicenseReport, UserRow } from '../../../report/license-report.ts'
import type { Cell, Grid, GridColumn } from '../../grid/grid.ts'
import { costCell, costColumn } from '../../grid/grid.ts'
import { currenciesOf } from '../shown-costs.ts'

/** Also of checks. What is for machines is what a plan is read from, and what tells rows apart. */
export const findingRowColumns: readonly GridColumn[] = [
  { key: 'provider', heading: 'Provider', holds: 'text', expendable: 2 },
  { key: 'user', heading: 'User', holds: 'text', only: 'machines' },
  { key: 'action', heading: 'Action', holds: 'text' },
  { key: 'license', heading: 'License', holds: 'text', only: 'machines' },
  { key: 'rule', heading: 'Rule', holds: 'text', expendable: 1 },
  { key: 'message', heading: 'Finding', holds: 'text', minimum: 24, wraps: true },
  { key: 'seats', heading: 'Seats', holds: 'count', expendable: 4 },
  costColumn,
  { key: 'lastActiveAt', heading: 'Last active', holds: 'time', expendable: 3 },
  { key: 'accepted', heading: 'Accepted because', holds: 'text', minimum: 12, wraps: true, expendable: 5 },
  { key: 'id', heading: 'Id', holds: 'text' },
  { key: 'group', heading: 'Group', holds: 'text', only: 'machines' },
  { key: 'licenseName', heading: 'License', holds: 'text', only: 'machines' },
  { key: 'userId', heading: 'User id', holds: 'text', only: 'machines' },
]

/** Findings in the order of their groups, which is the order in which people act on them. */
const findingsInOrder = ({
  findings = [],
  findingGroups = [],
}: Pick<LicenseReport, 'findings' | 'findingGroups'>): readonly Finding[] => {
  const byId = new Map(findings.map((finding) => [finding.id, finding]))
  const grouped = findingGroups.flatMap((group) => group.findings)
  const placed = new Set(grouped)
  return [...grouped.flatMap((id) => byId.get(id) ?? []), ...findings.filter(({ id }) => !placed.has(id))]
}

/** What a row is about. */
interface Subject {
  readonly provider?: string | undefined
  readonly userId?: string | undefined
  readonly licenseId?: string | undefined
}

/** A row of a finding. */
export interface SeatRow extends Subject {
  /** What counts for the whole finding is there, so that sums are right. */
  readonly isFirst: boolean
  /** It is a seat that a user can give up. */
  readonly canGo: boolean
}

/** One row for each seat that a finding says can be given up; else one. */
export const rowsPerSeat = ({
  removals = [],
  provider,
  userId,
  licenseId,
}: Subject & Pick<Finding, 'removals'>): readonly SeatRow[] =>
  removals.length === 0
    ? [{ provider, userId, licenseId, isFirst: true, canGo: false }]
    : removals.map((seat, place) => ({ ...seat, isFirst: place === 0, canGo: true }))

/** What a user is called in a row: an address by which no other listed user is meant, else the id. */
const userNames = (users: readonly UserRow[]): ((user: UserRow) => string) => {
  const times = new Map<string, number>()
  const keyOf = (provider: string, address: string) => JSON.stringify([provider, address])
  for (const user of users) {
    for (const address of addressesOf(user)) {
      const key = keyOf(user.provider, address)
      times.set(key, (times.get(key) ?? 0) + 1)
    }
  }
  return ({ provider, id, email }) => {
    const [address] = email === undefined ? [] : addressesOf({ email })
    return email !== undefined && address !== undefined && times.get(keyOf(provider, address)) === 1 ? email : id
  }
}

/** A finding, one of its seats that can be given up, and the row of both. */
interface FindingRow {
  readonly finding: Finding
  readonly row: SeatRow
  readonly cells: readonly Cell[]
}

/** The rows of findings, in order. */
export function* findingRows(report: LicenseReport): Generator<FindingRow> {
  const { labelOf } = licenseLabels(report)
  const { users = [] } = report
  const nameOf = userNames(users)
  const known = new Map(users.map((user) => [JSON.stringify([user.provider, user.id]), user]))
  const cellsOf = (finding: Finding, row: SeatRow): readonly Cell[] => {
    const { provider = finding.provider, userId = '', licenseId = '', isFirst, canGo } = row
    const user = known.get(JSON.stringify([provider, userId]))
    return [
      provider,
      user === undefined ? userId : nameOf(user),
      canGo && finding.accepted === undefined ? 'remove' : '',
      licenseId,
      finding.rule,
      finding.message,
      isFirst ? { count: finding.seats } : '',
      isFirst ? costCell(finding.cost) : '',
      user?.lastActiveAt === undefined ? '' : { time: user.lastActiveAt },
      finding.accepted?.reason ?? '',
      finding.id,
      finding.group ?? '',
      licenseId === '' ? '' : labelOf(provider, licenseId),
      userId,
    ]
  }
  for (const finding of findingsInOrder(report)) {
    for (const row of rowsPerSeat(finding)) yield { finding, row, cells: cellsOf(finding, row) }
  }
}

function* cellsOfRows(report: LicenseReport): Generator<readonly Cell[]> {
  for (const { cells } of findingRows(report)) yield cells
}

/**
 * One row for each seat of a finding, in the columns that a plan is read from: `action` is `remove` where an open finding says
 * that the seat can be given up, and empty where there is nothing to do.
 */
export const findingRowGrid = (report: LicenseReport): Grid => {
  // For people, it takes the room of what is found.
  const isAnyAccepted = (report.findings ?? []).some(({ accepted }) => accepted !== undefined)
  const columns = findingRowColumns.map(
    (column): GridColumn => (column.key === 'accepted' && !isAnyAccepted ? { ...column, only: 'machines' } : column),
  )
  return { columns, rows: cellsOfRows(report), currencies: currenciesOf(report) }
}
