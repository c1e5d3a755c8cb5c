import { type Clock, systemClock } from '../../paging/clock.ts'
import type { Credentials } from './credentials.ts'
import { createProviderEvents, type ProviderEvents, type TransportEvent } from './events.ts'
import type { Fetch } from './fetch.ts'
import type { AnswerKeeper } from './kept-answers.ts'
import type { RequestBudget } from './request-budget.ts'

/** What a provider uses of its surroundings. Everything is optional, and nothing is global. */
export interface ProviderRuntime {
  /** The way to the network, for every request, those for tokens included. Default: the global `fetch`. */
  readonly fetch?: Fetch | undefined
  /** Default: the system's. */
  readonly clock?: Clock | undefined
  /** For jitter, from 0 to below 1. Default: `Math.random`. */
  readonly random?: (() => number) | undefined
  /**
   * Hears of every attempt at a request, every wait, every page and the progress of lists. Called in the asynchronous context of
   * the call that the event belongs to. What it throws is ignored, and what it returns is not waited for.
   */
  readonly onEvent?: ((event: TransportEvent) => void) | undefined
  /** Shared by the providers that use one credential. Default: one for each provider. */
  readonly budget?: RequestBudget | undefined
  /** Also shared by them, so that they get and rotate tokens together. Default: from the provider's configuration. */
  readonly credentials?: Credentials | undefined
  /** Keeps answers from one run to the next. Default: nothing is kept. */
  readonly answers?: AnswerKeeper | undefined
}

/** The runtime of one provider that has several APIs: what they share. */
export interface SharedRuntime extends ProviderRuntime {
  readonly events: ProviderEvents
}

/** The clock of a runtime: its own, or that of this machine. */
export const clockOf = (runtime: ProviderRuntime): Clock => runtime.clock ?? systemClock

const isShared = (runtime: ProviderRuntime): runtime is SharedRuntime => 'events' in runtime

/** Those of the provider, or new ones for a runtime that has none yet. */
export const eventsOf = (runtime: ProviderRuntime, prefix?: string): ProviderEvents =>
  isShared(runtime) ? runtime.events : createProviderEvents(runtime.onEvent, prefix)
