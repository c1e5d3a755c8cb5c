import type { Gap, Ledger, ListVerdict } from '../model/ledger.ts'
import type { FetchedPage } from './fetched-page.ts'
import { createGrowingList } from './growing-list.ts'

/** A {@link Ledger} while it is being written. */
export interface OpenLedger {
  /** Enters a page. `delivered` of its items are delivered now, and `later` of them afterwards. Default: none. */
  readonly enter: (page: FetchedPage<unknown>, delivered: number, later?: number) => void
  /** Counts items that are delivered of a page that was entered before. */
  readonly deliver: (items: number) => void
  /** The ledger so far. `atEnd`: nothing more comes. */
  readonly read: (atEnd: boolean) => Ledger
}

/**
 * Opens the ledger of one iteration. A resumed one has not seen the complete list, so it cannot be compared with the
 * total.
 */
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
  const remarks = new Set<string>()

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
      for (const remark of page.remarks ?? []) remarks.add(remark)
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
        // A list of n pages with a gap each gives n ledgers, and only the last one is used.
        get gaps() {
          return gapsSoFar()
        },
        get omits() {
          return omitsSoFar()
        },
        ...(remarks.size === 0 ? {} : { remarks: [...remarks] }),
        verdict: verdict(atEnd),
      }
    },
  }
}

/** The ledger of a list that ended with a failure. */
export const endedBy = (ledger: Ledger | undefined, gap: Gap): Ledger => {
  const read = ledger ?? openLedger({ resumed: false }).read(false)
  return { ...read, gaps: [...read.gaps, gap], verdict: 'partial' }
}
