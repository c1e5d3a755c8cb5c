import type { DuckDBValue } from '@duckdb/node-api'

/**
 * A value of a result. Whole numbers that may be beyond 2^53 are a `bigint`; decimal numbers, times (ISO 8601 in UTC), days and
 * what else JavaScript has no type for are text, exact.
 */
export type QueryValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly QueryValue[]
  | { readonly [name: string]: QueryValue }

type DuckDbApi = typeof import('@duckdb/node-api')

/** `2026-01-31 10:00:00.5` or with `+00` behind it, as ISO 8601. */
const isoTime = (text: string, zone: string): string => `${text.replace(/\+00$/, '').replace(' ', 'T')}${zone}`

/** Turns values of DuckDB into plain data. */
export const valueReader = (api: DuckDbApi): ((value: DuckDBValue) => QueryValue) => {
  const read = (value: DuckDBValue): QueryValue => {
    if (value === null || typeof value !== 'object') return value
    if (value instanceof api.DuckDBListValue || value instanceof api.DuckDBArrayValue) return value.items.map(read)
    if (value instanceof api.DuckDBStructValue) {
      return Object.fromEntries(Object.entries(value.entries).map(([name, member]) => [name, read(member)]))
    }
    if (value instanceof api.DuckDBMapValue) {
      return Object.fromEntries(value.entries.map(({ key, value: member }) => [String(read(key)), read(member)]))
    }
    if (value instanceof api.DuckDBTimestampTZValue) return isoTime(String(value), 'Z')
    if (value instanceof api.DuckDBTimestampValue) return isoTime(String(value), '')
    return String(value)
  }
  return read
}
