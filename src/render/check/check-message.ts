import type { CheckItem, CheckResult } from '../../check/check-result.ts'
import { leastOf } from '../../model/count.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { numberText, quantity } from '../../model/quantity.ts'
import { sumOfCosts } from '../../report/cost/cost-tally.ts'
import { sumOfSeats } from '../../report/findings/finding-groups.ts'
import { findingRules, type Savings, type SeatsAndCost } from '../../report/license-report.ts'
import { amountInWords, messageText, withRest } from '../message/message-text.ts'
import { configurationLinesOf } from '../notices.ts'
import type { Render } from '../rendering.ts'
import { ruleTitles } from '../report/report-words.ts'
import { checkFilterLines } from './check-filter.ts'
import { othersNoun, thingsFound } from './things-found.ts'

/** About ten lines in all. */
const MAX_LIMITS = 2
const MAX_RULES = 4

const isOfLicenses = ({ rule }: Pick<CheckItem, 'rule'>): boolean =>
  rule === 'max-utilization' || rule === 'min-available'

/** What counts, and is no finding. */
const limitsIn = ({ items }: CheckResult): readonly CheckItem[] =>
  items.filter(
    ({ verdict, notJudged, findingGroup }) => verdict === 'breached' && !notJudged && findingGroup === undefined,
  )

const licensesAmong = (items: readonly CheckItem[]): number =>
  new Set(items.filter(isOfLicenses).map(({ provider, licenseId }) => JSON.stringify([provider, licenseId]))).size

/** The rules that have found something that counts, those that cost most first, and what each comes to. */
const rulesIn = ({ findingGroups = [] }: CheckResult) =>
  [
    ...groupedBy(
      findingGroups.filter(({ verdict }) => verdict === 'breached'),
      ({ rule }) => rule,
    ).values(),
  ].map((groups) => ({
    rule: groups[0].rule,
    findings: groups.length,
    seats: sumOfSeats(groups),
    cost: sumOfCosts(groups.map(({ cost }) => cost)),
  }))

const seatsText = ({ seats }: Pick<SeatsAndCost, 'seats'>): string | undefined => {
  const least = leastOf(seats) ?? 0
  if (seats.kind === 'notApplicable' || least === 0) return undefined
  return `${seats.kind === 'unknown' ? 'at least ' : ''}${quantity(least, 'seat')}`
}

const together = (parts: readonly SeatsAndCost[]): SeatsAndCost => ({
  seats: sumOfSeats(parts),
  cost: sumOfCosts(parts.map(({ cost }) => cost)),
})

const monthly = (part: SeatsAndCost): string | undefined => {
  const amount = amountInWords(part.cost)
  return amount === undefined ? seatsText(part) : `${amount} a month`
}

const IN_ALL = 'in all, '

/** `EUR 2,874.00 a month could go`, of all that the report has found, whatever rules are checked. */
const savingText = ({ savings, limits }: CheckResult): readonly string[] => {
  const text = savings && monthly(together([savings.removable, savings.unassigned]))
  if (text === undefined) return []
  const areAll = findingRules.every((rule) => limits.failOn.includes(rule))
  return [`${areAll ? '' : IN_ALL}${text} could go`]
}

/** What of the savings comes when. */
const whenText = ({ removable, unassigned }: Savings): readonly string[] => {
  const at = (part: 'now' | 'untold') => monthly(together([removable[part], unassigned[part]]))
  const renewals = [removable.atRenewal, unassigned.atRenewal]
  const ends = renewals.flatMap(({ firstEnd }) => firstEnd ?? []).sort()
  const [now, atRenewal, untold] = [at('now'), monthly(together(renewals)), at('untold')]
  const parts = [
    ...(now === undefined ? [] : [`${now} at once`]),
    ...(atRenewal === undefined
      ? []
      : [`${atRenewal} when terms end, the first on ${ends[0] ?? 'a day that is unknown'}`]),
    ...(untold === undefined ? [] : [`${untold} at a time that is unknown, as no term is known`]),
  ]
  return parts.length === 0 ? [] : [`Could go: ${parts.join('; ')}`]
}

const partsOfTitle = (result: CheckResult): readonly string[] => {
  const limits = limitsIn(result)
  const licenses = licensesAmong(limits)
  const groups = limits.filter(({ rule }) => rule === 'max-findings').length
  const notJudged = result.items.filter((item) => item.notJudged && item.verdict === 'breached').length
  return [
    ...(licenses > 0 ? [`${quantity(licenses, 'license')} over the limit`] : []),
    ...(groups > 0 ? [`${quantity(groups, 'group')} with too many findings`] : []),
    ...rulesIn(result).map(({ rule, findings }) =>
      thingsFound(
        rule,
        findings,
        result.items.filter((item) => item.rule === rule && item.verdict === 'breached'),
      ),
    ),
    ...(notJudged > 0 ? [`${numberText(notJudged)} unknown`] : []),
  ]
}

