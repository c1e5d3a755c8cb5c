import { setTimeout } from 'node:timers/promises'
import { errorCodeOf } from './error-code.ts'

/** What Windows says while another program (a virus scanner, an indexer, Excel) has a file open. */
const IN_USE = new Set(['EPERM', 'EACCES', 'EBUSY'])

/** Scanners let go within a second; what a person has open stays so, and there waiting is of no use. In milliseconds. */
const WAITS_MS = [10, 20, 40, 80, 160, 320, 640, 1_280]

export interface Patience {
  /** Default: that of this process. */
  readonly platform?: string | undefined
  /** Default: the real thing. */
  readonly sleep?: ((milliseconds: number) => Promise<unknown>) | undefined
}

/**
 * Renames or deletes. On Windows neither is possible while another program has the file open, so that it is tried again
 * for about two and a half seconds; elsewhere an open file is no obstacle, and these errors are final.
 */
export const evenWhileInUse = async <A>(
  work: () => Promise<A>,
  { platform = process.platform, sleep = setTimeout }: Patience = {},
): Promise<A> => {
  for (const wait of platform === 'win32' ? WAITS_MS : []) {
    try {
      return await work()
    } catch (error) {
      if (!IN_USE.has(errorCodeOf(error) ?? '')) throw error
    }
    await sleep(wait)
  }
  return work()
}
