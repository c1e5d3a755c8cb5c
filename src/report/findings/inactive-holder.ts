import { supportOf } from '../../contract/capabilities.ts'
import { quantity } from '../../model/quantity.ts'
import type { UserRow } from '../license-report.ts'
import { abstain, supportTextFor } from './abstain.ts'
import { type FindingContext, overProviders, type Rule } from './finding-context.ts'
import { holderFindings, rowsById } from './holder-finding.ts'
import { holderName } from './holder-name.ts'
import { seatAge } from './seat-age.ts'

const RULE = 'inactive-holder'

/**
 * Whether the user has left for certain. The account of someone who is still to come is inactive too: one who has not accepted
 * the invitation must have had time for it.
 */
const hasLeft = (user: UserRow, licenseId: string, context: FindingContext): boolean => {
  if (user.status === 'deleted') return true
  const { kind } = seatAge(user, licenseId, context)
  return user.invitePending === true ? kind === 'old' : kind !== 'new'
}

/** Users who are inactive or deleted and still hold a seat. A seat that is too new to judge is found, and cannot be given up for certain. */
export const inactiveHolder: Rule = (context) =>
  overProviders(context, (provider) => {
    const { id, holders, holdersGap, directoryGap, capabilities } = provider
    const rows = rowsById(provider)
    const unknown = holders.filter(({ status }) => status === 'unknown')
    const untold = unknown.length
    const reason = `the vendor does not say whether ${quantity(untold, 'holder')} of ${holders.length} ${untold === 1 ? 'is' : 'are'} active`
    return {
      groups: holders
        .filter(({ status }) => status === 'inactive' || status === 'deleted')
        .flatMap((user) =>
          holderFindings(rows, context, {
            rule: RULE,
            user,
            licenseIds: user.licenseIds,
            message: (license) =>
              user.invitePending === true
                ? `${holderName(user)} has not accepted the invitation and holds ${license}`
                : `${holderName(user)} is ${user.status} and holds ${license}`,
            evidence: () => ({ status: user.status, ...(user.invitePending === true ? { invitePending: true } : {}) }),
            isRemovable: (licenseId) => hasLeft(user, licenseId, context),
          }),
        ),
      abstentions: abstain(
        RULE,
        { provider: id },
        holdersGap,
        directoryGap,
        untold > 0 ? `${reason}${supportTextFor(unknown, supportOf(capabilities, 'userFields', 'status'))}` : undefined,
      ),
    }
  })
