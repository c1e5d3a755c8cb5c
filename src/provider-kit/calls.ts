/** One call of a caller: its bounds, handed on to every request that it takes, and what ends it. */
export {
  type CallBounds,
  callBoundsOf,
  deadlinePassed,
  elapsedOn,
  endOfScope,
  type OwnedScope,
  openScope,
  scopeOf,
  stoppedByCaller,
  systemClock,
  unlessAborted,
  whenAborted,
  whenRun,
  within,
} from '../paging/index.ts'
export { clockOf } from './transport/runtime.ts'
