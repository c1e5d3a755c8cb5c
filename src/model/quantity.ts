/** So many things, for people: `1 record`, `3 records`. `many`: their plural, where it is more than an `s`. */
export const quantity = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
