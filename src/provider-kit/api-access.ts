import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Decoder } from '../model/decoder.ts'
import type { LicenseError } from '../model/license-error.ts'
import { providerIdOf } from '../model/provider-id.ts'
import { type Given, withDefaults } from '../model/with-defaults.ts'
import type { Clock } from '../paging/clock.ts'
import type { RequestScope } from '../paging/request-scope.ts'
import { callJson, pathSegment, type Query, urlOf } from './json-api.ts'
import { demandRuntime } from './transport/check-runtime.ts'
import { createTransport, type TransportOptions } from './transport/create-transport.ts'
import { type AccessToken, type Credentials, fixedCredentials, mintedCredentials } from './transport/credentials.ts'
import type { ProviderEvents } from './transport/events.ts'
import type { HttpHead, HttpRequest, HttpResponse } from './transport/http-message.ts'
import { withKeptAnswers } from './transport/kept-answers.ts'
import {
  createRequestBudget,
  type RateReading,
  type RemainingRate,
  type RequestBudget,
} from './transport/request-budget.ts'
import { defaultRetryPolicy, type RetryPolicy } from './transport/retry-policy.ts'
import { clockOf, eventsOf, type ProviderRuntime, type SharedRuntime } from './transport/runtime.ts'
import { createSecretBook, type SecretBook } from './transport/secret-book.ts'
import { basicToken, inHeader, type TokenCarrier } from './transport/token-carrier.ts'
import { type AccessTokenSource, givenCredentials } from './transport/token-source.ts'
import type { ReadVendorFailure } from './transport/vendor-failure.ts'

/** Where an API of the vendor is, and how its failures and rate limits are read. */
export interface PlaceOptions {
  /** What paths are added to. Requests go only to its origin. */
  readonly url: string
  /** What names of operations have before the path, where `url` ends with it: `/v1`. Default: nothing. */
  readonly operationPrefix?: string | undefined
  /** Reads the vendor's words out of an answer that is a failure: see `Answers.failureReader`. */
  readonly readFailure: ReadVendorFailure
  /** Reads the vendor's rate limit out of an answer. Absent: answers do not have it. */
  readonly readRate?: ((response: HttpHead) => RateReading | RemainingRate | undefined) | undefined
}

/** How the vendor issues tokens. */
export interface LoginOptions extends PlaceOptions {
  /** What is needed to get tokens, and messages must not have. The secret of `client` need not be in it. Default: none. */
  readonly secrets?: readonly string[] | undefined
  /** Requests of the login have these as Basic authentication. Absent: they have no header for it. */
  readonly client?: { readonly id: string; readonly secret: string } | undefined
  /** How long before it expires a token is replaced, in milliseconds; at most half of its lifetime. Default: 60,000. */
  readonly renewBeforeMs?: number | undefined
  /**
   * Makes the function that gets a token, in place of the rejected one if there was one. That one is called once for all
   * requests that wait. `login`: access to the API of the login. `scope`: pass it on to its requests. Its signal fires when no
   * request waits any longer, if the login `abandons`.
   */
  readonly mint: (
    login: ApiAccess,
  ) => (rejected: string | undefined, scope: RequestScope) => TaskEither<LicenseError, AccessToken>
  /**
   * A token that nothing waits for any longer is given up. Default: false: it is got to the end, as one that the vendor rotates
   * would be lost.
   */
  readonly abandons?: boolean | undefined
}

/** The provider that sends requests, its token, and how patient it is with the vendor. */
export interface ConnectionOptions {
  /** The id of the provider. Throws a `LicenseException` if it is not a lower-case slug. */
  readonly id: string
  /** How often and how long a request is repeated. Default: 5 attempts of at most 30 seconds each; see `RetryPolicy`. */
  readonly retry?: Given<RetryPolicy> | undefined
  /** A token, the caller's function that gets tokens, or a login where the vendor issues them. */
  readonly token: string | AccessTokenSource | LoginOptions
  /** How requests carry the token: `Http.inHeader('x-api-key')`. Default: as a bearer token. */
  readonly sentAs?: TokenCarrier | undefined
}

