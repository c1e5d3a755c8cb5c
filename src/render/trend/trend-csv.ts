import { groupedBy } from '../../model/grouped-by.ts'
import type {
  DamagedSnapshot,
  LicenseTrend,
  ProviderAccount,
  Trend,
  TrendPoint,
  TrendSnapshot,
} from '../../snapshot/index.ts'
import type { Render } from '../rendering.ts'
import { countCells } from '../text/count-text.ts'
import { csvStart, csvText } from '../text/csv-text.ts'
import { inBatches } from '../text/in-batches.ts'
import type { Surface } from '../text/surface.ts'
import { plansOf, planTitle } from './plan-marks.ts'

const COUNTS = ['purchased', 'consumed', 'assigned', 'utilization'] as const

const COLUMNS = [
  'generatedAt',
  'snapshot',
  'provider',
  'id',
  'name',
  ...COUNTS.flatMap((count) => [count, `${count}Note`]),
  'snapshotStatus',
  'providerStatus',
  'problem',
] as const

/** Where plans were looked for. */
const PLANS_COLUMN = 'plansSince'

const ROWS_AT_ONCE = 100

type Row = Partial<Readonly<Record<string, string>>>

const damagedRow = ({ name, problem }: DamagedSnapshot): Row => ({ snapshot: name, snapshotStatus: 'damaged', problem })

const providerCells = ({ name, generatedAt, complete }: TrendSnapshot, provider: ProviderAccount): Row => ({
  generatedAt,
  snapshot: name,
  provider: provider.id,
  snapshotStatus: complete ? 'complete' : 'partial',
  providerStatus: provider.status,
  problem: provider.problems.join('; '),
})

const countsOf = (point: TrendPoint): Row => {
  const cells: Record<string, string> = {}
  for (const count of COUNTS) [cells[count], cells[`${count}Note`]] = countCells(point[count])
  return cells
}

/** One license in one snapshot. */
interface LicensePoint {
  readonly license: LicenseTrend
  readonly point: TrendPoint
}

const keyOf = (snapshot: number, provider: string): string => `${snapshot} ${provider}`

/** By snapshot and provider, the licenses that the snapshot has. */
const pointsOf = (licenses: readonly LicenseTrend[]): ReadonlyMap<string, readonly LicensePoint[]> =>
  groupedBy(
    licenses.flatMap((license) => license.points.map((point): LicensePoint => ({ license, point }))),
    ({ license, point }) => keyOf(point.snapshot, license.provider),
  )

const licenseRow = ({ license, point }: LicensePoint, trend: Trend): Row => {
  const since = plansOf(trend, license).filter(({ after }) => after === point.snapshot - 1)
  const { id, name } = license
  return { id, name, ...countsOf(point), [PLANS_COLUMN]: since.map(planTitle).join('; ') }
}

/** The rows, made as they are asked for: years of snapshots have very many. */
function* rowsOf(trend: Trend): Generator<Row> {
  const { damaged, snapshots, licenses } = trend
  yield* damaged.map(damagedRow)
  const points = pointsOf(licenses)
  for (const [index, snapshot] of snapshots.entries()) {
    for (const provider of snapshot.providers) {
      const own = points.get(keyOf(index, provider.id)) ?? []
      const cells = providerCells(snapshot, provider)
      if (own.length === 0 && provider.status !== 'complete') yield cells
      for (const point of own) yield { ...cells, ...licenseRow(point, trend) }
    }
  }
}

function* piecesOf(trend: Trend, surface: Surface): Generator<string> {
  const columns = [...COLUMNS, ...(trend.plans === undefined ? [] : [PLANS_COLUMN])]
  yield `${csvStart(surface)}${csvText([columns], surface)}`
  for (const rows of inBatches(rowsOf(trend), ROWS_AT_ONCE)) {
    yield csvText(
      rows.map((row) => columns.map((name) => row[name] ?? '')),
      surface,
    )
  }
}

/**
 * One row for each license in each snapshot that has it, one for each provider of which a snapshot has no license because
 * something could not be read, and first one for each snapshot that cannot be used. Columns are only ever added, at the
 * end. `snapshotStatus` and `providerStatus` say whether a row is complete, and `problem` says why not. A
 * count is two columns, see `countCells`. Where plans were looked for, `plansSince` names those
 * that changed the license since the snapshot before.
 */
export const renderTrendCsv: Render<Trend> = piecesOf
