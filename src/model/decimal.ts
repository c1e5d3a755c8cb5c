import * as E from 'fp-ts/lib/Either.js'
import { digitsOf } from './currency.ts'

const DECIMAL = /^(-?)(\d{1,30})(?:\.(\d{1,30}))?$/
const WITH_EXPONENT = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/

/** `5e-7` as `0.0000005`: how a number in JSON is written does not matter. */
const withoutExponent = (text: string): string => {
  const [, sign = '', whole = '', fraction = '', exponent = ''] = WITH_EXPONENT.exec(text) ?? []
  if (exponent === '') return text
  const digits = `${whole}${fraction}`
  const point = 1 + Number(exponent)
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return point >= digits.length
    ? `${sign}${digits.padEnd(point, '0')}`
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

/**
 * A decimal number of a vendor as exact text, whether it was sent as a number or as text: `75.50`. Undefined for anything
 * else, such as a number with a comma, which means something else in another country.
 */
export const decimalText = (value: unknown): string | undefined => {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  const text = typeof value === 'number' ? withoutExponent(String(value)) : value.trim()
  return DECIMAL.test(text) ? text : undefined
}

/**
 * A decimal amount in minor units of its currency: `75.50` EUR is 7550. `Left`: why it is not an exact number of them, for
 * people, as a clause.
 */
export const minorUnitsOf = (amount: string, currency: string): E.Either<string, number> => {
  const [, sign, whole = '', fraction = ''] = DECIMAL.exec(amount) ?? []
  if (whole === '') return E.left(`${amount} ${currency} is no amount of money`)
  const digits = digitsOf(currency)
  if (/[1-9]/.test(fraction.slice(digits))) {
    return E.left(`${amount} ${currency} is no whole number of the smallest unit of the currency`)
  }
  const minor = Number(`${whole}${fraction.slice(0, digits).padEnd(digits, '0')}`)
  if (!Number.isSafeInteger(minor)) return E.left(`${amount} ${currency} is more than can be counted exactly`)
  return E.right(sign === '-' && minor !== 0 ? -minor : minor)
}
