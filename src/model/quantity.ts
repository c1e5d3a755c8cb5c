const decimal = new Intl.NumberFormat('en-US')

/** A number for people: `12,345`. */
export const numberText = (value: number): string => decimal.format(value)

/** A number with its noun: `1 record`, `12,345 records`. `many`: the plural, where it does not just end in `s`. */
export const quantity = (count: number, one: string, many = `${one}s`): string =>
  `${numberText(count)} ${count === 1 ? one : many}`
