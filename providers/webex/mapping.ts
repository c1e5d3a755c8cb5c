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
import { servicesOf } from './services.ts'

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
      ...servicesOf(offerCode),
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

/** While it is being made. */
type Writable<A> = { -readonly [Member in keyof A]: A[Member] }

const KINDS: ReadonlyMap<string, Holder['kind']> = new Map([
  ['INTERNAL', 'internal'],
  ['EXTERNAL', 'external'],
])

const kindOf = (type: string): Holder['kind'] => KINDS.get(type) ?? KINDS.get(type.toUpperCase()) ?? 'unknown'

export const holderOf =
  (provider: string, licenseId: string, includeRaw = false) =>
  (user: LicenseUser): Holder => {
    const holder: Writable<Holder> = {
      provider,
      licenseId,
      userId: user.id,
      kind: kindOf(user.type ?? ''),
      // The listing of holders does not have it.
      status: 'unknown',
    }
    if (user.displayName) holder.displayName = user.displayName
    if (user.email) holder.email = user.email
    if (includeRaw) holder.raw = user
    return holder
  }

/** The source of what the People API tells of activity: when the app was last seen, which is not a sign-in. */
const LAST_ACTIVITY = 'lastActivity'

/** Documented as text, seen as a boolean; undefined where it is neither. */
const flagOf = (value: unknown): boolean | undefined => {
  if (typeof value === 'boolean') return value
  const text = typeof value === 'string' ? value.trim().toLowerCase() : undefined
  return text === 'true' ? true : text === 'false' ? false : undefined
}

const invitePendingOf = ({ invitePending }: Person): boolean | undefined => flagOf(invitePending)

/**
 * A person who has not accepted the invitation yet cannot sign in. What they hold is theirs all the same: Webex has it
 * among their licenses, and calls licenses pending in the answer to a change only, for users from outside.
 */
const statusOf = (person: Person): LicensedUser['status'] => {
  const { loginEnabled, invitePending } = person
  const mayLogIn = flagOf(loginEnabled)
  const isInvited = invitePendingOf(person)
  if (mayLogIn === false || isInvited === true) return 'inactive'
  const isInvitationKnown = invitePending === undefined || invitePending === null || isInvited === false
  return mayLogIn === true && isInvitationKnown ? 'active' : 'unknown'
}

/** The presences that a person can have who has logged in. */
const PRESENCES = new Set(['active', 'call', 'donotdisturb', 'inactive', 'meeting', 'outofoffice', 'presenting'])

/**
 * `pending`: "the user has never logged in", in the words of the People API. Persons who do not share their status have none,
 * and no last activity either: nothing is known of them.
 */
const neverActiveOf = ({ status, lastActivity }: Person): boolean | undefined => {
  if (lastActivity) return false
  const presence = typeof status === 'string' ? status.trim().toLowerCase() : ''
  return presence === 'pending' ? true : PRESENCES.has(presence) ? false : undefined
}

/** What the record of a person tells of a user, whatever the user holds. Records themselves are not kept. */
export type PersonEntry = Pick<
  LicensedUser,
  | 'status'
  | 'invitePending'
  | 'displayName'
  | 'email'
  | 'otherEmails'
  | 'department'
  | 'location'
  | 'createdAt'
  | 'lastActiveAt'
  | 'neverActive'
>

/** The activity of a person, which is not kept besides when it was. */
const activityOf = ({ lastActiveAt }: PersonEntry): Pick<LicensedUser, 'activity'> =>
  lastActiveAt === undefined ? {} : { activity: [{ at: lastActiveAt, source: LAST_ACTIVITY }] }

/**
 * Properties that do not apply are left out of a record, so that a person without `department` has none. `locationId`
 * comes from Webex Calling, and public clients ask for it with `callingData`: where a record does not have the property, it
 * is not known whether there is a location.
 */
export const personEntryOf = (person: Person): PersonEntry => {
  const [email, ...otherEmails] = (person.emails ?? []).filter((address) => Values.foldedText(address) !== '')
  const lastActiveAt = person.lastActivity ? Values.toldMomentOf(person.lastActivity) : undefined
  const neverActive = neverActiveOf(person)
  const createdAt = Values.toldMomentOf(person.created)
  const { locationId } = person
  const invitePending = invitePendingOf(person)
  // Written member by member: there is one for each person of an organization.
  const entry: Writable<PersonEntry> = { status: statusOf(person) }
  if (invitePending !== undefined) entry.invitePending = invitePending
  if (person.displayName) entry.displayName = person.displayName
  if (email !== undefined) entry.email = email
  if (otherEmails.length > 0) entry.otherEmails = otherEmails
  entry.department = person.department || null
  if (typeof locationId === 'string' || locationId === null) entry.location = locationId || null
  if (createdAt !== undefined) entry.createdAt = createdAt
  if (neverActive !== undefined) entry.neverActive = neverActive
  if (lastActiveAt !== undefined) entry.lastActiveAt = lastActiveAt
  return entry
}

/** The People API lists the organization's own people only. */
export const userOf =
  (provider: string, includeRaw = false) =>
  (person: Person): LicensedUser => {
    const entry = personEntryOf(person)
    return {
      provider,
      id: person.id,
      kind: 'internal',
      ...entry,
      ...activityOf(entry),
      licenseIds: idsIn(person.licenses ?? []),
      pendingLicenseIds: [],
      ...(includeRaw ? { raw: person } : {}),
    }
  }

/** A holder, with what the people tell of the same user. What a user holds, and whether as an external one, stays as it is. */
export const joinedUser = (user: LicensedUser, entry: PersonEntry | undefined): LicensedUser => {
  if (entry === undefined) return user
  const { kind } = user
  // Not by spread, which takes many times as long with some versions of Node.
  const joined = Object.assign({}, user, entry, activityOf(entry), {
    kind: kind === 'unknown' ? ('internal' as const) : kind,
  })
  if (entry.otherEmails === undefined && (entry.email === user.email || user.email === undefined)) return joined
  const addresses = [entry.email, ...(entry.otherEmails ?? []), user.email].filter((address) => address !== undefined)
  const folded = addresses.map(Values.foldedText)
  const [, ...otherEmails] = addresses.filter((_, place) => folded.indexOf(folded[place] ?? '') === place)
  return otherEmails.length === 0 ? joined : { ...joined, otherEmails }
}

/** The place is the id of the location: its name would need another list, and another scope. */
export const workspaceOf =
  (provider: string, includeRaw = false) =>
  (workspace: WebexWorkspace): Workspace => {
    const createdAt = Values.toldMomentOf(workspace.created)
    return {
      provider,
      id: workspace.id,
      ...(workspace.displayName ? { displayName: workspace.displayName } : {}),
      location: workspace.locationId || null,
      ...(createdAt === undefined ? {} : { createdAt }),
      licenseIds: licensesIn(workspace) ?? [],
      ...(includeRaw ? { raw: workspace } : {}),
    }
  }
