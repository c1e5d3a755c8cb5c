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
  /** Of the provider instance. Throws a `TypeError` where it is no lower-case slug. */
  readonly id: string
  /** Requests go to its origin and nowhere else. */
  readonly url: string
  readonly retry?: Given<RetryPolicy> | undefined
  readonly runtime: ProviderRuntime
}

export interface ApiAccessOptions extends PlaceOptions {
  /** Called where the runtime brings none. */
  readonly credentials: () => Credentials
  /** What the configuration has that must not be repeated, besides what the credentials know of. Default: nothing. */
  readonly secrets?: readonly string[] | undefined
}

/** A way to one API of a vendor with one credential: where it is, how to get there, and what may be spent on it. */
export interface ApiAccess {
  /** The id of the provider instance, which has been checked. */
  readonly provider: string
  readonly clock: Clock
  readonly budget: RequestBudget
  /** What must not be repeated, should the vendor do so. */
  readonly secrets: SecretBook
  readonly transport: Transport
}

/** Opens the API: whatever shares a credential shares the budget and the credentials that the runtime brings. */
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
 * Opens what tokens are minted over: without credentials, and with a budget of its own, as requests that wait for a token
 * hold places in the other one.
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
