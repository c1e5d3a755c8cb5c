import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import {
  type AssignmentChange,
  Changes,
  type Clock,
  type LicenseError,
  type LicenseProvider,
  type Lists,
  type RequestScope,
} from '../provider-kit/index.ts'

/**
 * What becomes of a change that is sent: it may also take effect without an answer, be answered without effect, take
 * effect some time after its answer, or take and give other licenses with it.
 */
export type ChangeFate =
  | 'done'
  | 'unanswered'
  | 'ignored'
  | { readonly kind: 'late'; readonly afterMs: number }
  | {
      readonly kind: 'implicit'
      readonly gives?: readonly string[] | undefined
      readonly takes?: readonly string[] | undefined
    }

/** One license that a user gets or loses. */
export interface SeatMove {
  readonly action: AssignmentChange['action']
  readonly licenseId: string
}

/** The vendor in memory, as far as changing goes. */
export interface InMemoryVendor extends Lists.ListName {
  readonly clock: Clock
  /** What a user holds; `NotFound` where there is no such user. */
  readonly heldBy: (userId: string) => E.Either<LicenseError, readonly string[]>
  /** From then on, in milliseconds from now, the user has got and lost these. */
  readonly move: (userId: string, moves: readonly SeatMove[], afterMs: number) => void
  /** One request. `give` is called where it reaches the vendor. */
  readonly request: <A>(
    change: AssignmentChange,
    scope: RequestScope,
    give: (fate: ChangeFate) => A,
  ) => TaskEither<LicenseError, A>
}

const ACCEPTED: Changes.Sent = { kind: 'answered', replyTo: () => ({ kind: 'accepted' }) }

/** What a user gets and loses by a change, and how long after it. */
const effectOf = (change: AssignmentChange, fate: ChangeFate): readonly [readonly SeatMove[], number] => {
  if (fate === 'ignored') return [[], 0]
  if (typeof fate === 'string') return [[change], 0]
  if (fate.kind === 'late') return [[change], fate.afterMs]
  const { gives = [], takes = [] } = fate
  const taken = takes.map((licenseId) => ({ action: 'remove' as const, licenseId }))
  return [[change, ...taken, ...gives.map((licenseId) => ({ action: 'assign' as const, licenseId }))], 0]
}

/** One request for each change, one after the other. */
export const createInMemoryChanges = (vendor: InMemoryVendor): NonNullable<LicenseProvider['changeAssignments']> => {
  const { provider, operation, clock } = vendor
  const lost: LicenseError = { _tag: 'Unavailable', provider, operation, message: 'the answer was lost', attempts: 1 }
  return Changes.createChangeAssignments({
    provider,
    operation,
    clock,
    requests: { users: 1, changes: 1, fits: (changes) => changes.length <= 1, order: 'assignFirst' },
    usersAtOnce: 1,
    readHoldings: async (userIds) =>
      new Map(userIds.map((userId) => [userId, E.map(Changes.internalHoldings)(vendor.heldBy(userId))])),
    send: async ([change], scope): Promise<Changes.Sent> => {
      if (change === undefined) return ACCEPTED
      const sent = await vendor.request(change, scope, (fate): Changes.Sent => {
        vendor.move(change.userId, ...effectOf(change, fate))
        return fate === 'unanswered'
          ? { kind: 'failed', error: lost, mayHaveTakenEffect: true, about: 'changes' }
          : ACCEPTED
      })()
      if (E.isRight(sent)) return sent.right
      const about = sent.left._tag === 'PermissionDenied' ? 'credential' : 'changes'
      return { kind: 'failed', error: sent.left, mayHaveTakenEffect: false, about }
    },
  })
}
