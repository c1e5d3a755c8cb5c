import { momentOfHttpDate } from './http-date.ts'

/** No time is longer. */
const MAX_LENGTH = 64

/**
 * The wait that a `Retry-After` names, in milliseconds, or undefined where it names none: absent, garbage (Webex has
 * sent `rand(30),add(30)`), zero, or a date that has passed.
 */
export const readRetryAfter = (header: string | undefined, now: number): number | undefined => {
  const value = header?.trim()
  if (value === undefined || value === '' || value.length > MAX_LENGTH) return undefined
  const ms = /^\d{1,9}(\.\d+)?$/.test(value) ? Number(value) * 1000 : (momentOfHttpDate(value) ?? Number.NaN) - now
  return Number.isFinite(ms) && ms > 0 ? Math.ceil(ms) : undefined
}
