import type { CheckResult } from '../../check/check-result.ts'
import type { Surface } from '../text/surface.ts'

/** Turns the outcome of a check into text. */
export type RenderCheck = (result: CheckResult, surface: Surface) => string

/** Every format of a check, loaded on demand. */
export const checkFormats = {
  table: async () => (await import('./check-table.ts')).renderCheckTable,
  json: async () => (await import('./check-json.ts')).renderCheckJson,
  junit: async () => (await import('./check-junit.ts')).renderCheckJunit,
} satisfies Record<string, () => Promise<RenderCheck>>

export type CheckFormatName = keyof typeof checkFormats
