import {
  type Holder,
  known,
  type License,
  type LicensedUser,
  notApplicable,
  unknown,
  Values,
  type Workspace,
} from '../../src/provider-kit/index.ts'
import {
  idsIn,
  type LicenseUser,
  licensesIn,
  type Person,
  unitsOf,
  type License as WebexLicense,
  type Workspace as WebexWorkspace,
} from './codecs.ts'
import { offerCodeOf } from './license-id.ts'

/** Offer codes of what rooms and workspaces hold, not people. Those that are not listed count as named. */
const DEVICE_OFFERS = new Set(['SD', 'BCCA'])

/** `consumedByUsers` is `null` where users cannot hold the license (seen: route list calls). */
const metricOf = (license: WebexLicense, offerCode: string | undefined): License['metric'] => {
  if (license.consumedByUsers === null) return 'unknown'
  return offerCode !== undefined && DEVICE_OFFERS.has(offerCode) ? 'device' : 'named'
}

/**
 * Room licenses are on no list of holders. The list of workspaces has who holds a license of Webex Calling; of any other,
 * the counter of workspaces says whether some do.
 */
const holdersOf = (license: WebexLicense, offerCode: string | undefined): Pick<License, 'holders'> => {
  if (offerCode === 'SD') return { holders: 'notTold' }
  const byWorkspaces = unitsOf(license.consumedByWorkspaces)
  const isUncounted = offerCode === 'BCSTD' && byWorkspaces === undefined
  const mayBe = offerCode === 'BCCA' || isUncounted || (byWorkspaces ?? 0) > 0
  return mayBe ? { holders: 'usersAndWorkspaces' } : {}
}

const countOf = (units: number | undefined, field: string) =>
  units === undefined ? unknown(`Webex gave no usable ${field}`) : known(units)

export const licenseOf =
  (provider: string, includeRaw = false) =>
  (license: WebexLicense): License => {
    const offerCode = offerCodeOf(license.id)
    return {
      provider,
      id: license.id,
      name: license.name?.trim() || license.id,
      ...(offerCode === undefined ? {} : { productCode: offerCode }),
      metric: metricOf(license, offerCode),
      // Without a subscription it came with the organization: `totalUnits` is then some number of the organization's,
      // not of purchased seats, and would raise false alarms.
      purchased: license.subscriptionId ? countOf(unitsOf(license.totalUnits), 'totalUnits') : notApplicable,
      consumed: countOf(unitsOf(license.consumedUnits), 'consumedUnits'),
      consumedByUsers: countOf(unitsOf(license.consumedByUsers), 'consumedByUsers'),
      ...holdersOf(license, offerCode),
      ...(license.subscriptionId ? { subscriptionId: license.subscriptionId } : {}),
      ...(license.siteUrl ? { siteUrl: license.siteUrl } : {}),
      includes: [],
      requires: [],
      ...(includeRaw ? { raw: license } : {}),
    }
  }

const KINDS: ReadonlyMap<string, Holder['kind']> = new Map([
  ['INTERNAL', 'internal'],
  ['EXTERNAL', 'external'],
])

export const holderOf =
  (provider: string, licenseId: string, includeRaw = false) =>
  (user: LicenseUser): Holder => ({
    provider,
    licenseId,
    userId: user.id,
    kind: KINDS.get(user.type?.toUpperCase() ?? '') ?? 'unknown',
    // The listing of holders does not have it.
    status: 'unknown',
    ...(user.displayName ? { displayName: user.displayName } : {}),
    ...(user.email ? { email: user.email } : {}),
    ...(includeRaw ? { raw: user } : {}),
  })

/** Documented as text, seen as a boolean; undefined where it is neither. */
const flagOf = (value: unknown): boolean | undefined => {
  if (typeof value === 'boolean') return value
  const text = typeof value === 'string' ? value.trim().toLowerCase() : undefined
  return text === 'true' ? true : text === 'false' ? false : undefined
}

/**
 * A person who has not accepted the invitation yet cannot sign in. What they hold is theirs all the same: Webex has it
 * among their licenses, and calls licenses pending in the answer to a change only, for users from outside.
 */
const statusOf = ({ loginEnabled, invitePending }: Person): LicensedUser['status'] => {
  const mayLogIn = flagOf(loginEnabled)
  const isInvited = flagOf(invitePending)
  if (mayLogIn === false || isInvited === true) return 'inactive'
  const isInvitationKnown = invitePending === undefined || invitePending === null || isInvited === false
  return mayLogIn === true && isInvitationKnown ? 'active' : 'unknown'
}

/** The People API lists the organization's own people only. */
export const userOf =
  (provider: string, includeRaw = false) =>
  (person: Person): LicensedUser => {
    const [email, ...otherEmails] = (person.emails ?? []).filter((address) => Values.foldedText(address) !== '')
    const lastActiveAt = person.lastActivity ? Values.toldMomentOf(person.lastActivity) : undefined
    return {
      provider,
      id: person.id,
      kind: 'internal',
      status: statusOf(person),
      licenseIds: idsIn(person.licenses ?? []),
      pendingLicenseIds: [],
      ...(person.displayName ? { displayName: person.displayName } : {}),
      ...(email === undefined ? {} : { email }),
      ...(otherEmails.length === 0 ? {} : { otherEmails }),
      ...(person.department ? { department: person.department } : {}),
      ...(lastActiveAt === undefined ? {} : { lastActiveAt }),
      ...(includeRaw ? { raw: person } : {}),
    }
  }

/** The place is the id of the location: its name would need another list, and another scope. */
export const workspaceOf =
  (provider: string, includeRaw = false) =>
  (workspace: WebexWorkspace): Workspace => ({
    provider,
    id: workspace.id,
    ...(workspace.displayName ? { displayName: workspace.displayName } : {}),
    location: workspace.locationId || null,
    licenseIds: licensesIn(workspace) ?? [],
    ...(includeRaw ? { raw: workspace } : {}),
  })
