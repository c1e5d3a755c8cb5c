import { firstOf } from '../../model/some-of.ts'
import type { LicenseReport } from '../../report/license-report.ts'
import { gridTable } from '../grid/grid-table.ts'
import { othersLine, proseLine } from '../text/prose-line.ts'
import type { Surface } from '../text/surface.ts'
import { actionsNote, actionsOf } from './actions.ts'
import { actionGrid, renewalGrid, savingGrid } from './grids/overview-grids.ts'
import { nothingToSaveText, OVERVIEW, renewalsAhead, unknownLines } from './overview.ts'

const savingSection = (report: LicenseReport, surface: Surface): readonly string[] => {
  if (report.savings === undefined) return []
  const heading = surface.paint.bold(OVERVIEW.savings)
  const nothing = nothingToSaveText(report)
  if (nothing !== undefined) return [`${heading}\n${proseLine(nothing, surface)}`]
  return [[`${heading}\n`, ...gridTable(savingGrid(report), surface)].join('')]
}

const actionSection = (report: LicenseReport, surface: Surface): readonly string[] => {
  const shown = actionsOf(report)
  if (shown.length === 0) return []
  const table = [...gridTable(actionGrid(report, shown), surface)].join('')
  return [`${surface.paint.bold(OVERVIEW.actions)}\n${table}${proseLine(actionsNote(report), surface)}`]
}

const MAX_RENEWALS = 10

const renewalSection = (report: LicenseReport, surface: Surface): readonly string[] => {
  const { shown, others } = firstOf(renewalsAhead(report), MAX_RENEWALS)
  if (shown.length === 0) return []
  const table = [...gridTable(renewalGrid(report, shown), surface)].join('')
  return [`${surface.paint.bold(OVERVIEW.renewals)}\n${table}${othersLine(others, surface)}`]
}

/** Before the numbers, only so many are read. */
const MAX_UNKNOWN = 5

const unknownSection = (report: LicenseReport, surface: Surface): readonly string[] => {
  const { shown, others } = firstOf(unknownLines(report), MAX_UNKNOWN)
  if (shown.length === 0) return []
  const lines = shown.map((line) => proseLine(line, surface, '  ')).join('')
  return [`${surface.paint.bold(OVERVIEW.unknown)}\n${lines}${othersLine(others, surface)}`]
}

/** What to read first: what can be saved and done, where the report has findings; renewals, and what is not known. */
export const overviewSections = (report: LicenseReport, surface: Surface): readonly string[] => [
  ...savingSection(report, surface),
  ...actionSection(report, surface),
  ...renewalSection(report, surface),
  ...unknownSection(report, surface),
]
