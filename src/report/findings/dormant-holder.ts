import { supportOf } from '../../contract/capabilities.ts'
import { quantity } from '../../model/quantity.ts'
import type { ToldTime } from '../activity-sources.ts'
import { abstain, supportTextFor } from './abstain.ts'
import { type KnownProvider, overProviders, type Rule } from './finding-context.ts'
import { holderFindings, rowsById, seatsToJudge } from './holder-finding.ts'
import { holderName } from './holder-name.ts'
import { DAY_MS, type Judgment, judgeActivity } from './judge-activity.ts'
import { seatAge, tooNewText } from './seat-age.ts'

const RULE = 'dormant-holder'
const dayOf = (at: string): string => at.slice(0, 'YYYY-MM-DD'.length)

/** Why the rule abstains from holders of whom all that tells is old and proves nothing. */
const unprovenReasons = (
  unproven: readonly (readonly ToldTime[])[],
  { staleSources }: KnownProvider,
): readonly string[] => {
  const stopped = new Map(staleSources.map(({ source, newest }) => [source, newest]))
  const byReason = new Map<string, number>()
  for (const told of unproven) {
    const names = [...new Set(told.map(({ source }) => source))].sort()
    const reason = names
      .map((name) => {
        const newest = stopped.get(name)
        return newest === undefined
          ? `${name}, which sees only some of what users do`
          : `${name}, which has stopped (its newest time is of ${dayOf(newest)})`
      })
      .join(', and ')
    byReason.set(reason, (byReason.get(reason) ?? 0) + 1)
  }
  return [...byReason].map(
    ([reason, holders]) => `the last activity of ${quantity(holders, 'holder')} is known only from ${reason}`,
  )
}

/**
 * Holders whose last activity is so many days ago by every source that tells, with the seats that they have had for longer than
 * the grace days. Holders whose last activity is unknown are none of them.
 */
export const dormantHolder: Rule = (context) =>
  overProviders(context, (provider) => {
    const { id, holdersGap, directoryGap, capabilities, staleSources } = provider
    const { now, dormantAfterDays } = context
    const rows = rowsById(provider)
    const stale = new Set(staleSources.map(({ source }) => source))
    const judged = judgeActivity(provider, context)
      .map(({ user, judgment }) => ({ user, judgment, licenseIds: seatsToJudge(context, user) }))
      .filter(({ licenseIds }) => licenseIds.length > 0)
    const dormant = judged.flatMap(({ user, judgment, licenseIds }) => {
      if (judgment.kind !== 'dormant') return []
      const old = licenseIds.filter((licenseId) => seatAge(user, licenseId, context).kind !== 'new')
      return [{ user, ...judgment, licenseIds: old, isTooNew: old.length < licenseIds.length }]
    })
    const count = (kind: Judgment['kind']): number => judged.filter(({ judgment }) => judgment.kind === kind).length
    const unknown = judged.flatMap(({ user, judgment }) => (judgment.kind === 'untold' ? [user] : []))
    const untold = unknown.length
    const incredible = count('incredible')
    const reason = `the vendor does not say when ${quantity(untold, 'holder')} of ${judged.length} ${untold === 1 ? 'was' : 'were'} last active`
    return {
      groups: dormant.flatMap(({ user, last, told, licenseIds }) => {
        const days = Math.floor((now - last.moment) / DAY_MS)
        const sources = told.map(({ source, at }) => `${source} ${at}${stale.has(source) ? ' (has stopped)' : ''}`)
        return holderFindings(rows, context, {
          rule: RULE,
          user,
          licenseIds,
          message: (license) => `${holderName(user)} has not been active for ${days} days and holds ${license}`,
          evidence: () => ({
            lastActiveAt: last.at,
            days,
            dormantAfterDays,
            ...(user.activity === undefined ? {} : { sources: sources.join(', ') }),
          }),
        })
      }),
      abstentions: abstain(
        RULE,
        { provider: id },
        holdersGap,
        directoryGap,
        untold > 0
          ? `${reason}${supportTextFor(unknown, supportOf(capabilities, 'userFields', 'lastActiveAt'))}`
          : undefined,
        ...unprovenReasons(
          judged.flatMap(({ judgment }) => (judgment.kind === 'unproven' ? [judgment.told] : [])),
          provider,
        ),
        incredible > 0
          ? `the last activity of ${quantity(incredible, 'holder')} is before 2000 or in the future, and is not believed`
          : undefined,
        tooNewText(dormant.filter(({ isTooNew }) => isTooNew).length, context),
      ),
    }
  })
