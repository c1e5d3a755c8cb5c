import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AssignmentChange, LicenseError, RequestScope } from '../../src/provider-kit/index.ts'
import { CHANGES_PER_REQUEST } from './change-batches.ts'
import type { GenesysClient } from './client.ts'
import { licenseIdOf } from './codecs.ts'

/** The license ids that a user holds, or why that could not be read: `NotFound` where the vendor knows no such user. */
export type Held = E.Either<LicenseError, ReadonlySet<string>>

/** A change, and what its user holds. */
export interface Standing {
  readonly change: AssignmentChange
  readonly held: Held
}

/** One standing for each change. */
export type ReadHoldings = (changes: readonly AssignmentChange[], scope: RequestScope) => Promise<readonly Standing[]>

/** Whether a user who holds these has what the change asks for. */
export const isSo = ({ action, licenseId }: AssignmentChange, held: ReadonlySet<string>): boolean =>
  held.has(licenseId) === (action === 'assign')

/** As many as are changed in one request. The vendor documents no limit; what is too much for it is halved. */
const USERS_PER_REQUEST = CHANGES_PER_REQUEST

/** Whether it is about what was asked for, so that asking for less of it may go well. */
const isAboutTheRequest = ({ _tag }: LicenseError): boolean => _tag === 'RequestRejected' || _tag === 'NotFound'

export const createHoldingsReader = (client: GenesysClient): ReadHoldings => {
  const noSuchUser = (error: LicenseError): LicenseError => ({ ...error, message: 'there is no such user' })

  /** Whom only the directory knows holds nothing. */
  const unlicensed = (userId: string, scope: RequestScope, missing: LicenseError): TaskEither<LicenseError, string[]> =>
    pipe(
      client.getUser(userId, scope),
      TE.bimap(
        (error) => (error._tag === 'NotFound' || error._tag === 'PermissionDenied' ? noSuchUser(missing) : error),
        () => [],
      ),
    )

  const readOne = (userId: string, scope: RequestScope): TaskEither<LicenseError, ReadonlySet<string>> =>
    pipe(
      client.getLicenseUser(userId, scope),
      TE.map(({ licenses }) => licenses.map(licenseIdOf)),
      TE.orElse((error) => (error._tag === 'NotFound' ? unlicensed(userId, scope, error) : TE.left(error))),
      TE.map((licenseIds) => new Set(licenseIds)),
    )

  const readMany = async (
    userIds: readonly string[],
    scope: RequestScope,
  ): Promise<readonly (readonly [string, Held])[]> => {
    const batch = await client.postLicenseUsers(userIds, scope)()
    // One id that the vendor takes offence at must not hide what the others hold.
    if (E.isLeft(batch) && userIds.length > 1 && isAboutTheRequest(batch.left)) {
      const [first, second] = RA.splitAt(Math.ceil(userIds.length / 2))(userIds)
      return [...(await readMany(first, scope)), ...(await readMany(second, scope))]
    }
    if (E.isLeft(batch) && !isAboutTheRequest(batch.left) && batch.left._tag !== 'InvalidResponse') {
      return userIds.map((userId) => [userId, batch] as const)
    }
    // The vendor types the values of its answer as "object" and no more; the record of one user is documented.
    const held: ReadonlyMap<string, readonly string[]> = E.isRight(batch) ? batch.right : new Map()
    return Promise.all(
      userIds.map(async (userId) => {
        const licenseIds = held.get(userId)
        // Nobody documents whether those who hold nothing are in the answer, so that being absent from it says nothing.
        const one = licenseIds === undefined ? await readOne(userId, scope)() : E.right(new Set(licenseIds))
        return [userId, one] as const
      }),
    )
  }

  return async (changes, scope) => {
    const userIds = [...new Set(changes.map(({ userId }) => userId))]
    const batches = RA.chunksOf(USERS_PER_REQUEST)(userIds)
    const read = new Map((await Promise.all(batches.map((batch) => readMany(batch, scope)))).flat())
    return changes.flatMap((change) => {
      const held = read.get(change.userId)
      return held === undefined ? [] : [{ change, held }]
    })
  }
}
