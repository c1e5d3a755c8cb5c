import * as E from 'fp-ts/lib/Either.js'
import type { ChangeAdapter, Sent } from '../../../src/provider-kit/changes/change-adapter.ts'
import { createChangeAssignments } from '../../../src/provider-kit/changes/create-change-assignments.ts'
import type {
  AssignmentChange,
  AssignmentOutcome,
  ChangeRequest,
  Changes,
  LicenseError,
} from '../../../src/provider-kit/index.ts'

export const assign = (userId: string, licenseId = 'seat'): AssignmentChange => ({
  action: 'assign',
  userId,
  licenseId,
})
export const remove = (userId: string, licenseId = 'seat'): AssignmentChange => ({
  action: 'remove',
  userId,
  licenseId,
})

export const failure = (
  tag:
    | 'Unavailable'
    | 'PermissionDenied'
    | 'RequestRejected'
    | 'RateLimited'
    | 'NotFound'
    | 'Conflict'
    | 'AuthenticationFailed',
): LicenseError => {
  const details = { provider: 'vendor', operation: 'POST /changes', message: tag }
  switch (tag) {
    case 'Unavailable':
      return { _tag: tag, ...details, attempts: 1 }
    case 'PermissionDenied':
      return { _tag: tag, ...details, missing: [] }
    default:
      return { _tag: tag, ...details }
  }
}

export const accepted: Sent = { kind: 'answered', replyTo: () => ({ kind: 'accepted' }) }

/** The vendor takes a request on, to show it after so many milliseconds. */
export const answered = (take: (afterMs: number) => void, afterMs: number, sent: Sent): Sent => {
  take(afterMs)
  return sent
}

export interface Vendor {
  readonly holds?: Readonly<Record<string, readonly string[]>>
  readonly shape?: Partial<Changes.RequestShape>
  /** What becomes of a request; the change has its effect by `take`, after so many milliseconds. */
  readonly answer?: (changes: readonly AssignmentChange[], vendor: { take: (afterMs?: number) => void }) => Sent
  /** What a reading of a user tells, in place of what the vendor has; `reading` counts all readings from 1. */
  readonly tells?: (
    userId: string,
    licenseIds: readonly string[],
    reading: number,
  ) => Changes.HoldingsReading | undefined
  readonly usersAtOnce?: number
  readonly more?: Partial<ChangeAdapter>
}

/** A reading of a user of the organization. */
export const holding = (
  licenseIds: readonly string[],
  more: Partial<Pick<Changes.Holdings, 'kind' | 'pendingLicenseIds'>> = {},
): Changes.HoldingsReading => E.right({ kind: 'internal', pendingLicenseIds: [], ...more, licenseIds })

/** A vendor on a clock that only goes where it is slept on. */
export const open = ({ holds = {}, shape = {}, answer, tells, usersAtOnce, more = {} }: Vendor) => {
  const held = new Map(Object.entries(holds).map(([id, licenseIds]) => [id, new Set(licenseIds)]))
  const late: { readonly at: number; readonly change: AssignmentChange }[] = []
  const sent: (readonly AssignmentChange[])[] = []
  const reads: (readonly string[])[] = []
  const waits: number[] = []
  let now = 0
  const heldBy = (userId: string): Set<string> => {
    const licenses = held.get(userId) ?? new Set<string>()
    held.set(userId, licenses)
    return licenses
  }
  const arrive = () => {
    for (const { change } of late.filter(({ at }) => at <= now)) {
      if (change.action === 'assign') heldBy(change.userId).add(change.licenseId)
      else heldBy(change.userId).delete(change.licenseId)
    }
  }
  const adapter: ChangeAdapter = {
    provider: 'vendor',
    operation: 'POST /changes',
    clock: {
      now: () => now,
      sleep: async (ms) => {
        waits.push(ms)
        now += ms
      },
    },
    requests: { users: 10, changes: 10, order: 'assignFirst', ...shape },
    ...(usersAtOnce === undefined ? {} : { usersAtOnce }),
    readHoldings: async (userIds) => {
      reads.push(userIds)
      arrive()
      return new Map(userIds.map((id) => [id, tells?.(id, [...heldBy(id)], reads.length) ?? holding([...heldBy(id)])]))
    },
    send: async (changes) => {
      sent.push(changes)
      const take = (afterMs = 0) => {
        for (const change of changes) late.push({ at: now + afterMs, change })
      }
      if (answer !== undefined) return answer(changes, { take })
      take()
      return accepted
    },
    ...more,
  }
  const iterate = createChangeAssignments(adapter)
  const change = async (changes: readonly AssignmentChange[], request?: ChangeRequest) => {
    const outcomes: AssignmentOutcome[] = []
    for await (const outcome of iterate(changes, request)) outcomes.push(outcome)
    return outcomes
  }
  const resultsOf = async (changes: readonly AssignmentChange[], request?: ChangeRequest) =>
    Object.fromEntries(
      (await change(changes, request)).map(({ change: { action, userId, licenseId }, result }) => [
        `${action} ${licenseId} ${userId}`,
        result,
      ]),
    )
  return { iterate, change, resultsOf, sent, reads, waits, heldBy, now: () => now }
}
