import type { CheckFindingGroup, CheckItem, CheckResult, CheckRule, CheckVerdict } from '../../check/check-result.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { numberText } from '../../model/quantity.ts'
import { firstOf } from '../../model/some-of.ts'
import { createCostTally, knownOf, sumOfCosts } from '../../report/cost/cost-tally.ts'
import { withoutEmptyColumns } from '../grid/grid.ts'
import { gridTable } from '../grid/grid-table.ts'
import { CHECK_CONFIGURATION, configurationLinesOf } from '../notices.ts'
import { COST_PER_MONTH, costText, monthlyText } from '../text/cost-text.ts'
import { countText } from '../text/count-text.ts'
import { othersLine, proseLine } from '../text/prose-line.ts'
import type { Surface } from '../text/surface.ts'
import { type Column, createTableWriter } from '../text/text-table.ts'
import { visibleText } from '../text/visible-text.ts'
import { checkFilterLines } from './check-filter.ts'
import { selectedItems } from './check-selection.ts'
import { itemText } from './item-text.ts'
import type { CheckRows, RenderCheck } from './render-check.ts'

/** Of one limit, or of all findings. The other formats have all of them. */
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
  const { breached, groupCounts: counts } = result
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

/** What has a line of its own: an item, or a group of findings. */
type Line = Pick<CheckItem, 'rule' | 'id' | 'provider' | 'name' | 'message' | 'seats' | 'cost' | 'group' | 'accepted'>

/** A group of one finding has the id of that finding: suppressions of earlier versions name it. */
const lineOf = ({ id, items, ...group }: CheckFindingGroup): Line => {
  const [only, ...others] = items
  return { ...group, name: group.message, id: only !== undefined && others.length === 0 ? only : id }
}

const groupsWith = ({ findingGroups = [] }: CheckResult, verdict: CheckVerdict): readonly CheckFindingGroup[] =>
  findingGroups.filter((group) => group.verdict === verdict)

/** Items that are no findings. */
const othersWith = (result: CheckResult, verdict: CheckVerdict): readonly CheckItem[] =>
  itemsOf(result, verdict).filter((item) => item.findingGroup === undefined && !isNotJudged(item))

/** Whether at least a part of its cost is known. */
const hasCost = ({ cost }: Pick<Line, 'cost'>): boolean =>
  cost?.kind === 'known' || (cost?.kind === 'unknown' && cost.atLeast !== undefined)

/** What all of it costs, for a heading: `, EUR 110.00 per month`. */
const costOf = (items: readonly Pick<Line, 'cost'>[]): string => {
  const tally = createCostTally('seats')
  for (const { cost } of items) if (cost !== undefined) tally.add(cost)
  return items.some(hasCost) ? `, ${monthlyText(tally.total())}` : ''
}

