import { timeText } from '../../model/time-text.ts'
import { gridTable } from '../grid/grid-table.ts'
import { proseLine } from '../text/prose-line.ts'
import type { RenderDiff } from './diff-formats.ts'
import { orderHint } from './diff-order.ts'
import { diffSections } from './diff-sections.ts'

/** More than anybody reads in a terminal. */
const MAX_HOLDERS = 50

/** What changed, for people. */
export const renderDiffTable: RenderDiff = (diff, surface) => {
  const { paint } = surface
  const sections = diffSections(diff, MAX_HOLDERS).map(({ heading, lines, grid, notes = [] }) =>
    [
      `${paint.bold(heading)}\n`,
      ...lines.map((line) => proseLine(line, surface)),
      ...(grid === undefined ? [] : gridTable(grid, surface)),
      ...notes.map((note) => proseLine(note, surface)),
    ].join(''),
  )
  const hint = orderHint(diff)
  const heading = `From ${timeText(diff.before.generatedAt)} to ${timeText(diff.after.generatedAt)}\n`
  return [hint === undefined ? heading : `${heading}${proseLine(hint, surface)}`, ...sections].join('\n')
}
