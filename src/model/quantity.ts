const decimal = new Intl.NumberFormat('en-US')

/** A number for people: `12,345`. */
export const numberText = (value: number): string => decimal.format(value)

/** So many things, for people: `1 record`, `12,345 records`. `many`: their plural, where it is more than an `s`. */
export const quantity = (count: number, one: string, many = `${one}s`): string =>
  `${numberText(count)} ${count === 1 ? one : many}`
