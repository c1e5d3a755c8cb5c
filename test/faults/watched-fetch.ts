import type { ScheduledFault } from './schedule.ts'

/** A `fetch` that remembers what credentials it carried, and to which requests nobody answers the phone. */
export interface WatchedFetch {
  readonly fetch: typeof globalThis.fetch
  /** Every value that was sent as a credential. */
  readonly carried: ReadonlySet<string>
  readonly refusals: readonly { readonly kind: string; readonly strikes: () => number }[]
}

/** Nothing listens there. */
const CLOSED_PORT = '1'

export const watchedFetch = (faults: readonly ScheduledFault[]): WatchedFetch => {
  const carried = new Set<string>()
  const refused = faults.filter(({ kind }) => kind === 'refused').map((fault) => ({ ...fault, met: 0, struck: 0 }))
  return {
    carried,
    refusals: refused.map((fault) => ({ kind: fault.kind, strikes: () => fault.struck })),
    fetch: (input, init) => {
      const request = new Request(input, init)
      const credential = request.headers.get('authorization')?.replace(/^\w+ +/, '')
      if (credential !== undefined) carried.add(credential)
      for (const fault of refused) {
        fault.met += 1
        if (fault.met <= fault.skip || fault.struck >= fault.times) continue
        fault.struck += 1
        const nowhere = new URL(request.url)
        nowhere.port = CLOSED_PORT
        return globalThis.fetch(nowhere)
      }
      return globalThis.fetch(request)
    },
  }
}
