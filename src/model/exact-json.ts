import { isRecord } from './is-record.ts'

/** Where a string begins, which may have digits in it, or a number stands. */
const QUOTE_OR_NUMBER = /"|-?\d[\d.eE+-]*/g

/** Behind the string whose first character is at `start`. */
const endOfString = (json: string, start: number): number => {
  let at = start
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at + 1
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/** The value that a decimal number stands for, in one form: `1.50`, `15e-1` and `1.5` are the same. */
const inOneForm = (number: string): string => {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(number) ?? []
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  const significant = digits.replace(/(?<!0)0+$/, '')
  if (significant === '') return '0'
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`
}

/** Whether the number is still the same after it was a JavaScript number. */
const survives = (number: string): boolean => inOneForm(number) === inOneForm(String(Number(number)))

/**
 * Parses JSON. A number that would lose digits as a JavaScript number becomes a text, as it stands there: 72057594037927937
 * becomes `'72057594037927937'`. Throws as `JSON.parse` does.
 */
export const parseExactly = (text: string): unknown => {
  const parsed: unknown = JSON.parse(text)
  const pattern = new RegExp(QUOTE_OR_NUMBER)
  let exact = ''
  let copied = 0
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const [piece] = found
    if (piece === '"') pattern.lastIndex = endOfString(text, pattern.lastIndex)
    else if (!survives(piece)) {
      exact += `${text.slice(copied, found.index)}"${piece}"`
      copied = pattern.lastIndex
    }
  }
  return copied === 0 ? parsed : JSON.parse(exact + text.slice(copied))
}

const hasOwnForm = (value: object): boolean => 'toJSON' in value && typeof value.toJSON === 'function'

/** What `JSON.stringify` leaves out of an object, and has as null in a list. */
const isNothing = (value: unknown): boolean =>
  value === undefined || typeof value === 'function' || typeof value === 'symbol'

const written = (value: unknown): string => {
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return `[${value.map((member) => (isNothing(member) ? 'null' : written(member))).join()}]`
  if (!isRecord(value) || hasOwnForm(value)) return JSON.stringify(value)
  const members = Object.entries(value).filter(([, member]) => !isNothing(member))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${written(member)}`).join()}}`
}

/** Writes JSON as `JSON.stringify` does, and each `bigint` as its digits. */
export const writeExactly = (value: unknown): string => {
  try {
    return JSON.stringify(value)
  } catch {
    // It has a bigint. All else is written several times faster by the platform.
    return written(value)
  }
}
