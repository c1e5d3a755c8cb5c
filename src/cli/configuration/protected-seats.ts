import type { ProtectedSeat } from '../../index.ts'
import { type ConfigurationProblem, Fields, Values } from '../../provider-kit/index.ts'
import { isSetTo, protectedSettings, REQUIRED_OF_PROTECTED } from './common-settings.ts'
import { problemsOfEntries } from './listed-entries.ts'

const problemsOfSeat = (value: unknown, path: string): readonly ConfigurationProblem[] => {
  if (!Values.isRecord(value))
    return [{ field: path, expected: 'an object with user and reason', ...Fields.foundKind(value) }]
  const missing = REQUIRED_OF_PROTECTED.filter((key) => value[key] === undefined).map((key) => ({
    field: `${path}.${key}`,
    expected: protectedSettings[key].expected,
  }))
  return [...Fields.problemsOfFields(protectedSettings, value, { path }), ...missing]
}

/** What is wrong with `protected`, which may be absent. */
export const problemsOfProtected = (value: unknown, providers: readonly unknown[]): readonly ConfigurationProblem[] =>
  problemsOfEntries({ field: 'protected', expected: 'a list of seats', problemsOf: problemsOfSeat }, value, providers)

/** The seats of a `protected` in which nothing is wrong. */
export const readProtected = (value: unknown): readonly ProtectedSeat[] => {
  const seats: readonly unknown[] = Array.isArray(value) ? value : []
  return seats.flatMap((seat, index) => {
    if (!Values.isRecord(seat)) return []
    const { user, license, provider, reason } = seat
    const { user: text } = protectedSettings
    if (!isSetTo(text, user) || !isSetTo(text, reason)) return []
    return [
      {
        user,
        reason,
        source: `protected[${index}]`,
        ...(isSetTo(text, license) ? { license } : {}),
        ...(isSetTo(text, provider) ? { provider } : {}),
      },
    ]
  })
}
