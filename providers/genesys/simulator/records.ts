import { hashOfText, isRawRecord, type RawRecord } from '../../../src/simulator-kit/index.ts'
import type { GenesysOrganization } from './organization.ts'
import type { GenesysDirectoryRecord, GenesysLicenseDefinition, GenesysLicenseRow } from './world.ts'

const HOME = 'Home'

const licenseUri = (id: string) => `/api/v2/license/definitions/${encodeURIComponent(id)}`
const licenseUserUri = (id: string) => `/api/v2/license/users/${encodeURIComponent(id)}`
/** The same division always has the same id: that of the organization, with other first digits. */
const divisionOf = (organization: GenesysOrganization, name: string) => {
  const id = name === HOME ? organization.id : hashOfText(name).toString(16).padStart(8, '0') + organization.id.slice(8)
  return { id, name, selfUri: `/api/v2/authorization/divisions/${id}` }
}

const userUri = (id: string) => `/api/v2/users/${encodeURIComponent(id)}`

/** A license definition as it is sent. Those that it comprises are sent in brief, as the vendor does not document how deep it goes. */
export const definitionRecord = (organization: GenesysOrganization) => {
  const brief = (id: string) => {
    const description = organization.definition(id)?.description
    return { id, ...(description === undefined ? {} : { description }), selfUri: licenseUri(id) }
  }
  return (definition: GenesysLicenseDefinition | RawRecord): unknown =>
    isRawRecord(definition)
      ? definition.raw
      : {
          id: definition.id,
          ...(definition.description === undefined ? {} : { description: definition.description }),
          permissions: { ids: definition.permissions ?? [] },
          prerequisites: (definition.prerequisites ?? []).map((id) => ({ id, selfUri: licenseUri(id) })),
          comprises: (definition.comprises ?? []).map(brief),
          selfUri: licenseUri(definition.id),
        }
}

export const licenseRowRecord = (row: GenesysLicenseRow | RawRecord): unknown =>
  isRawRecord(row) ? row.raw : { id: row.id, licenses: row.licenses, selfUri: licenseUserUri(row.id) }

/** What one user holds, with the definitions in full; of a held license without definition, the id. */
export const licenseUserRecord = (organization: GenesysOrganization, userId: string): unknown => ({
  id: userId,
  licenses: organization
    .licensesOf(userId)
    .map((id) => definitionRecord(organization)(organization.definition(id) ?? { id })),
  selfUri: licenseUserUri(userId),
})

const locationOf = (name: string) => {
  const id = `location-${hashOfText(name).toString(16)}`
  return { id, locationDefinition: { id, name } }
}

export const directoryRecord =
  (organization: GenesysOrganization, expand: ReadonlySet<string>) =>
  (record: GenesysDirectoryRecord | RawRecord): unknown =>
    isRawRecord(record)
      ? record.raw
      : {
          id: record.id,
          name: record.name,
          division: divisionOf(organization, record.division ?? HOME),
          ...(record.department === undefined ? {} : { department: record.department }),
          ...(record.email === undefined ? {} : { email: record.email, username: record.email }),
          state: record.state ?? 'active',
          ...(record.title === undefined ? {} : { title: record.title }),
          ...(record.manager === undefined ? {} : { manager: record.manager }),
          version: 1,
          acdAutoAnswer: false,
          ...(expand.has('dateLastLogin') && record.dateLastLogin !== undefined
            ? { dateLastLogin: record.dateLastLogin }
            : {}),
          ...(expand.has('lasttokenissued') && record.lastTokenIssued !== undefined
            ? { lastTokenIssued: { dateIssued: record.lastTokenIssued } }
            : {}),
          ...(expand.has('employerInfo')
            ? {
                employerInfo: {
                  ...(record.employeeId === undefined ? {} : { employeeId: record.employeeId }),
                  ...(record.dateHire === undefined ? {} : { dateHire: record.dateHire }),
                },
              }
            : {}),
          ...(expand.has('locations')
            ? { locations: record.location === undefined ? [] : [locationOf(record.location)] }
            : {}),
          selfUri: userUri(record.id),
        }
