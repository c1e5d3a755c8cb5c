import { numberText, quantity } from '../../model/quantity.ts'
import { firstOf, moreOf } from '../../model/some-of.ts'
import { timeText } from '../../model/time-text.ts'
import type { Plan, PlannedBrake, PlannedChange, PlannedCost, PlanWarning } from '../../plan/index.ts'
import { licenseColumns } from '../license-columns.ts'
import { COST_PER_MONTH, costDifferenceText, costText } from '../text/cost-text.ts'
import { beforeAfterText, countText } from '../text/count-text.ts'
import type { Surface } from '../text/surface.ts'
import { createTableWriter } from '../text/text-table.ts'
import { wrapText } from '../text/text-width.ts'
import { visibleText } from '../text/visible-text.ts'
import { percentText } from '../utilization-bar.ts'
import { savingLines } from './saving-lines.ts'

const NO_COST = { kind: 'notApplicable' } as const

/** A plan as JSON has all of them. */
const MAX_CHANGES_SHOWN = 20

/** What is done with a seat, for people: the halves of a swap are shown one by one. */
export const actionText = ({ phase, action }: PlannedChange): string => {
  if (phase === 'swap') return action === 'remove' ? 'swap from' : 'swap to'
  return action
}

const headingOf = ({ provider, changes, users, alreadySo }: Plan): string => {
  const so = alreadySo.length === 0 ? '' : `; ${quantity(alreadySo.length, 'is', 'are')} already so`
  const what = `${quantity(changes.length, 'change')} for ${quantity(users.length, 'user')}${so}`
  return `${visibleText(provider.displayName)} (${provider.id}): ${what}`
}

const changesTable = ({ changes }: Plan, surface: Surface): string => {
  const { shown, others } = firstOf(changes, MAX_CHANGES_SHOWN)
  const isFromFindings = shown.some(({ finding }) => finding !== undefined)
  const table = createTableWriter(
    [
      { heading: 'Change' },
      { heading: 'License', minimum: 12 },
      { heading: 'User', minimum: 12 },
      ...(isFromFindings ? [{ heading: 'Because of', expendable: 1 }] : []),
    ],
    surface,
  )
  const rows = table(
    shown.map((change) => [
      actionText(change),
      visibleText(change.license),
      visibleText(change.user),
      ...(isFromFindings ? [visibleText(change.finding?.rule ?? '')] : []),
    ]),
  )
  return others === 0 ? rows : `${rows}and ${moreOf(others, 'change')}\n`
}

const seatsTable = ({ licenses, cost }: Plan, surface: Surface): string => {
  const { paint } = surface
  const table = createTableWriter(
    [
      licenseColumns.name,
      { heading: licenseColumns.purchased.heading, align: 'right' },
      // Not "Assigned", which counts workspaces too: a plan is about users.
      { heading: 'Users', align: 'right' },
      { heading: licenseColumns.available.heading, align: 'right' },
      ...(cost === undefined ? [] : [{ heading: COST_PER_MONTH, align: 'right' } as const]),
    ],
    surface,
  )
  const costs = new Map(cost?.licenses.map(({ id, cost }) => [id, cost]))
  return table(
    licenses.map(({ id, name, purchased, holders, available }) => {
      const seats = beforeAfterText(countText(available.before), countText(available.after))
      const isOver = available.after.kind === 'known' && available.after.value < 0
      return [
        visibleText(name),
        countText(purchased),
        beforeAfterText(countText(holders.before), countText(holders.after)),
        isOver ? paint.red(seats) : seats,
        ...(cost === undefined ? [] : [costDifferenceText(costs.get(id) ?? NO_COST)]),
      ]
    }),
  )
}

/**
 * What the changes cost per month, and the licenses whose cost is unknown. `saves`: what of it is saved is told beside it, and
 * may be less.
 */
