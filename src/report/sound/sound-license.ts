import { type Capacity, type Count, notApplicable, unknown } from '../../model/count.ts'
import { isRecord } from '../../model/is-record.ts'
import { countedInSeats, type License, type LicenseMetric } from '../../model/license.ts'
import { isText, textMember, textsOf } from './guards.ts'

const METRICS: ReadonlySet<unknown> = new Set<LicenseMetric>([
  'named',
  'concurrent',
  'device',
  'consumption',
  'unknown',
])

const isMetric = (value: unknown): value is LicenseMetric => METRICS.has(value)

const NO_NUMBER = unknown('the provider gave no number')

const countOf = (value: unknown): Count => {
  if (!isRecord(value)) return NO_NUMBER
  const { kind, reason, atLeast } = value
  if (kind === 'known' && typeof value.value === 'number') return { kind, value: value.value }
  if (kind === 'notApplicable') return notApplicable
  if (kind !== 'unknown' || !isText(reason)) return NO_NUMBER
  return unknown(reason, typeof atLeast === 'number' ? atLeast : undefined)
}

const capacityOf = (value: unknown): Capacity =>
  isRecord(value) && value.kind === 'unlimited' ? { kind: 'unlimited' } : countOf(value)

/** A license as the contract has it, counted in seats. Undefined where it has no id; what else is not as it should be is not known. */
export const soundLicense = (license: License, provider: string): License | undefined => {
  if (!isRecord(license) || !isText(license.id)) return undefined
  const { id, name, metric, purchased, consumed, consumedByUsers, raw } = license
  return countedInSeats({
    provider,
    id,
    name: isText(name) ? name : id,
    metric: isMetric(metric) ? metric : 'unknown',
    purchased: capacityOf(purchased),
    consumed: countOf(consumed),
    ...(consumedByUsers === undefined ? {} : { consumedByUsers: countOf(consumedByUsers) }),
    includes: textsOf(license.includes),
    requires: textsOf(license.requires),
    ...textMember('productCode', license.productCode),
    ...textMember('subscriptionId', license.subscriptionId),
    ...textMember('siteUrl', license.siteUrl),
    ...textMember('declaredAs', license.declaredAs),
    ...(raw === undefined ? {} : { raw }),
  })
}
