import { leastOf } from '../../model/count.ts'
import { numberText, quantity } from '../../model/quantity.ts'
import { knownOf } from '../../report/cost/cost-tally.ts'
import type { LicenseLabels } from '../../report/license-labels.ts'
import type { Cost, SeatsAndCost } from '../../report/license-report.ts'
import { differenceOfCosts } from '../../snapshot/diff/license-cost.ts'
import type {
  DiffAttribution,
  LicenseAttribution,
  LicenseDiff,
  MovedSeats,
  PlanCause,
  SeatsMoved,
  SnapshotDiff,
} from '../../snapshot/index.ts'
import type { Cell } from '../grid/grid.ts'
import { COST_PER_MONTH, costDifferenceText, costText } from '../text/cost-text.ts'
import { countText } from '../text/count-text.ts'
import { column, type DiffSection, gridOf } from './diff-section.ts'

/** `plan idle.json`, `undo of plan idle.json`. */
const causeText = ({ name, undo }: PlanCause): string => (undo ? `undo of plan ${name}` : `plan ${name}`)

/** ` (EUR 350.00 a month)`; nothing where no part of it has a price. */
const moneyNote = (cost: Cost): string => (knownOf(cost).length === 0 ? '' : ` (${costText(cost)} a month)`)

/** What a gap may hide is told with the gaps. */
const isSome = ({ seats }: SeatsAndCost): boolean => (leastOf(seats) ?? 0) > 0

const isWhole = ({ given, givenBack }: SeatsMoved): boolean =>
  [given, givenBack].every(({ seats }) => seats.kind === 'known')

interface Part {
  readonly of: SeatsAndCost
  readonly by: string
}

/** `14 seats given back by plan idle.json (EUR 350.00 a month), 3 by others, 2 left`. */
const sentence = (verb: string, parts: readonly Part[]): readonly string[] => {
  const some = parts.filter(({ of }) => isSome(of))
  if (some.length === 0) return []
  const texts = some.map(({ of, by }, index) => {
    const { seats } = of
    const noun = seats.kind === 'known' && seats.value === 1 ? 'seat' : 'seats'
    return `${countText(seats)}${index === 0 ? ` ${noun} ${verb}` : ''} ${by}${moneyNote(of.cost)}`
  })
  return [texts.join(', ')]
}

/** In one line what seats were given back and why, and in another one what seats were given. */
export const attributionSentences = ({
  plans,
  others,
  cameAndLeft,
  unclear,
}: Pick<DiffAttribution, 'plans' | 'others' | 'cameAndLeft' | 'unclear'>): readonly string[] => {
  const partsOf = (side: keyof SeatsMoved, themselves: string): readonly Part[] => [
    ...plans.map((plan) => ({ of: plan[side], by: `by ${causeText(plan)}` })),
    { of: others[side], by: 'by others' },
    { of: cameAndLeft[side], by: themselves },
    { of: unclear[side], by: 'by a plan or by others: no outcome is known' },
  ]
  return [
    ...sentence('given back', partsOf('givenBack', 'by users who left')),
    ...sentence('given', partsOf('given', 'to users who came')),
  ]
}

const amountOf = ({ given, givenBack }: MovedSeats): number => given + givenBack

/** What was made and is not seen any more, one line for each plan and kind. */
const passingLines = ({ plans }: DiffAttribution): readonly string[] =>
  plans.flatMap((plan) => {
    const { didNotLast, undone, replaced } = plan
    const changes = (moved: MovedSeats) => quantity(amountOf(moved), 'change')
    const details = [
      ...(didNotLast.givenBack === 0 ? [] : [`${numberText(didNotLast.givenBack)} given back and taken again`]),
      ...(didNotLast.given === 0 ? [] : [`${numberText(didNotLast.given)} given and taken away again`]),
    ]
    return [
      ...(amountOf(didNotLast) === 0
        ? []
        : [`${causeText(plan)}: ${changes(didNotLast)} did not last: ${details.join(', ')}`]),
      ...(amountOf(undone) === 0 ? [] : [`${causeText(plan)}: ${changes(undone)} taken back by undo`]),
      ...(amountOf(replaced) === 0 ? [] : [`${causeText(plan)}: ${changes(replaced)} reversed by a later plan`]),
    ]
  })

