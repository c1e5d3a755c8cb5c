import { groupedBy } from '../../../model/grouped-by.ts'
import type { Seat } from '../../../model/licensed-user.ts'
import type { CostOfSeat } from '../../../report/cost/cost-of-seat.ts'
import { type LicenseLabels, licenseLabels } from '../../../report/license-labels.ts'
import type {
  LicenseReport,
  LicenseRow,
  ProviderReport,
  UserRow,
  WorkspaceRow,
} from '../../../report/license-report.ts'
import { seatGapFinder } from '../../../report/report-gaps.ts'
import type { Cell, Grid, GridColumn } from '../../grid/grid.ts'
import { costCell, costColumn } from '../../grid/grid.ts'
import { fieldText, sinceText, statusText, userFacts } from '../../text/user-text.ts'
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
  { key: 'state', heading: 'Status', holds: 'text', only: 'people' },
  { key: 'status', heading: 'Status', holds: 'text', only: 'machines' },
  // Of a workspace: when the last of its devices was seen.
  { key: 'lastActiveAt', heading: 'Last active', holds: 'time', expendable: 1 },
  { key: 'licenseId', heading: 'License id', holds: 'text', only: 'machines' },
  { key: 'license', heading: 'License', holds: 'text', minimum: 12, wraps: true },
  { key: 'seat', heading: 'Seat', holds: 'text' },
  costColumn,
  { key: 'assignedAt', heading: 'Assigned at', holds: 'time', only: 'machines' },
  { key: 'firstSeenAt', heading: 'Held since or longer', holds: 'time', only: 'machines' },
  { key: 'assignedBy', heading: 'Assigned by', holds: 'text', only: 'machines' },
  ...userFacts.map(({ key, heading }): GridColumn => ({ key, heading, holds: 'text', only: 'machines' })),
]

/** For people, if it is known of a seat. */
const sinceColumn: GridColumn = { key: 'since', heading: 'Held since', holds: 'text', expendable: 3, only: 'people' }

/** All columns that seats may have. */
export const assignmentGridColumns: readonly GridColumn[] = [...columns, sinceColumn]

const timeCell = (time: string | undefined): Cell => (time === undefined ? '' : { time })

/** What comes after the cost: since when and by what the user has the seat, and what is known of the user besides. */
const lateCells = (facts: readonly string[], seat: Seat | undefined, withSince: boolean): readonly Cell[] => [
  timeCell(seat?.assignedAt),
  timeCell(seat?.firstSeenAt),
  seat?.assignedBy ?? '',
  ...facts,
  ...(withSince ? [seat === undefined ? '' : sinceText(seat)] : []),
]

const NO_FACTS = userFacts.map(() => '')

/** Of what is known of users, a workspace has a place, and the day on which it was created. */
const factsOfWorkspace = ({ location, createdAt = '' }: WorkspaceRow): readonly string[] =>
  userFacts.map(({ key }) => (key === 'location' ? fieldText(location) : key === 'createdAt' ? createdAt : ''))

const NO_USER = ['', '', '', '', '', '', '', '', '', '']

const userCells = (user: UserRow): readonly Cell[] => [
  firstPresent([user.displayName, user.email, user.id]),
  user.person,
  user.id,
  user.displayName ?? '',
  user.email ?? '',
  fieldText(user.department),
  user.kind,
  statusText(user),
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
  '',
  lastSeenAt === undefined ? '' : { time: lastSeenAt },
]

interface Material {
  readonly users: ReadonlyMap<string, readonly UserRow[]>
  readonly workspaces: ReadonlyMap<string, readonly WorkspaceRow[]>
  readonly licenses: ReadonlyMap<string, readonly LicenseRow[]>
  readonly labelOf: LicenseLabels['labelOf']
  readonly costOfSeat: CostOfSeat
  readonly withSince: boolean
}

function* seatsOf(
  provider: ProviderReport,
  { users, workspaces, licenses, labelOf, costOfSeat, withSince }: Material,
): Generator<readonly Cell[]> {
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
    const facts = userFacts.map(({ textOf }) => textOf(user))
    const seats = new Map((user.seats ?? []).map((seat) => [seat.licenseId, seat]))
    for (const licenseId of user.licenseIds) {
      yield [...assigned(who, licenseId, user.id), ...lateCells(facts, seats.get(licenseId), withSince)]
    }
    for (const licenseId of user.pendingLicenseIds) {
      const license = [licenseId, labelOf(provider.id, licenseId)]
      const late = lateCells(facts, seats.get(licenseId), withSince)
      yield [provider.id, provider.status, ...who, ...license, 'pending', '', ...late]
    }
  }
  for (const workspace of workspaces.get(provider.id) ?? []) {
    const who = workspaceCells(workspace)
    const late = lateCells(factsOfWorkspace(workspace), undefined, withSince)
    for (const licenseId of workspace.licenseIds) yield [...assigned(who, licenseId, workspace.id), ...late]
  }
  for (const { id: licenseId, boughtOnly, assigned: count } of licenses.get(provider.id) ?? []) {
    // What is mapped to no license has no seats that a user could hold.
    if (boughtOnly || held.has(licenseId)) continue
    const seat = gapOfSeat(licenseId) === undefined && count.kind !== 'unknown' ? 'nobody' : 'unknown'
    const license = [licenseId, labelOf(provider.id, licenseId)]
    yield [provider.id, provider.status, ...NO_USER, ...license, seat, '', ...lateCells(NO_FACTS, undefined, withSince)]
  }
}

function* rowsOf(providers: readonly ProviderReport[], material: Material): Generator<readonly Cell[]> {
  for (const provider of providers) {
    const cost = costCell(provider.cost)
    if (provider.status === 'failed') {
      const late = lateCells(NO_FACTS, undefined, material.withSince)
      yield [provider.id, provider.status, ...NO_USER, '', '', 'unknown', cost, ...late]
    }
    yield* seatsOf(provider, material)
  }
}

/**
 * One row for each seat that a user or a workspace holds (`assigned`) or a user will (`pending`), one for each license
 * without a holder (`nobody`, or `unknown` where not all holders could be read), and one for each provider that failed.
 */
export const assignmentGrid = (report: LicenseReport, costOfSeat: CostOfSeat): Grid => {
  const withSince = (report.users ?? []).some(({ seats = [] }) => seats.some((seat) => sinceText(seat) !== ''))
  return {
    columns: withSince ? assignmentGridColumns : columns,
    rows: rowsOf(report.providers, {
      users: groupedBy(report.users ?? [], ({ provider }) => provider),
      workspaces: groupedBy(report.workspaces ?? [], ({ provider }) => provider),
      licenses: groupedBy(report.licenses, ({ provider }) => provider),
      labelOf: licenseLabels(report).labelOf,
      costOfSeat,
      withSince,
    }),
    currencies: currenciesOf(report),
  }
}
