import { supportOf } from '../../contract/capabilities.ts'
import { momentOf } from '../../model/moment.ts'
import { quantity } from '../../model/quantity.ts'
import type { UserRow } from '../license-report.ts'
import { abstain, supportText } from './abstain.ts'
import { overProviders, type Rule } from './finding-context.ts'
import { holderFinding, rowsById } from './holder-finding.ts'
import { holderName } from './holder-name.ts'

const RULE = 'dormant-holder'
const DAY_MS = 24 * 60 * 60 * 1_000

/** When a user was last active, in milliseconds since 1970; undefined if unknown. */
const lastActive = ({ lastActiveAt }: UserRow): number | undefined => momentOf(lastActiveAt)

/** Holders who have not been active for so many days. Holders whose last activity is unknown are none of them. */
export const dormantHolder: Rule = (context) =>
  overProviders(context, (provider) => {
    const { id, holders, holdersGap, directoryGap, capabilities } = provider
    const { now, dormantAfterDays } = context
    const rows = rowsById(provider)
    // Accounts that are switched off are found by another rule, and no seat should be found twice.
    const present = holders.filter(({ status }) => status !== 'inactive' && status !== 'deleted')
    const untold = present.filter((user) => lastActive(user) === undefined).length
    const reason = `the vendor does not say when ${quantity(untold, 'holder')} of ${present.length} were last active`
    return {
      findings: present.flatMap((user) => {
        const active = lastActive(user)
        if (active === undefined || now - active < dormantAfterDays * DAY_MS) return []
        const days = Math.floor((now - active) / DAY_MS)
        return user.licenseIds.map((licenseId) =>
          holderFinding(rows, context, {
            rule: RULE,
            user,
            licenseId,
            message: (license) => `${holderName(user)} has not been active for ${days} days and holds ${license}`,
            evidence: { lastActiveAt: user.lastActiveAt ?? '', days, dormantAfterDays },
          }),
        )
      }),
      abstentions: abstain(
        RULE,
        { provider: id },
        holdersGap,
        directoryGap,
        untold > 0 ? `${reason}${supportText(supportOf(capabilities, 'userFields', 'lastActiveAt'))}` : undefined,
      ),
    }
  })
