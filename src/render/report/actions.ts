import { type Count, known, leastOf } from '../../model/count.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { noticeDayOf, type Term } from '../../model/purchase.ts'
import { quantity } from '../../model/quantity.ts'
import { amountIn, mainCurrency } from '../../report/cost/compare-costs.ts'
import { sumOfCosts } from '../../report/cost/cost-tally.ts'
import { keyOfRemoval, removalsOf } from '../../report/findings/removals.ts'
import { DORMANT_AFTER_DAYS } from '../../report/findings/report-findings.ts'
import { licenseLabels } from '../../report/license-labels.ts'
import type { Finding, FindingRule, LicenseReport, SeatsAndCost } from '../../report/license-report.ts'
import { dayText } from '../../report/purchase-words.ts'
import { endOfTerm, termsOf } from '../../report/terms.ts'
import { currenciesOf } from './shown-costs.ts'

/** What is to be done about findings. Every format says it in these words. */
export interface Action extends SeatsAndCost {
  readonly provider: string
  /** Which seats, and of whom: `Take back 12 seats of 9 users who have never been active`. */
  readonly what: string
  /** The command, or by when the vendor must be told. Code is in backticks. */
  readonly how: string
}

/** So many are worth doing first. */
const MAX_ACTIONS = 5

/** Whether it is known what plans save. Reports of earlier versions only tell what the seats cost. */
export const tellsSavings = ({ savings }: LicenseReport): boolean => savings?.plans !== undefined

const NOTE = 'A seat may be in more than one action.'

/** How actions are to be read together. `report`: without any price, money is not spoken of. */
export const actionsNote = (report: LicenseReport): string => {
  if (currenciesOf(report).length === 0) return NOTE
  return tellsSavings(report)
    ? `Amounts are what each action saves by itself. ${NOTE}`
    : `Amounts are what these seats cost. ${NOTE} Not every seat saves its cost: a plan says what it saves.`
}

/** The users who can give up seats, by rule. */
const HOLDERS: Readonly<Partial<Record<FindingRule, readonly [one: string, many: string]>>> = {
  'inactive-holder': ['user who is inactive or deleted', 'users who are inactive or deleted'],
  'dormant-holder': ['user who has been idle', 'users who have been idle'],
  'never-active': ['user who has never been active', 'users who have never been active'],
  'included-license': ['user whose other licenses include them', 'users whose other licenses include them'],
  'several-providers': ['user who has the same service elsewhere', 'users who have the same service elsewhere'],
}

const idleDaysOf = ({ evidence }: Finding): number =>
  typeof evidence.dormantAfterDays === 'number' ? evidence.dormantAfterDays : DORMANT_AFTER_DAYS

const holdersText = (finding: Finding, users: number): string => {
  const [one, many] = HOLDERS[finding.rule] ?? ['user', 'users']
  const since = finding.rule === 'dormant-holder' ? ` for ${idleDaysOf(finding)} days or more` : ''
  return `${quantity(users, one, many)}${since}`
}

/** The options with which a plan takes the seats of these findings, and no others. */
const planCommand = (finding: Finding, provider: string, isOnly: boolean): string => {
  const days = finding.rule === 'dormant-holder' ? idleDaysOf(finding) : DORMANT_AFTER_DAYS
  return [
    `seatlens plan --fix ${finding.rule}`,
    ...(isOnly ? [] : [`--provider ${provider}`]),
    ...(days === DORMANT_AFTER_DAYS ? [] : [`--dormant-days ${days}`]),
  ].join(' ')
}

const keyOfPlan = (rule: FindingRule, provider: string): string => JSON.stringify([rule, provider])

