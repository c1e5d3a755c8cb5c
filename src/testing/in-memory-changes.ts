import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AssignmentChange, Changes, LicenseError, Lists, RequestScope } from '../provider-kit/index.ts'

/**
 * What becomes of a change that is sent: it may also take effect without an answer, be answered without effect, take
 * effect some time after its answer, or take and give other licenses with it.
 */
export type ChangeFate =
  | 'done'
  | 'unanswered'
  | 'ignored'
  | { readonly kind: 'late'; readonly afterMs: number }
  | ({ readonly kind: 'implicit' } & { readonly [Seats in 'gives' | 'takes']?: readonly string[] | undefined })

/** One license that a user gets or loses. */
export interface SeatMove {
  readonly action: AssignmentChange['action']
  readonly licenseId: string
}

/** The vendor in memory, as far as changing goes. */
export interface InMemoryVendor extends Lists.ListName {
  /** What a user holds; `NotFound` where there is no such user. */
  readonly heldBy: (userId: string) => E.Either<LicenseError, Changes.Holdings>
  /** From then on, in milliseconds from now, the user has got and lost these. */
  readonly move: (userId: string, moves: readonly SeatMove[], afterMs: number) => void
  /** One request that reaches the vendor, and what becomes of it there; or why it did not reach the vendor. */
  readonly request: (change: AssignmentChange, scope: RequestScope) => TaskEither<LicenseError, ChangeFate>
}

const ACCEPTED: Changes.Answered = { replyTo: () => ({ kind: 'accepted' }) }

/** What a user gets and loses by a change, and how long after it. */
const effectOf = (change: AssignmentChange, fate: ChangeFate): readonly [readonly SeatMove[], number] => {
  if (typeof fate === 'string') return [fate === 'ignored' ? [] : [change], 0]
  if (fate.kind === 'late') return [[change], fate.afterMs]
  const { gives = [], takes = [] } = fate
  const taken = takes.map((licenseId) => ({ action: 'remove' as const, licenseId }))
  return [[change, ...taken, ...gives.map((licenseId) => ({ action: 'assign' as const, licenseId }))], 0]
}

/** One request for each change, one after the other. */
export const inMemoryChanges = ({ provider, operation, ...vendor }: InMemoryVendor): Changes.VendorChanges => ({
  operation,
  requests: { users: 1, changes: 1, fits: (changes) => changes.length <= 1, order: 'assignFirst' },
  usersAtOnce: 1,
  readHoldings: async (userIds) => new Map(userIds.map((userId) => [userId, vendor.heldBy(userId)])),
  send: ([change], scope) =>
    change === undefined
      ? TE.right(ACCEPTED)
      : pipe(
          vendor.request(change, scope),
          TE.flatMapEither((fate): E.Either<LicenseError, Changes.Answered> => {
            vendor.move(change.userId, ...effectOf(change, fate))
            return fate === 'unanswered'
              ? E.left({ _tag: 'Unavailable', provider, operation, message: 'the answer was lost', attempts: 1 })
              : E.right(ACCEPTED)
          }),
        ),
})
