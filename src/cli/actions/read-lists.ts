import type { Either } from 'fp-ts/lib/Either.js'
import type { LicenseError, LicenseProvider, Page, Paged, RequestOptions } from '../../index.ts'
import { Calls } from '../../provider-kit/index.ts'
import type { Invocation } from '../invocation.ts'

/** One page of one provider's list. */
export interface ProviderPage<A> {
  readonly provider: LicenseProvider
  readonly page: Either<LicenseError, Page<A>>
}

/** Providers that are read at once: the one whose turn it is, and those that wait behind it with their first page. */
const WINDOW = 8

/** Asks for the first page. A failure is thrown when it is the provider's turn, and not before. */
const start = <A>(paged: Paged<A>) => {
  const pages = paged.pages()[Symbol.asyncIterator]()
  const first = pages.next()
  first.catch(() => {})
  return { pages, first }
}

/**
 * Reads the lists of several providers, one after the other in their order. The next few start meanwhile, and each waits
 * with its first page until it is its turn: what is printed is in order, and memory holds a page for each of the few.
 */
export async function* readLists<A>(
  providers: readonly LicenseProvider[],
  bounds: Invocation['bounds'],
  list: (provider: LicenseProvider, options: RequestOptions) => Paged<A>,
): AsyncGenerator<ProviderPage<A>> {
  const reading = new AbortController()
  const letGo = Calls.whenAborted(bounds().signal, () => reading.abort())
  const begin = (provider: LicenseProvider) => {
    const options = { ...bounds(), signal: reading.signal }
    return { provider, ...start(list(provider, options)) }
  }
  const waiting = [...providers]
  try {
    const started = waiting.splice(0, WINDOW).map(begin)
    for (let turn = started.shift(); turn !== undefined; turn = started.shift()) {
      const { provider, pages, first } = turn
      for (let step = await first; !step.done; step = await pages.next()) yield { provider, page: step.value }
      started.push(...waiting.splice(0, 1).map(begin))
    }
  } finally {
    letGo()
    reading.abort()
  }
}
