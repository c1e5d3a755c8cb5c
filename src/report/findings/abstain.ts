import type { NotStated, Support } from '../../contract/capabilities.ts'
import type { Abstention, FindingRule, UserRow } from '../license-report.ts'

/** An abstention for each reason that there is. */
export const abstain = (
  rule: FindingRule,
  subject: Pick<Abstention, 'provider' | 'licenseId'>,
  ...reasons: readonly (string | undefined)[]
): readonly Abstention[] =>
  [...new Set(reasons)].flatMap((reason) => (reason === undefined ? [] : [{ rule, ...subject, reason }]))

/**
 * The same for a field of these users. Where all of them are from outside, nothing that is granted or set would show it: their
 * own organization knows.
 */
export const supportTextFor = (users: readonly Pick<UserRow, 'kind'>[], support: Support | NotStated): string =>
  users.length > 0 && users.every(({ kind }) => kind === 'external')
    ? ' (they are from outside, and only their own organization knows)'
    : supportText(support)

/** Why a field is not provided, or what to do to get it, to be put after a reason; empty if that is unknown. */
export const supportText = (support: Support | NotStated): string => {
  if (support.support === 'unsupported') return ` (${support.reason})`
  return support.support === 'conditional' && support.toGet !== undefined ? `. To get this, ${support.toGet}` : ''
}
