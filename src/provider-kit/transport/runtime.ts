import { type Clock, systemClock } from '../../paging/clock.ts'
import type { Credentials } from './credentials.ts'
import type { RequestBudget } from './request-budget.ts'

/** Something that the transport did, for progress displays and logs. Carries no URL, header, body or credential. */
export type TransportEvent =
  | {
      readonly type: 'response'
      readonly provider: string
      readonly operation: string
      readonly status: number
    }
  | {
      readonly type: 'wait'
      readonly provider: string
      readonly operation: string
      /** `rateLimit`: the vendor asks for it. `pace`: to stay below a rate. `retry`: before another attempt. */
      readonly reason: 'rateLimit' | 'pace' | 'retry'
      readonly ms: number
    }

/** What a provider uses of its surroundings. Everything is optional, and nothing is global. */
export interface ProviderRuntime {
  /** Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Default: the system's. */
  readonly clock?: Clock | undefined
  /** For jitter, from 0 to below 1. Default: `Math.random`. */
  readonly random?: (() => number) | undefined
  /** Hears what the transport does. What it throws is ignored. Default: none. */
  readonly onEvent?: ((event: TransportEvent) => void) | undefined
  /** Shared by the providers that use one credential. Default: one for each provider. */
  readonly budget?: RequestBudget | undefined
  /** Also shared by them, so that they get and rotate tokens together. Default: from the provider's configuration. */
  readonly credentials?: Credentials | undefined
}

/** The clock of a runtime: its own, or that of this machine. */
export const clockOf = (runtime: ProviderRuntime): Clock => runtime.clock ?? systemClock
