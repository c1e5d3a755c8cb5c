import { numberText } from '../../model/quantity.ts'
import { knownOf } from '../../report/cost/cost-tally.ts'
import type { Cost, Money } from '../../report/license-report.ts'

const readDigits = (currency: string): number => {
  try {
    return new Intl.NumberFormat('en-US', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}

const known = new Map<string, number>()

/** How many digits of an amount are minor units: 2 for EUR, 0 for JPY, 3 for KWD. */
export const digitsOf = (currency: string): number => {
  const digits = known.get(currency) ?? readDigits(currency)
  known.set(currency, digits)
  return digits
}

const split = ({ amount, currency }: Money): readonly [sign: string, whole: string, fraction: string] => {
  const digits = digitsOf(currency)
  const text = String(Math.abs(amount)).padStart(digits + 1, '0')
  const at = text.length - digits
  return [amount < 0 ? '-' : '', text.slice(0, at), digits === 0 ? '' : `.${text.slice(at)}`]
}

/** An amount for machines, in major units: `1234.50`. Exact, as no fraction is ever computed. */
export const amountText = (money: Money): string => split(money).join('')

/** What everything that has a price is headed by, in every result and format. */
export const COST_PER_MONTH = 'Cost per month'

/** An amount for people, with its currency beside it: `16,512.93`. */
export const figureText = (money: Money): string => {
  const [sign, whole, fraction] = split(money)
  return `${sign}${numberText(Number(whole))}${fraction}`
}

/** How much more or less: `+20.00`, `-5.00`, `0.00`. */
export const signedFigureText = (money: Money): string => `${money.amount > 0 ? '+' : ''}${figureText(money)}`

const moneyText = (money: Money): string => `${money.currency} ${figureText(money)}`

/** A cost for people, without its reason: `EUR 110.00`, `≥ EUR 110.00 + USD 20.00`, `unknown`, `–`. */
export const costText = (cost: Cost): string => {
  if (cost.kind === 'notApplicable') return '–'
  const amounts = knownOf(cost).map(moneyText).join(' + ')
  if (cost.kind === 'known') return amounts === '' ? '–' : amounts
  return amounts === '' ? 'unknown' : `≥ ${amounts}`
}

/** A cost and its period for people: `EUR 110.00 per month`, `unknown`, `–`. */
export const monthlyText = (cost: Cost): string =>
  knownOf(cost).length === 0 ? costText(cost) : `${costText(cost)} per month`

/** How much more or less something costs, for people: `EUR +20.00`, `EUR -100.00, USD +120.00`, `unknown`, `–`. */
export const costDifferenceText = (difference: Cost): string =>
  difference.kind === 'known' && difference.amounts.length > 0
    ? difference.amounts.map((money) => `${money.currency} ${signedFigureText(money)}`).join(', ')
    : costText(difference)

/**
 * A cost as cells for machines: the amount in each of the currencies, empty where there is none, and a note. Of an unknown
 * cost, amounts are in the note only, so that a sum over the column is never too low.
 */
export const costCells = (cost: Cost, currencies: readonly string[]): readonly string[] => {
  const amounts = cost.kind === 'known' ? cost.amounts : []
  return [
    ...currencies.map((currency) => amounts.filter((money) => money.currency === currency).map(amountText)[0] ?? ''),
    costNote(cost),
  ]
}

/** Why there are no amounts: `not applicable`, `unknown: <reason>`, `unknown, at least EUR 110.00: <reason>`. */
export const costNote = (cost: Cost): string => {
  if (cost.kind === 'known') return ''
  if (cost.kind === 'notApplicable') return 'not applicable'
  const least = knownOf(cost)
    .map((money) => `${money.currency} ${amountText(money)}`)
    .join(' + ')
  return `unknown${least === '' ? '' : `, at least ${least}`}: ${cost.reason}`
}
