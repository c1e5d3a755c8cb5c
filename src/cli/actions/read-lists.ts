import type { Either } from 'fp-ts/lib/Either.js'
import type { LicenseProvider } from '../../contract/license-provider.ts'
import type { LicenseError } from '../../model/license-error.ts'
import type { Page, Paged } from '../../paging/paged.ts'

/** One page of one provider's list. */
export interface ProviderPage<A> {
  readonly provider: LicenseProvider
  readonly page: Either<LicenseError, Page<A>>
}

/**
 * Reads the lists of several providers, one after the other in their order. All of them start at once, and each waits
 * with its first page until it is its turn: what is printed is in order, and memory holds a page for each.
 */
export async function* readLists<A>(
  providers: readonly LicenseProvider[],
  signal: AbortSignal,
  list: (provider: LicenseProvider, signal: AbortSignal) => Paged<A>,
): AsyncGenerator<ProviderPage<A>> {
  const reading = new AbortController()
  const either = AbortSignal.any([signal, reading.signal])
  const started = providers.map((provider) => {
    const pages = list(provider, either).pages()[Symbol.asyncIterator]()
    return { provider, pages, first: pages.next() }
  })
  try {
    for (const { provider, pages, first } of started) {
      for (let step = await first; !step.done; step = await pages.next()) yield { provider, page: step.value }
    }
  } finally {
    reading.abort()
  }
}
