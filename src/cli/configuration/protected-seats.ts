import type { ProtectedSeat } from '../../index.ts'
import { type ConfigurationProblem, Fields, Values } from '../../provider-kit/index.ts'
import { isSetTo, protectedSettings, REQUIRED_OF_PROTECTED } from './common-settings.ts'

const problemsOfSeat = (value: unknown, path: string): readonly ConfigurationProblem[] => {
  if (!Values.isRecord(value))
    return [{ field: path, expected: 'an object with user and reason', ...Fields.foundKind(value) }]
  const missing = REQUIRED_OF_PROTECTED.filter((key) => value[key] === undefined).map((key) => ({
    field: `${path}.${key}`,
    expected: protectedSettings[key].expected,
  }))
  return [...Fields.problemsOfFields(protectedSettings, value, { path }), ...missing]
}

/** The ids of providers of a configuration that is not checked yet. */
export const idsOf = (providers: readonly unknown[]): readonly string[] =>
  providers.flatMap((provider) => (Values.isRecord(provider) && typeof provider.id === 'string' ? provider.id : []))

/** What is wrong with `protected`, which may be absent. A provider that is not configured would protect nothing. */
export const problemsOfProtected = (value: unknown, providers: readonly unknown[]): readonly ConfigurationProblem[] => {
  if (value === undefined) return []
  if (!Array.isArray(value)) return [{ field: 'protected', expected: 'a list of seats', ...Fields.foundKind(value) }]
  const ids = idsOf(providers)
  return value.flatMap((seat: unknown, index) => {
    const path = `protected[${index}]`
    const provider = Values.isRecord(seat) ? seat.provider : undefined
    const isOther = typeof provider === 'string' && !ids.includes(provider)
    return [
      ...problemsOfSeat(seat, path),
      ...(isOther
        ? [{ field: `${path}.provider`, expected: `one of ${ids.join(', ')}`, ...Fields.found(provider) }]
        : []),
    ]
  })
}

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
