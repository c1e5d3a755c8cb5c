import { jsonText } from '../text/json-text.ts'
import type { RenderDiff } from './diff-formats.ts'

export const renderDiffJson: RenderDiff = (diff) => `${jsonText(diff, 2)}\n`
