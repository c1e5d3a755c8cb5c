/** The bounds of a call, which are passed on to all of its requests, and what ends it. */
export {
  type CallBounds,
  deadlinePassed,
  elapsedOn,
  endOfScope,
  type OwnedScope,
  openScope,
  stoppedByCaller,
  systemClock,
  whenAborted,
} from '../paging/index.ts'
export { once } from './once.ts'
export { NO_SPARE_TIME, spareTime } from './spare-time.ts'
export { clockOf } from './transport/runtime.ts'
