import { jsonText } from '../text/json-text.ts'
import type { RenderTrend } from './trend-formats.ts'

export const renderTrendJson: RenderTrend = (trend) => `${jsonText(trend, 2)}\n`