/** One API of a vendor, and who asks: what {@link openApi} takes. */
export interface ApiAccessOptions extends ConnectionOptions, PlaceOptions {}

/**
 * A request by its path, such as `/licenses/{licenseId}`. Ids are put in by name, so that errors can name the operation without
 * them.
 */
export interface ApiRequest extends Omit<HttpRequest, 'operation' | 'url' | 'repeatable'> {
  /** Where an id belongs, it has a name in its place: `/licenses/{licenseId}`. Method and path are the name of the operation. */
  readonly path: string
  /** The id, as the vendor gives it. One that cannot be in a path is `RequestRejected`, and nothing is sent. */
  readonly id?: string | undefined
  /** The id in the second place, of something within: `/contracts/{contractId}/periods/{periodId}`. */
  readonly within?: string | undefined
  /** Parameters of the address. One that is `undefined` is not sent. Default: none. */
  readonly query?: Query | undefined
  /** In place of path and query, which then only name the operation. */
  readonly url?: URL | undefined
  /** It may be repeated after a failure without harm. Default: true for `GET`, else false. */
  readonly repeatable?: boolean | undefined
}

/** Sends requests to one API of a vendor: within the budget, with the credential, repeated where that does no harm. */
export interface ApiAccess {
  /** The id of the provider, checked. */
  readonly provider: string
  readonly clock: Clock
  readonly budget: RequestBudget
  /** The secrets that messages must not have, also where the vendor repeats them. */
  readonly secrets: SecretBook
  /** Tells the host what goes on: the lists of the kit do it, and the transport. */
  readonly events: ProviderEvents
  /** The runtime for a further API of the same provider: with the same budget, credentials and events. */
  readonly runtime: SharedRuntime
  /** Sends a request. It waits, authenticates, repeats and gives up. Never throws. */
  readonly send: (request: ApiRequest, scope: RequestScope) => TaskEither<LicenseError, HttpResponse>
  /** Sends a request and decodes the body of the answer. */
  readonly call: <A>(request: ApiRequest, codec: Decoder<A>, scope: RequestScope) => TaskEither<LicenseError, A>
}

const accessTo = (
  { url: base, operationPrefix = '', ...reading }: PlaceOptions,
  { id, retry }: Pick<ConnectionOptions, 'id' | 'retry'>,
  runtime: SharedRuntime,
  own: Pick<ApiAccess, 'budget' | 'secrets'> & Pick<TransportOptions, 'credentials' | 'sentAs'>,
): ApiAccess => {
  const provider = providerIdOf(id)
  const { budget, secrets, credentials } = own
  const { events } = runtime
  const sending = createTransport({
    provider,
    origins: [new URL(base).origin],
    policy: retry,
    runtime,
    ...own,
    ...reading,
  })
  const transport = withKeptAnswers(provider, sending, { answers: runtime.answers, clock: clockOf(runtime) })
  const requestOf = ({ path, id, within, query, ...request }: ApiRequest): E.Either<LicenseError, HttpRequest> => {
    const operation = `${request.method} ${operationPrefix}${path}`
    const segments = [id, within].map((one) => (one === undefined ? '' : pathSegment(one)))
    if (segments.includes(undefined)) {
      return E.left({ _tag: 'RequestRejected', provider, operation, message: 'this is not an id' })
    }
    const {
      url = urlOf(
        base,
        segments.reduce<string>((some, segment = '') => some.replace(/\{\w+\}/, () => segment), path),
        query,
      ),
      repeatable = request.method === 'GET',
    } = request
    return E.right({ ...request, operation, url, repeatable })
  }
  const call = callJson(provider, transport)
  return {
    provider,
    clock: clockOf(runtime),
    budget,
    secrets,
    events,
    runtime: { ...runtime, budget, credentials },
    send: (request, scope) =>
      pipe(
        TE.fromEither(requestOf(request)),
        TE.flatMap((asked) => transport(asked, scope)),
      ),
    call: (request, codec, scope) =>
      pipe(
        TE.fromEither(requestOf(request)),
        TE.flatMap((asked) => call(asked, codec, scope)),
      ),
  }
}

