import { firstOf } from '../../model/some-of.ts'
import type { LicenseReport } from '../../report/license-report.ts'
import { gridMarkdown } from '../grid/grid-markdown.ts'
import { markdownProse } from '../text/markdown-text.ts'
import { actionsNote, actionsOf } from './actions.ts'
import { actionGrid, renewalGrid, savingGrid } from './grids/overview-grids.ts'
import { nothingToSaveText, OVERVIEW, renewalsAhead, unknownLines } from './overview.ts'
import { moreMarkdown } from './report-md-sections.ts'

function* savingSection(report: LicenseReport): Generator<string> {
  if (report.savings === undefined) return
  yield `## ${OVERVIEW.savings}\n\n`
  const nothing = nothingToSaveText(report)
  if (nothing === undefined) yield* gridMarkdown(savingGrid(report))
  else yield `${nothing}\n`
  yield '\n'
}

function* actionSection(report: LicenseReport): Generator<string> {
  const shown = actionsOf(report)
  if (shown.length === 0) return
  yield `## ${OVERVIEW.actions}\n\n`
  yield* gridMarkdown(actionGrid(report, shown))
  yield `\n${actionsNote(report)}\n\n`
}

const MAX_RENEWALS = 50

function* renewalSection(report: LicenseReport, allIn: string): Generator<string> {
  const { shown, others } = firstOf(renewalsAhead(report), MAX_RENEWALS)
  if (shown.length === 0) return
  yield `## ${OVERVIEW.renewals}\n\n`
  yield* gridMarkdown(renewalGrid(report, shown))
  yield `${moreMarkdown(others, allIn)}\n`
}

const MAX_UNKNOWN = 20

function* unknownSection(report: LicenseReport, allIn: string): Generator<string> {
  const { shown, others } = firstOf(unknownLines(report), MAX_UNKNOWN)
  if (shown.length === 0) return
  yield `## ${OVERVIEW.unknown}\n\n`
  for (const line of shown) yield `- ${markdownProse(line)}\n`
  yield `${moreMarkdown(others, allIn)}\n`
}

/** What to read first: what can be saved and done, where the report has findings; renewals, and what is not known. */
export function* overviewSections(report: LicenseReport, allIn: string): Generator<string> {
  yield* savingSection(report)
  yield* actionSection(report)
  yield* renewalSection(report, allIn)
  yield* unknownSection(report, allIn)
}
