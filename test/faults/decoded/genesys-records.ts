import { fieldOf, fieldOfEach, type RecordField } from './field.ts'
import { asIds, asText, asTime, asWord, type Meaning } from './meaning.ts'

const STATES = { active: 'active', inactive: 'inactive', deleted: 'deleted' }

const one = (value: unknown): readonly unknown[] => [value]

/** Where there is no text, the id is what it is called. */
const asName: Meaning = (told, sent) => asText(told, sent) || (asText(undefined, sent) && told !== undefined)

export const definitionFields: readonly RecordField[] = [
  fieldOf('LicenseDefinition', 'id'),
  fieldOf('LicenseDefinition', 'description', { member: 'name', means: asName }),
  fieldOf('LicenseDefinition', 'comprises'),
  fieldOfEach('LicenseDefinition', 'comprises[].id', (id) => [{ id }], { member: 'includes', means: asIds, sent: one }),
  fieldOf('LicenseDefinition', 'prerequisites'),
  fieldOfEach('LicenseDefinition', 'prerequisites[].id', (id) => [{ id }], {
    member: 'requires',
    means: asIds,
    sent: one,
  }),
]

export const rowFields: readonly RecordField[] = [
  fieldOf('UserLicenses', 'id'),
  { name: 'UserLicenses.user.id', put: ({ id: _, ...row }, value) => ({ ...row, user: { id: value } }) },
  fieldOf('UserLicenses', 'licenses'),
  fieldOfEach('UserLicenses', 'licenses[]', one, { member: 'licenseIds', means: asIds, sent: one }),
  fieldOfEach('UserLicenses', 'licenses[].id', (id) => [{ id }], { member: 'licenseIds', means: asIds, sent: one }),
]

export const personFields: readonly RecordField[] = [
  fieldOf('User', 'id'),
  fieldOf('User', 'name', { member: 'displayName', means: asText }),
  fieldOf('User', 'email', { member: 'email', means: asText }),
  fieldOf('User', 'state', { member: 'status', means: asWord(STATES) }),
  fieldOf('User', 'department', { member: 'department', means: asText }),
  fieldOf('User', 'dateLastLogin', { member: 'lastActiveAt', means: asTime }),
]
