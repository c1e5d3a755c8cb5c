import { licenseLabels } from '../../../report/license-labels.ts'
import type { Finding, LicenseReport } from '../../../report/license-report.ts'
import type { Cell, Grid, GridColumn } from '../../grid/grid.ts'
import { costCell, costColumn } from '../../grid/grid.ts'
import { evidenceTexts } from '../report-words.ts'
import { currenciesOf } from '../shown-costs.ts'

const columns: readonly GridColumn[] = [
  { key: 'rule', heading: 'Rule', holds: 'text' },
  { key: 'provider', heading: 'Provider', holds: 'text' },
  { key: 'message', heading: 'Finding', holds: 'text' },
  { key: 'license', heading: 'License', holds: 'text', only: 'machines' },
  { key: 'user', heading: 'User', holds: 'text', only: 'machines' },
  { key: 'workspace', heading: 'Workspace', holds: 'text', only: 'machines' },
  { key: 'seats', heading: 'Seats', holds: 'count' },
  { key: 'accepted', heading: 'Accepted because', holds: 'text' },
  { key: 'until', heading: 'Accepted until', holds: 'text' },
  { key: 'evidence', heading: 'Evidence', holds: 'text' },
  { key: 'id', heading: 'Id', holds: 'text' },
  { key: 'group', heading: 'Group', holds: 'text', only: 'machines' },
  costColumn,
]

/** One row for each finding, accepted ones among them. */
export const findingGrid = (report: LicenseReport, findings: readonly Finding[] = report.findings ?? []): Grid => {
  const { labelOf } = licenseLabels(report)
  return {
    columns,
    rows: findings.map((finding): readonly Cell[] => [
      finding.rule,
      finding.provider,
      finding.message,
      finding.licenseId === undefined ? '' : labelOf(finding.provider, finding.licenseId),
      finding.userId ?? '',
      finding.workspaceId ?? '',
      { count: finding.seats },
      finding.accepted?.reason ?? '',
      finding.accepted?.until ?? '',
      evidenceTexts(finding, labelOf).join('; '),
      finding.id,
      finding.group ?? '',
      costCell(finding.cost),
    ]),
    currencies: currenciesOf(report),
  }
}
