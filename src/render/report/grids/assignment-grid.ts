import { groupedBy } from '../../../model/grouped-by.ts'
import { seatOf } from '../../../model/licensed-user.ts'
import type { CostOfSeat } from '../../../report/cost/cost-of-seat.ts'
import { type LicenseLabels, licenseLabels } from '../../../report/license-labels.ts'
import type {
  LicenseReport,
  LicenseRow,
  ProviderReport,
  UserRow,
  WorkspaceRow,
} from '../../../report/license-report.ts'
import type { Cell, Grid, GridColumn } from '../../grid/grid.ts'
import { costCell, costColumn } from '../../grid/grid.ts'
import { heldSinceText } from '../../text/held-since.ts'
import { seatGapFinder } from '../gaps.ts'
import { currenciesOf } from '../shown-costs.ts'
import { firstPresent } from './person-rows.ts'

const columns: readonly GridColumn[] = [
  { key: 'provider', heading: 'Provider', holds: 'text' },
  { key: 'providerStatus', heading: 'Provider status', holds: 'text', only: 'machines' },
  { key: 'who', heading: 'Person', holds: 'text', minimum: 12, wraps: true, only: 'people' },
  { key: 'person', heading: 'Person', holds: 'text', only: 'machines' },
  { key: 'user', heading: 'User', holds: 'text', only: 'machines' },
  { key: 'name', heading: 'Name', holds: 'text', only: 'machines' },
  { key: 'email', heading: 'E-mail', holds: 'text', minimum: 16, wraps: true },
  { key: 'department', heading: 'Department', holds: 'text', minimum: 10, expendable: 2 },
  { key: 'kind', heading: 'Kind', holds: 'text', only: 'machines' },
  { key: 'status', heading: 'Status', holds: 'text' },
  // Of a workspace: when the last of its devices was seen.
  { key: 'lastActiveAt', heading: 'Last active', holds: 'time', expendable: 1 },
  { key: 'licenseId', heading: 'License id', holds: 'text', only: 'machines' },
  { key: 'license', heading: 'License', holds: 'text', minimum: 12, wraps: true },
  { key: 'seat', heading: 'Seat', holds: 'text' },
  costColumn,
]

/** Of a report that knows since when users have their seats. */
const columnsOfSeats: readonly GridColumn[] = [
  { key: 'heldSince', heading: 'Held since', holds: 'text', only: 'people', expendable: 3 },
  { key: 'assignedAt', heading: 'Assigned', holds: 'time', only: 'machines' },
  { key: 'firstSeenAt', heading: 'First seen', holds: 'time', only: 'machines' },
  { key: 'assignedBy', heading: 'Assigned by', holds: 'text', only: 'machines' },
]

const NO_SEAT: readonly Cell[] = ['', '', '', '']

const timeCell = (time: string | undefined): Cell => (time === undefined ? '' : { time })

const seatCells = (user: UserRow, licenseId: string): readonly Cell[] => {
  const seat = seatOf(user, licenseId)
  if (seat === undefined) return NO_SEAT
  return [heldSinceText(seat) ?? '', timeCell(seat.assignedAt), timeCell(seat.firstSeenAt), seat.assignedBy]
}

const NO_USER = ['', '', '', '', '', '', '', '', '']

const userCells = (user: UserRow): readonly Cell[] => [
  firstPresent([user.displayName, user.email, user.id]),
  user.person,
  user.id,
  user.displayName ?? '',
  user.email ?? '',
  user.department ?? '',
  user.kind,
  user.status,
  user.lastActiveAt === undefined ? '' : { time: user.lastActiveAt },
]

const workspaceCells = ({ id, displayName = '', lastSeenAt }: WorkspaceRow): readonly Cell[] => [
  `${displayName || id} (workspace)`,
  '',
  id,
  displayName,
  '',
  '',
  'workspace',
  '',
  lastSeenAt === undefined ? '' : { time: lastSeenAt },
]

interface Material {
  readonly users: ReadonlyMap<string, readonly UserRow[]>
  readonly workspaces: ReadonlyMap<string, readonly WorkspaceRow[]>
  readonly licenses: ReadonlyMap<string, readonly LicenseRow[]>
  readonly labelOf: LicenseLabels['labelOf']
  readonly costOfSeat: CostOfSeat
  /** Whether the rows have the columns of seats. */
  readonly withSeats: boolean
}

function* seatsOf(
  provider: ProviderReport,
  { users, workspaces, licenses, labelOf, costOfSeat, withSeats }: Material,
): Generator<readonly Cell[]> {
  const seatOf = (user: UserRow, licenseId: string) => (withSeats ? seatCells(user, licenseId) : [])
  const noSeat = withSeats ? NO_SEAT : []
  const gapOfSeat = seatGapFinder(provider)
  const held = new Set<string>()
  const assigned = (who: readonly Cell[], licenseId: string, holderId: string): readonly Cell[] => {
    held.add(licenseId)
    const cost = costOfSeat(provider.id, licenseId, holderId)
    return [
      provider.id,
      provider.status,
      ...who,
      licenseId,
      labelOf(provider.id, licenseId),
      'assigned',
      costCell(cost),
    ]
  }
  for (const user of users.get(provider.id) ?? []) {
    const who = userCells(user)
    for (const licenseId of user.licenseIds) yield [...assigned(who, licenseId, user.id), ...seatOf(user, licenseId)]
    for (const licenseId of user.pendingLicenseIds) {
      const license = [licenseId, labelOf(provider.id, licenseId)]
      yield [provider.id, provider.status, ...who, ...license, 'pending', '', ...noSeat]
    }
  }
  for (const workspace of workspaces.get(provider.id) ?? []) {
    const who = workspaceCells(workspace)
    for (const licenseId of workspace.licenseIds) yield [...assigned(who, licenseId, workspace.id), ...noSeat]
  }
  for (const { id: licenseId, assigned: count } of licenses.get(provider.id) ?? []) {
    if (held.has(licenseId)) continue
    const seat = gapOfSeat(licenseId) === undefined && count.kind !== 'unknown' ? 'nobody' : 'unknown'
    const license = [licenseId, labelOf(provider.id, licenseId)]
    yield [provider.id, provider.status, ...NO_USER, ...license, seat, '', ...noSeat]
  }
}

function* rowsOf(providers: readonly ProviderReport[], material: Material): Generator<readonly Cell[]> {
  for (const provider of providers) {
    const cost = costCell(provider.cost)
    if (provider.status === 'failed')
      yield [provider.id, provider.status, ...NO_USER, '', '', 'unknown', cost, ...(material.withSeats ? NO_SEAT : [])]
    yield* seatsOf(provider, material)
  }
}

/**
 * One row for each seat that a user or a workspace holds (`assigned`) or a user will (`pending`), one for each license
 * without a holder (`nobody`, or `unknown` where not all holders could be read), and one for each provider that failed.
 */
export const assignmentGrid = (report: LicenseReport, costOfSeat: CostOfSeat): Grid => {
  const withSeats = report.users?.some(({ seats = [] }) => seats.length > 0) ?? false
  return {
    columns: withSeats ? [...columns, ...columnsOfSeats] : columns,
    rows: rowsOf(report.providers, {
      users: groupedBy(report.users ?? [], ({ provider }) => provider),
      workspaces: groupedBy(report.workspaces ?? [], ({ provider }) => provider),
      licenses: groupedBy(report.licenses, ({ provider }) => provider),
      labelOf: licenseLabels(report).labelOf,
      costOfSeat,
      withSeats,
    }),
    currencies: currenciesOf(report),
  }
}
