import type { Operation } from '../../contract/capabilities.ts'
import type { DiagnosedUse } from '../../contract/provider-diagnosis.ts'
import type { LicenseError } from '../../model/license-error.ts'
import type { Need } from './diagnosis.ts'

/** What was found of one need. */
export interface Finding {
  readonly need: Pick<Need, 'anyOf' | 'for' | 'lacks'>
  readonly verdict: 'granted' | 'missing' | 'unknown'
  /** Why it is unknown. */
  readonly error?: LicenseError | undefined
}

/** What else decides. */
export interface Circumstances {
  readonly isAuthenticated: boolean
  readonly isSupported: (operation: Operation) => boolean
}

/** Each once. */
const permissionsOf = (findings: readonly Finding[]): readonly (readonly string[])[] => [
  ...new Map(
    findings.flatMap(({ need: { anyOf } }) => (anyOf.length === 0 ? [] : [[JSON.stringify(anyOf), anyOf] as const])),
  ).values(),
]

/**
 * What a program does with a provider, by what was found of all needs. The first operation is what it is for; others that the
 * provider cannot do are not taken.
 */
export const judgeUse = (
  name: string,
  operations: readonly Operation[],
  findings: readonly Finding[],
  { isAuthenticated, isSupported }: Circumstances,
): DiagnosedUse => {
  const [first] = operations
  const supported = operations.filter(isSupported)
  const taken = findings.filter(({ need }) => need.for.some((operation) => supported.includes(operation)))
  const required = taken.filter(({ need }) => need.lacks === undefined)
  const missing = required.filter(({ verdict }) => verdict === 'missing')
  const unknown = required.filter(({ verdict }) => verdict === 'unknown')
  const error = unknown.find((finding) => finding.error !== undefined)?.error
  const verdict = (): DiagnosedUse['verdict'] => {
    if (first === undefined || !isSupported(first)) return 'unsupported'
    if (missing.length > 0) return 'needs'
    return unknown.length > 0 || !isAuthenticated ? 'unknown' : 'usable'
  }
  return {
    name,
    verdict: verdict(),
    permissions: permissionsOf(taken),
    missing: permissionsOf(missing),
    lacks: taken.flatMap(({ need: { anyOf, lacks }, verdict, error: failure }) => {
      if (lacks === undefined || (verdict !== 'missing' && failure === undefined)) return []
      return [{ what: lacks, anyOf, ...(failure === undefined ? {} : { error: failure }) }]
    }),
    ...(error === undefined ? {} : { error }),
  }
}
