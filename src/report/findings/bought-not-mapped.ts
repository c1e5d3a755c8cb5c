import { notApplicable } from '../../model/count.ts'
import { numberText } from '../../model/quantity.ts'
import type { Finding, LicenseRow } from '../license-report.ts'
import { abstain } from './abstain.ts'
import { createFinding } from './create-finding.ts'
import { type FindingContext, overProviders, type Rule, single } from './finding-context.ts'
import { originEvidence } from './origin-evidence.ts'

const RULE = 'bought-not-mapped'

/** `12 bought, 9 billed`. */
const quantityText = ({ purchased, consumed }: LicenseRow): string => {
  const told = [
    ...(purchased.kind === 'known' ? [`${numberText(purchased.value)} bought`] : []),
    ...(purchased.kind === 'unlimited' ? ['bought without limit'] : []),
    ...(consumed.kind === 'known' ? [`${numberText(consumed.value)} billed`] : []),
  ]
  return told.length === 0 ? 'an unknown number bought' : told.join(', ')
}

const isNothing = ({ purchased, consumed }: LicenseRow): boolean =>
  purchased.kind === 'known' && purchased.value === 0 && !(consumed.kind === 'known' && consumed.value > 0)

const whatToDo = (skus: readonly string[]): string =>
  skus.length === 0
    ? 'give the id of a license in the file'
    : `name ${skus.map((sku) => JSON.stringify(sku)).join(' and ')} under "sku" of a license in the configuration`

const findingOf = (row: LicenseRow, { costs, labels }: FindingContext): Finding => {
  const { provider, id: licenseId, name, purchased, purchases = [] } = row
  const skus = [...new Set(purchases.flatMap(({ sku }) => sku ?? []))]
  return createFinding({
    rule: RULE,
    message: `${labels.labelOf(provider, licenseId)}: ${quantityText(row)}, and mapped to no license; ${whatToDo(skus)}`,
    provider,
    licenseId,
    evidence: {
      name,
      ...(skus.length === 0 ? {} : { sku: skus.join(', ') }),
      ...(purchased.kind === 'known' ? { quantity: purchased.value } : {}),
      ...originEvidence(row),
    },
    seats: purchased.kind === 'unlimited' ? notApplicable : purchased,
    cost: purchased.kind === 'known' ? costs.ofDifference(row, purchased.value, 0) : notApplicable,
  })
}

/** What was bought or billed, and is seats of no license that is known: it cannot be compared with what users hold. */
export const boughtNotMapped: Rule = (context) =>
  overProviders(context, ({ id: provider, licenses, licensesGap }) => ({
    groups: licenses
      .filter(({ row }) => row.boughtOnly && !isNothing(row))
      .map(({ row }) => single(findingOf(row, context))),
    abstentions: abstain(RULE, { provider }, licensesGap),
  }))
