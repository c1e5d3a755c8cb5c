import type { Content } from '../../model/content.ts'
import type { Plan, PlanResult } from '../../plan/index.ts'
import {
  demandGiven,
  type Formats,
  inFormat,
  json,
  type Render,
  type RenderOptions,
  renderer,
  surfaceFor,
} from '../rendering.ts'
import { readOnce } from '../text/content.ts'
import type { Surface } from '../text/surface.ts'
import type { PlanView } from './plan-table.ts'

/** `json` is a plan as it is kept in a file, to be applied later. */
export const planFormats = ['table', 'json'] as const
/** One of {@link planFormats}. */
export type PlanFormat = (typeof planFormats)[number]

/** How a plan is rendered. */
export interface RenderPlanOptions extends RenderOptions<PlanFormat> {
  /**
   * Leaves out until when the plan may be applied, for a user who is asked whether to apply it now; of `table` only.
   * Default: false.
   */
  readonly withoutExpiry?: boolean | undefined
  /**
   * What a user does to allow a plan that takes away that many seats, after `To carry it out, `; of `table` only. Default:
   * `give maxRemovals: 40`, for `applyPlan`.
   */
  readonly howToAllow?: ((removals: number) => string) | undefined
}

const plans: Formats<PlanFormat, (plan: Plan, surface: Surface, view: PlanView) => Content> = {
  table: async () => (await import('./plan-table.ts')).renderPlanTable,
  json,
}

/** What a plan would do. `table` has at most 20 of its changes. */
export const renderPlan = async (plan: Plan, options: RenderPlanOptions): Promise<Content> => {
  await demandGiven('plan', plan, options, ['changes', 'licenses'])
  const {
    format,
    withoutExpiry = false,
    howToAllow = (removals) => `give maxRemovals: ${removals}`,
    ...target
  } = options
  return readOnce((await inFormat(plans, format))(plan, surfaceFor(target), { withoutExpiry, howToAllow }))
}

/** The formats of the result of a plan. */
export const changesFormats = ['table', 'json'] as const
/** One of {@link changesFormats}. */
export type ChangesFormat = (typeof changesFormats)[number]

const changes: Formats<ChangesFormat, Render<PlanResult>> = {
  table: async () => (await import('./changes-table.ts')).renderChangesTable,
  json,
}

/** What became of a plan that was applied or undone, change by change. */
export const renderChanges = renderer(changes)
