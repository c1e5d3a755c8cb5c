import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type * as t from 'io-ts'
import {
  callJson,
  type DecodedRecords,
  decodeRecords,
  type HttpRequest,
  type HttpResponse,
  invalidResponse,
  type LicenseError,
  type ProviderRuntime,
  pathSegment,
  type Query,
  type RequestScope,
  readBody,
  urlOf,
} from '../../src/provider-kit/index.ts'
import { openWebexAccess, type WebexAccess } from './access.ts'
import { type AssignLicenses, assignLicensesOver } from './assign-licenses.ts'
import { Items, License, LicenseUser, LicenseUsers, Person } from './codecs.ts'
import type { WebexConfig } from './config.ts'
import { readNextLink } from './next-link.ts'

type Answer<A> = TaskEither<LicenseError, A>

/** One page of a list whose next page is named in the `Link` header. */
export interface LinkedPage<A> extends DecodedRecords<A> {
  /** The address of the next page; absent on the last one. Empty where the vendor says that there is one but not where. */
  readonly nextUrl?: string
  /** Why the body could not be read, where the header could: this page is lost, those after it are not. */
  readonly unreadable?: LicenseError
}

export interface LicenseQuery {
  /** Asks for the holders as well. */
  readonly includeAssignedTo?: 'user'
  /** The cursor of a page of holders. */
  readonly next?: string
  /** Holders on a page, at most 300, which is also the vendor's default. */
  readonly limit?: number
}

export interface LicenseDetails {
  readonly license: License
  /** The first page of the holders; empty where they were not asked for. */
  readonly users: LinkedPage<LicenseUser>
}

export interface PeopleQuery {
  readonly email?: string
  /** People on a page; the vendor's default is 100, and more than 1,000 are not given. */
  readonly max?: number
}

/**
 * The Licenses API of Webex, operation by operation, under the vendor's own names, and what the People API tells of
 * licenses.
 *
 * Source: "Licenses" and "People" of the Webex Admin API reference.
 */
export interface WebexClient {
  /** All licenses of the organisation. Needs `spark-admin:licenses_read`. */
  readonly listLicenses: (scope?: RequestScope) => Answer<LinkedPage<License>>
  /** A further page of them; the vendor documents none. */
  readonly listLicensesNextPage: (nextUrl: string, scope?: RequestScope) => Answer<LinkedPage<License>>
  /** One license, with `includeAssignedTo` also its holders. Needs `spark-admin:licenses_read`. */
  readonly getLicense: (licenseId: string, query?: LicenseQuery, scope?: RequestScope) => Answer<LicenseDetails>
  /** The holders alone: `getLicense` with `includeAssignedTo`, of whose answer nothing else is read. */
  readonly getLicenseUsers: (
    licenseId: string,
    query?: Omit<LicenseQuery, 'includeAssignedTo'>,
    scope?: RequestScope,
  ) => Answer<LinkedPage<LicenseUser>>
  /** A further page of the holders. */
  readonly getLicenseNextPage: (nextUrl: string, scope?: RequestScope) => Answer<LinkedPage<LicenseUser>>
  /** People of the organisation; external users are not among them. Needs `spark-admin:people_read`. */
  readonly listPeople: (query?: PeopleQuery, scope?: RequestScope) => Answer<LinkedPage<Person>>
  readonly listPeopleNextPage: (nextUrl: string, scope?: RequestScope) => Answer<LinkedPage<Person>>
  /** One person. Needs `spark-admin:people_read`. */
  readonly getPersonDetails: (personId: string, scope?: RequestScope) => Answer<Person>
  /**
   * Adds and removes licenses of one user, in one request that may succeed in part (206): what counts is the licenses in
   * the answer. Repeated after failures, as its end state is the same. Needs `spark-admin:people_write`.
   */
  readonly assignLicenses: AssignLicenses
}

const LICENSES_READ = ['spark-admin:licenses_read']
const PEOPLE_READ = ['spark-admin:people_read']

const ONE_LICENSE = '/licenses/{licenseId}'
const ONE_PERSON = '/people/{personId}'

const noRecords = { records: [], undecodable: 0, issues: [] }
const itemsOf = ({ items }: t.TypeOf<typeof Items>) => items
const usersOf = ({ users }: t.TypeOf<typeof LicenseUsers>) => users ?? []

