import { supportOf } from '../../contract/capabilities.ts'
import { quantity } from '../../model/quantity.ts'
import { abstain, supportText } from './abstain.ts'
import { overProviders, type Rule } from './finding-context.ts'
import { holderFindings, rowsById } from './holder-finding.ts'
import { holderName } from './holder-name.ts'

const RULE = 'inactive-holder'

/** Users who are inactive or deleted and still hold a seat. */
export const inactiveHolder: Rule = (context) =>
  overProviders(context, (provider) => {
    const { id, holders, holdersGap, directoryGap, capabilities } = provider
    const rows = rowsById(provider)
    const untold = holders.filter(({ status }) => status === 'unknown').length
    const reason = `the vendor does not say whether ${quantity(untold, 'holder')} of ${holders.length} are active`
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
          }),
        ),
      abstentions: abstain(
        RULE,
        { provider: id },
        holdersGap,
        directoryGap,
        untold > 0 ? `${reason}${supportText(supportOf(capabilities, 'userFields', 'status'))}` : undefined,
      ),
    }
  })
