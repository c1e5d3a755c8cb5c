import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { LicenseError, RequestScope } from '../../src/provider-kit/index.ts'
import { getUserInAnyState } from './any-state.ts'
import type { GenesysClient } from './client.ts'
import { licenseIdOf } from './codecs.ts'

/** The license ids that a user holds, or why that could not be read: `NotFound` where the vendor knows no such user. */
export type Held = E.Either<LicenseError, ReadonlySet<string>>

/** What each of some users holds, by user id. Whom the directory is known to know need not be looked up there. */
export type ReadHeld = (
  userIds: readonly string[],
  scope: RequestScope,
  known?: Pick<ReadonlyMap<string, unknown>, 'has'>,
) => Promise<ReadonlyMap<string, Held>>

/**
 * Users in one request. The vendor documents a limit of bytes only, which 300 users are far below, and few enough that a
 * request that was rejected or lost is soon made good.
 */
export const USERS_PER_REQUEST = 300

/** Whether it is about what was asked for, so that asking for less of it may go well. */
const isAboutTheRequest = ({ _tag }: LicenseError): boolean => _tag === 'RequestRejected' || _tag === 'NotFound'

export const createHeldReader = (client: GenesysClient): ReadHeld => {
  const noSuchUser = (error: LicenseError): LicenseError => ({ ...error, message: 'there is no such user' })

  /** Whom only the directory knows holds nothing. */
  const unlicensed = (userId: string, scope: RequestScope, missing: LicenseError): TaskEither<LicenseError, string[]> =>
    pipe(
      getUserInAnyState(client, userId, scope),
      TE.bimap(
        (error) => (error._tag === 'NotFound' || error._tag === 'PermissionDenied' ? noSuchUser(missing) : error),
        () => [],
      ),
    )

  const readOne = (
    userId: string,
    scope: RequestScope,
    isKnown: boolean,
  ): TaskEither<LicenseError, ReadonlySet<string>> =>
    pipe(
      client.getLicenseUser(userId, scope),
      TE.map(({ licenses }) => licenses.map(licenseIdOf)),
      TE.orElse((error) => {
        if (error._tag !== 'NotFound') return TE.left(error)
        return isKnown ? TE.right([]) : unlicensed(userId, scope, error)
      }),
      TE.map((licenseIds) => new Set(licenseIds)),
    )

  return async (userIds, scope, known = new Map()) => {
    const readMany = async (ids: readonly string[]): Promise<readonly (readonly [string, Held])[]> => {
      const batch = await client.postLicenseUsers(ids, scope)()
      // One id that the vendor takes offence at must not hide what the others hold.
      if (E.isLeft(batch) && ids.length > 1 && isAboutTheRequest(batch.left)) {
        const [first, second] = RA.splitAt(Math.ceil(ids.length / 2))(ids)
        return [...(await readMany(first)), ...(await readMany(second))]
      }
      if (E.isLeft(batch) && !isAboutTheRequest(batch.left) && batch.left._tag !== 'InvalidResponse') {
        return ids.map((userId) => [userId, batch] as const)
      }
      // The vendor types the values of its answer as "object" and no more; the record of one user is documented.
      const held: ReadonlyMap<string, readonly string[]> = E.isRight(batch) ? batch.right : new Map()
      return Promise.all(
        ids.map(async (userId) => {
          const licenseIds = held.get(userId)
          // The vendor does not document whether users without licenses are in the answer: absence from it says nothing.
          const one =
            licenseIds === undefined ? await readOne(userId, scope, known.has(userId))() : E.right(new Set(licenseIds))
          return [userId, one] as const
        }),
      )
    }
    const batches = RA.chunksOf(USERS_PER_REQUEST)([...new Set(userIds)])
    return new Map((await Promise.all(batches.map(readMany))).flat())
  }
}
