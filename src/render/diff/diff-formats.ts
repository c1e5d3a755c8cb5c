import type { SnapshotDiff } from '../../snapshot/index.ts'
import type { Surface } from '../text/surface.ts'

/** Turns what changed between two snapshots into text. */
export type RenderDiff = (diff: SnapshotDiff, surface: Surface) => string

/** Every format of what changed between two snapshots, loaded on demand. */
export const diffFormats = {
  table: async () => (await import('./diff-table.ts')).renderDiffTable,
  json: async () => (await import('./diff-json.ts')).renderDiffJson,
  md: async () => (await import('./diff-markdown.ts')).renderDiffMarkdown,
} satisfies Record<string, () => Promise<RenderDiff>>

export type DiffFormatName = keyof typeof diffFormats
