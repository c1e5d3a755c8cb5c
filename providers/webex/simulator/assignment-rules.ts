import type { LicenseOperation } from './assignment-request.ts'
import type { Issue } from './errors.ts'
import { offerCodeIn } from './hydra-id.ts'
import type { WebexOrganization } from './organization.ts'

/** What people make calls with. Offer codes of Standard calling are not publicly known, so that it is recognized by its name. */
const PROFESSIONAL = 'BCSTD'
const STANDARD = /^webex calling - (standard|basic)$/i

const FREE_SCREEN_SHARE = 'FSS'
const FREE_MESSAGING = 'FMS'
const FREE_MEETINGS = 'FTM'
const PAID_MESSAGING = 'MS'
const PAID_MEETINGS = 'CF'

export type CallingKind = 'professional' | 'standard'

export const callingKindOf = (organization: WebexOrganization, licenseId: string): CallingKind | undefined => {
  if (offerCodeIn(licenseId) === PROFESSIONAL) return 'professional'
  return STANDARD.test(organization.license(licenseId)?.name ?? '') ? 'standard' : undefined
}

export const isRemoval = ({ operation }: LicenseOperation): boolean => operation === 'remove'

/** Whether a calling license comes with what it needs: a number, or an extension and where it is. */
const isReachable = ({ properties }: LicenseOperation): boolean =>
  Boolean(properties?.phoneNumber || (properties?.extension && properties.locationId))

/** Why the vendor refuses a request as a whole, for a user who holds `held`. Nothing of it is done then. */
export const issuesWith = (
  organization: WebexOrganization,
  held: readonly string[],
  operations: readonly LicenseOperation[],
): readonly Issue[] => {
  const unknown = operations.filter(({ id }) => organization.license(id) === undefined).map(({ id }) => id)
  if (unknown.length > 0) return [{ errorCode: 400000, description: `Unknown licenses: ${unknown.join(', ')}` }]

  const removed = new Set(operations.filter(isRemoval).map(({ id }) => id))
  const added = operations.filter((operation) => !isRemoval(operation) && !held.includes(operation.id))
  const after = [...held.filter((id) => !removed.has(id)), ...added.map(({ id }) => id)]
  const kindOf = (id: string) => callingKindOf(organization, id)
  const addsCalling = added.filter(({ id }) => kindOf(id) !== undefined)
  const kinds = new Set(after.map(kindOf))
  const codes = new Set(after.map(offerCodeIn))
  const removedCodes = new Set([...removed].map(offerCodeIn))
  const keepsMeetings = codes.has(FREE_MEETINGS) || codes.has(PAID_MEETINGS)

  const rules: readonly (readonly [boolean, Issue])[] = [
    [
      addsCalling.some(({ id }) => kindOf(id) === 'standard') &&
        [...removed].some((id) => kindOf(id) === 'professional'),
      { errorCode: 400112, description: 'Professional calling cannot become Standard calling.' },
    ],
    [
      addsCalling.length > 0 && kinds.has('professional') && kinds.has('standard'),
      { errorCode: 400404, description: 'Professional and Standard calling exclude each other.' },
    ],
    [
      !addsCalling.every(isReachable),
      { errorCode: 400411, description: 'A calling license came without calling properties of its own.' },
    ],
    [
      removedCodes.has(FREE_MESSAGING) && codes.has(PAID_MESSAGING),
      { errorCode: 700003, description: 'Paid messaging needs free messaging.' },
    ],
    [
      removedCodes.has(FREE_MEETINGS) && codes.has(PAID_MEETINGS),
      { errorCode: 700004, description: 'Paid meetings need free meetings.' },
    ],
    [
      removedCodes.has(FREE_MESSAGING) && keepsMeetings,
      { errorCode: 700005, description: 'Meetings need free messaging.' },
    ],
    [removedCodes.has(FREE_SCREEN_SHARE), { errorCode: 700006, description: 'Screen Share is implicit.' }],
  ]
  return rules.flatMap(([isBroken, issue]) => (isBroken ? issue : []))
}
