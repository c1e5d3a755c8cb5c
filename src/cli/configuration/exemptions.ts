import type { Exemption } from '../../index.ts'
import { type ConfigurationProblem, Fields, Values } from '../../provider-kit/index.ts'
import { exemptSettings, isSetTo } from './common-settings.ts'
import { problemsOfEntries } from './listed-entries.ts'

const NAMES_NOTHING = 'an object with license or user, or both'

const problemsOfExemption = (value: unknown, path: string): readonly ConfigurationProblem[] => {
  if (!Values.isRecord(value)) return [{ field: path, expected: NAMES_NOTHING, ...Fields.foundKind(value) }]
  const isEmpty = value.license === undefined && value.user === undefined
  return [
    ...Fields.problemsOfFields(exemptSettings, value, { path }),
    ...(isEmpty ? [{ field: path, expected: NAMES_NOTHING }] : []),
  ]
}

/** What is wrong with `exempt`, which may be absent. */
export const problemsOfExempt = (value: unknown, providers: readonly unknown[]): readonly ConfigurationProblem[] =>
  problemsOfEntries(
    { field: 'exempt', expected: 'a list of exemptions', problemsOf: problemsOfExemption },
    value,
    providers,
  )

/** The exemptions of an `exempt` in which nothing is wrong. */
export const readExempt = (value: unknown): readonly Exemption[] => {
  const entries: readonly unknown[] = Array.isArray(value) ? value : []
  return entries.flatMap((entry, index) => {
    if (!Values.isRecord(entry)) return []
    const { license, user, provider } = entry
    const { user: text } = exemptSettings
    return [
      {
        source: `exempt[${index}]`,
        ...(isSetTo(text, license) ? { license } : {}),
        ...(isSetTo(text, user) ? { user } : {}),
        ...(isSetTo(text, provider) ? { provider } : {}),
      },
    ]
  })
}
