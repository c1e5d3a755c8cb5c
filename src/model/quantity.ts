/** Made when it is first needed: that takes as long as a small command takes to read its arguments. */
let decimal: Intl.NumberFormat | undefined

/** Before every third digit from the end. */
const GROUP = /\B(?=(?:\d{3})+$)/g

/** A number for people: `12,345`. */
export const numberText = (value: number): string => {
  if (Number.isSafeInteger(value) && value >= 0) return String(value).replace(GROUP, ',')
  decimal ??= new Intl.NumberFormat('en-US')
  return decimal.format(value)
}

/** A number with its noun: `1 record`, `12,345 records`. `many`: the plural, where it does not just end in `s`. */
export const quantity = (count: number, one: string, many = `${one}s`): string =>
  `${numberText(count)} ${count === 1 ? one : many}`
