/** One call of a caller: its bounds, handed on to every request that it takes, and what ends it. */
export { type Clock, elapsedOn, systemClock } from '../paging/clock.ts'
export {
  type CallBounds,
  callBoundsOf,
  type OwnedScope,
  openScope,
  type RequestScope,
  scopeOf,
  whenRun,
  within,
} from '../paging/request-scope.ts'
export { deadlinePassed, endOfScope, stoppedByCaller } from '../paging/scope-end.ts'
export { unlessAborted, whenAborted } from '../paging/when-aborted.ts'
export { clockOf } from './transport/runtime.ts'
