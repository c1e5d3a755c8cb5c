import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as kit from 'seatlens/provider-kit'
import { capabilities } from './capabilities.ts'
import { acmeChanges } from './change-assignments.ts'
import { createAcmeClient } from './client.ts'
import { readFailure } from './failures.ts'
import { licenseOf, userOf } from './mapping.ts'

/** `id`: default `acme`. `displayName`: default `Acme`. */
export interface AcmeConfig extends kit.ProviderConfig {
  readonly url: string
  readonly token: string
  /** Rows per page. Default and maximum: 100. */
  readonly pageSize?: number
}

type Answer<A> = TaskEither<kit.LicenseError, A>

const MAX_PAGE_SIZE = 100
const OMITTED = ['service accounts are not listed by GET /seats']

/** A way into the API of one organization. */
export const openAcme = ({ id = 'acme', url, token, retry }: AcmeConfig, runtime: kit.ProviderRuntime) =>
  kit.Http.openApi({ id, url, token, retry, readFailure }, runtime)

export const createAcmeProvider = (config: AcmeConfig, runtime: kit.ProviderRuntime = {}): kit.LicenseProvider => {
  const access = openAcme(config, runtime)
  const { provider } = access
  const client = createAcmeClient(access)

  const fail = (_tag: 'NotFound' | 'Conflict', operation: string, message: string): Answer<never> =>
    TE.left({ _tag, provider, operation, message })

  /** The one requested record. A record that cannot be decoded is an invalid answer, not a missing user. */
  const only = <A>(operation: string, { records, issues }: kit.DecodedRecords<A>): Answer<A> => {
    const [record, another] = records
    if (issues.length > 0) return TE.left(kit.Answers.invalidResponse(provider, operation, issues))
    if (another !== undefined) return fail('Conflict', operation, `there are ${records.length} of them`)
    return record === undefined ? fail('NotFound', operation, 'there is no such thing') : TE.right(record)
  }

  return kit.createProvider(access, {
    vendor: 'acme',
    displayName: config.displayName ?? 'Acme',
    capabilities,
    listLicenses: (request) =>
      kit.Lists.onOnePage<kit.License>(
        access,
        {
          operation: 'GET /products',
          keyOf: (license) => license.id,
          contentOf: (license) => [JSON.stringify(license)],
          fetch: (scope) =>
            pipe(
              client.getProducts(scope),
              TE.map((products) => kit.Lists.pageOf(products, 'the products', licenseOf(provider, request.includeRaw))),
            ),
        },
        request,
      ),
    getLicense: (licenseId, scope) =>
      pipe(
        client.getProducts(scope),
        TE.map((products) => ({ ...products, records: products.records.filter(({ id }) => id === licenseId) })),
        TE.flatMap((found) => only('GET /products', found.records.length === 1 ? { ...found, issues: [] } : found)),
        TE.map(licenseOf(provider)),
      ),
    listUsers: (request) =>
      kit.Lists.byToken<kit.LicensedUser>(
        access,
        {
          operation: 'GET /seats',
          keyOf: (user) => user.id,
          pageSize: { configured: config.pageSize, most: MAX_PAGE_SIZE },
          fetch:
            ({ scope }) =>
            ({ pageSize: limit = MAX_PAGE_SIZE, ...ask }) =>
              pipe(
                client.getSeats({ ...ask, limit }, scope),
                TE.map(({ next, total, ...seats }) => ({
                  ...kit.Lists.pageOf(seats, 'a page of the seats', userOf(provider, request.includeRaw)),
                  omits: OMITTED,
                  total,
                  next,
                })),
              ),
        },
        request,
      ),
    getUser: (user, scope) =>
      pipe(
        client.getSeats({ ...user, limit: 2 }, scope),
        TE.map((seats) => ({ ...seats, records: seats.records.map(userOf(provider)) })),
        // Acme folds more letters than A to Z, so it may give another user.
        TE.map((seats) => ({
          ...seats,
          records: seats.records.filter((found) => !('email' in user) || kit.Values.hasAddress(found, user.email)),
        })),
        TE.flatMap((seats) => only('GET /seats', seats)),
      ),
    changes: acmeChanges(access, client),
  })
}
