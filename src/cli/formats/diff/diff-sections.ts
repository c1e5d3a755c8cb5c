import type { Capacity } from '../../../model/count.ts'
import { type LicenseLabels, licenseLabels } from '../../../report/license-labels.ts'
import type { CapacityDiff, DiffPerson, LicenseDiff, SnapshotDiff } from '../../../snapshot/index.ts'
import { countText, numberText } from '../../output/count-text.ts'
import type { Cell, Grid } from '../grid/grid.ts'
import { costSections, licenseCostText } from './diff-cost.ts'
import { groupText, reasonGroups } from './diff-reasons.ts'
import { column, type DiffSection, gridOf } from './diff-section.ts'

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

const qualityLines = ({ before, after, providers, licenses }: SnapshotDiff): readonly string[] => [
  ...(before.complete ? [] : [`the snapshot of ${before.generatedAt} is not complete`]),
  ...(after.complete ? [] : [`the snapshot of ${after.generatedAt} is not complete`]),
  ...providers.flatMap(({ id, before: was, after: is }) => {
    if (was === undefined) return [`${id}: is in the second snapshot only, so there is nothing to compare it with`]
    return is === undefined ? [`${id}: is in the first snapshot only, so there is nothing to compare it with`] : []
  }),
  ...reasonGroups(
    licenses.flatMap(({ provider, name, change, reason }) =>
      change === 'unknown' && reason !== undefined ? [{ provider, name, reason }] : [],
    ),
  ).map((group) => `${group.provider}: cannot tell what came or went: ${groupText(group)}`),
]

/** Where there are no prices, there is no column of cost. */
const licensesGrid = ({ licenses, cost: total }: SnapshotDiff, { labelOf }: LicenseLabels): Grid =>
  gridOf(
    [
      column('Provider', 'text', 8),
      column('License', 'text', 12),
      column('Change'),
      column('Purchased', 'number'),
      column('Consumed', 'number'),
      column('Assigned', 'number'),
      ...(total === undefined ? [] : [column('Cost a month', 'cost')]),
      column('In', 'number'),
      column('Out', 'number'),
      column('Cannot tell', 'number'),
    ],
    licenses.map(({ provider, id, formerName, change, purchased, consumed, assigned, cost, holders }) => [
      provider,
      formerName === undefined ? labelOf(provider, id) : `${labelOf(provider, id)} (was ${formerName})`,
      change === 'unknown' ? 'cannot tell' : change,
      changeText(purchased),
      changeText(consumed),
      changeText(assigned),
      ...(total === undefined ? [] : [cost === undefined ? '' : licenseCostText(cost)]),
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
    grid: gridOf(
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
      ...(licenses.length === 0 ? {} : { grid: licensesGrid(diff, labels) }),
    },
    ...(countHolders(licenses) === 0 ? [] : [holdersSection(diff, labels, maxHolders)]),
    ...costSections(diff),
  ]
}
