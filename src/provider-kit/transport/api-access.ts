import { providerIdOf } from '../../model/provider-id.ts'
import type { Given } from '../../model/with-defaults.ts'
import type { Clock } from '../../paging/clock.ts'
import { createTransport, type Transport, type TransportOptions } from './create-transport.ts'
import type { Credentials } from './credentials.ts'
import { createRequestBudget, type RequestBudget } from './request-budget.ts'
import type { RetryPolicy } from './retry-policy.ts'
import { clockOf, type ProviderRuntime } from './runtime.ts'
import { createSecretBook, type SecretBook } from './secret-book.ts'

export interface PlaceOptions extends Pick<TransportOptions, 'readFailure' | 'readRate'> {
  /** The id of the provider. Throws a `TypeError` where it is not a lower-case slug. */
  readonly id: string
  /** Requests go only to its origin. */
  readonly url: string
  readonly retry?: Given<RetryPolicy> | undefined
  readonly runtime: ProviderRuntime
}

export interface ApiAccessOptions extends PlaceOptions {
  /** Called where the runtime has none. */
  readonly credentials: () => Credentials
  /** Further secrets of the configuration, which messages must not have. Default: none. */
  readonly secrets?: readonly string[] | undefined
}

/** Access to one API of a vendor with one credential. */
export interface ApiAccess {
  /** The id of the provider, checked. */
  readonly provider: string
  readonly clock: Clock
  readonly budget: RequestBudget
  /** The secrets that messages must not have, also where the vendor repeats them. */
  readonly secrets: SecretBook
  readonly transport: Transport
}

/** Opens an API. Providers that share a credential share the budget and the credentials of the runtime. */
export const openApi = ({ id, url, credentials: open, secrets: own = [], ...place }: ApiAccessOptions): ApiAccess => {
  const { runtime, retry, ...reading } = place
  const provider = providerIdOf(id)
  const clock = clockOf(runtime)
  const budget = runtime.budget ?? createRequestBudget({ clock })
  const credentials = runtime.credentials ?? open()
  const { secrets = createSecretBook() } = credentials
  secrets.add(...own)
  const origins = [new URL(url).origin]
  const transport = createTransport({
    provider,
    origins,
    credentials,
    secrets,
    budget,
    policy: retry,
    runtime,
    ...reading,
  })
  return { provider, clock, budget, secrets, transport }
}

export interface LoginOptions extends PlaceOptions {
  readonly secrets: SecretBook
}

/**
 * Opens the transport for requesting tokens. It has no credentials, and a budget of its own: requests that wait for a token
 * hold places in the other budget.
 */
export const openLogin = ({ id, url, retry, runtime, ...others }: LoginOptions): Transport =>
  createTransport({
    provider: providerIdOf(id),
    origins: [new URL(url).origin],
    budget: createRequestBudget({ concurrency: 1, clock: clockOf(runtime) }),
    policy: retry,
    runtime,
    ...others,
  })
