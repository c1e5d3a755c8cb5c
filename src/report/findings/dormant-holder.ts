import { supportOf } from '../../contract/capabilities.ts'
import { quantity } from '../../model/quantity.ts'
import { isAhead, isCredible, type ToldTime, toldTimes } from '../activity-sources.ts'
import type { UserRow } from '../license-report.ts'
import { abstain, supportText } from './abstain.ts'
import { type FindingContext, type KnownProvider, overProviders, type Rule } from './finding-context.ts'
import { holderFindings, rowsById } from './holder-finding.ts'
import { holderName } from './holder-name.ts'

const RULE = 'dormant-holder'
const DAY_MS = 24 * 60 * 60 * 1_000

/** What is known of a holder's activity. */
type Judgment =
  | { readonly kind: 'active' }
  | { readonly kind: 'dormant'; readonly last: ToldTime; readonly told: readonly ToldTime[] }
  /** No source tells. */
  | { readonly kind: 'untold' }
  /** No time that a source tells can be true, or one is in the future beside others that are old. */
  | { readonly kind: 'incredible' }
  /** All that tells is old, and proves nothing: it has stopped, or sees only some of what users do. */
  | { readonly kind: 'unproven'; readonly told: readonly ToldTime[] }

type Judge = (user: UserRow) => Judgment

const createJudge = (stale: ReadonlySet<string>, { now, dormantAfterDays }: FindingContext): Judge => {
  const proves = ({ source, covers }: ToldTime): boolean => covers === undefined && !stale.has(source)
  return (user) => {
    const all = toldTimes(user)
    const told = all.filter((time) => isCredible(time, now))
    const [first, ...others] = told
    if (first === undefined) return { kind: all.length === 0 ? 'untold' : 'incredible' }
    const last = others.reduce((newest, time) => (time.moment > newest.moment ? time : newest), first)
    // Also a source that has stopped, or sees only some of what users do, shows who was active.
    if (now - last.moment < dormantAfterDays * DAY_MS) return { kind: 'active' }
    // It may be the newest of all, by a clock that is wrong.
    if (all.some((time) => isAhead(time, now))) return { kind: 'incredible' }
    return told.some(proves) ? { kind: 'dormant', last, told } : { kind: 'unproven', told }
  }
}

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
 * Holders whose last activity is so many days ago by every source that tells. Holders whose last activity is unknown are none
 * of them.
 */
export const dormantHolder: Rule = (context) =>
  overProviders(context, (provider) => {
    const { id, holders, holdersGap, directoryGap, capabilities, staleSources } = provider
    const { now, dormantAfterDays } = context
    const rows = rowsById(provider)
    const stale = new Set(staleSources.map(({ source }) => source))
    const judge = createJudge(stale, context)
    // Accounts that are switched off are found by another rule, and no seat should be found twice.
    const present = holders.filter(({ status }) => status !== 'inactive' && status !== 'deleted')
    const judged = present.map((user) => ({ user, judgment: judge(user) }))
    const count = (kind: Judgment['kind']): number => judged.filter(({ judgment }) => judgment.kind === kind).length
    const untold = count('untold')
    const incredible = count('incredible')
    const reason = `the vendor does not say when ${quantity(untold, 'holder')} of ${present.length} were last active`
    return {
      groups: judged.flatMap(({ user, judgment }) => {
        if (judgment.kind !== 'dormant') return []
        const { last, told } = judgment
        const days = Math.floor((now - last.moment) / DAY_MS)
        const sources = told.map(({ source, at }) => `${source} ${at}${stale.has(source) ? ' (has stopped)' : ''}`)
        return holderFindings(rows, context, {
          rule: RULE,
          user,
          licenseIds: user.licenseIds,
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
        untold > 0 ? `${reason}${supportText(supportOf(capabilities, 'userFields', 'lastActiveAt'))}` : undefined,
        ...unprovenReasons(
          judged.flatMap(({ judgment }) => (judgment.kind === 'unproven' ? [judgment.told] : [])),
          provider,
        ),
        incredible > 0
          ? `the last activity of ${quantity(incredible, 'holder')} is before 2000 or in the future, and is not believed`
          : undefined,
      ),
    }
  })
