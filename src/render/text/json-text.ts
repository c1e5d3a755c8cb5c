import { inBatches } from './in-batches.ts'

/** Characters that JSON lets stand as they are and that a terminal would act on. */
const ACTIVE = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** JSON that reads back as the very same value and is harmless to look at. */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, undefined, indent).replace(ACTIVE, escaped)

/** The same for several values, each on a line of its own. */
export const jsonLines = (values: readonly unknown[]): string =>
  values
    .map((value) => `${JSON.stringify(value)}\n`)
    .join('')
    .replace(ACTIVE, escaped)

const ELEMENTS_AT_ONCE = 100
const INDENT = 2

const indented = (value: unknown, by: number): string => jsonText(value, INDENT).replace(/\n/g, `\n${' '.repeat(by)}`)

function* elementsText(elements: Iterable<unknown>): Generator<string> {
  let isEmpty = true
  for (const batch of inBatches(elements, ELEMENTS_AT_ONCE)) {
    yield `${isEmpty ? '[' : ','}\n${batch.map((element) => `    ${indented(element, 2 * INDENT)}`).join(',\n')}`
    isEmpty = false
  }
  yield isEmpty ? '[]' : '\n  ]'
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value

/** A JSON document of an object, as the whole at once would be, which need not be in memory: its lists may be very long. */
export function* objectText(members: object): Generator<string> {
  let isFirst = true
  for (const [name, value] of Object.entries(members)) {
    if (value === undefined) continue
    yield `${isFirst ? '{' : ','}\n  ${jsonText(name)}: `
    isFirst = false
    if (isIterable(value)) yield* elementsText(value)
    else yield indented(value, INDENT)
  }
  yield isFirst ? '{}\n' : '\n}\n'
}
