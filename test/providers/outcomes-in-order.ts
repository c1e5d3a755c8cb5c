import type { AssignmentChange, AssignmentOutcome } from '../../src/provider-kit/index.ts'

/** What became of the changes, in their order. Rejects where not each of them has exactly one outcome. */
export const outcomesInOrder = async (
  changes: readonly AssignmentChange[],
  outcomes: AsyncIterable<AssignmentOutcome>,
): Promise<readonly AssignmentOutcome[]> => {
  const byChange = new Map<AssignmentChange, AssignmentOutcome>()
  let count = 0
  for await (const outcome of outcomes) {
    byChange.set(outcome.change, outcome)
    count += 1
  }
  const inOrder = changes.flatMap((change) => byChange.get(change) ?? [])
  if (count !== changes.length || inOrder.length !== count) {
    throw new Error(`${changes.length} changes had ${count} outcomes, ${inOrder.length} of them theirs`)
  }
  return inOrder
}