const secretsOfClient = (client: LoginOptions['client']): readonly string[] =>
  client === undefined ? [] : [client.secret, basicToken(client.id, client.secret)]

const secretsIn = ({ token }: ConnectionOptions): readonly string[] => {
  if (typeof token === 'string') return [token]
  if (typeof token === 'function') return []
  const { secrets = [], client } = token
  return [...secrets, ...secretsOfClient(client)]
}

/** Where tokens are got, and with what: see {@link LoginOptions}. */
export interface LoginAccessOptions
  extends PlaceOptions,
    Pick<ConnectionOptions, 'id' | 'retry'>,
    Pick<LoginOptions, 'secrets' | 'client'> {}

/**
 * Access to the API of a login, whose requests have no token. It has a budget of its own: requests that wait for a token hold
 * places in the other budget.
 */
export const openLogin = (
  { id, retry, client, secrets = [], ...place }: LoginAccessOptions,
  runtime: ProviderRuntime | SharedRuntime,
): ApiAccess => {
  const own = {
    budget: createRequestBudget({ concurrency: 1, clock: clockOf(runtime) }),
    secrets: createSecretBook(...secrets, ...secretsOfClient(client)),
  }
  const basic =
    client === undefined
      ? {}
      : {
          credentials: fixedCredentials(basicToken(client.id, client.secret)),
          sentAs: inHeader('authorization', 'Basic '),
        }
  // Tokens are not kept where answers are.
  const ownRuntime = { ...runtime, answers: undefined, events: eventsOf(runtime, 'login-') }
  return accessTo(place, { id, retry }, ownRuntime, { ...own, ...basic })
}

/**
 * The credentials of a provider by themselves: handed to several providers as `runtime.credentials`, they get a token once for
 * all of them.
 */
export const openCredentials = (connection: ConnectionOptions, runtime: ProviderRuntime): Credentials => {
  const { id, token, retry } = connection
  demandRuntime(runtime, retry)
  const clock = clockOf(runtime)
  // Opened by themselves, they number their requests, beside those of the providers that share them.
  const events = eventsOf(runtime, 'login-')
  if (typeof token !== 'object') {
    return givenCredentials(token, {
      provider: providerIdOf(id),
      clock,
      policy: withDefaults(defaultRetryPolicy, retry),
      random: runtime.random ?? Math.random,
      emit: events.emit,
    })
  }
  const { renewBeforeMs, mint, abandons, ...login } = token
  const access = openLogin({ id, retry, ...login }, { ...runtime, events })
  const mintOver = mint(access)
  const minted = { clock, renewBeforeMs, abandons, secrets: access.secrets }
  return mintedCredentials({ ...minted, mint: (rejected, signal) => mintOver(rejected, { signal }) })
}

/**
 * Opens an API. A provider with several of them opens the others with the `runtime` of the first one. Providers that share a
 * credential share the budget and the credentials of the runtime.
 */
export const openApi = (options: ApiAccessOptions, given: ProviderRuntime): ApiAccess => {
  const { id, retry, token, sentAs, ...place } = options
  demandRuntime(given, retry)
  const runtime = { ...given, events: eventsOf(given) }
  const budget = runtime.budget ?? createRequestBudget({ clock: clockOf(runtime) })
  const credentials = runtime.credentials ?? openCredentials(options, runtime)
  const { secrets = createSecretBook() } = credentials
  secrets.add(...secretsIn(options))
  return accessTo(place, { id, retry }, runtime, { budget, secrets, credentials, sentAs })
}