/** A column of the table, and what an item has there. */
interface Field extends Column {
  readonly cellOf: (item: Line) => string
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

const RULE: Field = { heading: 'Rule', cellOf: ({ rule }) => rule }

/** Columns in which nothing would be are left out. The rule is that of each line, or of all of them. */
const fieldsOf = (lines: readonly Line[], ofRules: readonly Field[]): readonly Field[] => [
  ...ofRules,
  { heading: 'Provider', minimum: 8, cellOf: ({ provider = '' }) => provider },
  {
    heading: 'What',
    minimum: 20,
    wraps: true,
    cellOf: (line) => visibleText(itemText(line)),
  },
  ...(lines.some(({ seats }) => seats !== undefined) ? [SEATS] : []),
  ...(lines.some(hasCost) ? [COST] : []),
  // What a line is about matters more than how a suppression names it.
  { heading: 'Id', expendable: 1, cellOf: ({ id = '' }) => id },
]

const tableOf = (lines: readonly Line[], surface: Surface, ofRules: readonly Field[] = []): string => {
  const fields = fieldsOf(lines, ofRules)
  return createTableWriter(fields, surface)(lines.map((line) => fields.map(({ cellOf }) => cellOf(line))))
}

const headingOf = (what: string, lines: readonly Pick<Line, 'cost'>[]): string =>
  `${what}: ${numberText(lines.length)}${costOf(lines)}`

/** Limits, each with all that does not keep it. */
const limitSections = (result: CheckResult, surface: Surface): readonly string[] =>
  [...groupedBy(othersWith(result, 'breached'), ({ rule }) => rule)].map(([rule, items]) => {
    const { shown, others } = firstOf(items, MAX_SHOWN)
    return `${surface.paint.bold(headingOf(rule, items))}\n${tableOf(shown, surface)}${othersLine(others, surface)}`
  })

/** Of a rule that is not among the first, so many are shown all the same. */
const MAX_OF_RULE = 3

/** The first, and the first of each rule. */
const shownOf = (groups: readonly CheckFindingGroup[]): readonly CheckFindingGroup[] => {
  const times = new Map<CheckRule, number>()
  return groups.filter(({ rule }, place) => {
    const time = (times.get(rule) ?? 0) + 1
    times.set(rule, time)
    return place < MAX_SHOWN || time <= MAX_OF_RULE
  })
}

/** What could be saved by acting on all that the report has found, where that is money. Several findings may be about one seat. */
const savingLine = ({ savings }: CheckResult, surface: Surface): string => {
  const cost = savings && sumOfCosts([savings.removable.cost, savings.unassigned.cost])
  return cost === undefined || knownOf(cost).length === 0
    ? ''
    : proseLine(`could go in all, each seat counted once: ${monthlyText(cost)}`, surface, '  ')
}

/** All findings in the order of what they cost, after how many there are of each rule. */
const findingSections = (result: CheckResult, surface: Surface): readonly string[] => {
  const groups = groupsWith(result, 'breached')
  if (groups.length === 0) return []
  const byRule = [...groupedBy(groups, ({ rule }) => rule)]
  const heading = surface.paint.bold(`Findings: ${numberText(groups.length)}`)
  const rules = byRule.map(([rule, ofRule]) => proseLine(headingOf(rule, ofRule), surface, '  ')).join('')
  const shown = shownOf(groups)
  return [
    `${heading}\n${rules}${savingLine(result, surface)}`,
    `${tableOf(shown.map(lineOf), surface, [RULE])}${othersLine(groups.length - shown.length, surface)}`,
  ]
}

const acceptedSection = (result: CheckResult, surface: Surface): readonly string[] => {
  const notJudged = itemsOf(result, 'accepted').filter(isNotJudged)
  const lines = [...othersWith(result, 'accepted'), ...notJudged, ...groupsWith(result, 'accepted').map(lineOf)]
  if (lines.length === 0) return []
  const { shown, others } = firstOf(lines, MAX_SHOWN)
  const texts = shown.map((line) => {
    const { rule, accepted } = line
    const until = accepted?.until === undefined ? '' : `, until ${accepted.until}`
    return proseLine(`${rule}: ${itemText(line)} (${accepted?.reason ?? ''}${until})`, surface, '  ')
  })
  return [`${surface.paint.bold('Accepted')}\n${texts.join('')}${othersLine(others, surface)}`]
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
    if (group !== undefined) return proseLine(`${rule}: ${itemText(item)}`, surface, '  ')
    const what = alike.length === 1 ? name : `${numberText(alike.length)} licenses`
    const where = provider === undefined || provider === what ? '' : `${provider}: `
    return proseLine(`${rule}: ${where}${what}: ${message}`, surface, '  ')
  })
  const heading = surface.paint.bold(`Unknown${notJudged.length > 0 ? ', which counts as breached' : ''}`)
  return [`${heading}\n${lines.join('')}${othersLine(others, surface)}`]
}

/** That only some items were judged. */
const filterSection = (result: CheckResult, surface: Surface): readonly string[] => {
  const lines = checkFilterLines(result)
  return lines.length === 0 ? [] : [lines.map((line) => surface.paint.dim(proseLine(line, surface))).join('')]
}

/** In place of all sections: the rows that are asked for, in one table, and what was left out. */
const rowSection = (result: CheckResult, surface: Surface, rows: CheckRows): readonly string[] => {
  const { grid, account, told } = selectedItems(result, rows)
  if (account.shown === 0) return []
  const table = gridTable(rows.columns === undefined ? withoutEmptyColumns(grid) : grid, surface)
  return [[...table, ...told.map((line) => surface.paint.dim(proseLine(line, surface)))].join('')]
}

/** For people: what is wrong with the data, the verdict, what is breached, accepted and unknown, or the rows that are asked for. */
export const renderCheckTable: RenderCheck = (result, surface, rows) =>
  [
    ...qualitySection(result, surface),
    verdictSection(result, surface),
    ...(rows === undefined
      ? [
          ...limitSections(result, surface),
          ...findingSections(result, surface),
          ...acceptedSection(result, surface),
          ...unknownSection(result, surface),
        ]
      : rowSection(result, surface, rows)),
    ...filterSection(result, surface),
  ].join('\n')
