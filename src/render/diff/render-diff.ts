import type { SnapshotDiff } from '../../snapshot/index.ts'
import { type Formats, json, type Render, renderer } from '../rendering.ts'

/**
 * The formats of a comparison of two snapshots. `message` is a title and a few lines of plain text for mails and chats, and empty
 * where nothing changed.
 */
export const diffFormats = ['table', 'json', 'md', 'message'] as const
/** One of {@link diffFormats}. */
export type DiffFormat = (typeof diffFormats)[number]

const formats: Formats<DiffFormat, Render<SnapshotDiff>> = {
  table: async () => (await import('./diff-table.ts')).renderDiffTable,
  json,
  message: async () => (await import('./diff-message.ts')).renderDiffMessage,
  md: async () => (await import('./diff-markdown.ts')).renderDiffMarkdown,
}

/** What changed between two snapshots. Texts for people have at most 50 (`table`) or 1,000 (`md`) holders of a license. */
export const renderDiff = renderer(formats)