/** The client over an access that is open already. */
export const clientOf = (access: WebexAccess): WebexClient => {
  const { provider, apiUrl, orgId, transport } = access
  const call = callJson(provider, transport)
  const get = (operation: string, url: URL, needs: readonly string[]): HttpRequest => ({
    operation: `GET /v1${operation}`,
    method: 'GET',
    url,
    repeatable: true,
    needs,
  })
  const basePath = new URL(apiUrl).pathname.replace(/\/+$/, '')
  /** Next links and continuations come from outside, and must not lead to another resource of the vendor's. */
  const isPlaceOf = (operation: string, { pathname }: URL): boolean => {
    const segments = `${basePath}${operation}`.split('/')
    const given = pathname.split('/')
    return (
      given.length === segments.length &&
      segments.every((segment, index) => segment.startsWith('{') || segment === given[index])
    )
  }
  const rejected = (operation: string, message: string): E.Either<LicenseError, never> =>
    E.left({ _tag: 'RequestRejected', provider, operation: `GET /v1${operation}`, message })
  /** The address of one thing of a collection. */
  const placeOf = (
    operation: string,
    collection: string,
    id: string,
    query: Query = {},
  ): E.Either<LicenseError, URL> => {
    const segment = pathSegment(id)
    return segment === undefined
      ? rejected(operation, 'this is not an id')
      : E.right(urlOf(apiUrl, `${collection}/${segment}`, query))
  }

  const readPage = <Body, A>(
    request: HttpRequest,
    response: HttpResponse,
    bodyCodec: t.Type<Body>,
    recordsOf: (body: Body) => readonly unknown[],
    codec: t.Type<A>,
  ): E.Either<LicenseError, LinkedPage<A>> => {
    const link = readNextLink(response.header('link'), request.url)
    if (E.isLeft(link)) return E.left(invalidResponse(provider, request.operation, [link.left], response.status))
    const next = link.right === undefined ? {} : { nextUrl: link.right }
    const body = readBody(provider, request.operation, bodyCodec, response)
    if (E.isRight(body)) return E.right({ ...decodeRecords(codec, recordsOf(body.right)), ...next })
    return link.right === undefined ? body : E.right({ ...noRecords, ...next, unreadable: body.left })
  }
  const pageAt =
    <Body, A>(
      operation: string,
      needs: readonly string[],
      bodyCodec: t.Type<Body>,
      recordsOf: (body: Body) => readonly unknown[],
      codec: t.Type<A>,
    ) =>
    (address: string, scope: RequestScope): Answer<LinkedPage<A>> => {
      if (!URL.canParse(address)) return TE.fromEither(rejected(operation, 'this is not the address of a page'))
      const request = get(operation, new URL(address), needs)
      if (!isPlaceOf(operation, request.url)) {
        const message = 'refused to go on at an address that is not one of this list'
        return TE.left({ _tag: 'Untrusted', provider, operation: request.operation, message })
      }
      return pipe(
        transport(request, scope),
        TE.flatMapEither((response) => readPage(request, response, bodyCodec, recordsOf, codec)),
      )
    }

  const readDetails = (
    request: HttpRequest,
    response: HttpResponse,
    { includeAssignedTo }: LicenseQuery,
  ): E.Either<LicenseError, LicenseDetails> =>
    pipe(
      E.Do,
      E.bind('license', () => readBody(provider, request.operation, License, response)),
      E.bind('users', () =>
        includeAssignedTo === undefined
          ? E.right(noRecords)
          : readPage(request, response, LicenseUsers, usersOf, LicenseUser),
      ),
    )

  const licensesAt = pageAt('/licenses', LICENSES_READ, Items, itemsOf, License)
  const holdersAt = pageAt(ONE_LICENSE, LICENSES_READ, LicenseUsers, usersOf, LicenseUser)
  const peopleAt = pageAt('/people', PEOPLE_READ, Items, itemsOf, Person)

  return {
    listLicenses: (scope = {}) => licensesAt(urlOf(apiUrl, '/licenses', { orgId }).href, scope),
    listLicensesNextPage: (nextUrl, scope = {}) => licensesAt(nextUrl, scope),
    getLicense: (licenseId, query = {}, scope = {}) =>
      pipe(
        TE.fromEither(placeOf(ONE_LICENSE, '/licenses', licenseId, { ...query })),
        TE.map((url) => get(ONE_LICENSE, url, LICENSES_READ)),
        TE.flatMap((request) =>
          pipe(
            transport(request, scope),
            TE.flatMapEither((response) => readDetails(request, response, query)),
          ),
        ),
      ),
    getLicenseUsers: (licenseId, { limit, next } = {}, scope = {}) =>
      pipe(
        TE.fromEither(placeOf(ONE_LICENSE, '/licenses', licenseId, { includeAssignedTo: 'user', limit, next })),
        TE.flatMap(({ href }) => holdersAt(href, scope)),
      ),
    getLicenseNextPage: (nextUrl, scope = {}) => holdersAt(nextUrl, scope),
    listPeople: ({ email, max } = {}, scope = {}) =>
      peopleAt(urlOf(apiUrl, '/people', { email, max, orgId }).href, scope),
    listPeopleNextPage: (nextUrl, scope = {}) => peopleAt(nextUrl, scope),
    getPersonDetails: (personId, scope = {}) =>
      pipe(
        TE.fromEither(placeOf(ONE_PERSON, '/people', personId)),
        TE.flatMap((url) => call(get(ONE_PERSON, url, PEOPLE_READ), Person, scope)),
      ),
    assignLicenses: assignLicensesOver(access),
  }
}

/** A client of its own, without a provider: for programs that need the vendor's operations as they are. */
export const createWebexClient = (config: WebexConfig, runtime: ProviderRuntime = {}): WebexClient =>
  clientOf(openWebexAccess(config, runtime))
