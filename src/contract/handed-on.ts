import * as E from 'fp-ts/lib/Either.js'
import { demand } from '../model/invalid-input.ts'
import { isWhole } from '../model/ledger.ts'
import { inOneCall, type Page, type Paged, pagedFrom } from '../paging/paged.ts'
import type { PageRequest } from '../paging/request.ts'
import { providerWith } from './delegate.ts'
import { isProvider, PROVIDER_EXPECTED } from './given-provider.ts'
import type { LicenseProvider } from './license-provider.ts'

/** Whether a request is for the whole list as the provider gives it. */
const isForAll = ({ continuation, pageSize, includeRaw }: PageRequest): boolean =>
  continuation === undefined && pageSize === undefined && includeRaw !== true

type Open<A, R extends PageRequest> = (request?: R) => Paged<A>

/** A list whose pages the next reading gets once it was read completely, and only that one. */
const handedOn = <A, R extends PageRequest>(
  name: { readonly provider: string; readonly operation: string },
  open: Open<A, R>,
): Open<A, R> => {
  let kept: readonly Page<A>[] | undefined
  const pagesOf = (list: Pick<Paged<A>, 'pages'>): Paged<A>['pages'] =>
    async function* () {
      const before = kept
      kept = undefined
      if (before !== undefined) {
        for (const page of before) yield E.right(page)
        return
      }
      const read: Page<A>[] = []
      for await (const page of list.pages()) {
        if (E.isRight(page)) read.push(page.right)
        yield page
      }
      const last = read.at(-1)
      // A list that ended with a failure has a gap in its last ledger, or no last page.
      if (last !== undefined && last.continuation === undefined && isWhole(last.ledger)) kept = read
    }
  return (request) => {
    const list = open(request)
    if (!isForAll(request ?? {})) return list
    const through = (source: Pick<Paged<A>, 'pages'>): Paged<A> => pagedFrom(name, request ?? {}, pagesOf(source))
    return { ...through(list), asOneCall: () => through(inOneCall(list)) }
  }
}

/**
 * The same provider for two calls that follow each other and need the same lists, such as a report and the plan that is made
 * of its findings: what the first one has read of licenses and users is handed on to the second one, if it is complete, and
 * no request is sent for it again. The third one reads anew. It keeps the lists in memory in between.
 */
export const handingOn = (provider: LicenseProvider): LicenseProvider => {
  demand(isProvider(provider), 'provider', PROVIDER_EXPECTED)
  const of = (operation: string) => ({ provider: provider.id, operation })
  return providerWith(provider, {
    listLicenses: handedOn(of('listLicenses'), (request) => provider.listLicenses(request)),
    listUsers: handedOn(of('listUsers'), (request) => provider.listUsers(request)),
  })
}
