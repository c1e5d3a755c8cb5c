import type { LicenseError } from '../../src/provider-kit/index.ts'
import { readHydraId } from './hydra-id.ts'
import { organizationUuidOf } from './license-id.ts'

/**
 * The organization that a provider is bound to. A partner's token reaches others too; what names one of them is not
 * shown and not changed. Where no organization is configured, it is the token's own, and there is nothing to compare with.
 */
export interface OwnOrganization {
  /** The bare uuid of the organization that is configured. */
  readonly uuid: string | undefined
  /** Whether this names the organization that is configured, in either of the forms that Webex takes. */
  readonly isOwn: (orgId: string) => boolean
  /** Whether this, the `orgId` of a record or of an address, names another organization. */
  readonly isAnother: (orgId: unknown) => boolean
  /** Whether a license belongs to another organization by its id. */
  readonly isOfAnother: (licenseId: string) => boolean
}

/** Webex takes the bare uuid of an organization as well as its public id. */
export const organizationKey = (orgId: string): string => {
  const id = readHydraId(orgId.trim())
  return (id?.type === 'ORGANIZATION' ? id.inner : orgId.trim()).toLowerCase()
}

export const ownOrganization = (orgId: string | undefined): OwnOrganization => {
  const own = orgId === undefined ? undefined : organizationKey(orgId)
  const isAnother = (named: unknown): boolean =>
    own !== undefined && typeof named === 'string' && named.trim() !== '' && organizationKey(named) !== own
  return {
    uuid: own,
    isOwn: (named) => own !== undefined && organizationKey(named) === own,
    isAnother,
    isOfAnother: (licenseId) => own !== undefined && isAnother(organizationUuidOf(licenseId)),
  }
}

/** For an id that the caller hands in: nothing is requested. */
export const LICENSE_OF_ANOTHER =
  'this license belongs to another organization than the one that orgId names; ask the provider of that organization'

/** For an answer about another organization. */
export const answerOfAnother = (provider: string, operation: string, status?: number): LicenseError => ({
  _tag: 'Untrusted',
  provider,
  operation,
  message: 'the answer is about another organization than the one that orgId names, and is not shown',
  ...(status === undefined ? {} : { status }),
})
