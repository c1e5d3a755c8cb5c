import * as E from 'fp-ts/lib/Either.js'
import {
  type AssignmentChange,
  type Clock,
  createChangeAssignments,
  groupedBy,
  type HoldingsReading,
  type LicenseError,
  type LicenseProvider,
  type Reply,
  rejected,
  type SecretBook,
  type Sent,
  vendorWords,
} from '../../src/provider-kit/index.ts'
import type { GenesysClient } from './client.ts'
import { isAboutCredential } from './failures.ts'
import { createHeldReader, type Held, USERS_PER_REQUEST } from './holdings.ts'
import { isTooLarge, type LicenseAssignmentRequest, type LicenseUpdates, UPDATE_LICENSES } from './update-licenses.ts'

/** How often the same is sent where it is not known whether it was done. */
const SENDINGS = 3

/** Changes in the vendor's form: license by license. */
const assignmentsOf = (changes: readonly AssignmentChange[]): readonly LicenseAssignmentRequest[] =>
  [...groupedBy(changes, ({ licenseId }) => licenseId)].map(([licenseId, group]) => {
    const usersOf = (wanted: AssignmentChange['action']) =>
      group.filter(({ action }) => action === wanted).map(({ userId }) => userId)
    return { licenseId, userIdsAdd: usersOf('assign'), userIdsRemove: usersOf('remove') }
  })

/**
 * Whether the vendor may have carried out the request although it failed. A limit of rate is told before that, unless it
 * is a failure on the vendor's side that names a long wait.
 */
const mayHaveTakenEffect = ({ _tag, status = 0 }: LicenseError): boolean =>
  MAY_COME_LATER.has(_tag) || (_tag === 'RateLimited' && (status === 408 || status >= 500))

const MAY_COME_LATER: ReadonlySet<LicenseError['_tag']> = new Set([
  'Unavailable',
  'InvalidResponse',
  'Aborted',
  'DeadlineExceeded',
  'Incomplete',
])

const holdingsOf = (held: Held): HoldingsReading =>
  E.map((licenseIds: ReadonlySet<string>) => ({
    kind: 'internal' as const,
    licenseIds: [...licenseIds],
    pendingLicenseIds: [],
  }))(held)

/** The vendor documents no value of `result`. These words are plain in any vendor's mouth. */
const SAYS_NO = /\b(fail|failure|failed|error|denied|refused|rejected|invalid|not|unable|exceeded|insufficient)\b/i

/** Reads what the vendor says of each change, and learns its words from what turns out to be done. */
const createReplies = (provider: string, secrets: SecretBook) => {
  const wordsOfSuccess = new Set<string>()

  return ({
    records,
    silent,
    correlationId,
  }: LicenseUpdates): Pick<Extract<Sent, { kind: 'answered' }>, 'replyTo' | 'onDone'> => {
    const keyOf = ({ userId, licenseId }: Pick<AssignmentChange, 'userId' | 'licenseId'>) =>
      JSON.stringify([userId, licenseId])
    const words = new Map(records.map((row) => [keyOf(row), row.result ?? '']))
    const wordsOn = (change: AssignmentChange) =>
      vendorWords({ message: words.get(keyOf(change)) || undefined, correlationId }, secrets)
    const reason = (change: AssignmentChange, message: string): LicenseError => ({
      ...rejected({ provider, operation: UPDATE_LICENSES }, message),
      ...wordsOn(change),
    })
    return {
      replyTo: (change): Reply => {
        const word = words.get(keyOf(change))
        const state = change.action === 'assign' ? 'the license is not there' : 'the license is still there'
        if (silent === true) return { kind: 'accepted', words: wordsOn(change) }
        if (word === undefined) {
          return { kind: 'unclear', reason: reason(change, `the vendor's answer leaves it out, and ${state}`) }
        }
        if (wordsOfSuccess.has(word) || !SAYS_NO.test(word)) return { kind: 'accepted', words: wordsOn(change) }
        return { kind: 'declined', reason: reason(change, `${state}, and what the vendor said of it may tell why`) }
      },
      onDone: (change) => {
        const word = words.get(keyOf(change))
        if (word !== undefined) wordsOfSuccess.add(word)
      },
    }
  }
}

/**
 * Gives and takes licenses, 300 users in a request. What the users hold before and after decides the outcome, as the
 * vendor documents no result that could be relied on.
 */
export const createGenesysChanges = (
  provider: string,
  client: GenesysClient,
  clock: Clock,
  secrets: SecretBook,
): NonNullable<LicenseProvider['changeAssignments']> => {
  const readHeld = createHeldReader(client)
  const repliesIn = createReplies(provider, secrets)
  return createChangeAssignments({
    provider,
    operation: UPDATE_LICENSES,
    clock,
    requests: {
      users: USERS_PER_REQUEST,
      changes: USERS_PER_REQUEST,
      fits: (changes) => !isTooLarge(assignmentsOf(changes)),
      // Nobody documents that a request is carried out as one.
      order: 'assignFirst',
      sendings: SENDINGS,
    },
    usersAtOnce: USERS_PER_REQUEST,
    readHoldings: async (userIds, scope) =>
      new Map([...(await readHeld(userIds, scope))].map(([userId, held]) => [userId, holdingsOf(held)])),
    send: async (changes, scope) => {
      const written = await client.postLicenseOrganization(assignmentsOf(changes), scope)()
      if (E.isRight(written)) return { kind: 'answered', ...repliesIn(written.right) }
      const error = written.left
      // It failed on the way to the request, for want of a token.
      if (error.operation !== UPDATE_LICENSES) return { kind: 'unsent', error }
      const about = isAboutCredential(error) ? 'credential' : 'changes'
      return { kind: 'failed', error, mayHaveTakenEffect: mayHaveTakenEffect(error), about }
    },
  })
}
