import { licenseLabels } from '../../../report/license-labels.ts'
import type { Finding, LicenseReport } from '../../../report/license-report.ts'
import { type Cell, costCell, costColumn, type Grid, type GridColumn } from '../../grid/grid.ts'
import { evidenceTexts } from '../report-words.ts'
import { currenciesOf } from '../shown-costs.ts'
import type { ShownGroup } from '../shown-groups.ts'

const columns: readonly GridColumn[] = [
  { key: 'rule', heading: 'Rule', holds: 'text' },
  { key: 'provider', heading: 'Provider', holds: 'text' },
  { key: 'message', heading: 'Finding', holds: 'text' },
  { key: 'user', heading: 'User', holds: 'text', only: 'machines' },
  { key: 'workspace', heading: 'Workspace', holds: 'text', only: 'machines' },
  { key: 'seats', heading: 'Seats', holds: 'count' },
  costColumn,
  { key: 'accepted', heading: 'Accepted because', holds: 'text' },
  { key: 'until', heading: 'Accepted until', holds: 'text' },
  { key: 'evidence', heading: 'Evidence', holds: 'text' },
  { key: 'findings', heading: 'Findings', holds: 'text' },
  { key: 'id', heading: 'Id', holds: 'text', only: 'machines' },
]

/** One row for each group of findings, with all that is known of it: what its findings rest on, and their ids. */
export const findingGroupGrid = (report: LicenseReport, groups: readonly ShownGroup[]): Grid => {
  const { labelOf } = licenseLabels(report)
  const evidenceOf = (findings: readonly Finding[]): string =>
    [...new Set(findings.flatMap((finding) => evidenceTexts(finding, labelOf)))].join('; ')
  return {
    columns,
    rows: groups.map(({ group, findings }): readonly Cell[] => [
      group.rule,
      group.provider,
      group.message,
      group.userId ?? '',
      group.workspaceId ?? '',
      { count: group.seats },
      costCell(group.cost),
      group.accepted?.reason ?? '',
      group.accepted?.until ?? '',
      evidenceOf(findings),
      group.findings.join(' '),
      group.id,
    ]),
    currencies: currenciesOf(report),
  }
}
