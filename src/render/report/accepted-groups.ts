import type { Finding } from '../../report/license-report.ts'
import { isOpen, type ShownGroup } from './shown-groups.ts'

/** A finding that is shown by itself. */
const alone = (finding: Finding): ShownGroup => {
  const { id, rule, message, provider, userId, accounts, seats, cost, accepted } = finding
  const group = { id, rule, message, provider, userId, accounts, findings: [id], seats, cost, accepted }
  return { group, findings: [finding], removals: [] }
}

/** Groups that are accepted; of those of which only a part is, that part. */
export const acceptedGroups = (groups: readonly ShownGroup[]): readonly ShownGroup[] =>
  groups.flatMap((shown) =>
    isOpen(shown) ? shown.findings.filter(({ accepted }) => accepted !== undefined).map(alone) : [shown],
  )
