import { groupedBy } from './grouped-by.ts'
import type { LicenseError } from './license-error.ts'
import { quantity } from './quantity.ts'

/**
 * Whether a list can be trusted.
 * `complete`: walked to its end, and the vendor's own total did not move and equals what came.
 * `unverifiable`: walked to its end, the vendor gives no total to compare with.
 * `partial`: something is missing: a page, a license's holders, a record; also while the walk is not at its end.
 * `mismatch`: walked to its end, but the list changed while it was read, or its total is not what came.
 */
export type ListVerdict = 'complete' | 'unverifiable' | 'partial' | 'mismatch'

/** Something that could not be read. */
export interface Gap {
  /** What is missing, for people: `page 3`, `holders of license X`, `2 records of page 5`. */
  readonly what: string
  /** Why, for people. Never contains values from the records. */
  readonly reason: string
  /** The one license whose holders are affected, empty where its id could not be read; absent where any license may be. */
  readonly licenseId?: string
  /** The failure behind it, where there was one. */
  readonly error?: LicenseError
}

/** The account of one iteration of one list: what came, what did not, and what that makes of the result. */
export interface Ledger {
  /** Pages read, empty ones included. */
  readonly pages: number
  /** Items delivered. */
  readonly items: number
  /** Rows that came again on a later page and were delivered only once. */
  readonly repeated: number
  /** Records that came but could not be decoded, and so were not delivered. */
  readonly undecodable: number
  /** The list's own total as the vendor last gave it; absent where the vendor gives none. */
  readonly total?: number
  readonly gaps: readonly Gap[]
  /**
   * What this list never names, however completely it is read (for people: `external holders are not listed`).
   * Counts that it could change are not known; the verdict does not depend on it.
   */
  readonly omits: readonly string[]
  /** How often the list was read again because it had moved; absent where once was enough. Only who holds a whole list can do that. */
  readonly rereads?: number
  /** Two readings, one after the other, brought the same; only where that was asked for. */
  readonly verified?: true
  readonly verdict: ListVerdict
}

/** Nothing is missing that the list itself could have told. */
export const isWhole = (ledger: Ledger): boolean => ledger.verdict === 'complete' || ledger.verdict === 'unverifiable'

/** The ledger has all of them; a text must stay readable. */
const MAX_GAPS_NAMED = 3

/** The gaps of a list that can change one license's holders, the first few of them in their order; and how many they are. */
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

/** {@link gapLines} for many licenses of one list: its gaps are gone through once. */
export const gapLinesByLicense = (ledger: Ledger): ((licenseId?: string) => readonly string[]) => {
  if (isWhole(ledger)) return () => []
  if (ledger.verdict === 'mismatch') return () => ['the list changed while it was read']
  if (ledger.gaps.length === 0) return () => ['the list is not whole']
  const gapsOf = gapFinder(ledger)
  return (licenseId) => {
    const { first, count } = gapsOf(licenseId)
    const named = first.map(({ what, reason }) => `${what}: ${reason}`)
    const others = count - MAX_GAPS_NAMED
    return others > 0 ? [...named, `and ${quantity(others, 'more gap')}`] : named
  }
}

/**
 * What is wrong with a list, for people, at most a handful of clauses; none where it is whole. With a license id, only
 * what can change the holders of that license.
 */
export const gapLines = (ledger: Ledger, licenseId?: string): readonly string[] => gapLinesByLicense(ledger)(licenseId)
