import type { Finding, LicenseReport } from '../../report/license-report.ts'
import { type Grid, withoutEmptyColumns } from '../grid/grid.ts'
import { gridMarkdown } from '../grid/grid-markdown.ts'
import { findingGrid } from './grids/finding-grid.ts'
import { findingSummaryGrid, nothingFoundText, type RuleSummary, ruleSummaries } from './grids/finding-summary.ts'
import { moreMarkdown } from './more-text.ts'

/** More would be scrolled past; other formats have them all. */
const MAX_FINDINGS = 100

/** The heading above says it. */
const withoutRule = ({ columns, rows, currencies }: Grid): Grid => ({
  columns: columns.slice(1),
  rows: [...rows].map((row) => row.slice(1)),
  currencies,
})

function* tableOf(report: LicenseReport, findings: readonly Finding[]): Generator<string> {
  const shown = findings.slice(0, MAX_FINDINGS)
  yield* gridMarkdown(withoutEmptyColumns(withoutRule(findingGrid(report, shown))))
  yield moreMarkdown(findings.length - shown.length)
}

/** What is accepted has a table of its own: behind what is open, it would be the first to be cut off. */
function* ruleSection(report: LicenseReport, { rule, open, accepted }: RuleSummary): Generator<string> {
  if (open.length === 0 && accepted.length === 0) return
  yield `\n### ${rule}\n\n`
  if (open.length > 0) yield* tableOf(report, open)
  if (accepted.length === 0) return
  yield open.length > 0 ? '\nAccepted:\n\n' : 'Accepted:\n\n'
  yield* tableOf(report, accepted)
}

/** What each rule came to, and then what it found. What no rule could look into is said with the data's quality. */
export function* findingSection(report: LicenseReport): Generator<string> {
  if (report.findings === undefined) return
  yield '## Findings\n\n'
  const nothing = nothingFoundText(report)
  if (nothing !== undefined) yield `${nothing}\n\n`
  const rules = ruleSummaries(report)
  if (rules.length === 0) return
  yield* gridMarkdown(findingSummaryGrid(report))
  for (const rule of rules) yield* ruleSection(report, rule)
  yield '\n'
}
