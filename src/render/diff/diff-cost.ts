import { numberText } from '../../model/quantity.ts'
import type { Cost, Money } from '../../report/license-report.ts'
import type { CostChange, CostComparison, CostDiff, SnapshotDiff } from '../../snapshot/index.ts'
import type { Cell } from '../grid/grid.ts'
import { COST_PER_MONTH, costDifferenceText, figureText, signedFigureText } from '../text/cost-text.ts'
import { groupText, type ReasonGroup, reasonGroups } from './diff-reasons.ts'
import { column, type DiffSection, gridOf } from './diff-section.ts'

/** ` (+20.00)`; nothing where the difference is zero or unknown. The currency stands beside the amounts if there is only one. */
export const costByText = (difference: Cost): string => {
  if (difference.kind !== 'known' || difference.amounts.every(({ amount }) => amount === 0)) return ''
  const [only, ...others] = difference.amounts
  return ` (${only !== undefined && others.length === 0 ? signedFigureText(only) : costDifferenceText(difference)})`
}

const IN_TOTAL = 'in total'

const comparisonRow = (provider: string, { before, after, difference }: CostComparison): readonly Cell[] => [
  provider,
  { cost: before },
  { cost: after },
  costDifferenceText(difference),
]

const comparisonSection = (cost: CostDiff): DiffSection => ({
  heading: COST_PER_MONTH,
  lines: [],
  grid: gridOf(
    [
      column('Provider', 'text', { minimum: 8 }),
      column('Before', 'cost'),
      column('After', 'cost'),
      column('Difference', 'cost'),
    ],
    [
      ...cost.providers.map((comparison) => comparisonRow(comparison.provider, comparison)),
      ...(cost.providers.length > 1 ? [comparisonRow(IN_TOTAL, cost)] : []),
    ],
  ),
})

const changeRow = (provider: string, { currency, ...amounts }: CostChange): readonly Cell[] => {
  const money = (amount: number): Money => ({ amount, currency })
  const { before, after, difference, seats, price, mix } = amounts
  return [
    provider,
    currency,
    ...[before, after].map((amount) => figureText(money(amount))),
    ...[difference, seats, price, mix].map((amount) => signedFigureText(money(amount))),
  ]
}

const unknownLine = (group: ReasonGroup): string =>
  group.names.length === 0
    ? `not in these amounts: ${group.provider}: ${group.reason}`
    : `not in these amounts: ${group.provider}: ${groupText(group)}`

const comparedLines = ({ compared, notCompared }: CostComparison): readonly string[] =>
  notCompared === 0 ? [] : [`${numberText(compared)} of ${numberText(compared + notCompared)} licenses compared`]

const changesSection = (cost: CostDiff): DiffSection => {
  const changed = cost.providers.filter(({ changes }) => changes.length > 0)
  const rows = [
    ...changed.flatMap(({ provider, changes }) => changes.map((change) => changeRow(provider, change))),
    ...(changed.length > 1 ? cost.total.map((change) => changeRow(IN_TOTAL, change)) : []),
  ]
  const columns = [
    column('Provider', 'text', { minimum: 8 }),
    column('Currency'),
    ...['Before', 'After', 'Difference', 'Seats', 'Price', 'Mix'].map((heading) => column(heading, 'number')),
  ]
  return {
    heading: 'What the difference is made of',
    lines: [...comparedLines(cost), ...reasonGroups(cost.unknown).map(unknownLine)],
    ...(rows.length === 0 ? {} : { grid: gridOf(columns, rows) }),
  }
}

/** What everything costs, and then what the difference is made of, as far as licenses can be compared. */
export const costSections = ({ cost }: SnapshotDiff): readonly DiffSection[] =>
  cost === undefined
    ? [{ heading: COST_PER_MONTH, lines: ['unknown: neither snapshot has a price'] }]
    : [comparisonSection(cost), changesSection(cost)]
