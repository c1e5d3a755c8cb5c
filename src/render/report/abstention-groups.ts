import { groupedBy } from '../../model/grouped-by.ts'
import type { Abstention } from '../../report/license-report.ts'

/** Abstentions of one rule in one provider for one reason: it may be the same for a thousand licenses. */
export const abstentionGroups = (
  abstentions: readonly Abstention[],
): readonly (readonly [Abstention, ...Abstention[]])[] => [
  ...groupedBy(abstentions, ({ rule, provider, reason }) => JSON.stringify([rule, provider, reason])).values(),
]
