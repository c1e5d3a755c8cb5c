import { inBatches } from './grid/grid.ts'
import { jsonText } from './text/json-text.ts'

const ELEMENTS_AT_ONCE = 500
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

/** The same text as of the whole at once, which need not be in memory: its lists may be very long. */
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
