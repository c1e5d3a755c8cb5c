import { jsonText } from '../text/json-text.ts'
import type { RenderCheck } from './check-formats.ts'

/** The outcome as it is; also what a baseline is read from. */
export const renderCheckJson: RenderCheck = (result) => `${jsonText(result, 2)}\n`
