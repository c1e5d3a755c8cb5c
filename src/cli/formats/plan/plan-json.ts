import type { Plan } from '../../../plan/index.ts'
import { jsonText } from '../../output/json-text.ts'

/** A plan as it is kept in a file. */
export const renderPlanJson = (plan: Plan): string => `${jsonText(plan, 2)}\n`
