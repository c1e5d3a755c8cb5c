import { not } from 'fp-ts/lib/Predicate.js'
import type { CheckItem, CheckResult, CheckVerdict } from '../../check/check-result.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { numberText } from '../../model/quantity.ts'
import { firstOf } from '../../model/some-of.ts'
import { createCostTally } from '../../report/cost/cost-tally.ts'
import { CHECK_CONFIGURATION, configurationLinesOf } from '../notices.ts'
import type { Render } from '../rendering.ts'
import { groupTitles } from '../report/group-words.ts'
import { COST_PER_MONTH, costText, monthlyText } from '../text/cost-text.ts'
import { countText } from '../text/count-text.ts'
import { othersLine, proseLine } from '../text/prose-line.ts'
import type { Surface } from '../text/surface.ts'
import { type Column, createTableWriter } from '../text/text-table.ts'
import { visibleText } from '../text/visible-text.ts'

/** Of one rule. The other formats have all of them. */
const MAX_SHOWN = 20

const itemsOf = ({ items }: CheckResult, verdict: CheckVerdict): readonly CheckItem[] =>
  items.filter((item) => item.verdict === verdict)

/** Unknown, and counts as breached: it has a section of its own. */
const isNotJudged = ({ notJudged }: CheckItem): boolean => notJudged === true

const NOT_ALL = 'Not everything could be read. What is missing has not passed:'

const listOf = (heading: string, lines: readonly string[], surface: Surface): readonly string[] =>
  lines.length === 0
    ? []
    : [`${surface.paint.yellow(heading)}\n${lines.map((line) => proseLine(line, surface, '  ')).join('')}`]

const remarkSection = ({ remarks = [] }: CheckResult, surface: Surface): readonly string[] => {
  const { shown, others } = firstOf(remarks, MAX_SHOWN)
  return listOf('Remarks:', shown, surface).map((section) => `${section}${othersLine(others, surface)}`)
}

/** What is missing comes first, so that no verdict is read before it, then what counts for nothing, and remarks. */
const qualitySection = (result: CheckResult, surface: Surface): readonly string[] => [
  ...listOf(NOT_ALL, result.complete ? [] : result.problems, surface),
  ...listOf(CHECK_CONFIGURATION, configurationLinesOf(result), surface),
  ...remarkSection(result, surface),
]

const verdictSection = (result: CheckResult, { paint }: Surface): string => {
  const { breached, counts } = result
  const notJudged = itemsOf(result, 'breached').filter(isNotJudged).length
  const asides = [
    ...(counts.inBaseline > 0 ? [`${numberText(counts.inBaseline)} in the baseline`] : []),
    ...(counts.accepted > 0 ? [`${numberText(counts.accepted)} accepted`] : []),
    ...(counts.unknown > 0 ? [`${numberText(counts.unknown)} unknown`] : []),
    `${numberText(counts.passed)} passed`,
  ].join(', ')
  const unknown = notJudged > 0 ? `, of which ${numberText(notJudged)} unknown` : ''
  if (breached) return `${paint.red(`Breached: ${numberText(counts.breached)}${unknown}`)} (${asides})\n`
  const verdict =
    counts.unknown > 0 ? paint.yellow('Nothing is known to be breached') : paint.green('Nothing is breached')
  return `${verdict} (${asides})\n`
}

/** Whether at least a part of its cost is known. */
const hasCost = ({ cost }: CheckItem): boolean =>
  cost?.kind === 'known' || (cost?.kind === 'unknown' && cost.atLeast !== undefined)

/** What all of it costs, for a heading: `, EUR 110.00 per month`. */
const costOf = (items: readonly CheckItem[]): string => {
  const tally = createCostTally('seats')
  for (const { cost } of items) if (cost !== undefined) tally.add(cost)
  return items.some(hasCost) ? `, ${monthlyText(tally.total())}` : ''
}

/** A finding's message names what it is about. */
const textOf = ({ seats, name, message, group }: CheckItem): string => {
  if (group === undefined) return seats === undefined ? `${name}: ${message}` : message
  const told = message.startsWith(`${name}: `) ? message : `${name}: ${message}`
  // What is none or unknown is said: "Department unknown: 3 findings".
  return group.kind === 'named' ? told : `${groupTitles[group.by]} ${told}`
}

