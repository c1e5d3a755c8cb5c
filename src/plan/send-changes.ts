import type { AssignmentOutcome } from '../contract/assignment-change.ts'
import type { LicenseProvider } from '../contract/license-provider.ts'
import { isLicenseError, type LicenseError } from '../model/license-error.ts'
import { isLicenseException } from '../model/license-exception.ts'
import type { LicensedUser } from '../model/licensed-user.ts'
import { onlooker } from '../model/onlooker.ts'
import { within } from '../paging/request-scope.ts'
import { brokenContract, thrownByProvider } from '../report/sound/sound-account.ts'
import type { Account, LatestOutcome } from './account.ts'
import { openImplicitChanges } from './implicit-changes.ts'
import { hasArrived, type JournaledChange } from './journal.ts'
import type { ImplicitEffect } from './journal-entry.ts'
import { oddAnswer } from './odd-answer.ts'
import { changeOf, type PlannedChange } from './plan.ts'
import type { ApplyWait } from './plan-result.ts'
import { foundUsers, type Present } from './present.ts'
import type { Reading } from './provider-state.ts'
import { shareTexts } from './shared-texts.ts'
import { isStop } from './take-stock.ts'

export interface SenderOptions {
  readonly provider: LicenseProvider
  readonly account: Account
  readonly present: Present
  readonly reading: Reading
  readonly journaled: ReadonlyMap<number, JournaledChange>
  readonly settleWithinMs?: number | undefined
  readonly onWait?: ((wait: ApplyWait) => void) | undefined
}

/** Sends changes, and keeps what does not go into the account. */
export interface Sender {
  /**
   * Sends changes and enters their outcomes in the account. Resolves to false where the journal or the provider has failed,
   * so that nothing more can be sent.
   */
  readonly send: (changes: readonly PlannedChange[]) => Promise<boolean>
  /** What the vendor changed implicitly. */
  readonly besides: readonly ImplicitEffect[]
  /** Places of changes whose users could not be read after the request. */
  readonly unread: ReadonlySet<number>
}

export const unheard = (provider: string): LicenseError =>
  oddAnswer(provider, 'the provider did not say what became of it')

/** What a user holds after an outcome; undefined where it is the same as before. */
const holdingsAfter = (
  { licenseIds }: LicensedUser,
  { change: { action, licenseId }, result, implicit }: AssignmentOutcome,
): readonly string[] | undefined => {
  const gone = new Set(implicit?.lost ?? [])
  const come = new Set(implicit?.gained ?? [])
  if (result === 'applied') {
    gone.add(licenseId)
    if (action === 'assign') come.add(licenseId)
  }
  if (gone.size === 0 && come.size === 0) return undefined
  return [...licenseIds.filter((id) => !gone.has(id) && !come.has(id)), ...come]
}

const nameOf = (provider: string) => ({ provider, operation: 'changeAssignments' })
const odd = (provider: string): LicenseError => brokenContract(nameOf(provider), 'it gave an outcome that is none')

/** Why a provider gave no outcomes: it did not answer in time, or broke its contract. */
const reasonOf = (provider: string, thrown: unknown): LicenseError =>
  isLicenseException(thrown) && isStop(thrown.error) ? thrown.error : thrownByProvider(nameOf(provider), thrown)

/** The outcome without its change. One that the contract does not have becomes unknown: it would make the journal unreadable. */
const outcomeOf = (provider: string, outcome: AssignmentOutcome): LatestOutcome => {
  switch (outcome.result) {
    case 'applied':
    case 'alreadySo':
    case 'pending':
      return { result: outcome.result }
    case 'refused':
    case 'unknown':
      return { result: outcome.result, reason: isLicenseError(outcome.reason) ? outcome.reason : odd(provider) }
    default:
      return { result: 'unknown', reason: odd(provider) }
  }
}

/** What a provider says of changes, in the account. */
interface Outcomes {
  readonly enter: (place: number, outcome: AssignmentOutcome) => void
  /** After the provider has thrown or fallen silent: changes that were announced may have been sent, and no others. */
  readonly giveUp: (changes: readonly PlannedChange[], reason: LicenseError) => void
  /** See {@link Sender}. */
  readonly unread: ReadonlySet<number>
}

const openOutcomes = ({ provider, account, journaled }: SenderOptions): Outcomes => {
  const unread = new Set<number>()
  const enter = (place: number, outcome: AssignmentOutcome): void => {
    const isSettled = account.outcome(place)?.result === 'applied'
    // Another change has shown that it was made, or it was under way when an earlier run ended.
    if (outcome.result === 'alreadySo' && (isSettled || hasArrived(journaled.get(place) ?? {}))) {
      if (!isSettled) account.enterRead(place, { result: 'applied' })
      return
    }
    // The call ended before it was sent.
    if (outcome.result === 'refused' && isStop(outcome.reason) && !account.wasSent(place)) return
    account.enterTold(place, outcomeOf(provider.id, outcome))
    if (outcome.result === 'unknown' && outcome.unread) unread.add(place)
  }

  const giveUp = (changes: readonly PlannedChange[], reason: LicenseError): void => {
    for (const place of changes.flatMap((change) => account.placeOf(change) ?? [])) {
      if (account.outcome(place) !== undefined) continue
      // The call ended before it was sent.
      if (isStop(reason) && !account.wasSent(place)) continue
      const result = account.wasSent(place) ? 'unknown' : 'refused'
      account.enterTold(place, { result, reason })
      if (result === 'unknown') unread.add(place)
    }
  }

  return { enter, giveUp, unread }
}

export const createSender = (options: SenderOptions): Sender => {
  const { provider, account, present, settleWithinMs, onWait, reading } = options
  const { scope, clock } = reading
  const tellOfWait = onlooker(onWait)
  const users = foundUsers(present)
  const { list } = shareTexts()
  const outcomes = openOutcomes(options)
  const implicit = openImplicitChanges(options)

  const sendAll = async (changes: readonly PlannedChange[]): Promise<void> => {
    if (provider.changeAssignments === undefined) return
    const told = provider.changeAssignments(changes.map(changeOf), {
      ...within(scope, clock),
      users,
      licenses: [...present.licenses.values()],
      beforeSending: account.announce,
      settleWithinMs,
      onWait: (wait) => tellOfWait({ provider: provider.id, ...wait }),
    })
    for await (const outcome of told) {
      const { userId } = outcome.change
      const place = account.placeOf(outcome.change)
      if (place !== undefined) outcomes.enter(place, outcome)
      if (outcome.implicit !== undefined) implicit.enter(userId, outcome.implicit)
      const user = users.get(userId)
      const licenseIds = place === undefined || user === undefined ? undefined : holdingsAfter(user, outcome)
      if (user !== undefined && licenseIds !== undefined) users.set(userId, { ...user, licenseIds: list(licenseIds) })
    }
  }

  return {
    besides: implicit.besides,
    unread: outcomes.unread,
    send: async (changes) => {
      if (changes.length === 0) return true
      try {
        await sendAll(changes)
      } catch (thrown) {
        // Where the journal cannot be written, it is what stopped the provider.
        if (account.problem() === undefined) outcomes.giveUp(changes, reasonOf(provider.id, thrown))
        return false
      }
      return true
    },
  }
}