const freeSeats = (licenses: readonly LicenseDiff[]): number => {
  const moved = licenses.flatMap(({ attribution }) => (attribution?.free === true ? partsOfLicense(attribution) : []))
  return moved
    .flatMap(({ moved: { given, givenBack } }) => [given, givenBack])
    .reduce((sum, { seats }) => sum + (leastOf(seats) ?? 0), 0)
}

const outsideLine = ({ plansOutside }: DiffAttribution): readonly string[] =>
  plansOutside === 0
    ? []
    : [`${quantity(plansOutside, 'plan has', 'plans have')} made no change between the two snapshots`]

const partsOfLicense = ({ plans, others, cameAndLeft, unclear }: LicenseAttribution) =>
  [
    ...plans.map((plan) => ({ by: causeText(plan), moved: plan })),
    { by: 'others', moved: others },
    { by: 'came or left', moved: cameAndLeft },
    { by: 'unclear', moved: unclear },
  ].filter(({ moved: { given, givenBack } }) => isSome(given) || isSome(givenBack))

/** What the seats given cost more than the seats given back: `EUR -350.00`. */
const differenceText = ({ given, givenBack }: SeatsMoved): string =>
  costDifferenceText(differenceOfCosts(givenBack.cost, given.cost))

function* licenseRows(
  licenses: readonly LicenseDiff[],
  { labelOf }: LicenseLabels,
  hasPrices: boolean,
): Generator<readonly Cell[]> {
  for (const { provider, id, attribution } of licenses) {
    if (attribution === undefined || attribution.free === true) continue
    for (const { by, moved } of partsOfLicense(attribution)) {
      const cost = hasPrices ? [differenceText(moved)] : []
      yield [
        labelOf(provider, id),
        by,
        { count: moved.givenBack.seats },
        { count: moved.given.seats },
        ...cost,
        provider,
      ]
    }
  }
}

const OF_SEATS = `amounts are what these seats cost a month; whether fewer are purchased is below, in "${COST_PER_MONTH}"`

const linesOf = (
  attribution: DiffAttribution,
  licenses: readonly LicenseDiff[],
  hasPrices: boolean,
): readonly string[] => {
  const { impossible, journals, others, cameAndLeft } = attribution
  const remarks = journals.filter(({ kind }) => kind !== 'damaged').map(({ message }) => message)
  const damaged = journals.filter(({ kind }) => kind === 'damaged').map(({ message }) => message)
  if (impossible !== undefined) return [`nothing can be attributed to plans: ${impossible}`, ...damaged, ...remarks]
  const sentences = attributionSentences(attribution)
  const isKnown = [others, cameAndLeft].every(isWhole)
  const free = freeSeats(licenses)
  return [
    // What is missing comes before every number.
    ...damaged,
    ...(sentences.length === 0
      ? [isKnown ? 'no seat was given or given back' : 'no change of a seat is known']
      : sentences),
    ...passingLines(attribution),
    ...(free === 0 ? [] : [`not counted: ${quantity(free, 'seat')} of licenses that come free with the organization`]),
    ...(hasPrices && sentences.length > 0 ? [OF_SEATS] : []),
    ...outsideLine(attribution),
    ...remarks,
  ]
}

/** Whose changes the changes of seats are: in sentences, and for each license. Absent where no plans were looked for. */
export const attributionSections = (
  { attribution, licenses, cost }: SnapshotDiff,
  labels: LicenseLabels,
): readonly DiffSection[] => {
  if (attribution === undefined) return []
  const hasPrices = cost !== undefined
  const rows = attribution.impossible === undefined ? [...licenseRows(licenses, labels, hasPrices)] : []
  const columns = [
    column('License', 'text', { minimum: 12 }),
    column('By', 'text', { minimum: 12 }),
    column('Given back', 'number'),
    column('Given', 'number'),
    ...(hasPrices ? [column(COST_PER_MONTH, 'cost')] : []),
    column('Provider', 'text', { minimum: 8, expendable: 1 }),
  ]
  return [
    {
      heading: 'Whose changes of seats they are',
      lines: linesOf(attribution, licenses, hasPrices),
      ...(rows.length === 0 ? {} : { grid: gridOf(columns, rows) }),
    },
  ]
}
