import { supportOf } from '../../contract/capabilities.ts'
import { activityOf, isVendorsField } from '../../model/activity.ts'
import { isAhead, isCredible, MIN_HOLDERS, type ToldTime, toldTimes } from '../activity-sources.ts'
import type { UserRow } from '../license-report.ts'
import type { FindingContext, KnownProvider } from './finding-context.ts'

export const DAY_MS = 24 * 60 * 60 * 1_000

/** What is known of a holder's activity. */
export type Judgment =
  | { readonly kind: 'active' }
  | { readonly kind: 'dormant'; readonly last: ToldTime; readonly told: readonly ToldTime[] }
  /** There is none. `by`: the sources that would tell of it; none where the vendor says so itself. */
  | { readonly kind: 'never'; readonly by: readonly string[] }
  /** No source tells. */
  | { readonly kind: 'untold' }
  /** No time that a source tells can be true, or one is in the future beside others that are old. */
  | { readonly kind: 'incredible' }
  /** All that tells is old, and proves nothing: it has stopped, or sees only some of what users do. */
  | { readonly kind: 'unproven'; readonly told: readonly ToldTime[] }

/** A holder whose account is not switched off: those are found by another rule, and no seat should be found twice. */
export interface JudgedHolder {
  readonly user: UserRow
  readonly judgment: Judgment
}

type Proves = (told: ToldTime) => boolean

/**
 * The sources that tell of every user who has been active: they have times of at least a tenth of the holders, or of 20. What has
 * times of fewer may be shared by these alone. A file may list some of the users.
 */
const sourcesOfAll = (present: readonly UserRow[], proves: Proves, now: number): readonly string[] => {
  const holders = new Map<string, number>()
  for (const user of present) {
    const told = toldTimes(user).filter((time) => proves(time) && isVendorsField(time.source) && isCredible(time, now))
    for (const source of new Set(told.map((time) => time.source))) holders.set(source, (holders.get(source) ?? 0) + 1)
  }
  return [...holders]
    .filter(([, count]) => count >= MIN_HOLDERS || count * 10 >= present.length)
    .map(([source]) => source)
    .sort()
}

/**
 * Why a user of whom no source has a time was never active; undefined where it is not known. Where a vendor says it of each
 * user, a user without a time may merely not share it. Else it shows if the vendor's record of the user was read, and the
 * sources have the times of others. Of guests, their own organization would know.
 */
const createNever = (
  { holders, capabilities }: KnownProvider,
  present: readonly UserRow[],
  proves: Proves,
  now: number,
): ((user: UserRow) => Judgment) => {
  const isSaid =
    holders.some(({ neverActive }) => neverActive !== undefined) ||
    supportOf(capabilities, 'userFields', 'neverActive').support === 'conditional'
  const isProvided = supportOf(capabilities, 'userFields', 'lastActiveAt').support !== 'unsupported'
  const by = isSaid || !isProvided ? [] : sourcesOfAll(present, proves, now)
  return ({ neverActive, status, kind }) => {
    if (neverActive === true) return { kind: 'never', by: [] }
    const isRead = status === 'active' && kind !== 'external'
    return isRead && by.length > 0 ? { kind: 'never', by } : { kind: 'untold' }
  }
}

/** What is known of the activity of the holders of one provider whose accounts are not switched off. */
export const judgeActivity = (
  provider: KnownProvider,
  { now, dormantAfterDays }: FindingContext,
): readonly JudgedHolder[] => {
  const present = provider.holders.filter(({ status }) => status !== 'inactive' && status !== 'deleted')
  const stale = new Set(provider.staleSources.map(({ source }) => source))
  const proves: Proves = ({ source, covers }) => covers === undefined && !stale.has(source)
  const withoutTime = createNever(provider, present, proves, now)
  const judge = (user: UserRow): Judgment => {
    const all = toldTimes(user)
    const told = all.filter((time) => isCredible(time, now))
    const [first, ...others] = told
    if (first === undefined) {
      if (all.length > 0) return { kind: 'incredible' }
      // A text that names no time says that there is one.
      return activityOf(user).length > 0 ? { kind: 'untold' } : withoutTime(user)
    }
    const last = others.reduce((newest, time) => (time.moment > newest.moment ? time : newest), first)
    // Also a source that has stopped, or sees only some of what users do, shows who was active.
    if (now - last.moment < dormantAfterDays * DAY_MS) return { kind: 'active' }
    // It may be the newest of all, by a clock that is wrong.
    if (all.some((time) => isAhead(time, now))) return { kind: 'incredible' }
    return told.some(proves) ? { kind: 'dormant', last, told } : { kind: 'unproven', told }
  }
  return present.map((user) => ({ user, judgment: judge(user) }))
}
