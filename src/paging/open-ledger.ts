import type { Gap, Ledger, ListVerdict } from '../model/ledger.ts'
import type { FetchedPage } from './fetched-page.ts'
import { createGrowingList } from './growing-list.ts'

/** A {@link Ledger} while it is being written. */
export interface OpenLedger {
  /** Enters a page of which so many items are delivered now, and so many `later`. Default: none later. */
  readonly enter: (page: FetchedPage<unknown>, delivered: number, later?: number) => void
  /** So many items are delivered of a page that was entered before. */
  readonly deliver: (items: number) => void
  /** The account as it stands; `atEnd` when nothing more is to come. */
  readonly read: (atEnd: boolean) => Ledger
}

/** Opens the account of one iteration. A resumed one has not seen the whole list, so it cannot vouch for its total. */
export const openLedger = ({ resumed }: { readonly resumed: boolean }): OpenLedger => {
  let pages = 0
  let items = 0
  let repeated = 0
  let undecodable = 0
  let total: number | undefined
  let changed = false
  let hasGap = false
  const gaps = createGrowingList<Gap>()
  const omits = createGrowingList<string>()
  const omitted = new Set<string>()

  const verdict = (atEnd: boolean): ListVerdict => {
    if (!atEnd || hasGap || undecodable > 0) return 'partial'
    if (changed) return 'mismatch'
    if (total === undefined || resumed) return repeated > 0 ? 'mismatch' : 'unverifiable'
    return items === total ? 'complete' : 'mismatch'
  }

  return {
    enter: (page, delivered, later = 0) => {
      pages += page.pages ?? 1
      items += delivered
      const again = page.items.length - delivered - later
      repeated += Math.max(0, again - (page.reread ?? 0)) + (page.repeated ?? 0)
      undecodable += page.undecodable ?? 0
      changed ||= page.changed === true || (page.total !== undefined && total !== undefined && page.total !== total)
      total = page.total ?? total
      hasGap ||= page.gaps !== undefined && page.gaps.length > 0
      gaps.add(page.gaps ?? [])
      omits.add(page.omits?.filter((omission) => !omitted.has(omission) && omitted.add(omission)) ?? [])
    },
    deliver: (count) => {
      items += count
    },
    read: (atEnd) => {
      const gapsSoFar = gaps.soFar()
      const omitsSoFar = omits.soFar()
      return {
        pages,
        items,
        repeated,
        undecodable,
        ...(total === undefined ? {} : { total }),
        // A list of n pages with a gap each gives out n accounts, of which the last one is looked at.
        get gaps() {
          return gapsSoFar()
        },
        get omits() {
          return omitsSoFar()
        },
        verdict: verdict(atEnd),
      }
    },
  }
}

/** The account of a list that failed: what was read until then is all that there is. */
export const endedBy = (ledger: Ledger | undefined, gap: Gap): Ledger => {
  const read = ledger ?? openLedger({ resumed: false }).read(false)
  return { ...read, gaps: [...read.gaps, gap], verdict: 'partial' }
}
