import { numberText } from '../../model/quantity.ts'
import { firstOf } from '../../model/some-of.ts'
import type { LicenseLabels } from '../../report/license-labels.ts'
import { originName, termText } from '../../report/purchase-words.ts'
import type { FactDiff, LicenseDiff, SnapshotDiff } from '../../snapshot/index.ts'
import { pricesText } from '../text/purchase-text.ts'
import type { DiffSection } from './diff-section.ts'

const NOT_TOLD = 'unknown'

const changed = <A>(what: string, fact: FactDiff<A> | undefined, textOf: (fact: A) => string): readonly string[] => {
  if (fact === undefined) return []
  const [before, after] = [fact.before, fact.after].map((side) => (side === undefined ? NOT_TOLD : textOf(side)))
  return [`${what}: ${before} → ${after}`]
}

/** Where a side has no source, the number is of the vendor's list. */
const changedSource = (what: string, fact: LicenseDiff['purchasedFrom']): readonly string[] =>
  fact === undefined ? [] : [`${what} is now from ${originName(fact.after)}, before from ${originName(fact.before)}`]

const linesOf = (license: LicenseDiff): readonly string[] => [
  ...changedSource('purchased', license.purchasedFrom),
  ...changedSource('consumed', license.consumedFrom),
  ...changed('term', license.term, termText),
  ...changed('committed price', license.committedPrices, pricesText),
  ...changed('overage price', license.overagePrices, pricesText),
  ...changed('services', license.services, (services) => services.join(', ') || 'none'),
]

/** What changed in sources, terms and prices, one line each. Absent where nothing did. */
export const contractSections = (
  { licenses }: SnapshotDiff,
  { labelOf }: LicenseLabels,
  max: number,
  allIn: string,
): readonly DiffSection[] => {
  const lines = licenses.flatMap((license) =>
    linesOf(license).map((line) => `${license.provider}: ${labelOf(license.provider, license.id)}: ${line}`),
  )
  if (lines.length === 0) return []
  const { shown, others } = firstOf(lines, max)
  const rest = others > 0 ? [`and ${numberText(others)} more; ${allIn} has all`] : []
  return [{ heading: 'Sources, terms, contract prices and services', lines: [...shown, ...rest] }]
}
