import type { Trend } from '../../snapshot/index.ts'
import type { Surface } from '../text/surface.ts'

/** Turns the use of licenses over time into text. */
export type RenderTrend = (trend: Trend, surface: Surface) => string

/** Every format of the use of licenses over time, loaded on demand. */
export const trendFormats = {
  table: async () => (await import('./trend-table.ts')).renderTrendTable,
  json: async () => (await import('./trend-json.ts')).renderTrendJson,
  csv: async () => (await import('./trend-csv.ts')).renderTrendCsv,
  html: async () => (await import('./trend-html.ts')).renderTrendHtml,
} satisfies Record<string, () => Promise<RenderTrend>>

export type TrendFormatName = keyof typeof trendFormats
