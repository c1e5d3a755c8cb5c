import type { ImplicitChanges } from '../contract/assignment-change.ts'
import type { LicenseProvider } from '../contract/license-provider.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { Account } from './account.ts'
import type { ImplicitEffect, ImplicitLicense } from './journal-entry.ts'
import { oddAnswer } from './odd-answer.ts'
import type { Present } from './present.ts'

/** What the vendor changes implicitly, in the account. */
interface OpenImplicitChanges {
  readonly enter: (userId: string, changes: ImplicitChanges) => void
  /** What no change of the plan is about. */
  readonly besides: readonly ImplicitEffect[]
}

const undone = (provider: string): LicenseError =>
  oddAnswer(provider, 'it was made, and the vendor undid it together with another change of the same user')

export const openImplicitChanges = ({
  provider,
  account,
  present,
}: {
  readonly provider: LicenseProvider
  readonly account: Account
  readonly present: Present
}): OpenImplicitChanges => {
  const besides: ImplicitEffect[] = []
  const licenseOf = (licenseId: string): ImplicitLicense => {
    const license = present.licenses.get(licenseId)
    const isFree = license?.purchased.kind === 'notApplicable'
    return { licenseId, license: license?.name ?? licenseId, ...(isFree ? { free: true } : {}) }
  }
  /**
   * Whether what the vendor changed implicitly is a matter of the plan's own changes: the plan asks for it anyway, or
   * the vendor has undone a change of the plan. Then it is entered as the outcome of that change.
   */
  const isPlanned = (userId: string, licenseId: string, effect: 'lost' | 'gained'): boolean => {
    const asked = account.placeOf({ action: effect === 'lost' ? 'remove' : 'assign', userId, licenseId })
    if (asked !== undefined) {
      account.enterRead(asked, { result: 'applied' })
      return true
    }
    const opposite = account.placeOf({ action: effect === 'lost' ? 'assign' : 'remove', userId, licenseId })
    const earlier = opposite === undefined ? undefined : account.outcome(opposite)
    if (opposite === undefined || earlier === undefined) return opposite !== undefined
    const wasSo = earlier.result === 'alreadySo'
    if (earlier.result === 'applied' || wasSo) {
      account.enterRead(opposite, { result: 'refused', reason: undone(provider.id) })
    }
    return !wasSo
  }
  const enter = (userId: string, { lost, gained }: ImplicitChanges): void => {
    const unplanned = (ids: readonly string[], effect: 'lost' | 'gained') =>
      ids.filter((id) => !isPlanned(userId, id, effect)).map(licenseOf)
    const effect = { userId, lost: unplanned(lost, 'lost'), gained: unplanned(gained, 'gained') }
    if (effect.lost.length === 0 && effect.gained.length === 0) return
    besides.push(effect)
    account.enterImplicit(effect)
  }

  return { enter, besides }
}
