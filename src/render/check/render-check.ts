import type { ItemFilter } from '../../check/check-report.ts'
import type { CheckResult } from '../../check/check-result.ts'
import { type Formats, json, type Render, renderer } from '../rendering.ts'

/**
 * `json` is also what a later check can take as its baseline; `junit` is for build servers; a plan can be made from `csv`;
 * `message` is a title and a few lines of plain text for mails and chats, and empty where a baseline was given and nothing
 * changed.
 */
export const checkFormats = ['table', 'json', 'junit', 'csv', 'message'] as const
/** One of {@link checkFormats}. */
export type CheckFormat = (typeof checkFormats)[number]

const formats: Formats<CheckFormat, Render<CheckResult>> = {
  table: async () => (await import('./check-table.ts')).renderCheckTable,
  json,
  message: async () => (await import('./check-message.ts')).renderCheckMessage,
  csv: async () => (await import('./check-csv.ts')).renderCheckCsv,
  junit: async () => (await import('./check-junit.ts')).renderCheckJunit,
}

/**
 * Which items of a check count, by their columns in CSV: for `filter` of `checkReport`. Rejects with a `LicenseException` with
 * `InvalidInput` where there are no such columns.
 */
export const filterOfItems = async (where: string): Promise<ItemFilter> =>
  (await import('./check-filter.ts')).itemFilter(where)

/** What a check left out, one line each, for people: formats that programs read have no place for it. */
export const itemsLeftOut = async (result: Pick<CheckResult, 'filter' | 'savings'>): Promise<readonly string[]> =>
  (await import('./check-filter.ts')).checkFilterLines(result)

/** The outcome of a check: what is breached, accepted and unknown. */
export const renderCheck = renderer(formats)
