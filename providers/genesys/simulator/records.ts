import { isRawRecord, type RawRecord } from '../../../src/simulator-kit/index.ts'
import type { GenesysOrganization } from './organization.ts'
import type { GenesysDirectoryRecord, GenesysLicenseDefinition, GenesysLicenseRow } from './world.ts'

const licenseUri = (id: string) => `/api/v2/license/definitions/${encodeURIComponent(id)}`
const licenseUserUri = (id: string) => `/api/v2/license/users/${encodeURIComponent(id)}`
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

export const directoryRecord =
  (organization: GenesysOrganization, expand: ReadonlySet<string>) =>
  (record: GenesysDirectoryRecord | RawRecord): unknown =>
    isRawRecord(record)
      ? record.raw
      : {
          id: record.id,
          name: record.name,
          division: { id: organization.id, name: '', selfUri: `/api/v2/authorization/divisions/${organization.id}` },
          ...(record.department === undefined ? {} : { department: record.department }),
          ...(record.email === undefined ? {} : { email: record.email, username: record.email }),
          state: record.state ?? 'active',
          ...(record.title === undefined ? {} : { title: record.title }),
          version: 1,
          acdAutoAnswer: false,
          ...(expand.has('dateLastLogin') && record.dateLastLogin !== undefined
            ? { dateLastLogin: record.dateLastLogin }
            : {}),
          selfUri: userUri(record.id),
        }
