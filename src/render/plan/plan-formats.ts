import type { Plan } from '../../plan/index.ts'
import type { Content } from '../text/content.ts'
import type { Surface } from '../text/surface.ts'

/** Turns a plan into text. */
export type RenderPlan = (plan: Plan, surface: Surface) => Content

/** Every format of a plan, loaded on demand. */
export const planFormats = {
  table: async () => (await import('./plan-table.ts')).renderPlanTable,
  json: async () => (await import('./plan-json.ts')).renderPlanJson,
} satisfies Record<string, () => Promise<RenderPlan>>

export type PlanFormatName = keyof typeof planFormats
