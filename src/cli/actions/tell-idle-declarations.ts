import type { LicenseProvider } from '../../contract/license-provider.ts'
import { declarationsById } from '../../contract/match-declarations.ts'
import type { License } from '../../model/license.ts'
import { noticesOf } from '../../render/index.ts'
import { idleDeclarationsAmong } from '../../report/idle-declarations.ts'
import type { Environment } from '../environment.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { notify } from '../output/notify.ts'
import { outcomesOf } from './report-outcomes.ts'

interface ReadLicenses {
  /** What each provider lists, where all of it could be read: of other providers nothing can be said. */
  readonly defined: ReadonlyMap<string, readonly License[]>
  /** Whether a user of the provider holds a license, as far as users were read. */
  readonly isHeld: (provider: string, licenseId: string) => boolean
}

/** Says what is configured of licenses that the vendor does not list, as a report does. Returns how the providers fared then. */
export const tellIdleDeclarations = (
  environment: Environment,
  providers: readonly LicenseProvider[],
  outcomes: readonly ProviderOutcome[],
  { defined, isHeld }: ReadLicenses,
): readonly ProviderOutcome[] => {
  const idle = providers.flatMap(({ id, declaredLicenses }) => {
    const licenses = defined.get(id)
    if (licenses === undefined) return []
    return idleDeclarationsAmong(id, licenses, declarationsById(declaredLicenses, licenses), (licenseId) =>
      isHeld(id, licenseId),
    )
  })
  for (const notice of noticesOf({ idleDeclarations: idle })) notify(environment, notice)
  const named = outcomes.flatMap((outcome, index) => {
    const { id } = providers[index] ?? {}
    return id === undefined ? [] : [{ ...outcome, id }]
  })
  return outcomesOf({ providers: named, idleDeclarations: idle })
}
