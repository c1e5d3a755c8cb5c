/** Made when it is first needed: small commands would notice. */
let decimal: Intl.NumberFormat | undefined

const grouped = (digits: string): string =>
  digits.length <= 3 ? digits : `${grouped(digits.slice(0, -3))},${digits.slice(-3)}`

/** A number for people: `12,345`. */
export const numberText = (value: number): string => {
  if (Number.isSafeInteger(value) && value >= 0) return grouped(String(value))
  decimal ??= new Intl.NumberFormat('en-US')
  return decimal.format(value)
}

/** A number with its noun: `1 record`, `12,345 records`. `many`: the plural, where it does not just end in `s`. */
export const quantity = (count: number, one: string, many = `${one}s`): string =>
  `${numberText(count)} ${count === 1 ? one : many}`
