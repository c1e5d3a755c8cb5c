import { jsonText } from '../text/json-text.ts'

/**
 * A value of a table whose columns are unknown until it is asked for. Text is also what JavaScript has no exact type for:
 * decimal numbers, times, days.
 */
export type TableValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly TableValue[]
  | { readonly [name: string]: TableValue }

/** A column of such a table. */
export interface ValueColumn {
  /** Unique in its table. */
  readonly name: string
  /** In the words of SQL, such as `BIGINT`: numbers are aligned. */
  readonly type: string
}

/**
 * A value as JSON. A number may have as many digits as it takes: JSON has no bound, and only some readers round it. What is no
 * number, such as a division by zero, is text.
 */
export const valueAsJson = (value: TableValue): string => {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : jsonText(String(value))
  if (value === null || typeof value !== 'object') return jsonText(value)
  if (isList(value)) return `[${value.map(valueAsJson).join(',')}]`
  const members = Object.entries(value).map(([name, member]) => `${jsonText(name)}:${valueAsJson(member)}`)
  return `{${members.join(',')}}`
}

const isList = (value: object): value is readonly TableValue[] => Array.isArray(value)

/** A value as the text of a cell; `nothing` stands for null. */
export const valueText = (value: TableValue, nothing: string): string => {
  if (value === null) return nothing
  return typeof value === 'object' ? valueAsJson(value) : String(value)
}

const NUMBER = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|UINTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)|BIGNUM)$/

/** Whether the values of a column are numbers. */
export const isOfNumbers = ({ type }: ValueColumn): boolean => NUMBER.test(type)
