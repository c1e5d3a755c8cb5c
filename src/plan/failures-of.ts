import type { PlanFailure } from './plan-failure.ts'
import type { PlanResult } from './plan-result.ts'

/**
 * Why some of a plan was not sent, as failures: changes that had drifted, and a journal that could no longer be written.
 * What the vendor refused is in the result, with the reason of each change.
 */
export const failuresOf = ({ changes, journalProblem }: PlanResult): readonly PlanFailure[] => [
  ...(journalProblem === undefined
    ? []
    : [{ _tag: 'JournalUnavailable' as const, message: `the journal cannot be written: ${journalProblem}` }]),
  ...changes.flatMap((change): readonly PlanFailure[] => {
    if (change.result !== 'drifted') return []
    const { userId, user, licenseId, license, drift } = change
    return [{ _tag: 'Drifted', userId, licenseId, message: `${user}, ${license}: ${drift}` }]
  }),
]
