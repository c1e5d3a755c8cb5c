import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import {
  type AssignmentChange,
  type AssignmentOutcome,
  type ChangeRequest,
  type Clock,
  endOfScope,
  type LicenseError,
  type LicenseProvider,
  type ListName,
  type RequestScope,
  scopeOf,
} from '../provider-kit/index.ts'

/** What becomes of a change that is sent: it may also take effect without an answer, or be answered without effect. */
export type ChangeFate = 'done' | 'unanswered' | 'ignored'

/** The vendor that is not there, as far as changing goes. */
export interface InMemoryHoldings {
  /** For errors. */
  readonly name: ListName
  readonly clock: Clock
  readonly knowsUser: (userId: string) => boolean
  readonly knowsLicense: (licenseId: string) => boolean
  readonly heldBy: (userId: string) => readonly string[]
  /** From now on the user holds these and nothing else. */
  readonly hold: (userId: string, licenseIds: readonly string[]) => void
  /** One request. `give` is called where it reaches the vendor. */
  readonly send: <A>(
    change: AssignmentChange,
    scope: RequestScope,
    give: (fate: ChangeFate) => A,
  ) => TaskEither<LicenseError, A>
}

/** Changes of one license of one user. */
type SameSeat = readonly [AssignmentChange, ...AssignmentChange[]]

const bySeat = (changes: readonly AssignmentChange[]): readonly SameSeat[] => {
  const seats = new Map<string, [AssignmentChange, ...AssignmentChange[]]>()
  for (const change of changes) {
    const key = JSON.stringify([change.userId, change.licenseId])
    const seat = seats.get(key)
    if (seat === undefined) seats.set(key, [change])
    else seat.push(change)
  }
  return [...seats.values()]
}

type ChangeAssignments = NonNullable<LicenseProvider['changeAssignments']>

/** One request for each change that is needed, one after the other. What is asked for twice is sent once. */
export const createInMemoryChanges = (holdings: InMemoryHoldings): ChangeAssignments => {
  const { name, clock, heldBy } = holdings
  const fault = (tag: 'NotFound' | 'RequestRejected', message: string): LicenseError => ({
    _tag: tag,
    ...name,
    message,
  })
  const unanswered: LicenseError = { _tag: 'Unavailable', ...name, message: 'the answer was lost', attempts: 1 }
  const ignored = fault('RequestRejected', 'the vendor said that it was done, and it is not')

  const isSo = ({ action, userId, licenseId }: AssignmentChange): boolean =>
    heldBy(userId).includes(licenseId) === (action === 'assign')

  const problemWith = ([change, ...others]: SameSeat): LicenseError | undefined => {
    if (others.some(({ action }) => action !== change.action)) {
      return fault('RequestRejected', 'not sent: the license is to be given to the user and taken from them')
    }
    if (!holdings.knowsUser(change.userId)) return fault('NotFound', 'there is no such user')
    return holdings.knowsLicense(change.licenseId) ? undefined : fault('NotFound', 'there is no such license')
  }

  const takeEffect = ({ action, userId, licenseId }: AssignmentChange): void => {
    const others = heldBy(userId).filter((id) => id !== licenseId)
    holdings.hold(userId, action === 'assign' ? [...others, licenseId] : others)
  }

  const outcomeOf = async (
    seat: SameSeat,
    { beforeSending }: ChangeRequest,
    scope: RequestScope,
  ): Promise<AssignmentOutcome> => {
    const [change] = seat
    const problem = problemWith(seat)
    if (problem !== undefined) return { change, result: 'refused', reason: problem }
    if (isSo(change)) return { change, result: 'alreadySo' }
    const end = endOfScope(scope, clock, name)
    if (end !== undefined) return { change, result: 'refused', reason: end }
    await beforeSending?.([change])
    const sent = await holdings.send(change, scope, (fate) => {
      if (fate !== 'ignored') takeEffect(change)
      return fate
    })()
    if (E.isLeft(sent)) return { change, result: 'refused', reason: sent.left }
    if (sent.right === 'unanswered') return { change, result: 'unknown', reason: unanswered }
    return isSo(change) ? { change, result: 'applied' } : { change, result: 'refused', reason: ignored }
  }

  return async function* (changes, request = {}) {
    const scope = scopeOf(request, clock)
    for (const seat of bySeat(changes)) {
      const outcome = await outcomeOf(seat, request, scope)
      for (const change of seat) yield { ...outcome, change }
    }
  }
}
