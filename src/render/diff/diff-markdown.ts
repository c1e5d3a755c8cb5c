import { timeText } from '../../model/time-text.ts'
import type { SnapshotDiff } from '../../snapshot/index.ts'
import { gridMarkdown } from '../grid/grid-markdown.ts'
import { noticesOfDiff } from '../notices.ts'
import type { Render } from '../rendering.ts'
import { markdownText } from '../text/markdown-text.ts'
import { diffSections } from './diff-sections.ts'

const MAX_HOLDERS = 1_000

/** What changed, as GitHub-flavoured Markdown. */
export const renderDiffMarkdown: Render<SnapshotDiff> = (diff, { allIn }) => {
  const sections = diffSections(diff, MAX_HOLDERS, allIn).map(({ heading, lines, grid, notes = [] }) =>
    [
      `## ${markdownText(heading)}\n`,
      ...(lines.length === 0 ? [] : [lines.map((line) => `- ${markdownText(line)}\n`).join('')]),
      ...(grid === undefined ? [] : [[...gridMarkdown(grid)].join('')]),
      ...(notes.length === 0 ? [] : [notes.map((note) => `${markdownText(note)}  \n`).join('')]),
    ].join('\n'),
  )
  const heading = `# Licenses from ${timeText(diff.before.generatedAt)} to ${timeText(diff.after.generatedAt)}\n`
  const notices = noticesOfDiff(diff).map((notice) => `${markdownText(notice)}\n`)
  return [heading, ...notices, ...sections].join('\n')
}
