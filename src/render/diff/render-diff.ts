import type { SnapshotDiff } from '../../snapshot/index.ts'
import { type Formats, json, type Render, renderer } from '../rendering.ts'

/** The formats of a comparison of two snapshots. */
export const diffFormats = ['table', 'json', 'md'] as const
export type DiffFormat = (typeof diffFormats)[number]

const formats: Formats<DiffFormat, Render<SnapshotDiff>> = {
  table: async () => (await import('./diff-table.ts')).renderDiffTable,
  json,
  md: async () => (await import('./diff-markdown.ts')).renderDiffMarkdown,
}

/** What changed between two snapshots. Texts for people have at most 50 (`table`) or 1,000 (`md`) holders of a license. */
export const renderDiff = renderer(formats)
