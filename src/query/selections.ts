import { dayOf } from './write-tables.ts'

/** A snapshot as a selection sees it. */
export interface Selectable {
  /** ISO 8601 in UTC. */
  readonly generatedAt: string
  /** The ids of its providers. */
  readonly providers: readonly string[]
}

/** What a selection takes of one snapshot. */
export interface Selected<S extends Selectable> {
  readonly snapshot: S
  /** Those of its providers that count, at least one unless it has none. */
  readonly providers: readonly string[]
}

const keyOf = (group: string, provider: string): string => `${group} ${provider}`

/** Of each provider, its newest snapshot in each group. `snapshots`: the oldest first. */
const newestIn =
  (groupOf: (snapshot: Selectable) => string) =>
  <S extends Selectable>(snapshots: readonly S[]): readonly Selected<S>[] => {
    const newest = new Map<string, S>()
    for (const snapshot of snapshots) {
      for (const provider of snapshot.providers) newest.set(keyOf(groupOf(snapshot), provider), snapshot)
    }
    return snapshots.flatMap((snapshot) => {
      const providers = snapshot.providers.filter((id) => newest.get(keyOf(groupOf(snapshot), id)) === snapshot)
      return providers.length > 0 || snapshot.providers.length === 0 ? [{ snapshot, providers }] : []
    })
  }

/**
 * The schemas that have the views once more, with the rows of some snapshots: the newest one of each provider, or of each
 * provider and day. Of several folders, or of several snapshots a day, all rows together would count what is there once for
 * each snapshot.
 */
export const selections = {
  newest: newestIn(() => ''),
  daily: newestIn(({ generatedAt }) => dayOf(generatedAt)),
} as const

export const SELECTION_NAMES: readonly string[] = Object.keys(selections)
