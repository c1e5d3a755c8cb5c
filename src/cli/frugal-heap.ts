import { setFlagsFromString } from 'node:v8'
import type { TransportEvent } from '../provider-kit/index.ts'

/**
 * Has garbage collected more often than is usual, for work that makes a lot of it: by itself V8 lets several times as much
 * pile up as is in use. Call it before the work begins; it only moves the point at which the next collection begins.
 * Without it 50,000 changes of Webex take more than 476 MiB in place of 270, of which 100 are in use, and those of Genesys
 * Cloud 372 in place of 229; with it, a sixth more of the processor's time.
 */
export const useLittleMemory = (): void => setFlagsFromString('--heap-growing-percent=25')

/** Bytes of answers: those of some 300,000 users. */
const MUCH = 200_000_000

/**
 * Hears what is read, and once it is much, has little memory used: memory is what such a run may lack. Without it, a million users
 * of Genesys Cloud take 507 MiB in place of 422 as a list, and 846 in place of 587 as a report.
 */
export const watchHeap = (save: () => void = useLittleMemory): ((event: TransportEvent) => void) => {
  let bytes = 0
  return (event) => {
    if (event.type !== 'attempt' || bytes > MUCH) return
    bytes += event.bytes
    if (bytes > MUCH) save()
  }
}
