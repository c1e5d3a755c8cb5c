import type { Capacity } from '../../model/count.ts'
import { numberText, quantity } from '../../model/quantity.ts'
import type { LicenseLabels } from '../../report/license-labels.ts'
import type { Cost } from '../../report/license-report.ts'
import type { CapacityDiff, LicenseCostDiff, LicenseDiff, SnapshotDiff } from '../../snapshot/index.ts'
import { createFootnotes, type Footnotes } from '../footnotes.ts'
import type { Cell } from '../grid/grid.ts'
import { COST_PER_MONTH, costText } from '../text/cost-text.ts'
import { beforeAfterText, countText } from '../text/count-text.ts'
import { costByText } from './diff-cost.ts'
import { column, type DiffSection, gridOf } from './diff-section.ts'

/** The license is not defined there. */
const NOT_THERE = '–'
const UNKNOWN = 'unknown'

/** One side of a change: what it says, and if that is nothing, why. */
const sideText = <A extends Capacity | Cost>(
  side: A | undefined,
  { change, reason }: LicenseDiff,
  text: (side: A) => string,
  notes: Footnotes,
): string => {
  if (side !== undefined) return `${text(side)}${side.kind === 'unknown' ? notes.mark(side.reason) : ''}`
  if (change !== 'unknown') return NOT_THERE
  return `${UNKNOWN}${reason === undefined ? '' : notes.mark(reason)}`
}

const signed = (value: number): string => (value > 0 ? `+${numberText(value)}` : numberText(value))

/** `10 → 12 (+2)`, `– → 2 (+2)`, `10 → unknown`. */
const changeText = ({ before, after, difference }: CapacityDiff, license: LicenseDiff, notes: Footnotes): string => {
  const [old, now] = [before, after].map((side) => sideText(side, license, countText, notes))
  const by = difference.kind === 'known' && difference.value !== 0 ? ` (${signed(difference.value)})` : ''
  return `${beforeAfterText(old ?? UNKNOWN, now ?? UNKNOWN)}${by}`
}

/** `EUR 100.00 → EUR 120.00 (+20.00)`. */
const costChangeText = (cost: LicenseCostDiff, license: LicenseDiff, notes: Footnotes): string => {
  const [old, now] = [cost.before, cost.after].map((side) => sideText(side, license, costText, notes))
  return `${beforeAfterText(old ?? UNKNOWN, now ?? UNKNOWN)}${costByText(cost.difference)}`
}

const licenseRow = (license: LicenseDiff, { labelOf }: LicenseLabels, notes: Footnotes, hasCosts: boolean) => {
  const { provider, id, formerName, change, purchased, consumed, assigned, cost, holders } = license
  const label = labelOf(provider, id)
  return [
    provider,
    formerName === undefined ? label : `${label} (was ${formerName})`,
    change,
    ...[purchased, consumed, assigned].map((amounts) => changeText(amounts, license, notes)),
    ...(hasCosts ? [cost === undefined ? '' : costChangeText(cost, license, notes)] : []),
    { count: holders.came },
    { count: holders.left },
    holders.undecided.length,
  ] satisfies readonly Cell[]
}

const unchangedText = (unchanged: number): string => {
  if (unchanged === 0) return 'no license is as before'
  return `${quantity(unchanged, 'license is', 'licenses are')} as before`
}

/** Licenses that changed, and after them those of which that is unknown. Without prices there is no column of cost. */
export const licensesSection = ({ licenses, unchanged, cost }: SnapshotDiff, labels: LicenseLabels): DiffSection => {
  const lines = [unchangedText(unchanged)]
  if (licenses.length === 0) return { heading: 'Licenses', lines }
  const hasCosts = cost !== undefined
  const isDecided = ({ change }: LicenseDiff) => change !== 'unknown'
  const inOrder = [...licenses.filter(isDecided), ...licenses.filter((license) => !isDecided(license))]
  const notes = createFootnotes()
  const rows = inOrder.map((license) => licenseRow(license, labels, notes, hasCosts))
  const columns = [
    column('Provider', 'text', { minimum: 8 }),
    column('License', 'text', { minimum: 12 }),
    column('Change'),
    column('Purchased', 'number'),
    column('Consumed', 'number', { expendable: 1 }),
    column('Assigned', 'number', { expendable: 4 }),
    // The section of costs has the sums.
    ...(hasCosts ? [column(COST_PER_MONTH, 'cost', { expendable: 2 })] : []),
    column('In', 'number'),
    column('Out', 'number'),
    column('Unknown', 'number', { expendable: 3 }),
  ]
  return { heading: 'Licenses', lines, grid: gridOf(columns, rows), notes: notes.lines() }
}
