import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../../model/license-error.ts'
import type { RequestScope } from '../../paging/request-scope.ts'
import type { Holdings, HoldingsReading, VendorChanges } from './change-adapter.ts'

/**
 * Makes `readHoldings` for vendors that show what one user holds, and not what many do. The budget bounds how many are read
 * at once.
 */
export const readOneByOne =
  (
    readUser: (userId: string, scope: RequestScope) => TaskEither<LicenseError, Holdings>,
  ): VendorChanges['readHoldings'] =>
  async (userIds, scope) =>
    new Map(
      await Promise.all(
        userIds.map(async (userId): Promise<[string, HoldingsReading]> => {
          const user = await readUser(userId, scope)()
          return [
            userId,
            E.map(({ kind, licenseIds, pendingLicenseIds }: Holdings) => ({ kind, licenseIds, pendingLicenseIds }))(
              user,
            ),
          ]
        }),
      ),
    )
