import { countCells } from '../output/count-text.ts'
import { csvText } from '../output/csv-text.ts'
import type { RenderTrend } from './trend-formats.ts'

const COUNTS = ['purchased', 'consumed', 'assigned', 'utilization'] as const

/** One row for each license in each snapshot that has it. A count is two columns, see `countCells`. */
export const renderTrendCsv: RenderTrend = ({ snapshots, licenses }) =>
  csvText([
    ['generatedAt', 'snapshot', 'provider', 'id', 'name', ...COUNTS.flatMap((count) => [count, `${count}Note`])],
    ...snapshots.flatMap(({ name: snapshot, generatedAt }, index) =>
      licenses.flatMap(({ provider, id, name, points }) =>
        points
          .filter((point) => point.snapshot === index)
          .map((point) => [
            generatedAt,
            snapshot,
            provider,
            id,
            name,
            ...COUNTS.flatMap((count) => countCells(point[count])),
          ]),
      ),
    ),
  ])
