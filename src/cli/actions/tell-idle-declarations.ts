import type { License, LicenseProvider } from '../../index.ts'
import { noticesOf } from '../../render/index.ts'
import type { Environment } from '../environment.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { complain } from '../output/notify.ts'
import { outcomesOf } from './report-outcomes.ts'

interface ReadLicenses {
  /** What each provider lists, where all of it could be read: of other providers it is unknown. */
  readonly defined: ReadonlyMap<string, readonly License[]>
  /** Whether a user that was read holds the license. */
  readonly isHeld: (provider: string, licenseId: string) => boolean
  /** No users were read: a license that is not listed may still have holders, and the notice says so. Default: false. */
  readonly withoutHolders?: boolean
}

const WITHOUT_HOLDERS = '; whether users hold it is unknown, as this command reads no holders: see "seatlens report"'

/** Whether anything is configured of licenses of these providers. */
export const areDeclared = (providers: readonly LicenseProvider[]): boolean =>
  providers.some(({ declaredLicenses }) => declaredLicenses !== undefined && declaredLicenses.size > 0)

/**
 * Names licenses that are configured and that the vendor does not list, as a report does. Returns the outcomes with that.
 */
export const tellIdleDeclarations = async (
  environment: Environment,
  providers: readonly LicenseProvider[],
  outcomes: readonly ProviderOutcome[],
  { defined, isHeld, withoutHolders = false }: ReadLicenses,
): Promise<readonly ProviderOutcome[]> => {
  if (!areDeclared(providers)) return outcomes
  const { declarationsById, idleDeclarationsAmong } = await import('../../index.ts')
  const idle = providers.flatMap(({ id, declaredLicenses }) => {
    const licenses = defined.get(id)
    if (licenses === undefined) return []
    return idleDeclarationsAmong(id, licenses, declarationsById(declaredLicenses, licenses), (licenseId) =>
      isHeld(id, licenseId),
    )
  })
  for (const declaration of idle) {
    const isOpen = withoutHolders && declaration.why === 'not listed'
    for (const notice of noticesOf({ idleDeclarations: [declaration] })) {
      complain(environment, `${notice}${isOpen ? WITHOUT_HOLDERS : ''}`)
    }
  }
  const named = outcomes.flatMap((outcome, index) => {
    const { id } = providers[index] ?? {}
    return id === undefined ? [] : [{ ...outcome, id }]
  })
  return outcomesOf({ providers: named, idleDeclarations: idle })
}
