import type { License, LicenseProvider } from '../../index.ts'
import { noticesOf } from '../../render/index.ts'
import type { Environment } from '../environment.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { notify } from '../output/notify.ts'
import { outcomesOf } from './report-outcomes.ts'

interface ReadLicenses {
  /** What each provider lists, where all of it could be read: of other providers nothing can be said. */
  readonly defined: ReadonlyMap<string, readonly License[]>
  /** Whether a user of the provider holds a license, as far as users were read. */
  readonly isHeld: (provider: string, licenseId: string) => boolean
  /** No users were read: a license that is not listed may be held all the same, and that is told. Default: false. */
  readonly holdersUnread?: boolean
}

const HOLDERS_UNREAD = '; whether users hold it is not known, as no holders are read here: see "seatlens report"'

/** Whether anything is configured of licenses of these providers. */
export const areDeclared = (providers: readonly LicenseProvider[]): boolean =>
  providers.some(({ declaredLicenses }) => declaredLicenses !== undefined && declaredLicenses.size > 0)

/** Says what is configured of licenses that the vendor does not list, as a report does. Returns how the providers fared then. */
export const tellIdleDeclarations = async (
  environment: Environment,
  providers: readonly LicenseProvider[],
  outcomes: readonly ProviderOutcome[],
  { defined, isHeld, holdersUnread = false }: ReadLicenses,
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
    const isOpen = holdersUnread && declaration.why === 'not listed'
    for (const notice of noticesOf({ idleDeclarations: [declaration] })) {
      notify(environment, `${notice}${isOpen ? HOLDERS_UNREAD : ''}`)
    }
  }
  const named = outcomes.flatMap((outcome, index) => {
    const { id } = providers[index] ?? {}
    return id === undefined ? [] : [{ ...outcome, id }]
  })
  return outcomesOf({ providers: named, idleDeclarations: idle })
}
