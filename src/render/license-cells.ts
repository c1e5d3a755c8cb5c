import type { License } from '../model/license.ts'
import type { LicenseRow } from '../report/license-report.ts'
import { originText, termText } from '../report/purchase-words.ts'
import type { Cell } from './grid/grid.ts'

type Known = License | LicenseRow

/** Why a license has no holders, and what to do about it. A row of a file may name a license rather than a product. */
const boughtOnlyNote = ({ boughtOnly, purchases = [] }: Known): string | undefined => {
  if (!boughtOnly) return undefined
  return purchases.some(({ sku }) => sku !== undefined)
    ? 'bought, mapped to no license: name its product under "sku" of a license in the configuration'
    : 'bought, mapped to no license: give the id of a license in the file'
}

/** Those that there are. */
const some = (notes: readonly (string | undefined)[]): readonly string[] => notes.flatMap((note) => note ?? [])

/** Purchased seats, with where the number comes from. */
export const purchasedCell = (license: Known, note?: string): Cell => ({
  count: license.purchased,
  notes: some([boughtOnlyNote(license), originText(license, 'purchased'), note]),
})

/** Consumed seats, with where the number comes from, and of which billing period it is. */
export const consumedCell = (license: Known, note?: string): Cell => ({
  count: license.consumed,
  notes: some([originText(license, 'consumed'), note]),
})

/** When the term ends, with the rest of it where there is room for it. */
export const termCell = ({ term }: Known): Cell =>
  term === undefined ? '' : { text: term.end ?? 'unknown', notes: [termText(term)] }

/** The term in a note, where there is no column for it. */
export const termNote = ({ term }: Known): string | undefined =>
  term === undefined ? undefined : `bought for the term ${termText(term)}`
