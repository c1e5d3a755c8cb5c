import type { LicenseError } from '../../src/provider-kit/index.ts'
import { readHydraId } from './hydra-id.ts'
import { organisationUuidOf } from './license-id.ts'

/**
 * The organisation that a provider is bound to. A partner's token reaches others too; what names one of them is not
 * shown and not changed. Where no organisation is configured, it is the token's own, and there is nothing to compare with.
 */
export interface OwnOrganisation {
  /** Whether this names the organisation that is configured, in either of the forms that Webex takes. */
  readonly isOwn: (orgId: string) => boolean
  /** Whether this, the `orgId` of a record or of an address, names another organisation. */
  readonly isAnother: (orgId: unknown) => boolean
  /** Whether a license id tells that the license belongs to another organisation. */
  readonly isOfAnother: (licenseId: string) => boolean
}

/** Webex takes the bare uuid of an organisation as well as its public id. */
const organisationKey = (orgId: string): string => {
  const id = readHydraId(orgId.trim())
  return (id?.type === 'ORGANIZATION' ? id.inner : orgId.trim()).toLowerCase()
}

export const ownOrganisation = (orgId: string | undefined): OwnOrganisation => {
  const own = orgId === undefined ? undefined : organisationKey(orgId)
  const isAnother = (named: unknown): boolean =>
    own !== undefined && typeof named === 'string' && named.trim() !== '' && organisationKey(named) !== own
  return {
    isOwn: (named) => own !== undefined && organisationKey(named) === own,
    isAnother,
    isOfAnother: (licenseId) => isAnother(organisationUuidOf(licenseId)),
  }
}

/** What is said of an id that is handed in: nothing is asked for. */
export const LICENSE_OF_ANOTHER =
  'this license belongs to another organisation than the one that orgId names; ask the provider of that organisation'

/** What is said of an answer that was not asked for. */
export const answerOfAnother = (provider: string, operation: string, status?: number): LicenseError => ({
  _tag: 'Untrusted',
  provider,
  operation,
  message: 'the answer is about another organisation than the one that orgId names, and is not shown',
  ...(status === undefined ? {} : { status }),
})
