import { supportOf } from '../../contract/capabilities.ts'
import { quantity } from '../../model/quantity.ts'
import { abstain, supportTextFor } from './abstain.ts'
import { type KnownProvider, overProviders, type Rule } from './finding-context.ts'
import { holderFindings, rowsById, seatsToJudge } from './holder-finding.ts'
import { holderName } from './holder-name.ts'
import { judgeActivity } from './judge-activity.ts'
import { type SeatAge, seatAge, tooNewText } from './seat-age.ts'

const RULE = 'never-active'

/** What there is to do for the dates by which it would be known since when holders have their seats. */
const toKnowStarts = ({ capabilities }: KnownProvider): string => {
  const ways = (['seats', 'createdAt', 'hiredAt'] as const).flatMap((field) => {
    const support = supportOf(capabilities, 'userFields', field)
    return support.support === 'conditional' && support.toGet !== undefined ? [support.toGet] : []
  })
  return [...new Set([...ways, 'keep snapshots, and make the report with their history (`--history`)'])].join(', or ')
}

/**
 * Holders of whom there is no activity at all, by a vendor who would tell of it, and who have had their seats for longer than the
 * grace days. A holder of whom the vendor merely tells nothing is none of them.
 */
export const neverActive: Rule = (context) =>
  overProviders(context, (provider) => {
    const { id, holdersGap, directoryGap, capabilities } = provider
    const rows = rowsById(provider)
    const judged = judgeActivity(provider, context)
      .map(({ user, judgment }) => ({ user, judgment, licenseIds: seatsToJudge(context, user) }))
      .filter(({ licenseIds }) => licenseIds.length > 0)
    const never = judged.flatMap(({ user, judgment, licenseIds }) => {
      if (judgment.kind !== 'never') return []
      const seats = licenseIds.map((licenseId) => ({ licenseId, age: seatAge(user, licenseId, context) }))
      return [{ user, by: judgment.by, seats }]
    })
    const withSeat = (kind: SeatAge['kind']): number =>
      never.filter(({ seats }) => seats.some(({ age }) => age.kind === kind)).length
    const unknown = judged.flatMap(({ user, judgment: { kind } }) =>
      kind === 'untold' || kind === 'incredible' ? [user] : [],
    )
    const untold = unknown.length
    const undated = withSeat('unknown')
    const whether = `the vendor does not say whether ${quantity(untold, 'holder')} of ${judged.length} ${untold === 1 ? 'was' : 'were'} ever active`
    const since = `since when ${quantity(undated, 'holder')} without any activity ${undated === 1 ? 'has' : 'have'} had the seats is not known. To know it, ${toKnowStarts(provider)}`
    return {
      groups: never.flatMap(({ user, by, seats }) => {
        const old = new Map(
          seats.flatMap(({ licenseId, age }) => (age.kind === 'old' ? [[licenseId, age] as const] : [])),
        )
        return holderFindings(rows, context, {
          rule: RULE,
          user,
          licenseIds: [...old.keys()],
          message: (license) => `${holderName(user)} has never been active and holds ${license}`,
          evidence: (licenseId) => {
            const start = old.get(licenseId)?.start
            return {
              ...(by.length === 0 ? { neverActive: true } : { sources: by.join(', ') }),
              graceDays: context.graceDays,
              ...(start === undefined ? {} : { [start.field]: start.at }),
            }
          },
          isRemovable: (licenseId) => old.get(licenseId)?.isHeld === true,
        })
      }),
      abstentions: abstain(
        RULE,
        { provider: id },
        holdersGap,
        directoryGap,
        untold > 0
          ? `${whether}${supportTextFor(unknown, supportOf(capabilities, 'userFields', 'lastActiveAt'))}`
          : undefined,
        undated > 0 ? since : undefined,
        tooNewText(withSeat('new'), context),
      ),
    }
  })
