import * as E from 'fp-ts/lib/Either.js'
import type { LicenseProvider, Paged, RequestOptions } from '../../index.ts'
import type { ListWriter } from '../../render/index.ts'
import type { Environment } from '../environment.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { tellGaps, tellRemarks } from '../output/is-seen.ts'
import { notify } from '../output/notify.ts'
import type { Progress } from '../output/progress.ts'
import { writeOut } from '../output/write-out.ts'
import { openListAccount } from './list-account.ts'
import { readLists } from './read-lists.ts'

export interface PrintedLists<A> {
  /** What the lists are of. */
  readonly name: 'licenses' | 'users'
  readonly writer: ListWriter<A>
  readonly list: (provider: LicenseProvider, options: RequestOptions) => Paged<A>
  /** Which items to print. Default: all. */
  readonly keep?: (item: A) => boolean
  /** Called before the end of the document, and before headings where there is no row. What it throws ends the run. Default: says that there is nothing. */
  readonly onEnd?: (all: PrintedOutcome) => void
}

export interface PrintedOutcome {
  readonly outcomes: readonly ProviderOutcome[]
  /** How many items were printed. */
  readonly printed: number
}

/** A provider may deliver all users in one page; their text need not be in memory all at once. */
const ROWS_AT_ONCE = 1_000

/** Says that there is nothing, where that is certain: a table without a row has no headings either. */
export const tellOfNothing =
  (environment: Environment, name: string) =>
  ({ printed, outcomes }: PrintedOutcome): void => {
    if (printed === 0 && outcomes.every(({ status }) => status === 'complete')) notify(environment, `no ${name}`)
  }

/** Prints the lists of several providers page by page, as fast as they are taken, and says on stderr what is missing. */
export const printLists = async <A>(
  { environment, bounds }: Invocation,
  providers: readonly LicenseProvider[],
  progress: Progress,
  { name, writer, list, keep = () => true, onEnd = tellOfNothing(environment, name) }: PrintedLists<A>,
): Promise<PrintedOutcome> => {
  const account = openListAccount(name)
  let printed = 0
  for await (const entry of readLists(providers, bounds, list)) {
    account.enter(entry)
    if (E.isLeft(entry.page)) continue
    const { items, ledger } = entry.page.right
    progress.onProgress({ provider: entry.provider.id, list: name, ledger })
    const kept = items.filter(keep)
    printed += kept.length
    for (let from = 0; from < kept.length; from += ROWS_AT_ONCE) {
      await writeOut(environment, writer.items(kept.slice(from, from + ROWS_AT_ONCE)))
    }
    // Nothing of the rest is wanted any more, so that it is not read.
    if (!environment.results.isRead()) return { outcomes: account.outcomes().slice(0, -1), printed }
  }
  progress.stop()
  const all = { outcomes: account.outcomes(), printed }
  onEnd(all)
  await writeOut(environment, writer.end())
  tellGaps(environment, [...(await account.gaps()).values()].flat(), false)
  tellRemarks(environment, account.remarks())
  return all
}
