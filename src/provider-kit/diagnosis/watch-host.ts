import type { ProviderDiagnosis } from '../../contract/provider-diagnosis.ts'
import type { ProviderHost } from '../provider-definition.ts'
import type { Fetch } from '../transport/fetch.ts'
import { momentOfHttpDate } from '../transport/http-date.ts'
import { createRequestBudget } from '../transport/request-budget.ts'
import { clockOf } from '../transport/runtime.ts'
import { unreachable } from '../transport/unreachable.ts'

/** What was seen of the vendor so far. */
export interface Seen {
  /** The hosts that have answered. */
  readonly hosts: ReadonlySet<string>
  /** When the last answer came, in milliseconds since the epoch; before the first one, when this began. */
  readonly answeredAt: number
  /** Why a host could not be reached the last time. */
  readonly failure: string | undefined
  readonly clockAheadMs: number | undefined
  readonly rate: ProviderDiagnosis['rate']
}

/** A header has whole seconds. */
const SECOND_MS = 1_000

/** The same host, and what is seen of the vendor on the way: no request is made for it. */
export const watchHost = (host: ProviderHost): { readonly host: ProviderHost; readonly seen: () => Seen } => {
  const clock = clockOf(host)
  const hosts = new Set<string>()
  let answeredAt = clock.now()
  let failure: string | undefined
  let rate: ProviderDiagnosis['rate']
  // How far ahead this clock may be: each answer was made between sending and receiving, within the second that it names.
  let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]

  const fetch: Fetch = async (url, init) => {
    const { host: name } = new URL(url)
    const sentAt = clock.now()
    try {
      const answer = await (host.fetch ?? globalThis.fetch)(url, init)
      hosts.add(name)
      answeredAt = clock.now()
      const told = momentOfHttpDate(answer.headers.get('date') ?? '')
      if (told !== undefined) {
        least = Math.max(least, sentAt - (told + SECOND_MS))
        most = Math.min(most, clock.now() - told)
      }
      return answer
    } catch (thrown) {
      if (!init.signal.aborted) failure = `${name} could not be reached: ${unreachable(thrown).reason}`
      throw thrown
    }
  }
  const budget = host.budget ?? createRequestBudget({ clock })
  return {
    host: {
      ...host,
      fetch,
      budget: {
        ...budget,
        observe: (reading, sentAt) => {
          rate =
            'remaining' in reading
              ? reading
              : { remaining: reading.allowed - reading.used, allowed: reading.allowed, resetMs: reading.resetMs }
          budget.observe(reading, sentAt)
        },
      },
    },
    seen: () => ({
      hosts,
      answeredAt,
      failure,
      rate,
      clockAheadMs: most === Number.POSITIVE_INFINITY ? undefined : least > 0 ? least : Math.min(0, most),
    }),
  }
}
