import type { Capacity } from '../../model/count.ts'
import type {
  CapacityDiff,
  CostChange,
  DiffPerson,
  LicenseDiff,
  SnapshotDiff,
  UnknownCostChange,
} from '../../snapshot/index.ts'
import { amountText } from '../output/cost-text.ts'
import { countText, numberText } from '../output/count-text.ts'
import type { Cell, Grid, GridColumn } from './grid.ts'
import { type LicenseLabels, licenseLabels } from './license-labels.ts'

/** A part of what changed, for people. */
export interface DiffSection {
  readonly heading: string
  /** What there is to say before the table; texts of others are in it as they are. */
  readonly lines: readonly string[]
  readonly grid?: Grid
}

const signed = (value: number): string => (value > 0 ? `+${numberText(value)}` : numberText(value))

const sideText = (side: Capacity | undefined): string => (side === undefined ? '' : countText(side))

/** `10 → 12 (+2)`, or what there is where nothing changed. */
const changeText = ({ before, after, difference }: CapacityDiff): string => {
  const [old, now] = [sideText(before), sideText(after)]
  if (before !== undefined && after !== undefined && old === now) return now
  const by = difference.kind === 'known' && difference.value !== 0 ? ` (${signed(difference.value)})` : ''
  return `${old === '' ? '' : `${old} `}→${now === '' ? '' : ` ${now}`}${by}`
}

export const nameOf = ({ id, name, email }: DiffPerson): string => {
  if (email === undefined) return name ?? id
  return name === undefined ? email : `${name} <${email}>`
}

const column = (heading: string, holds: GridColumn['holds'] = 'text', minimum?: number): GridColumn => ({
  key: heading,
  heading,
  holds,
  ...(minimum === undefined ? {} : { minimum }),
})

const grid = (columns: readonly GridColumn[], rows: Iterable<readonly Cell[]>): Grid => ({
  columns,
  rows,
  currencies: [],
})

const qualityLines = ({ before, after, providers, licenses }: SnapshotDiff): readonly string[] => [
  ...(before.complete ? [] : [`the snapshot of ${before.generatedAt} is not complete`]),
  ...(after.complete ? [] : [`the snapshot of ${after.generatedAt} is not complete`]),
  ...providers.flatMap(({ id, before: was, after: is }) => {
    if (was === undefined) return [`${id}: is in the later snapshot only, so there is nothing to compare it with`]
    return is === undefined ? [`${id}: is in the earlier snapshot only, so there is nothing to compare it with`] : []
  }),
  ...licenses.flatMap(({ provider, name, change, reason }) =>
    change === 'unknown' ? [`${provider}: cannot tell whether ${name} came or went: ${reason}`] : [],
  ),
]

const licensesGrid = (licenses: readonly LicenseDiff[], { labelOf }: LicenseLabels): Grid =>
  grid(
    [
      column('Provider', 'text', 8),
      column('License', 'text', 12),
      column('Change'),
      column('Purchased', 'number'),
      column('Consumed', 'number'),
      column('Assigned', 'number'),
      column('In', 'number'),
      column('Out', 'number'),
      column('Cannot tell', 'number'),
    ],
    licenses.map(({ provider, id, formerName, change, purchased, consumed, assigned, holders }) => [
      provider,
      formerName === undefined ? labelOf(provider, id) : `${labelOf(provider, id)} (was ${formerName})`,
      change === 'unknown' ? 'cannot tell' : change,
      changeText(purchased),
      changeText(consumed),
      changeText(assigned),
      holders.in.length,
      holders.out.length,
      holders.undecided.length,
    ]),
  )

function* holderRows(licenses: readonly LicenseDiff[], { labelOf }: LicenseLabels): Generator<readonly Cell[]> {
  for (const { provider, id, holders } of licenses) {
    const name = labelOf(provider, id)
    for (const person of holders.in) yield ['in', nameOf(person), name, provider, '']
    for (const person of holders.out) yield ['out', nameOf(person), name, provider, '']
    for (const person of holders.undecided) {
      yield [`cannot tell whether ${person.direction}`, nameOf(person), name, provider, person.reason]
    }
  }
}

const countHolders = (licenses: readonly LicenseDiff[]): number =>
  licenses.reduce((sum, { holders }) => sum + holders.in.length + holders.out.length + holders.undecided.length, 0)

function* first<A>(items: Iterable<A>, count: number): Generator<A> {
  let left = count
  for (const item of items) {
    if (left-- <= 0) return
    yield item
  }
}

const holdersSection = ({ licenses }: SnapshotDiff, labels: LicenseLabels, maxHolders: number): DiffSection => {
  const total = countHolders(licenses)
  return {
    heading: 'Holders',
    lines:
      total > maxHolders
        ? [`the first ${numberText(maxHolders)} of ${numberText(total)}; --format json has all of them`]
        : [],
    grid: grid(
      [
        column('Change'),
        column('Who', 'text', 16),
        column('License', 'text', 12),
        column('Provider', 'text', 8),
        column('Why', 'text', 12),
      ],
      first(holderRows(licenses, labels), maxHolders),
    ),
  }
}

const costRow = (provider: string, { currency, ...amounts }: CostChange): readonly Cell[] => {
  const money = (amount: number) => amountText({ amount, currency })
  const by = (amount: number) => `${amount > 0 ? '+' : ''}${money(amount)}`
  const { before, after, difference, seats, price, mix } = amounts
  return [provider, currency, money(before), money(after), by(difference), by(seats), by(price), by(mix)]
}

/** A text must stay readable. */
const MAX_UNKNOWN = 10

const unknownLines = (unknown: readonly UnknownCostChange[]): readonly string[] => {
  const named = unknown.slice(0, MAX_UNKNOWN).map(({ provider, name, reason }) => {
    const what = name === undefined ? provider : `${provider}: ${name}`
    return `not in the amounts: ${what}: ${reason}`
  })
  const others = unknown.length - named.length
  return others > 0 ? [...named, `and ${numberText(others)} more that are not in the amounts`] : named
}

const costSection = ({ cost }: SnapshotDiff): DiffSection => {
  if (cost === undefined) return { heading: 'Cost per month', lines: ['not known: neither snapshot has a price'] }
  const rows = [
    ...cost.providers.flatMap(({ provider, changes }) => changes.map((change) => costRow(provider, change))),
    ...(cost.providers.length > 1 ? cost.total.map((change) => costRow('in total', change)) : []),
  ]
  return {
    heading: 'Cost per month',
    lines: unknownLines(cost.unknown),
    grid: grid(
      [
        column('Provider', 'text', 8),
        column('Currency'),
        column('Before', 'number'),
        column('After', 'number'),
        column('Difference', 'number'),
        column('Seats', 'number'),
        column('Price', 'number'),
        column('Mix', 'number'),
      ],
      rows,
    ),
  }
}

/** What changed, part by part: what cannot be told comes first. */
export const diffSections = (diff: SnapshotDiff, maxHolders: number): readonly DiffSection[] => {
  const { licenses, unchanged } = diff
  const quality = qualityLines(diff)
  const labels = licenseLabels(diff)
  const others = `${numberText(unchanged)} ${unchanged === 1 ? 'license is' : 'licenses are'} as before`
  return [
    ...(diff.complete ? [] : [{ heading: 'Not everything can be told', lines: quality }]),
    {
      heading: 'Licenses',
      lines: [others],
      ...(licenses.length === 0 ? {} : { grid: licensesGrid(licenses, labels) }),
    },
    ...(countHolders(licenses) === 0 ? [] : [holdersSection(diff, labels, maxHolders)]),
    costSection(diff),
  ]
}
