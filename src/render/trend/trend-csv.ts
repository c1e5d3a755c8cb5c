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

const PLACE = ['generatedAt', 'snapshot', 'provider']
const LICENSE = ['id', 'name', ...COUNTS.flatMap((count) => [count, `${count}Note`])]
const RESULT = ['snapshotStatus', 'providerStatus', 'problem']
/** Where plans were looked for. */
const PLANS = 'plansSince'

const ROWS_AT_ONCE = 100

/** The cells of each part of a row. There are so many rows that an object for each would take most of the time. */
interface Row {
  readonly place: readonly string[]
  /** Absent: it is about no license. */
  readonly license?: readonly string[]
  readonly result: readonly string[]
  readonly plans?: string
}

const damagedRow = ({ name, problem }: DamagedSnapshot): Row => ({
  place: ['', name, ''],
  result: ['damaged', '', problem],
})

const providerRow = ({ name, generatedAt, complete }: TrendSnapshot, provider: ProviderAccount): Row => ({
  place: [generatedAt, name, provider.id],
  result: [complete ? 'complete' : 'partial', provider.status, provider.problems.join('; ')],
})

/** A license, and its points by the places of their snapshots: looking for each of them takes long where there are many. */
interface PlacedLicense {
  readonly license: LicenseTrend
  readonly pointAt: ReadonlyMap<number, TrendPoint>
}

/** Of one provider in one snapshot: all licenses that the snapshot has. */
const rowsOfProvider = (
  trend: Trend,
  [index, snapshot]: readonly [number, TrendSnapshot],
  provider: ProviderAccount,
  licenses: readonly PlacedLicense[],
): readonly Row[] => {
  const { place, result } = providerRow(snapshot, provider)
  const rows = licenses.flatMap(({ license, pointAt }): readonly Row[] => {
    const point = pointAt.get(index)
    if (point === undefined) return []
    const since = plansOf(trend, license).filter(({ after }) => after === index - 1)
    const cells = [license.id, license.name, ...COUNTS.flatMap((count) => countCells(point[count]))]
    return [{ place, license: cells, result, plans: since.map(planTitle).join('; ') }]
  })
  return rows.length === 0 && provider.status !== 'complete' ? [{ place, result }] : rows
}

/** The rows, made as they are asked for: years of snapshots have very many. */
function* rowsOf(trend: Trend): Generator<Row> {
  const { damaged, snapshots, licenses } = trend
  yield* damaged.map(damagedRow)
  const placed = licenses.map((license): PlacedLicense => {
    return { license, pointAt: new Map(license.points.map((point) => [point.snapshot, point])) }
  })
  const byProvider = groupedBy(placed, ({ license }) => license.provider)
  for (const one of snapshots.entries()) {
    for (const provider of one[1].providers) {
      yield* rowsOfProvider(trend, one, provider, byProvider.get(provider.id) ?? [])
    }
  }
}

const NO_LICENSE = LICENSE.map(() => '')

function* piecesOf(trend: Trend, surface: Surface): Generator<string> {
  const withPlans = (plans: string) => (trend.plans === undefined ? [] : [plans])
  yield `${csvStart(surface)}${csvText([[...PLACE, ...LICENSE, ...RESULT, ...withPlans(PLANS)]], surface)}`
  for (const rows of inBatches(rowsOf(trend), ROWS_AT_ONCE)) {
    yield csvText(
      rows.map(({ place, license = NO_LICENSE, result, plans = '' }) => [
        ...place,
        ...license,
        ...result,
        ...withPlans(plans),
      ]),
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
