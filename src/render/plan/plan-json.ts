import type { Plan } from '../../plan/index.ts'
import { objectText } from '../object-text.ts'

/** A plan as it is kept in a file. */
export const renderPlanJson = (plan: Plan): Iterable<string> => objectText(plan)
