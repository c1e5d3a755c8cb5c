import { createFootnotes } from '../footnotes.ts'
import { inBatches } from '../text/in-batches.ts'
import { markdownProse, markdownText } from '../text/markdown-text.ts'
import { type Grid, type GridColumn, gridFor } from './grid.ts'
import { cellText } from './grid-text.ts'

const ROWS_AT_ONCE = 100

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`

const ruleOf = ({ holds }: GridColumn): string => (holds === 'text' || holds === 'time' ? '---' : '---:')

const legendOf = (numbered: readonly GridColumn[]): string =>
  [
    rowOf(['Column', 'License']),
    rowOf(['---:', '---']),
    ...numbered.map(({ heading }, index) => rowOf([String(index + 1), markdownText(heading)])),
    '\n',
  ].join('')

/** A grid as a table of GitHub-flavoured Markdown, the reasons behind its marks below it. */
export function* gridMarkdown(grid: Grid): Generator<string> {
  const { columns, rows } = gridFor('people', grid)
  const numbered = columns.filter(({ isNumbered }) => isNumbered)
  if (numbered.length > 0) yield legendOf(numbered)
  const notes = createFootnotes()
  const headings = columns.map((column) =>
    column.isNumbered ? String(numbered.indexOf(column) + 1) : markdownText(column.heading),
  )
  yield `${rowOf(headings)}${rowOf(columns.map(ruleOf))}`
  for (const batch of inBatches(rows, ROWS_AT_ONCE)) {
    yield batch
      .map((cells) =>
        rowOf(
          cells.map((cell, place) =>
            cellText(cell, notes, columns[place]?.isProse === true ? markdownProse : markdownText),
          ),
        ),
      )
      .join('')
  }
  const reasons = notes.lines().map((line) => `${markdownProse(line)}  \n`)
  yield reasons.length === 0 ? '' : `\n${reasons.join('')}`
}
