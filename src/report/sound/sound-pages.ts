import * as E from 'fp-ts/lib/Either.js'
import { givenList } from '../../contract/given-results.ts'
import type { Ledger } from '../../model/ledger.ts'
import type { LicenseError } from '../../model/license-error.ts'
import { isLicenseException } from '../../model/license-exception.ts'
import { quantity } from '../../model/quantity.ts'
import type { ListName, Page, Paged } from '../../paging/paged.ts'
import { brokenContract, soundError, soundLedger, thrownByProvider } from './sound-account.ts'

/** The same account, where records came that nothing could be made of. */
const without = (lost: number, ledger: Ledger): Ledger =>
  lost === 0
    ? ledger
    : {
        ...ledger,
        // One that counts fewer than it gave is as wrong as they are.
        items: Math.max(0, ledger.items - lost),
        undecodable: ledger.undecodable + lost,
        gaps: [...ledger.gaps, { what: quantity(lost, 'record'), reason: 'not what the contract of a provider says' }],
        verdict: 'partial',
      }

/**
 * The pages of any provider, as the contract has them: an item that is not one is a gap; a page that is not one, and
 * whatever is thrown, is a failure, and the end.
 */
export async function* soundPages<A>(
  open: () => Pick<Paged<A>, 'pages'>,
  name: ListName,
  soundItem: (item: A) => A | undefined,
): AsyncGenerator<E.Either<LicenseError, Page<A>>> {
  let lost = 0
  const sound = (given: readonly A[]): readonly A[] => {
    const items: A[] = []
    for (const one of given) {
      const item = soundItem(one)
      if (item === undefined) lost++
      else items.push(item)
    }
    return items
  }
  try {
    for await (const page of givenList(open()).pages()) {
      if (E.isLeft(page)) {
        yield E.left(soundError(page.left, name))
        return
      }
      const { items: given, contradicting: givenContradicting, ledger: kept, directory: joined } = page.right
      const items = sound(given)
      const ledger = soundLedger(kept, name)
      const directory = joined === undefined ? undefined : soundLedger(joined, name)
      if (ledger === undefined || (joined !== undefined && directory === undefined)) {
        yield E.left(brokenContract(name, 'it gave a page without a ledger'))
        return
      }
      yield E.right({
        ...page.right,
        items,
        ...(givenContradicting === undefined ? {} : { contradicting: sound(givenContradicting) }),
        ledger: without(lost, ledger),
        ...(directory === undefined ? {} : { directory }),
      })
    }
  } catch (thrown) {
    yield E.left(isLicenseException(thrown) ? soundError(thrown.error, name) : thrownByProvider(name, thrown))
  }
}
