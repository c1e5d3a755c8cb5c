import { groupedBy } from './grouped-by.ts'
import type { LicenseError } from './license-error.ts'
import { firstOf, moreOf, type Some } from './some-of.ts'

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
  readonly licenseId?: string | undefined
  /** The failure that caused it. Absent: there was none. */
  readonly error?: LicenseError | undefined
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
  readonly total?: number | undefined
  readonly gaps: readonly Gap[]
  /**
   * The limitations of this list: what it never has, even if it is complete. For people: `external holders are not
   * listed`. Counts that they could change are unknown. The verdict does not depend on them.
   */
  readonly omits: readonly string[]
  /** What else is to be said of it, as sentences for people. It makes no list partial and no number unknown. */
  readonly remarks?: readonly string[] | undefined
  /** The list only adds to another one: a gap in it makes unknown what depends on it, and the provider is complete. */
  readonly supplementary?: true | undefined
  /** How often the list was read again because it had changed while it was read. Absent: never. */
  readonly rereads?: number | undefined
  /** Two readings, one after the other, brought the same. Only where the caller asked for two. */
  readonly verified?: true | undefined
  readonly verdict: ListVerdict
}

/** Whether a list is complete: it has no gap and did not change while it was read. */
export const isWhole = (ledger: Ledger): boolean => ledger.verdict === 'complete' || ledger.verdict === 'unverifiable'

/** The gaps that can change the holders of one license: the first few in their order, and how many others there are. */
const gapFinder = ({ gaps }: Ledger, most: number): ((licenseId: string | undefined) => Some<Gap>) => {
  const numbered = gaps.map((gap, place) => ({ gap, place }))
  const ofAny = numbered.filter(({ gap }) => gap.licenseId === undefined)
  const ofOne = groupedBy(
    numbered.filter(({ gap }) => gap.licenseId !== undefined),
    ({ gap }) => gap.licenseId ?? '',
  )
  return (licenseId) => {
    if (licenseId === undefined) return firstOf(gaps, most)
    const own = ofOne.get(licenseId) ?? []
    const first = [...ofAny.slice(0, most), ...own.slice(0, most)]
      .sort((one, other) => one.place - other.place)
      .slice(0, most)
    return { shown: first.map(({ gap }) => gap), others: ofAny.length + own.length - first.length }
  }
}

/** What a gap names if nothing of the list could be read. */
export const WHOLE_LIST = 'the list'
/** What a gap names if the list ends before its end. */
export const REST_OF_LIST = 'the rest of the list'

/** How a text names a list. */
export interface ListWords {
  /** What it is a list of: `users`. Absent: `the list` alone. */
  readonly of?: string | undefined
  /** Why something is missing. Default: the gap's reason. */
  readonly why?: ((gap: Gap) => string) | undefined
}

const reasonOf = ({ reason }: Gap): string => reason

/** One gap for people: `the list of users lacks page 3: <why>`, `the rest of the list of users could not be read: <why>`. */
export const gapInWords = (gap: Gap, { of, why = reasonOf }: ListWords = {}): string => {
  const ofWhat = of === undefined ? '' : ` of ${of}`
  const isUnread = gap.what === WHOLE_LIST || gap.what === REST_OF_LIST
  const lack = isUnread ? `${gap.what}${ofWhat} could not be read` : `${WHOLE_LIST}${ofWhat} lacks ${gap.what}`
  return `${lack}: ${why(gap)}`
}

/**
 * Why a list is partial, for people, with `most` gaps by name; nothing where it is complete. These are its words in every
 * format. With a license id: only what can change the holders of that license. The gaps are gone through once for all
 * licenses.
 */
export const gapsInWords = (
  ledger: Ledger,
  most: number,
  words: ListWords = {},
): ((licenseId?: string) => readonly string[]) => {
  if (isWhole(ledger)) return () => []
  const list = words.of === undefined ? WHOLE_LIST : `${WHOLE_LIST} of ${words.of}`
  if (ledger.verdict === 'mismatch') return () => [`${list} changed while it was read`]
  if (ledger.gaps.length === 0) return () => [`${list} is partial; the provider does not say what is missing`]
  const gapsOf = gapFinder(ledger, most)
  return (licenseId) => {
    const { shown, others } = gapsOf(licenseId)
    return [
      ...shown.map((gap) => gapInWords(gap, words)),
      ...(others > 0 ? [`${list} has ${moreOf(others, 'gap')}`] : []),
    ]
  }
}

/** Gaps that are named in a sentence, which must stay readable. The ledger has all of them. */
const MAX_CLAUSES = 3

/** {@link gapLines} for many licenses of one list. It goes through the gaps once. */
export const gapLinesByLicense = (ledger: Ledger, of?: string): ((licenseId?: string) => readonly string[]) =>
  gapsInWords(ledger, MAX_CLAUSES, { of })

/**
 * Why a list is partial, for people, in at most four clauses; none where it is complete. With a license id: only what can
 * change the holders of that license. `of`: what it is a list of, such as `users`; default: the texts say `the list` alone.
 */
export const gapLines = (ledger: Ledger, licenseId?: string, of?: string): readonly string[] =>
  gapLinesByLicense(ledger, of)(licenseId)
