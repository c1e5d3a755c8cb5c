import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import {
  type AssignmentChange,
  type Clock,
  createChangeAssignments,
  type LicenseError,
  type LicenseProvider,
  type ListName,
  type RequestScope,
  type Sent,
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
  | { readonly kind: 'implicit'; readonly gives?: readonly string[]; readonly takes?: readonly string[] }

/** One license that a user gets or loses. */
export interface SeatMove {
  readonly action: AssignmentChange['action']
  readonly licenseId: string
}

/** The vendor that is not there, as far as changing goes. */
export interface InMemoryHoldings {
  /** For errors. */
  readonly name: ListName
  readonly clock: Clock
  readonly knowsUser: (userId: string) => boolean
  readonly knowsLicense: (licenseId: string) => boolean
  readonly heldBy: (userId: string) => readonly string[]
  /** From then on, in milliseconds from now, the user has got and lost these. */
  readonly move: (userId: string, moves: readonly SeatMove[], afterMs: number) => void
  /** One request. `give` is called where it reaches the vendor. */
  readonly send: <A>(
    change: AssignmentChange,
    scope: RequestScope,
    give: (fate: ChangeFate) => E.Either<LicenseError, A>,
  ) => TaskEither<LicenseError, A>
}

/** One request for each change, one after the other. */
export const createInMemoryChanges = (
  holdings: InMemoryHoldings,
): NonNullable<LicenseProvider['changeAssignments']> => {
  const { name, clock, heldBy } = holdings
  const notFound = (message: string): LicenseError => ({ _tag: 'NotFound', ...name, message })
  const lost: LicenseError = { _tag: 'Unavailable', ...name, message: 'the answer was lost', attempts: 1 }

  const takeEffect = (change: AssignmentChange, fate: Exclude<ChangeFate, 'ignored'>): void => {
    const { gives = [], takes = [] } = typeof fate === 'object' && fate.kind === 'implicit' ? fate : {}
    const besides = [
      ...takes.map((licenseId) => ({ action: 'remove' as const, licenseId })),
      ...gives.map((licenseId) => ({ action: 'assign' as const, licenseId })),
    ]
    const afterMs = typeof fate === 'object' && fate.kind === 'late' ? fate.afterMs : 0
    holdings.move(change.userId, [change, ...besides], afterMs)
  }

  const receive =
    (change: AssignmentChange) =>
    (fate: ChangeFate): E.Either<LicenseError, Sent> => {
      if (!holdings.knowsLicense(change.licenseId)) return E.left(notFound('there is no such license'))
      if (fate !== 'ignored') takeEffect(change, fate)
      return E.right(
        fate === 'unanswered'
          ? { kind: 'failed', error: lost, mayHaveTakenEffect: true, about: 'changes' }
          : { kind: 'answered', replyTo: () => ({ kind: 'accepted' }) },
      )
    }

  return createChangeAssignments({
    provider: name.provider,
    operation: name.operation,
    clock,
    requests: { users: 1, changes: 1, fits: (changes) => changes.length <= 1, order: 'assignFirst' },
    usersAtOnce: 1,
    readHoldings: async (userIds) =>
      new Map(
        userIds.map((userId) => [
          userId,
          holdings.knowsUser(userId)
            ? E.right({ kind: 'internal', licenseIds: heldBy(userId), pendingLicenseIds: [] })
            : E.left(notFound('there is no such user')),
        ]),
      ),
    send: async ([change], scope) => {
      if (change === undefined) return { kind: 'answered', replyTo: () => ({ kind: 'accepted' }) }
      const sent = await holdings.send(change, scope, receive(change))()
      if (E.isRight(sent)) return sent.right
      const about = sent.left._tag === 'PermissionDenied' ? 'credential' : 'changes'
      return { kind: 'failed', error: sent.left, mayHaveTakenEffect: false, about }
    },
  })
}
