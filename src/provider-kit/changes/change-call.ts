import pLimit from 'p-limit'
import type { AssignmentOutcome, ChangeRequest, ChangeWait } from '../../contract/assignment-change.ts'
import type { License } from '../../model/license.ts'
import type { LicenseError } from '../../model/license-error.ts'
import { onlooker } from '../../model/onlooker.ts'
import { type OwnedScope, openScope } from '../../paging/request-scope.ts'
import { endOfScope } from '../../paging/scope-end.ts'
import type { ChangeAdapter, HoldingsReading } from './change-adapter.ts'
import { type EngineReasons, engineReasons } from './change-outcome.ts'
import { asItIs, type KeyOfId } from './user-changes.ts'
import { endsAll } from './what-failures-mean.ts'

/** How long changes that the vendor accepted are waited for until readings show them, in milliseconds. */
const SETTLE_WITHIN_MS = 60_000

/** What users hold, by their ids. */
export type Readings = ReadonlyMap<string, HoldingsReading>

/** Outcomes as they become known, and what comes after them. */
export type Outcomes<A> = AsyncGenerator<AssignmentOutcome, A>

/** One call of `changeAssignments`: what all of its parts share. */
export interface ChangeCall {
  readonly adapter: ChangeAdapter
  /** The adapter's, or ids as they are. */
  readonly keyOf: KeyOfId
  readonly reasons: EngineReasons
  /** What the caller gave with the changes. */
  readonly users: NonNullable<ChangeRequest['users']>
  readonly licenses: ReadonlyMap<string, License>
  readonly beforeSending: ChangeRequest['beforeSending']
  readonly settleWithinMs: number
  readonly scope: OwnedScope
  /** Why nothing more is sent: the caller has stopped, the time is over, or a failure ended all. Undefined until then. */
  readonly ended: () => LicenseError | undefined
  /** Ends the call where every further request would fail in the same way. */
  readonly note: (error: LicenseError) => void
  /** Ends the call, whatever kind of failure it is. */
  readonly endWith: (error: LicenseError) => void
  /** Reads what users hold; without a request where there are none. */
  readonly read: (users: readonly { readonly userId: string }[]) => Promise<Readings>
  /** Runs as many requests at once as the vendor's shape allows. */
  readonly inTurn: (send: () => Promise<void>) => Promise<void>
  /** Ends the call for what the caller's `beforeSending` has thrown: nothing more is sent, and the call throws it. */
  readonly reject: (thrown: unknown) => void
  readonly rejection: () => { readonly thrown: unknown } | undefined
  readonly onWait: (wait: ChangeWait) => void
}

/** Begins a call; its scope must be closed. */
export const openCall = (adapter: ChangeAdapter, request: ChangeRequest): ChangeCall => {
  const { provider, operation, clock, requests, readHoldings, keyOf = asItIs } = adapter
  const { users = new Map(), licenses = [], beforeSending, settleWithinMs = SETTLE_WITHIN_MS } = request
  const name = { provider, operation }
  const scope = openScope(request, clock)
  const limit = pLimit(requests.concurrency ?? 1)
  let end: LicenseError | undefined
  let rejection: { readonly thrown: unknown } | undefined
  const endWith = (error: LicenseError) => {
    end ??= error
  }
  return {
    adapter,
    keyOf,
    reasons: engineReasons(name),
    users,
    licenses: new Map(licenses.map((license) => [license.id, license])),
    beforeSending,
    settleWithinMs,
    scope,
    ended: () => endOfScope(scope, clock, name) ?? end,
    note: (error) => {
      if (endsAll(error)) endWith(error)
    },
    endWith,
    read: async (some) =>
      some.length === 0
        ? new Map()
        : readHoldings(
            some.map(({ userId }) => userId),
            scope,
          ),
    inTurn: limit,
    reject: (thrown) => {
      rejection ??= { thrown }
    },
    rejection: () => rejection,
    onWait: onlooker<ChangeWait>((wait) => request.onWait?.(wait)),
  }
}