/** A column of the table, and what an item has there. */
interface Field extends Column {
  readonly cellOf: (item: CheckItem) => string
}

const SEATS: Field = {
  heading: 'Seats',
  align: 'right',
  cellOf: ({ seats }) => (seats === undefined ? '' : countText(seats)),
}

const COST: Field = {
  heading: COST_PER_MONTH,
  align: 'right',
  cellOf: ({ cost }) => (cost === undefined ? '' : costText(cost)),
}

/** Columns in which nothing would be are left out. */
const fieldsOf = (items: readonly CheckItem[]): readonly Field[] => [
  { heading: 'Provider', cellOf: ({ provider = '' }) => provider },
  {
    heading: 'What',
    minimum: 20,
    wraps: true,
    cellOf: (item) => visibleText(textOf(item)),
  },
  ...(items.some(({ seats }) => seats !== undefined) ? [SEATS] : []),
  ...(items.some(hasCost) ? [COST] : []),
  { heading: 'Id', cellOf: ({ id = '' }) => id },
]

const breachesSections = (result: CheckResult, surface: Surface): readonly string[] =>
  [...groupedBy(itemsOf(result, 'breached').filter(not(isNotJudged)), ({ rule }) => rule)].map(([rule, items]) => {
    const fields = fieldsOf(items)
    const table = createTableWriter(fields, surface)
    const { shown, others } = firstOf(items, MAX_SHOWN)
    const rows = shown.map((item) => fields.map(({ cellOf }) => cellOf(item)))
    const heading = surface.paint.bold(`${rule}: ${numberText(items.length)}${costOf(items)}`)
    return `${heading}\n${table(rows)}${othersLine(others, surface)}`
  })

const acceptedSection = (result: CheckResult, surface: Surface): readonly string[] => {
  const items = itemsOf(result, 'accepted')
  if (items.length === 0) return []
  const { shown, others } = firstOf(items, MAX_SHOWN)
  const lines = shown.map((item) => {
    const { rule, accepted } = item
    const until = accepted?.until === undefined ? '' : `, until ${accepted.until}`
    return proseLine(`${rule}: ${textOf(item)} (${accepted?.reason ?? ''}${until})`, surface, '  ')
  })
  return [`${surface.paint.bold('Accepted')}\n${lines.join('')}${othersLine(others, surface)}`]
}

/** One line for each reason: it may be the same for a thousand licenses. */
const unknownSection = (result: CheckResult, surface: Surface): readonly string[] => {
  const notJudged = itemsOf(result, 'breached').filter(isNotJudged)
  const items = [...itemsOf(result, 'unknown'), ...notJudged]
  const groups = [...groupedBy(items, ({ rule, provider, message }) => JSON.stringify([rule, provider, message]))]
  if (groups.length === 0) return []
  const { shown, others } = firstOf(groups, MAX_SHOWN)
  const lines = shown.map(([, alike]) => {
    const [item] = alike
    const { rule, provider, name, message, group } = item
    if (group !== undefined) return proseLine(`${rule}: ${textOf(item)}`, surface, '  ')
    const what = alike.length === 1 ? name : `${numberText(alike.length)} licenses`
    const where = provider === undefined || provider === what ? '' : `${provider}: `
    return proseLine(`${rule}: ${where}${what}: ${message}`, surface, '  ')
  })
  const heading = surface.paint.bold(`Unknown${notJudged.length > 0 ? ', which counts as breached' : ''}`)
  return [`${heading}\n${lines.join('')}${othersLine(others, surface)}`]
}

/** For people: what is wrong with the data, the verdict, what is breached, accepted and unknown. */
export const renderCheckTable: Render<CheckResult> = (result, surface) =>
  [
    ...qualitySection(result, surface),
    verdictSection(result, surface),
    ...breachesSections(result, surface),
    ...acceptedSection(result, surface),
    ...unknownSection(result, surface),
  ].join('\n')
