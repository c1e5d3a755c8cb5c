import type { Cost, Money } from '../../report/license-report.ts'
import { numberText } from './count-text.ts'

const readDigits = (currency: string): number => {
  try {
    return new Intl.NumberFormat('en-US', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}

const known = new Map<string, number>()

/** How many digits of an amount are minor units: 2 for EUR, 0 for JPY. */
const digitsOf = (currency: string): number => {
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

const moneyText = (money: Money): string => {
  const [sign, whole, fraction] = split(money)
  return `${money.currency} ${sign}${numberText(Number(whole))}${fraction}`
}

/** A cost for people, without its reason: `EUR 110.00`, `≥ EUR 110.00 + USD 20.00`, `?`, `–`. */
export const costText = (cost: Cost): string => {
  if (cost.kind === 'notApplicable') return '–'
  const amounts = (cost.kind === 'known' ? cost.amounts : (cost.atLeast ?? [])).map(moneyText).join(' + ')
  if (cost.kind === 'known') return amounts === '' ? '–' : amounts
  return amounts === '' ? '?' : `≥ ${amounts}`
}

/**
 * A cost as cells for machines: the amount in each of the currencies, empty where there is none, and a note. Amounts of a
 * cost that is not known are in the note only, so that no column can be added up to less than it is.
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
  const least = (cost.atLeast ?? []).map((money) => `${money.currency} ${amountText(money)}`).join(' + ')
  return `unknown${least === '' ? '' : `, at least ${least}`}: ${cost.reason}`
}
