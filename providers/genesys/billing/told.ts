import { type Purchases, Values } from '../../../src/provider-kit/index.ts'
import type { Amount } from './codecs.ts'

/** A billing period in the terms of the contract of providers. */
export type Period = NonNullable<Purchases.Purchase['from']['period']>

/** A text that says something; undefined for one that is absent or blank. */
export const toldText = (text: string | null | undefined): string | undefined => text?.trim() || undefined

/** The day of a date, or of a date with time: `2026-01-31`. */
export const toldDay = (text: string | null | undefined): string | undefined => {
  const day = text?.slice(0, 'YYYY-MM-DD'.length)
  return day !== undefined && Values.isDay(day) ? day : undefined
}

/** Whether there is anything to read. */
export const isTold = (amount: Amount | null | undefined): boolean =>
  typeof amount === 'string' ? toldText(amount) !== undefined : amount !== null && amount !== undefined

/** A number, also one that was sent as decimal text; undefined for what is none. */
export const toldNumber = (amount: Amount | null | undefined): number | undefined => {
  const text = typeof amount === 'string' ? amount.trim() : String(amount ?? '')
  const number = text === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : undefined
}

/** For how long, where a contract says it. */
export const toldTerm = (
  first: string | null | undefined,
  last: string | null | undefined,
): Purchases.Purchase['term'] => {
  const start = toldDay(first)
  const end = toldDay(last)
  if (start === undefined && end === undefined) return undefined
  return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) }
}

/** Observed in names of products and lines, not documented: `Genesys Cloud CX 3 Concurrent`. */
export const saysConcurrent = (name: string | null | undefined): boolean => /\bconcurrent\b/i.test(name ?? '')
