import { isRawRecord, type RawRecord } from '../../../src/simulator-kit/index.ts'
import { hydraId } from './hydra-id.ts'
import { hostSitesOf, type PlacedDevice, type WebexMembership, type WebexOrganization } from './organization.ts'
import type {
  WebexCalling,
  WebexLicenseDefinition,
  WebexPerson,
  WebexPersonWithLicenses,
  WebexUnits,
  WebexWorkspace,
} from './world.ts'

const countersOf = (organization: WebexOrganization, license: WebexLicenseDefinition): WebexUnits => {
  const { counters = 'counted', workspaces: unlisted = 0 } = license
  if (typeof counters === 'object') return counters
  const workspaces = unlisted + organization.workspacesWith(license.id)
  const consumedByUsers = organization.holderCount(license.id)
  const counted = {
    consumedUnits: consumedByUsers + workspaces,
    consumedByUsers,
    consumedByWorkspaces: workspaces,
  }
  return counters === 'counted'
    ? counted
    : Object.fromEntries(Object.entries(counted).map(([name, value]) => [name, String(value)]))
}

/** A license as it is sent; its counters are those of now. */
export const licenseRecord =
  (organization: WebexOrganization) =>
  (license: WebexLicenseDefinition | RawRecord): unknown => {
    if (isRawRecord(license)) return license.raw
    const { id, name, totalUnits, subscriptionId, siteUrl, siteType } = license
    // What is undefined is left out of JSON.
    return { id, name, totalUnits, ...countersOf(organization, license), subscriptionId, siteUrl, siteType }
  }

export const licenseUserRecord = (person: WebexPerson | RawRecord): unknown =>
  isRawRecord(person)
    ? person.raw
    : { id: person.id, type: person.type ?? 'INTERNAL', displayName: person.displayName, email: person.email }

export const workspaceRecord =
  ({ id: orgId }: WebexOrganization) =>
  (workspace: WebexWorkspace | RawRecord): unknown => {
    if (isRawRecord(workspace)) return workspace.raw
    const { id, displayName, created, locationId, licenses = [], supportedDevices = 'collaborationDevices' } = workspace
    const type = workspace.calling ?? (licenses.length > 0 ? 'webexCalling' : 'none')
    return {
      id,
      orgId,
      locationId,
      displayName,
      created,
      type: supportedDevices === 'phones' ? 'other' : 'meetingRoom',
      calling: { type, ...(type === 'webexCalling' ? { webexCalling: { licenses } } : {}) },
      calendar: { type: 'none' },
      hotdeskingStatus: 'off',
      supportedDevices,
      devicePlatform: 'cisco',
      deviceHostedMeetings: { enabled: false },
    }
  }

export const deviceRecord =
  ({ id: orgId }: WebexOrganization) =>
  ({ type = 'roomdesk', connectionStatus = 'connected', ...device }: PlacedDevice): unknown => ({
    ...device,
    orgId,
    type,
    connectionStatus,
    managedBy: 'CUSTOMER',
    devicePlatform: 'cisco',
    tags: [],
    errorCodes: [],
  })

export const membershipRecord =
  ({ id: personOrgId }: WebexOrganization) =>
  ({ licenseId, personId, status }: WebexMembership): unknown => ({
    id: `${personId}.${licenseId}`,
    resourceGroupId: hydraId('RESOURCE_GROUP', 'default'),
    licenseId,
    personId,
    personOrgId,
    status,
  })

export interface PersonView {
  /** Listings by id do not show licenses. */
  readonly licenses: boolean
  /** Whether anything of presence is shown. */
  readonly status: boolean
  /** Whether calling properties are shown. */
  readonly calling: boolean
  /** Whether the location is shown, which is one of them. */
  readonly location: boolean
}

const NO_CALLING: WebexCalling = {}

const presenceOf = ({ sharesStatus = true, lastActivity, status }: WebexPersonWithLicenses) =>
  sharesStatus ? { lastActivity, status: status ?? (lastActivity === undefined ? 'pending' : 'inactive') } : {}

export const personRecord =
  (organization: WebexOrganization, view: PersonView) =>
  (person: WebexPersonWithLicenses | RawRecord): unknown => {
    if (isRawRecord(person)) return person.raw
    const { attendeeSites, ...account } = organization.accountOf(person.id)
    const { phoneNumber, extension } = view.calling ? account : NO_CALLING
    const { locationId } = view.location ? account : NO_CALLING
    const [firstName, ...otherNames] = person.displayName?.split(' ') ?? []
    const siteUrls = [
      ...hostSitesOf(organization, person.licenses),
      ...attendeeSites.map((siteUrl) => `${siteUrl}#attendee`),
    ]
    return {
      id: person.id,
      emails: person.email === undefined ? [] : [person.email],
      phoneNumbers: phoneNumber === undefined ? [] : [{ type: 'work', value: phoneNumber }],
      extension,
      displayName: person.displayName,
      firstName: person.firstName ?? firstName,
      lastName: person.lastName ?? (otherNames.length === 0 ? undefined : otherNames.join(' ')),
      created: person.created,
      ...(view.licenses ? { licenses: person.licenses, siteUrls } : { userName: person.email }),
      orgId: organization.id,
      locationId,
      roles: [],
      ...(person.department === undefined ? {} : { department: person.department }),
      ...(view.status ? presenceOf(person) : {}),
      invitePending: person.invitePending ?? false,
      loginEnabled: person.loginEnabled ?? true,
      type: 'person',
    }
  }
