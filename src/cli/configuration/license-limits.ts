import type { LimitEntry } from '../../index.ts'
import { type ConfigurationProblem, Fields, Values } from '../../provider-kit/index.ts'
import { isSetTo, limitSettings } from './common-settings.ts'

const EXPECTED = `an object with at least one of ${Object.keys(limitSettings).join(', ')}`

/** A limit beside `ignore` would not count, or `ignore` would not. */
const contradictions = (value: Readonly<Record<string, unknown>>, path: string): readonly ConfigurationProblem[] =>
  value.ignore === true && (value.maxUtilization !== undefined || value.keepFree !== undefined)
    ? [{ field: `${path}.ignore`, expected: 'no limit beside it', ...Fields.found(true) }]
    : []

const problemsOfEntry = (value: unknown, path: string): readonly ConfigurationProblem[] => {
  if (!Values.isRecord(value)) return [{ field: path, expected: EXPECTED, ...Fields.foundKind(value) }]
  if (Object.keys(value).length === 0) return [{ field: path, expected: EXPECTED, found: 'an empty object' }]
  return [...Fields.problemsOfFields(limitSettings, value, { path }), ...contradictions(value, path)]
}

/** What is wrong with `limits`, which may be absent. */
export const problemsOfLimits = (value: unknown, path: string): readonly ConfigurationProblem[] => {
  if (value === undefined) return []
  if (!Values.isRecord(value)) {
    return [{ field: path, expected: 'an object with a license or "*" as each key', ...Fields.foundKind(value) }]
  }
  return Object.entries(value).flatMap(([license, entry]) => {
    const field = `${path}.${Fields.shownName(license)}`
    const flaw = license === '' ? 'an empty text' : Fields.flawOf(license)
    return [
      ...(flaw === undefined
        ? []
        : [{ field, expected: `the id, product code or name of a license, or "*", without ${flaw}` }]),
      ...problemsOfEntry(entry, field),
    ]
  })
}

/** The limits of a `limits` in which nothing is wrong: of the provider, if they are its own. */
export const readLimits = (value: unknown, path: string, provider?: string): readonly LimitEntry[] =>
  Object.entries(Values.isRecord(value) ? value : {}).flatMap(([license, entry]) => {
    if (!Values.isRecord(entry)) return []
    const { maxUtilization, keepFree, ignore } = entry
    return [
      {
        license,
        ...(provider === undefined ? {} : { provider }),
        ...(isSetTo(limitSettings.maxUtilization, maxUtilization) ? { maxUtilization } : {}),
        ...(isSetTo(limitSettings.keepFree, keepFree) ? { keepFree } : {}),
        ...(isSetTo(limitSettings.ignore, ignore) ? { ignore } : {}),
        source: `${path}.${JSON.stringify(license)}`,
      },
    ]
  })

/** What is wrong with the limits of a configuration and of its providers. */
export const problemsOfAllLimits = (
  limits: unknown,
  providers: readonly unknown[],
): readonly ConfigurationProblem[] => [
  ...problemsOfLimits(limits, 'limits'),
  ...providers.flatMap((provider, index) =>
    Values.isRecord(provider) ? problemsOfLimits(provider.limits, `providers[${index}].limits`) : [],
  ),
]

/** All limits of a configuration in which nothing is wrong with them. */
export const readAllLimits = (limits: unknown, providers: readonly unknown[]): readonly LimitEntry[] => [
  ...readLimits(limits, 'limits'),
  ...providers.flatMap((provider, index) =>
    Values.isRecord(provider) && typeof provider.id === 'string'
      ? readLimits(provider.limits, `providers[${index}].limits`, provider.id)
      : [],
  ),
]
