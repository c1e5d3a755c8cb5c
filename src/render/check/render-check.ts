import type { CheckResult } from '../../check/check-result.ts'
import { type Formats, json, type Render, renderer } from '../rendering.ts'

/** `json` is also what a later check can take as its baseline; `junit` is for build servers; a plan can be made from `csv`. */
export const checkFormats = ['table', 'json', 'junit', 'csv'] as const
export type CheckFormat = (typeof checkFormats)[number]

const formats: Formats<CheckFormat, Render<CheckResult>> = {
  table: async () => (await import('./check-table.ts')).renderCheckTable,
  json,
  csv: async () => (await import('./check-csv.ts')).renderCheckCsv,
  junit: async () => (await import('./check-junit.ts')).renderCheckJunit,
}

/** The outcome of a check: what is breached, accepted and unknown. */
export const renderCheck = renderer(formats)
