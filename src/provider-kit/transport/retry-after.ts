import { momentOf } from '../../model/moment.ts'
import { momentOfHttpDate } from './http-date.ts'

/** The longest text of a time. */
const MAX_LENGTH = 64

/**
 * The wait that a `Retry-After` asks for, in milliseconds: seconds, an HTTP date, or a time in ISO 8601, as Zoom has it where a
 * daily limit is reached. Undefined where it is absent, invalid (Webex has sent
 * `rand(30),add(30)`), zero, or in the past.
 */
export const readRetryAfter = (header: string | undefined, now: number): number | undefined => {
  const value = header?.trim()
  if (value === undefined || value === '' || value.length > MAX_LENGTH) return undefined
  const ms = /^\d{1,9}(\.\d+)?$/.test(value)
    ? Number(value) * 1000
    : (momentOfHttpDate(value) ?? momentOf(value) ?? Number.NaN) - now
  return Number.isFinite(ms) && ms > 0 ? Math.ceil(ms) : undefined
}
