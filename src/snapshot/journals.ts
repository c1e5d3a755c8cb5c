import type { PlanHistory } from '../contract/plan-history.ts'
import type { JournalRemark } from './diff/attribution.ts'

/** A journal that cannot be used, and why. */
export interface DamagedJournal {
  readonly name: string
  readonly problem: string
}

/** What is known of plans that were applied: of a folder of journals, as `readJournalFolder` of `seatlens/node` gives it. */
export interface KnownJournals {
  /** As `readPlanHistory` gives them. Default: none are looked for. */
  readonly plans?: readonly PlanHistory[] | undefined
  /** Journals that could not be read. Default: none. */
  readonly damagedJournals?: readonly DamagedJournal[] | undefined
}

const NOTHING = 'nothing is attributed to it'

/** What to know of these journals. `strange`: why a provider is none that they can be about; undefined where it is one. */
export const journalRemarks = (
  { plans = [], damagedJournals = [] }: KnownJournals,
  strange: (provider: PlanHistory['provider']) => string | undefined,
): readonly JournalRemark[] => [
  ...damagedJournals.map(
    ({ name, problem }): JournalRemark => ({
      name,
      kind: 'damaged',
      message: `${name}: cannot be used as a journal: ${problem}; ${NOTHING}`,
    }),
  ),
  ...plans.flatMap(({ name, provider, unfinished, chained }): readonly JournalRemark[] => {
    const why = strange(provider)
    if (why !== undefined) return [{ name, kind: 'otherProvider', message: `${name}: ${why}; ${NOTHING}` }]
    return [
      ...(unfinished === undefined
        ? []
        : [{ name, kind: 'unfinished' as const, message: `${name}: not finished: ${unfinished}` }]),
      ...(chained
        ? []
        : [
            {
              name,
              kind: 'unchained' as const,
              message: `${name}: written by version 0.1, without checksums: edits of it cannot be noticed`,
            },
          ]),
    ]
  }),
]
