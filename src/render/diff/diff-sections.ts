import { timeText } from '../../model/time-text.ts'
import { licenseLabels } from '../../report/license-labels.ts'
import type { SnapshotDiff, SnapshotSummary } from '../../snapshot/index.ts'
import { gapLinesOf } from '../notices.ts'
import { attributionSections } from './diff-attribution.ts'
import { contractSections } from './diff-contracts.ts'
import { costSections } from './diff-cost.ts'
import { holderSections } from './diff-holders.ts'
import { licensesSection } from './diff-licenses.ts'
import { groupText, reasonGroups } from './diff-reasons.ts'
import type { DiffSection } from './diff-section.ts'
import { workspaceSections } from './diff-workspaces.ts'

const sideLines = (
  which: 'first' | 'second',
  { generatedAt, providers }: SnapshotSummary,
  timeZone: string | undefined,
): readonly string[] =>
  gapLinesOf(providers).map((line) => `the ${which} snapshot, of ${timeText(generatedAt, timeZone)}: ${line}`)

/** Why changes are unknown, one line each. */
export const qualityLines = (
  { before, after, providers, licenses }: SnapshotDiff,
  timeZone: string | undefined,
): readonly string[] => [
  ...sideLines('first', before, timeZone),
  ...sideLines('second', after, timeZone),
  ...providers.flatMap(({ id, before: was, after: is }) => {
    if (was === undefined) return [`${id}: only in the second snapshot; there is nothing to compare it with`]
    return is === undefined ? [`${id}: only in the first snapshot; there is nothing to compare it with`] : []
  }),
  ...reasonGroups(
    licenses.flatMap(({ provider, name, change, reason }) =>
      change === 'unknown' && reason !== undefined ? [{ provider, name, reason }] : [],
    ),
  ).map((group) => `${group.provider}: unknown whether added or removed: ${groupText(group)}`),
]

/** What changed, part by part: what is unknown comes first. `timeZone`: as of `timeText`. */
export const diffSections = (
  diff: SnapshotDiff,
  maxHolders: number,
  allIn: string,
  timeZone?: string,
): readonly DiffSection[] => {
  const labels = licenseLabels(diff)
  return [
    ...(diff.complete ? [] : [{ heading: 'This comparison is not complete', lines: qualityLines(diff, timeZone) }]),
    ...attributionSections(diff, labels),
    licensesSection(diff, labels),
    ...contractSections(diff, labels, maxHolders, allIn),
    ...holderSections(diff, labels, maxHolders, allIn),
    ...workspaceSections(diff, maxHolders, allIn),
    ...costSections(diff),
  ]
}
