import type { PlanResult } from '../../plan/index.ts'
import type { Content } from '../text/content.ts'
import type { Surface } from '../text/surface.ts'

/** Turns what became of a plan into text. */
export type RenderChanges = (result: PlanResult, surface: Surface) => Content

/** Every format of the result of a plan, loaded on demand. */
export const changesFormats = {
  table: async () => (await import('./changes-table.ts')).renderChangesTable,
  json: async () => (await import('./changes-json.ts')).renderChangesJson,
} satisfies Record<string, () => Promise<RenderChanges>>

export type ChangesFormatName = keyof typeof changesFormats
