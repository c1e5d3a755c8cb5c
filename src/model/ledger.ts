import { groupedBy } from './grouped-by.ts'
import type { LicenseError } from './license-error.ts'
import { quantity } from './quantity.ts'

/**
 * Whether a list can be trusted.
 * `complete`: it was read to its end, and the vendor's total stayed the same and equals what came.
 * `unverifiable`: it was read to its end, and the vendor gives no total to compare with.
 * `partial`: something is missing: a page, a license's holders, a record. Also while the end is not reached.
 * `mismatch`: it was read to its end, but it changed while it was read, or the vendor's total is not what came.
 */
export type ListVerdict = 'complete' | 'unverifiable' | 'partial' | 'mismatch'

/** Something of a list that could not be read, and why. What depends on it is unknown, and nothing else is. */
export interface Gap {
  /** What could not be read, for people: `page 3`, `holders of license X`, `2 records of page 5`. */
  readonly what: string
  /** Why, for people. Never contains values from the records. */
  readonly reason: string
  /** The only license whose holders are affected; empty where its id could not be read. Absent: any license may be affected. */
  readonly licenseId?: string
  /** The failure that caused it. Absent: there was none. */
  readonly error?: LicenseError
}

/** The record of one reading of one list: what came, what did not, and the verdict on it. */
export interface Ledger {
  /** Pages read, empty ones included. */
  readonly pages: number
  /** Items delivered. */
  readonly items: number
  /** Rows that came again on a later page. Each is delivered once. */
  readonly repeated: number
  /** Records that came and could not be decoded. They are not delivered. */
  readonly undecodable: number
  /** The vendor's total, as given last. Absent: the vendor gives none. */
  readonly total?: number
  readonly gaps: readonly Gap[]
  /**
   * The limitations of this list: what it never has, even if it is complete. For people: `external holders are not
   * listed`. Counts that they could change are unknown. The verdict does not depend on them.
   */
  readonly omits: readonly string[]
  /** How often the list was read again because it had changed while it was read. Absent: never. */
  readonly rereads?: number
  /** Two readings, one after the other, brought the same. Only where the caller asked for two. */
  readonly verified?: true
  readonly verdict: ListVerdict
}

/** Whether a list is complete: it has no gap and did not change while it was read. */
export const isWhole = (ledger: Ledger): boolean => ledger.verdict === 'complete' || ledger.verdict === 'unverifiable'

/** Gaps that are named in a text, which must stay readable. The ledger has all of them. */
const MAX_GAPS_NAMED = 3

/** The gaps that can change the holders of one license: the first few in their order, and how many there are. */
interface GapsOfLicense {
  readonly first: readonly Gap[]
  readonly count: number
}

const gapFinder = ({ gaps }: Ledger): ((licenseId: string | undefined) => GapsOfLicense) => {
  const numbered = gaps.map((gap, place) => ({ gap, place }))
  const ofAny = numbered.filter(({ gap }) => gap.licenseId === undefined)
  const ofOne = groupedBy(
    numbered.filter(({ gap }) => gap.licenseId !== undefined),
    ({ gap }) => gap.licenseId ?? '',
  )
  return (licenseId) => {
    if (licenseId === undefined) return { first: gaps.slice(0, MAX_GAPS_NAMED), count: gaps.length }
    const own = ofOne.get(licenseId) ?? []
    const first = [...ofAny.slice(0, MAX_GAPS_NAMED), ...own.slice(0, MAX_GAPS_NAMED)]
      .sort((one, other) => one.place - other.place)
      .slice(0, MAX_GAPS_NAMED)
    return { first: first.map(({ gap }) => gap), count: ofAny.length + own.length }
  }
}

/** {@link gapLines} for many licenses of one list. It goes through the gaps once. */
export const gapLinesByLicense = (ledger: Ledger): ((licenseId?: string) => readonly string[]) => {
  if (isWhole(ledger)) return () => []
  if (ledger.verdict === 'mismatch') return () => ['the list changed while it was read']
  if (ledger.gaps.length === 0) return () => ['something is missing; the provider does not say what']
  const gapsOf = gapFinder(ledger)
  return (licenseId) => {
    const { first, count } = gapsOf(licenseId)
    const named = first.map(({ what, reason }) => `${what}: ${reason}`)
    const others = count - MAX_GAPS_NAMED
    return others > 0 ? [...named, `and ${quantity(others, 'more gap')}`] : named
  }
}

/**
 * Why a list is partial, for people, in at most four clauses; none where it is complete. With a license id: only what can
 * change the holders of that license.
 */
export const gapLines = (ledger: Ledger, licenseId?: string): readonly string[] => gapLinesByLicense(ledger)(licenseId)
