import { readFileSync } from 'node:fs'

/** What vendors can put where something else is expected, by what it looks like. */
type OddValues = Readonly<Record<'texts' | 'numbers' | 'texts of numbers' | 'dates' | 'shapes', readonly unknown[]>>

const read: OddValues = JSON.parse(readFileSync(new URL('values.json', import.meta.url), 'utf8'))

/** All of them: each goes into every field that is decoded. */
export const oddValues: readonly unknown[] = [
  ...read.texts,
  ...read.numbers,
  ...read['texts of numbers'],
  ...read.dates,
  ...read.shapes,
]

/** Shows also what cannot be seen. */
export const shown = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
