import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  Calls,
  type Http,
  type License,
  type LicenseError,
  Lists,
  Purchases,
  type RequestScope,
} from '../../src/provider-kit/index.ts'
import type { Bought } from './billing/bought.ts'
import type { ReadBought } from './billing/open-billing.ts'
import { licenseOfProduct } from './billing/products.ts'
import type { GenesysClient } from './client.ts'
import { licenseOf } from './mapping.ts'

/** Reads the licenses of an organization, with what was bought of them where that is read. */
export const createLicenseReader = (
  { provider, clock }: Pick<Http.ApiAccess, 'provider' | 'clock'>,
  client: GenesysClient,
  readBought: ReadBought,
) => {
  /** Two readings at once, of which the second cannot fail, nor take the time of what comes after the licenses. */
  const beside =
    <A>(
      reading: TaskEither<LicenseError, A>,
      scope: RequestScope,
    ): TaskEither<LicenseError, readonly [A, Bought | undefined]> =>
    async () => {
      const bought = readBought?.(Calls.spareTime(scope, clock))()
      const read = await reading()
      return E.isLeft(read) ? read : E.right([read.right, await bought])
    }
  const withBought = (licenses: readonly License[], bought: Bought | undefined): readonly License[] =>
    bought === undefined ? licenses : Purchases.joinPurchases(provider, licenses, bought.purchases, licenseOfProduct)

  /** All on one page. What was bought is read once, beside the definitions. */
  const readLicenses = (includeRaw: boolean, scope: RequestScope) =>
    pipe(
      beside(client.getLicenseDefinitions(scope), scope),
      TE.map(([definitions, bought]) => {
        const mapped = licenseOf(provider, { includeRaw, reason: bought?.reason })
        const page = Lists.pageOf(definitions, 'the license definitions', mapped)
        return { ...page, items: withBought(page.items, bought), remarks: bought?.remarks }
      }),
    )

  /** What was bought only is no license of the vendor, and is in the list alone. */
  const boughtOnly = (licenseId: string, notFound: LicenseError, scope: RequestScope) =>
    pipe(
      readLicenses(false, scope),
      TE.flatMap(({ items }) => {
        const license = items.find(({ id }) => id === licenseId)
        return license === undefined ? TE.left(notFound) : TE.right(license)
      }),
    )

  return {
    readLicenses,
    /** One of them, also one that was bought and is no license of the vendor. */
    getLicense: (licenseId: string, scope: RequestScope): TaskEither<LicenseError, License> =>
      pipe(
        beside(client.getLicenseDefinition(licenseId, scope), scope),
        TE.map(([definition, bought]) => {
          const license = licenseOf(provider, { reason: bought?.reason })(definition)
          return withBought([license], bought)[0] ?? license
        }),
        TE.orElse((error) =>
          error._tag === 'NotFound' && readBought !== undefined ? boughtOnly(licenseId, error, scope) : TE.left(error),
        ),
      ),
  }
}
