import type { NotStated, Support } from '../../contract/capabilities.ts'
import type { Abstention, FindingRule } from '../license-report.ts'

/** An abstention for each reason that there is. */
export const abstain = (
  rule: FindingRule,
  subject: Pick<Abstention, 'provider' | 'licenseId'>,
  ...reasons: readonly (string | undefined)[]
): readonly Abstention[] =>
  [...new Set(reasons)].flatMap((reason) => (reason === undefined ? [] : [{ rule, ...subject, reason }]))

/** What a field that the vendor did not provide depends on, to be put after a reason; empty if that is unknown. */
export const supportText = (support: Support | NotStated): string => {
  if (support.support === 'unsupported') return ` (${support.reason})`
  return support.support === 'conditional' ? ` (depends on: ${support.on})` : ''
}
