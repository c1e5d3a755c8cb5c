import { setFlagsFromString } from 'node:v8'

/**
 * Has garbage collected more often than is usual, for work that makes a lot of it: by itself V8 lets several times as much
 * pile up as is in use. Call it before the work begins; it only moves the point at which the next collection begins.
 * Without it 50,000 changes of Webex take more than 476 MiB in place of 270, of which 100 are in use, and those of Genesys
 * Cloud 372 in place of 229; with it, a sixth more of the processor's time.
 */
export const useLittleMemory = (): void => setFlagsFromString('--heap-growing-percent=25')