/** A title names so many things. */
const MAX_THINGS = 4

const verdictText = (result: CheckResult): string => {
  const { groupCounts, breached, resolved } = result
  const things = partsOfTitle(result)
  const shown = things.length > MAX_THINGS + 1 ? things.slice(0, MAX_THINGS) : things
  const rest = things.length - shown.length
  const named = [...shown, ...(rest > 0 ? [`${numberText(rest)} other kinds of findings`] : [])].join(', ')
  if (resolved !== undefined) {
    const gone = resolved > 0 ? [`${numberText(resolved)} resolved`] : []
    return `since the baseline: ${[breached ? `new or worse: ${named}` : 'nothing new', ...gone].join('; ')}`
  }
  if (breached) return named
  return groupCounts.unknown > 0 ? 'nothing is known to be breached' : 'nothing is breached'
}

const titleOf = (result: CheckResult): string => {
  const partial = result.complete ? '' : ' (not everything could be read)'
  const [saving] = savingText(result)
  const verdict = verdictText(result)
  const isList = result.breached && result.resolved === undefined && !saving?.startsWith(IN_ALL)
  return `Seatlens: ${saving === undefined ? verdict : `${verdict}${isList ? ', ' : '; '}${saving}`}${partial}`
}

/** One line for each license or group, whatever limits of it are breached: as many as the title counts. */
const limitLines = (items: readonly CheckItem[]): readonly string[] =>
  [
    ...groupedBy(items, ({ provider, licenseId, name, ...item }) =>
      JSON.stringify([provider, licenseId ?? name, isOfLicenses(item)]),
    ).values(),
  ].map((alike) => {
    const [{ name, provider }] = alike
    const [first = '', ...others] = alike.map(({ message }) => message)
    // Each ends with the seats that it is about, which are the same ones.
    const what = [first, ...others.map((message) => message.replace(/ \([^()]*\)$/, ''))].join('; ')
    return first.startsWith(`${name}: `) ? what : `${name}${provider === undefined ? '' : ` (${provider})`}: ${what}`
  })

const ruleLine = ({ rule, findings, seats, cost }: ReturnType<typeof rulesIn>[number]): string => {
  const facts = [seatsText({ seats }), amountInWords(cost)?.concat(' a month')].filter((fact) => fact !== undefined)
  return `${ruleTitles[rule]}: ${[quantity(findings, 'finding'), ...facts].join(', ')}`
}

const partialLine = ({ complete, problems }: CheckResult): readonly string[] => {
  const [first = 'see the report'] = problems
  const rest = problems.length > 1 ? `; and ${numberText(problems.length - 1)} more` : ''
  return complete ? [] : [`Not read: ${first}${rest}`]
}

const asideLine = ({ groupCounts: { accepted, inBaseline, unknown } }: CheckResult): readonly string[] => {
  const asides = [
    ...(inBaseline > 0 ? [`${numberText(inBaseline)} as in the baseline`] : []),
    ...(accepted > 0 ? [`${numberText(accepted)} accepted`] : []),
    ...(unknown > 0 ? [`${numberText(unknown)} unknown`] : []),
  ]
  return asides.length === 0 ? [] : [`Besides: ${asides.join(', ')}`]
}

/** Compared with a baseline, there is nothing to tell. What could not be read may hide something, and is told. */
const isUnchanged = ({ resolved, complete, breached }: CheckResult): boolean => resolved === 0 && complete && !breached

const configurationLine = (result: CheckResult): readonly string[] => {
  const lines = configurationLinesOf(result)
  return withRest(lines, 1, 'like it').map((line) => `Check the configuration: ${line}`)
}

/** A title and about ten lines at most; nothing at all where a baseline was given and nothing has changed since. */
export const renderCheckMessage: Render<CheckResult> = (result, surface) =>
  isUnchanged(result)
    ? ''
    : messageText(
        titleOf(result),
        [
          ...partialLine(result),
          ...configurationLine(result),
          ...withRest(limitLines(limitsIn(result)), MAX_LIMITS, 'over the limit'),
          ...withRest(rulesIn(result).map(ruleLine), MAX_RULES, othersNoun),
          ...(result.savings === undefined ? [] : whenText(result.savings)),
          ...asideLine(result),
          ...checkFilterLines(result),
        ],
        surface,
      )
