import { licenseLabels } from '../../../report/license-labels.ts'
import type { LicenseReport } from '../../../report/license-report.ts'
import type { Cell, Grid, GridColumn } from '../../grid/grid.ts'
import { fieldText } from '../../text/user-text.ts'

const columns: readonly GridColumn[] = [
  { key: 'provider', heading: 'Provider', holds: 'text' },
  { key: 'workspace', heading: 'Workspace', holds: 'text', only: 'machines' },
  { key: 'name', heading: 'Name', holds: 'text' },
  { key: 'location', heading: 'Location', holds: 'text' },
  { key: 'licenses', heading: 'Licenses', holds: 'text' },
  { key: 'devices', heading: 'Devices', holds: 'number' },
  { key: 'lastSeenAt', heading: 'Last seen', holds: 'time' },
  { key: 'createdAt', heading: 'Created', holds: 'time', only: 'machines' },
]

function* rowsOf(report: LicenseReport): Generator<readonly Cell[]> {
  const { labelOf } = licenseLabels(report)
  for (const { provider, id, displayName, location, licenseIds, devices, lastSeenAt, createdAt } of report.workspaces ??
    []) {
    yield [
      provider,
      id,
      displayName ?? id,
      fieldText(location),
      licenseIds.map((licenseId) => labelOf(provider, licenseId)).join(', '),
      devices ?? 'unknown',
      lastSeenAt === undefined ? '' : { time: lastSeenAt },
      createdAt === undefined ? '' : { time: createdAt },
    ]
  }
}

/** One row for each workspace, with the licenses that it holds. */
export const workspaceGrid = (report: LicenseReport): Grid => ({ columns, rows: rowsOf(report), currencies: [] })
