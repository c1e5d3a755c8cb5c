import type { Trend } from '../../snapshot/index.ts'
import { type Formats, json, type Render, renderer } from '../rendering.ts'

/** The formats of a trend. */
export const trendFormats = ['table', 'json', 'csv', 'html'] as const
/** One of {@link trendFormats}. */
export type TrendFormat = (typeof trendFormats)[number]

const formats: Formats<TrendFormat, Render<Trend>> = {
  table: async () => (await import('./trend-table.ts')).renderTrendTable,
  json,
  csv: async () => (await import('./trend-csv.ts')).renderTrendCsv,
  html: async () => (await import('./trend-html.ts')).renderTrendHtml,
}

/** How licenses were used over several snapshots. `html` is one file that loads nothing and runs nothing. */
export const renderTrend = renderer(formats)