const costLines = ({ amounts, licenses }: PlannedCost, saves: boolean): readonly string[] => {
  const gone = amounts.map(({ amount, currency }) => ({ amount: -amount, currency }))
  const total = saves ? costText({ kind: 'known', amounts: gone }) : costDifferenceText({ kind: 'known', amounts })
  const heading = saves ? `${COST_PER_MONTH} of these seats` : COST_PER_MONTH
  const unknown = licenses.flatMap(({ name, cost }) =>
    cost.kind === 'unknown' ? [`${visibleText(name)}: unknown: ${cost.reason}`] : [],
  )
  return [
    ...(amounts.length === 0 ? [] : [`${heading}: ${total}`]),
    ...unknown.map((text) => `${COST_PER_MONTH}, ${text}`),
  ]
}

/** Intents that are not in the plan. */
const omissionLines = ({ skipped = [], limit, omitted = [] }: Plan): readonly string[] => {
  const { shown, others } = firstOf(skipped, MAX_CHANGES_SHOWN)
  return [
    ...omitted.map(({ seats, reason }) => `${quantity(seats, 'seat')} left out: ${visibleText(reason)}`),
    ...shown.map(({ user, source }) => `left out, not found: ${visibleText(user)} (${visibleText(source)})`),
    ...(others === 0 ? [] : [`and ${moreOf(others, 'user')} who were not found`]),
    ...(limit === undefined
      ? []
      : [`${quantity(limit.leftOut, 'change')} left out: the limit is ${numberText(limit.changes)}`]),
  ]
}

/** The first warning of each rule about each license, and how many more there are like it: one line for thousands. */
const warningLines = ({ warnings }: Plan, { paint }: Surface): readonly string[] => {
  const alike = new Map<string, { readonly first: PlanWarning; others: number }>()
  for (const warning of warnings) {
    const key = JSON.stringify([warning.rule, warning.licenseId ?? warning.message])
    const known = alike.get(key)
    if (known === undefined) alike.set(key, { first: warning, others: 0 })
    else known.others++
  }
  return [...alike.values()].map(({ first: { rule, message }, others }) => {
    const more = others === 0 ? '' : `; ${moreOf(others)} like it`
    return `${paint.yellow('warning')} ${visibleText(message)} ${paint.dim(`(${rule}${more})`)}`
  })
}

/** What the user must see first: `1,497 of 1,500 holders (99.8%) lose CX 3`. */
const brakeLines = (
  { removals, licenses }: PlannedBrake,
  { paint }: Surface,
  howToAllow: HowToAllow,
): readonly string[] => {
  const lines = licenses.map(({ name, removals: lost, holders, share }) => {
    const of = holders.kind === 'known' ? ` of ${quantity(holders.value, 'holder')}` : ''
    const part = share === undefined ? 'the number of holders is unknown' : percentText(share)
    return `  ${visibleText(name)}: ${numberText(lost)}${of} lose it (${part})`
  })
  const seats = quantity(removals, 'seat')
  return [paint.red(`This plan takes away ${seats}.`), ...lines, `To carry it out, ${howToAllow(removals)}.`]
}

/** How a user allows a plan that takes away so many seats. */
type HowToAllow = (removals: number) => string

export interface PlanView {
  readonly withoutExpiry: boolean
  readonly howToAllow: HowToAllow
}

/** What a plan would do. */
export const renderPlanTable = (plan: Plan, surface: Surface, { withoutExpiry, howToAllow }: PlanView): string => {
  const prose = (lines: readonly string[]) => lines.map((line) => wrapText(line, surface.columns)).join('\n')
  const expiry = withoutExpiry ? '' : `\nExpires ${timeText(plan.expiresAt, surface.timeZone)}`
  const parts = [
    ...(plan.brake === undefined ? [] : [prose(brakeLines(plan.brake, surface, howToAllow))]),
    `${headingOf(plan)}${expiry}`,
    ...(plan.changes.length === 0 ? [] : [changesTable(plan, surface)]),
    ...(plan.licenses.length === 0 ? [] : [seatsTable(plan, surface)]),
    ...(plan.cost === undefined ? [] : [prose(costLines(plan.cost, plan.saving !== undefined))]),
    ...(plan.saving === undefined ? [] : [prose(savingLines(plan.saving, plan))]),
    prose(omissionLines(plan)),
    ...(plan.warnings.length === 0 ? [] : [prose(warningLines(plan, surface))]),
  ]
  return `${parts
    .filter((part) => part !== '')
    .map((part) => part.trimEnd())
    .join('\n\n')}\n`
}
