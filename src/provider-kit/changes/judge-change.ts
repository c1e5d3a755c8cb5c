import * as E from 'fp-ts/lib/Either.js'
import type { LicenseError } from '../../model/license-error.ts'
import type { Holdings, HoldingsReading, Reply, Sent } from './change-adapter.ts'
import type { ChangeCall } from './change-call.ts'
import { type ChangeResult, refused, unknownBecause, unsent } from './change-outcome.ts'
import { isAmong, isDone, type Wanted } from './user-changes.ts'
import type { Open, UserRun } from './user-run.ts'

/** How long changes are looked for where the vendor's words do not tell whether it accepted them, in milliseconds. */
const UNCLEAR_WITHIN_MS = 2_000

/** What a reading shows; undefined where it failed, or where the credentials are not shown it. */
export const shownBy = (reading: HoldingsReading | undefined): Holdings | undefined =>
  reading !== undefined && E.isRight(reading) ? reading.right : undefined

/**
 * A reading after a request that the vendor answered. A user whom only their licenses make known is not known any more once
 * the last one is taken.
 */
export const readAfterAnswer = (
  { held }: Pick<UserRun, 'held'>,
  reading: HoldingsReading | undefined,
): HoldingsReading | undefined =>
  reading !== undefined && E.isLeft(reading) && reading.left._tag === 'NotFound' && held !== undefined
    ? E.right({ ...held, licenseIds: [], pendingLicenseIds: [] })
    : reading

const APPLIED: ChangeResult = { result: 'applied' }

/** Who has made a change that readings show. What was sent before without an answer may have made it as well as another. */
const doneBy = ({ lostAnswer }: UserRun, { kind }: Reply): ChangeResult =>
  kind === 'alreadySo' && lostAnswer === undefined ? { result: 'alreadySo' } : APPLIED

/** What became of a change that was sent, by what was read afterwards; or how long it is looked for. */
export const judgeChange = (
  { adapter, keyOf, reasons, settleWithinMs }: ChangeCall,
  run: UserRun,
  wanted: Wanted,
  fate: Sent,
  reading: HoldingsReading | undefined,
): ChangeResult | Open => {
  const { change } = wanted
  // What an earlier sending may have done, no later refusal takes back.
  const refusal = (reason: LicenseError) =>
    run.lostAnswer === undefined ? refused(reason) : unknownBecause(run.lostAnswer)
  if (fate.kind === 'unsent') return refusal(unsent(fate.error))
  const shown = shownBy(reading)
  // A vendor that says no has been seen to do it all the same.
  if (fate.kind === 'failed' && !fate.mayHaveTakenEffect) {
    return shown !== undefined && isDone(change, shown, keyOf) ? APPLIED : refusal(fate.error)
  }
  const told = fate.kind === 'answered' ? fate.holdingsOf?.(run.userId) : undefined
  const unread = unknownBecause(reading !== undefined && E.isLeft(reading) ? reading.left : reasons.notShown, true)
  // Where reading failed, the vendor's word alone does not count; it counts where these credentials are shown nothing else.
  const isUnread = reading === undefined || E.isLeft(reading)
  const held = isUnread ? undefined : (shown ?? told)
  const done = () => (fate.kind === 'answered' ? doneBy(run, fate.replyTo(change)) : APPLIED)
  if (held !== undefined && isDone(change, held, keyOf)) return done()
  const isPending = shown !== undefined && isAmong(shown.pendingLicenseIds, change.licenseId, keyOf)
  if (change.action === 'assign' && isPending) return { result: 'pending' }
  if (fate.kind === 'failed') {
    const unknownAs = (words: string, isNotRead?: true) =>
      unknownBecause({ ...fate.error, message: `${fate.error.message}; ${words}` }, isNotRead)
    if (isUnread) return unread
    if (shown === undefined) return unknownAs('what the user holds now could not be read', true)
    const isLast = run.sendings >= (adapter.requests.sendings ?? 1)
    const otherwise = isLast ? unknownAs('a reading after the request shows that it was not done') : 'again'
    return { wanted, done: APPLIED, otherwise, withinMs: UNCLEAR_WITHIN_MS }
  }
  const reply = fate.replyTo(change)
  if (reply.kind === 'pending') return { result: 'pending' }
  if (reply.kind === 'declined') return refusal(reply.reason)
  if (held === undefined) return unread
  const [otherwise, withinMs] =
    reply.kind === 'unclear'
      ? [refusal(reply.reason), Math.min(UNCLEAR_WITHIN_MS, settleWithinMs)]
      : [unknownBecause({ ...reasons.notSeenYet, ...('words' in reply ? reply.words : {}) }), settleWithinMs]
  return shown === undefined ? otherwise : { wanted, done: done(), otherwise, withinMs }
}
