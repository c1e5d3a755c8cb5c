/**
 * The conformance suite that every provider passes, what a harness for it is made of, and a provider without a vendor for
 * the tests of programs that embed the library. Knows no test runner: it is handed one.
 */
import type { Lists } from '../provider-kit/index.ts'

export type {
  AttemptEvent,
  AttemptFailure,
  ListProgress,
  PageEvent,
  ProgressEvent,
  TransportEvent,
  WaitEvent,
} from '../provider-kit/index.ts'

/** One page of a list, as a vendor gives it. */
export type FetchedPage<A> = Lists.FetchedPage<A>

/** A page that a token leads to, as `onPage` changes it. */
export type TokenPage<A> = Lists.TokenPage<A>

export * from './conformance-harness.ts'
export { type ConformanceScenario, conformanceScenarios, testConformance } from './conformance-suite.ts'
export * from './disturbance.ts'
export { hastyClock } from './hasty-clock.ts'
export type { ChangeFate } from './in-memory-changes.ts'
export * from './in-memory-provider.ts'
export { type PageScript, pageScript, type RowOtherwise, type ScriptedPage } from './scripted-pages.ts'
export { type ChangeMisbehavior, misbehaviorsOf, type RefusalOfUser } from './struck-changes.ts'
export { faultsOf, type StruckRequests } from './struck-requests.ts'
export * from './test-runner.ts'
export type { RequestPattern, WireEffect, WireFault } from './wire-fault.ts'
export * from './world.ts'
