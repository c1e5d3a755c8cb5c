import type { PlanResult } from '../../plan/index.ts'
import { objectText } from '../object-text.ts'

export const renderChangesJson = (result: PlanResult): Iterable<string> => objectText(result)
