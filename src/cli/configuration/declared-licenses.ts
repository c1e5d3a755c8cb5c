import type { DeclaredLicense, DeclaredLicenses } from '../../contract/declared-license.ts'
import { known, unlimited } from '../../model/count.ts'
import { problemsOfFields } from '../../provider-kit/check-fields.ts'
import { type ConfigurationProblem, foundKind } from '../../provider-kit/configuration-problem.ts'
import { isSetTo, licenseSettings, priceSettings } from './common-settings.ts'
import { isRecord } from './is-record.ts'

const problemsOfPrice = (value: unknown, path: string): readonly ConfigurationProblem[] => {
  if (value === undefined) return []
  if (!isRecord(value))
    return [{ field: path, expected: 'an object with amount, currency and per', ...foundKind(value) }]
  const missing = Object.entries(priceSettings)
    .filter(([key]) => value[key] === undefined)
    .map(([key, { expected }]) => ({ field: `${path}.${key}`, expected }))
  return [...problemsOfFields(priceSettings, value, { path }), ...missing]
}

const problemsOfLicense = (value: unknown, path: string): readonly ConfigurationProblem[] => {
  if (!isRecord(value)) {
    return [{ field: path, expected: 'an object with name, purchased, metric or price', ...foundKind(value) }]
  }
  return [
    ...problemsOfFields(licenseSettings, value, { path, others: ['price'] }),
    ...problemsOfPrice(value.price, `${path}.price`),
  ]
}

/** What is wrong with the `licenses` of a provider's configuration. */
export const problemsOfLicenses = (value: unknown, path: string): readonly ConfigurationProblem[] => {
  if (value === undefined) return []
  if (!isRecord(value)) return [{ field: path, expected: 'an object by license id', ...foundKind(value) }]
  return Object.entries(value).flatMap(([id, license]) => problemsOfLicense(license, `${path}.${id}`))
}

const capacityOf = (value: unknown) => {
  if (value === 'unlimited') return unlimited
  return typeof value === 'number' ? known(value) : undefined
}

const declaredOf = (value: unknown): DeclaredLicense => {
  if (!isRecord(value)) return {}
  const { name, metric } = value
  return {
    name: isSetTo(licenseSettings.name, name) ? name : undefined,
    metric: isSetTo(licenseSettings.metric, metric) ? metric : undefined,
    purchased: capacityOf(value.purchased),
  }
}

/** The `licenses` of a provider's configuration in which nothing is wrong. */
export const readDeclaredLicenses = (value: unknown): DeclaredLicenses =>
  new Map(isRecord(value) ? Object.entries(value).map(([id, license]) => [id, declaredOf(license)]) : [])
