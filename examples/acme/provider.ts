import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as kit from 'seatlens/provider-kit'
import { capabilities } from './capabilities.ts'
import { createAcmeChanges } from './change-assignments.ts'
import { createAcmeClient } from './client.ts'
import { readFailure } from './failures.ts'
import { licenseOf, userOf } from './mapping.ts'

export interface AcmeConfig {
  /** Default: `acme`. */
  readonly id?: string | undefined
  readonly url: string
  readonly token: string
  /** Rows per page. Default and maximum: 100. */
  readonly pageSize?: number
}

type Answer<A> = TaskEither<kit.LicenseError, A>

const MAX_PAGE_SIZE = 100
const OMITTED = ['service accounts are not listed by GET /seats']

export const createAcmeProvider = (config: AcmeConfig, runtime: kit.ProviderRuntime = {}): kit.LicenseProvider => {
  const { id = 'acme', url, token } = config
  const { provider, clock, budget, secrets, transport } = kit.Http.openApi({
    id,
    url,
    credentials: () => kit.Http.fixedCredentials(token),
    secrets: [token],
    readFailure,
    runtime,
  })
  const client = createAcmeClient(provider, url, transport)

  const fail = (_tag: 'NotFound' | 'Conflict' | 'RequestRejected', operation: string, message: string): Answer<never> =>
    TE.left({ _tag, provider, operation, message })

  const list = <A extends { readonly id: string }>(
    operation: string,
    request: kit.PageRequest,
    contentOf: (item: A) => readonly string[],
    fetch: (cursor: string | undefined, scope: kit.RequestScope) => Answer<kit.Lists.TokenPage<A>>,
  ): kit.Paged<A> => {
    const walk = ({ scope, continuation: from }: kit.Lists.WalkStart): kit.Lists.Walk<A> =>
      kit.Lists.walkByToken({ provider, operation, from, fetch: (cursor) => fetch(cursor, scope) })
    return kit.Lists.createPaged({ provider, operation, clock, keyOf: ({ id }) => id, contentOf, walk }, request)
  }

  /** The one requested record. A record that cannot be decoded is an invalid answer, not a missing user. */
  const only = <A>(operation: string, { records, issues }: kit.Answers.DecodedRecords<A>): Answer<A> => {
    const [record, another] = records
    if (issues.length > 0) return TE.left(kit.Answers.invalidResponse(provider, operation, issues))
    if (another !== undefined) return fail('Conflict', operation, `there are ${records.length} of them`)
    return record === undefined ? fail('NotFound', operation, 'there is no such thing') : TE.right(record)
  }

  return {
    specificationVersion: 'v1',
    id: provider,
    vendor: 'acme',
    displayName: 'Acme',
    capabilities,
    listLicenses: (request = {}) =>
      list<kit.License>(
        'GET /products',
        request,
        (license) => [JSON.stringify(license)],
        (cursor, scope) =>
          cursor !== undefined
            ? fail('RequestRejected', 'GET /products', 'the products come on one page')
            : pipe(
                client.getProducts(scope),
                TE.map((products) => ({
                  items: products.records.map(licenseOf(provider, request.includeRaw)),
                  undecodable: products.undecodable,
                  gaps: kit.Answers.gapsOf(products, 'the products'),
                })),
              ),
      ),
    getLicense: (licenseId, options = {}) =>
      pipe(
        kit.Calls.whenRun(options, clock, client.getProducts),
        TE.map((products) => ({ ...products, records: products.records.filter(({ id }) => id === licenseId) })),
        TE.flatMap((found) => only('GET /products', found.records.length === 1 ? { ...found, issues: [] } : found)),
        TE.map(licenseOf(provider)),
      ),
    listUsers: (request = {}) =>
      list<kit.LicensedUser>('GET /seats', request, kit.Values.holdingWords, (cursor, scope) =>
        pipe(
          client.getSeats({ cursor, limit: kit.Lists.clampPageSize(config.pageSize, MAX_PAGE_SIZE) }, scope),
          TE.map(({ next, total, ...seats }) => ({
            items: seats.records.map(userOf(provider, request.includeRaw)),
            undecodable: seats.undecodable,
            gaps: kit.Answers.gapsOf(seats, 'a page of the seats'),
            omits: OMITTED,
            ...(total === undefined ? {} : { total }),
            next,
          })),
        ),
      ),
    getUser: (user, options = {}) =>
      pipe(
        kit.Calls.whenRun(options, clock, (scope) => client.getSeats({ ...user, limit: 2 }, scope)),
        TE.map((seats) => ({ ...seats, records: seats.records.map(userOf(provider)) })),
        // Acme folds more letters than A to Z, so it may give another user.
        TE.map((seats) => ({
          ...seats,
          records: seats.records.filter((found) => !('email' in user) || kit.Values.hasAddress(found, user.email)),
        })),
        TE.flatMap((seats) => only('GET /seats', seats)),
      ),
    changeAssignments: createAcmeChanges({ provider, client, clock, concurrency: budget.concurrency, secrets }),
  }
}