/** Seats that users can give up: one action for each rule and provider, as that is what a plan can be made of. */
const takeBack = ({ findings = [], providers, savings }: LicenseReport): readonly Action[] => {
  const plans = savings?.plans ?? []
  const savingOf = new Map(plans.map(({ rule, provider, saving }) => [keyOfPlan(rule, provider), saving]))
  const open = removalsOf(findings.filter(({ accepted }) => accepted === undefined))
  const byPlan = groupedBy(open, ({ seat, finding }) => keyOfPlan(finding.rule, seat.provider))
  return [...byPlan].flatMap(([key, found]): readonly Action[] => {
    const [{ finding: first, seat }] = found
    const saving = savingOf.get(key)
    // Limits keep all of these seats, or a bill does not count them.
    if (saving?.seats.kind === 'known' && saving.seats.value === 0) return []
    const seats = new Set(found.map((removal) => keyOfRemoval(removal.seat))).size
    const users = new Set(found.map((removal) => removal.seat.userId)).size
    const acted = [...new Set(found.map(({ finding }) => finding))]
    return [
      {
        provider: seat.provider,
        what: `Take back ${quantity(seats, 'seat')} of ${holdersText(first, users)}`,
        how: `Plan it: \`${planCommand(first, seat.provider, providers.length === 1)}\``,
        seats: known(seats),
        cost: saving?.cost ?? sumOfCosts(acted.map(({ cost }) => cost)),
      },
    ]
  })
}

const fewerText = (seats: Count): string =>
  `${seats.kind === 'unknown' ? 'at least ' : ''}${quantity(leastOf(seats) ?? 0, 'fewer seat')}`

/** By when the vendor must be told that fewer seats are renewed. */
const renewalText = (term: Term | undefined, today: string): string => {
  const end = term === undefined ? undefined : endOfTerm(term)
  const noticeDay = term === undefined ? undefined : noticeDayOf(term)
  if (end === undefined) return 'Ask the vendor when the term ends, and buy fewer then'
  if (noticeDay === undefined) return `Tell the vendor before the term ends on ${end}`
  if (noticeDay >= today) return `Tell the vendor by ${noticeDay}; the term ends on ${end}`
  return `Ask the vendor: the term ends on ${end}, and notice was due on ${noticeDay}`
}

/** Purchased seats that need not be renewed: of all terms of a license, or of those that end soon, for which there is more to say. */
const renewFewer = ({ findings = [], licenses, generatedAt }: LicenseReport): readonly Action[] => {
  const { labelOf } = licenseLabels({ licenses })
  const today = dayText(generatedAt)
  const keyOf = ({ provider, licenseId }: Finding) => JSON.stringify([provider, licenseId])
  const open = findings.filter(({ accepted }) => accepted === undefined)
  const ofRule = (rule: FindingRule) =>
    new Map(open.filter((finding) => finding.rule === rule).map((finding) => [keyOf(finding), finding]))
  const found = new Map([...ofRule('unassigned-seats'), ...ofRule('renewal-due')])
  const rows = new Map(licenses.map((row) => [JSON.stringify([row.provider, row.id]), row]))
  return [...found].map(([key, { provider, licenseId = '', seats, cost, evidence }]): Action => {
    const row = rows.get(key)
    const [first] = row === undefined ? [] : termsOf(row)
    const inUse = typeof evidence.removable === 'number' ? evidence.removable : 0
    const before =
      inUse === 0
        ? ''
        : `. Before that, take back ${quantity(inUse, 'seat')} from ${inUse === 1 ? 'its holder' : 'their holders'}`
    return {
      provider,
      what: `Renew ${fewerText(seats)} of ${labelOf(provider, licenseId)}`,
      how: `${renewalText(first?.term, today)}${before}`,
      seats,
      cost,
    }
  })
}

/** What to do first about open findings: what saves most, at most five. An action may need seats that another one takes back. */
export const actionsOf = (report: LicenseReport): readonly Action[] => {
  const all = [...takeBack(report), ...renewFewer(report)].filter(({ seats }) => (leastOf(seats) ?? 0) > 0)
  const currency = mainCurrency(all.map(({ cost }) => cost))
  return all
    .sort(
      (one, other) =>
        amountIn(currency, other.cost) - amountIn(currency, one.cost) ||
        (leastOf(other.seats) ?? 0) - (leastOf(one.seats) ?? 0),
    )
    .slice(0, MAX_ACTIONS)
}
