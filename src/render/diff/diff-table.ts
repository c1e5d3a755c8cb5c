import { timeText } from '../../model/time-text.ts'
import type { SnapshotDiff } from '../../snapshot/index.ts'
import { gridTable } from '../grid/grid-table.ts'
import { noticesOfDiff } from '../notices.ts'
import type { Render } from '../rendering.ts'
import { proseLine } from '../text/prose-line.ts'
import { diffSections } from './diff-sections.ts'

const MAX_HOLDERS = 50

/** What changed, for people. */
export const renderDiffTable: Render<SnapshotDiff> = (diff, surface) => {
  const { paint, timeZone } = surface
  const sections = diffSections(diff, MAX_HOLDERS, surface.allIn, timeZone).map(
    ({ heading, lines, grid, notes = [] }) =>
      [
        `${paint.bold(heading)}\n`,
        ...lines.map((line) => proseLine(line, surface)),
        ...(grid === undefined ? [] : gridTable(grid, surface)),
        ...notes.map((note) => proseLine(note, surface)),
      ].join(''),
  )
  const notices = noticesOfDiff(diff).map((notice) => proseLine(notice, surface))
  const heading = `From ${timeText(diff.before.generatedAt, timeZone)} to ${timeText(diff.after.generatedAt, timeZone)}\n`
  return [[heading, ...notices].join(''), ...sections].join('\n')
}
