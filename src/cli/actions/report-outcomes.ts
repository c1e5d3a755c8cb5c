import type { LicenseReport, ProviderReport } from '../../index.ts'
import { Values } from '../../provider-kit/index.ts'
import type { ProviderOutcome } from '../exit-code.ts'

interface Reported extends Pick<LicenseReport, 'idleDeclarations' | 'idleLimits'> {
  readonly providers: readonly (Pick<ProviderReport, 'id'> & Pick<ProviderOutcome, 'status' | 'error'>)[]
}

/**
 * How each provider of a report fared. What the configuration says of licenses that there are not is incomplete, or wrong. A
 * limit that names no provider may be of each of them.
 */
export const outcomesOf = ({
  providers,
  idleDeclarations = [],
  idleLimits = [],
}: Reported): readonly ProviderOutcome[] => {
  const idle = Values.groupedBy(idleDeclarations, ({ provider }) => provider)
  return providers.map(({ id, status, error }) => {
    const declarations = idle.get(id) ?? []
    const isIdle =
      declarations.length > 0 || idleLimits.some(({ provider }) => provider === undefined || provider === id)
    return {
      status: status === 'complete' && isIdle ? 'partial' : status,
      error,
      misconfigured: declarations.some(({ why }) => why === 'not one license'),
    }
  })
}
