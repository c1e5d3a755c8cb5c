import type { PlanResult } from '../../../plan/index.ts'
import { jsonText } from '../../output/json-text.ts'

export const renderChangesJson = (result: PlanResult): string => `${jsonText(result, 2)}\n`
