import { isRawRecord, type RawRecord } from '../../../src/simulator-kit/index.ts'
import type { WebexOrganisation } from './organisation.ts'
import type { WebexLicenseDefinition, WebexPerson, WebexPersonWithLicenses, WebexUnits } from './world.ts'

const countersOf = (organisation: WebexOrganisation, license: WebexLicenseDefinition): WebexUnits => {
  const { counters = 'counted', workspaces = 0 } = license
  if (typeof counters === 'object') return counters
  const consumedByUsers = organisation.holderCount(license.id)
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
  (organisation: WebexOrganisation) =>
  (license: WebexLicenseDefinition | RawRecord): unknown => {
    if (isRawRecord(license)) return license.raw
    const { id, name, totalUnits, subscriptionId, siteUrl, siteType } = license
    // What is undefined is left out of JSON.
    return { id, name, totalUnits, ...countersOf(organisation, license), subscriptionId, siteUrl, siteType }
  }

export const licenseUserRecord = (person: WebexPerson | RawRecord): unknown =>
  isRawRecord(person)
    ? person.raw
    : { id: person.id, type: person.type ?? 'INTERNAL', displayName: person.displayName, email: person.email }

export interface PersonView {
  /** Listings by id do not show licenses. */
  readonly licenses: boolean
  /** Whether anything of presence is shown. */
  readonly status: boolean
}

export const personRecord =
  (organisation: WebexOrganisation, view: PersonView) =>
  (person: WebexPersonWithLicenses | RawRecord): unknown =>
    isRawRecord(person)
      ? person.raw
      : {
          id: person.id,
          emails: person.email === undefined ? [] : [person.email],
          phoneNumbers: [],
          displayName: person.displayName,
          ...(view.licenses ? { licenses: person.licenses } : { userName: person.email }),
          orgId: organisation.id,
          locationId: organisation.accountOf(person.id).locationId,
          roles: [],
          ...(person.department === undefined ? {} : { department: person.department }),
          lastActivity: view.status ? person.lastActivity : undefined,
          invitePending: person.invitePending ?? false,
          loginEnabled: person.loginEnabled ?? true,
          type: 'person',
        }
