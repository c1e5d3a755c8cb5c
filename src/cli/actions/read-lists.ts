import type { Either } from 'fp-ts/lib/Either.js'
import type { LicenseError, LicenseProvider, Page, Paged, RequestOptions } from '../../index.ts'
import { Calls } from '../../provider-kit/index.ts'
import type { Invocation } from '../invocation.ts'
import { openWaitingRoom, readAhead } from './read-ahead.ts'

/** One page of one provider's list. */
export interface ProviderPage<A> {
  readonly provider: LicenseProvider
  readonly page: Either<LicenseError, Page<A>>
}

/** Hears of lists as they are read, which is before it is their turn. */
export interface ListWatcher<A> {
  readonly onStart: (provider: LicenseProvider) => void
  readonly onPage: (page: ProviderPage<A>) => void
  readonly onEnd: (provider: LicenseProvider) => void
}

/** As many as a partner has customers: the slowest one then decides how long all of them take. */
const PROVIDERS_AT_ONCE = 256
/** Items that wait for their turn, of all providers together: a few tens of megabytes. */
const MOST_WAITING = 50_000

/**
 * Reads the lists of several providers at once, and gives their pages in the order of the providers. What is read before it is
 * its turn waits, and memory holds no more of it than there is room for, but for the first page of each.
 */
export async function* readLists<A>(
  providers: readonly LicenseProvider[],
  bounds: Invocation['bounds'],
  list: (provider: LicenseProvider, options: RequestOptions) => Paged<A>,
  watcher?: ListWatcher<A>,
): AsyncGenerator<ProviderPage<A>> {
  const reading = new AbortController()
  const letGo = Calls.whenAborted(bounds().signal, () => reading.abort())
  const room = openWaitingRoom(MOST_WAITING)
  const begin = (provider: LicenseProvider) => {
    const options = { ...bounds(), signal: reading.signal }
    watcher?.onStart(provider)
    const ahead = readAhead(list(provider, options), room, (page) =>
      page === undefined ? watcher?.onEnd(provider) : watcher?.onPage({ provider, page }),
    )
    return { provider, ahead }
  }
  const waiting = [...providers]
  try {
    const started = waiting.splice(0, PROVIDERS_AT_ONCE).map(begin)
    for (let turn = started.shift(); turn !== undefined; turn = started.shift()) {
      const { provider, ahead } = turn
      for await (const page of ahead.pages()) yield { provider, page }
      started.push(...waiting.splice(0, 1).map(begin))
    }
  } finally {
    letGo()
    reading.abort()
  }
}
