import * as E from 'fp-ts/lib/Either.js'
import {
  type LicensedUser,
  type LicenseProvider,
  type Page,
  toReadonlyArray,
  unsupported,
} from '../../src/provider-kit/index.ts'
import { type Mutant, type Mutate, type Step, without, withPages, withRequest } from './mutant.ts'

const NOT_RESUMABLE: Mutate = (provider) => ({
  ...provider,
  capabilities: {
    ...provider.capabilities,
    operations: { ...provider.capabilities.operations, resumeUsers: unsupported('it says so') },
  },
})

/** Whatever page of it comes, all of the list is read first. */
async function* readsTheListFor(provider: LicenseProvider, steps: AsyncIterable<Step>): AsyncGenerator<Step> {
  await toReadonlyArray(provider.listUsers())()
  yield* steps
}

/** Lists that cannot be gone on with as they say. */
export const resumingMutants: readonly Mutant[] = [
  {
    defect: 'reads the list again for every page that is gone on with',
    killedBy: 'lists/resumed-requests',
    saying: 'requests were made for one page',
    mutate: (provider) =>
      withPages((steps, { continuation }) => (continuation === undefined ? steps : readsTheListFor(provider, steps)))(
        provider,
        undefined,
      ),
  },
  {
    defect: 'makes a request for every delivered page',
    killedBy: 'lists/page-size-requests',
    saying: 'requests were made for pages of one',
    mutate: (provider) =>
      withPages(async function* (steps) {
        for await (const step of steps) {
          await toReadonlyArray(provider.listLicenses())()
          yield step
        }
      })(provider, undefined),
  },
  {
    defect: 'delivers larger pages than the caller asks for',
    killedBy: 'lists/page-size-requests',
    saying: 'a page of 3 items was delivered where one was asked for',
    mutate: withRequest((request) => without(request, 'pageSize')),
  },
  {
    defect: 'leads back to where it was gone on with',
    killedBy: 'lists/deadline-goes-on',
    saying: 'id is "user-04", not "user-',
    mutate: withPages(async function* (steps, { continuation }) {
      for await (const step of steps) {
        yield E.map((page: Page<LicensedUser>) =>
          continuation === undefined || page.continuation === undefined ? page : { ...page, continuation },
        )(step)
      }
    }),
  },
  {
    defect: 'says that its list cannot be gone on with, where it can',
    killedBy: 'description/resuming',
    saying: 'resumeUsers is unsupported, and the harness does not declare it unsupported',
    mutate: NOT_RESUMABLE,
  },
  {
    defect: 'gives continuations to a list that cannot be gone on with',
    killedBy: 'lists/not-resumable',
    saying: 'a page has a continuation, although the list cannot be resumed',
    mutate: NOT_RESUMABLE,
  },
]
