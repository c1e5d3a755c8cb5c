import * as E from 'fp-ts/lib/Either.js'
import { isWhole, type LicenseProvider, type Paged, type RequestOptions } from '../../index.ts'
import { type ListWriter, quantity } from '../../render/index.ts'
import type { Environment } from '../environment.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { isSeen, tellGaps, tellRemarks } from '../output/is-seen.ts'
import { notify } from '../output/notify.ts'
import type { Progress } from '../output/progress.ts'
import { writeOut } from '../output/write-out.ts'
import { openListAccount, openListState } from './list-account.ts'
import { type ListWatcher, readLists } from './read-lists.ts'

export interface PrintedLists<A> {
  /** What the lists are of. */
  readonly name: 'licenses' | 'users'
  readonly writer: ListWriter<A>
  readonly list: (provider: LicenseProvider, options: RequestOptions) => Paged<A>
  /** Which items to print. Default: all. */
  readonly keep?: (item: A) => boolean
  /** Called before the end of the document, and before headings where there is no row. What it throws ends the run. Default: says that there is nothing. */
  readonly onEnd?: (all: PrintedOutcome) => void
  /** What was printed says itself which items were left out. Default: false. */
  readonly isListed?: boolean
}

export interface PrintedOutcome {
  readonly outcomes: readonly ProviderOutcome[]
  /** How many items there were, also those that the rows asked for leave out. */
  readonly found: number
  /** The lists were left before their end, as nothing more was wanted. */
  readonly isCut: boolean
}

/** A provider may deliver all users in one page; their text need not be in memory all at once. */
const ROWS_AT_ONCE = 1_000

/** Says that there is nothing, where that is certain: a table without a row has no headings either. */
export const tellOfNothing =
  (environment: Environment, name: string) =>
  ({ found, outcomes }: PrintedOutcome): void => {
    if (found === 0 && outcomes.every(({ status }) => status === 'complete')) notify(environment, `no ${name}`)
  }

const NOUNS = { licenses: 'license', users: 'user' } as const

/** Shows how far lists are as they are read, which is before they are printed. */
const watcherFor = <A>(name: PrintedLists<A>['name'], progress: Progress): ListWatcher<A> => {
  const states = new Map<string, ReturnType<typeof openListState>>()
  return {
    onStart: ({ id }) => {
      states.set(id, openListState())
      progress.onStart(id)
    },
    onPage: ({ provider: { id }, page }) => {
      states.get(id)?.enter(page)
      if (E.isRight(page)) progress.onProgress({ provider: id, list: name, ledger: page.right.ledger })
    },
    onEnd: ({ id }) => {
      const { status = 'complete', items = 0, error } = states.get(id)?.outcome() ?? {}
      const came = quantity(items, NOUNS[name])
      progress.onEnd({
        provider: id,
        status,
        came: status === 'complete' ? came : `≥ ${came}`,
        problem: error?.message,
      })
    },
  }
}

/** Prints the lists of several providers page by page, as fast as they are taken, and says on stderr what is missing. */
export const printLists = async <A>(
  { environment, bounds }: Invocation,
  providers: readonly LicenseProvider[],
  progress: Progress,
  {
    name,
    writer,
    list,
    keep = () => true,
    onEnd = tellOfNothing(environment, name),
    isListed = false,
  }: PrintedLists<A>,
): Promise<PrintedOutcome> => {
  const account = openListAccount(name)
  const last = providers.at(-1)
  let isCut = false
  progress.begin(providers)
  for await (const entry of readLists(providers, bounds, list, watcherFor(name, progress))) {
    account.enter(entry)
    if (E.isLeft(entry.page)) continue
    const { items, ledger, continuation } = entry.page.right
    const kept = items.filter(keep)
    for (let from = 0; from < kept.length; from += ROWS_AT_ONCE) {
      await writeOut(environment, writer.items(kept.slice(from, from + ROWS_AT_ONCE)))
    }
    // Nothing of the rest is wanted any more, so that it is not read.
    if (!environment.results.isRead()) {
      return { outcomes: account.outcomes().slice(0, -1), found: writer.account().found, isCut: true }
    }
    const isLastPage = continuation === undefined && isWhole(ledger)
    isCut = writer.isFull() && !(isLastPage && entry.provider === last)
    if (isCut) {
      // What was left unread on purpose is not missing.
      if (!isLastPage && ledger.gaps.length === 0) account.leave(entry.provider.id)
      break
    }
  }
  progress.stop()
  const all = { outcomes: account.outcomes(), found: writer.account().found, isCut }
  onEnd(all)
  await writeOut(environment, writer.end(isCut))
  if (!(isListed && isSeen(environment))) for (const line of writer.told(isCut)) notify(environment, line)
  tellGaps(environment, [...(await account.gaps()).values()].flat(), false)
  tellRemarks(environment, account.remarks())
  return all
}
