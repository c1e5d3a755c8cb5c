import * as E from 'fp-ts/lib/Either.js'
import type { LicenseError } from '../model/license-error.ts'
import type { Account } from './account.ts'
import { hasArrived, type JournaledChange } from './journal.ts'
import type { Plan } from './plan.ts'
import { isSo, type Present } from './present.ts'

/** Whether a failure only says that the caller's signal or deadline ended the call. */
export const isStop = ({ _tag }: LicenseError): boolean => _tag === 'Aborted' || _tag === 'DeadlineExceeded'

export interface Stock {
  readonly plan: Plan
  readonly present: Present
  readonly drifted: ReadonlyMap<number, string>
  readonly account: Account
  /** What the journal says of earlier runs. */
  readonly journaled: ReadonlyMap<number, JournaledChange>
  /** Places of changes that no list shows, to be sent whatever is listed. */
  readonly unlisted: ReadonlySet<number>
  /** Places of changes that take back what may never have been made. Where they are already so, they are unknown, with this reason. */
  readonly uncertain: ReadonlyMap<number, LicenseError>
}

/** Enters in the account what is known before anything is sent. Returns the places of the changes that are still to be made. */
export const takeStock = (stock: Stock): ReadonlySet<number> => {
  const { plan, present, drifted, account, journaled, unlisted, uncertain } = stock
  const remaining = new Set<number>()
  for (const [place, change] of plan.changes.entries()) {
    if (drifted.has(place)) continue
    const user = present.users.get(change.userId)
    if (user !== undefined && E.isLeft(user) && isStop(user.left)) continue
    const before: Partial<JournaledChange> = journaled.get(place) ?? {}
    const reason = uncertain.get(place)
    if (unlisted.has(place)) remaining.add(place)
    else if (isSo(present, change) !== true) {
      if (before.result === 'pending') account.enter(place, { result: 'pending' })
      else remaining.add(place)
    } else if (before.result === 'applied' || before.result === 'alreadySo') {
      account.enter(place, { result: before.result })
    } else if (hasArrived(before)) account.enterRead(place, { result: 'applied' })
    else if (reason !== undefined) account.enterRead(place, { result: 'unknown', reason })
    else account.enterRead(place, { result: 'alreadySo' })
  }
  return remaining
}
