import { fieldOf, fieldOfEach, type RecordField } from './field.ts'
import { asIds, asText, asTime, asWord, type Meaning } from './meaning.ts'

const STATES = { active: 'active', inactive: 'inactive', deleted: 'deleted' }

const one = (value: unknown): readonly unknown[] => [value]

/** Where there is no text, the id is what it is called. */
const asName: Meaning = (told, sent) => asText(told, sent) || (asText(undefined, sent) && told !== undefined)

/** A text, or null where the record has none. */
const asTextOrNone: Meaning = (told, sent) => (told === null ? asText(undefined, sent) : asText(told, sent))

/** Likewise of something that may come with a name and an id. */
const asReference: Meaning = (told, sent) =>
  asTextOrNone(told, sent) ||
  (typeof sent === 'object' && sent !== null && Object.values(sent).some((member) => asText(told, member)))

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
  fieldOf('User', 'department', { member: 'department', means: asTextOrNone }),
  fieldOf('User', 'division', { member: 'division', means: asReference }),
  fieldOfEach('User', 'division.name', (name) => ({ name }), { member: 'division', means: asReference }),
  fieldOf('User', 'manager', { member: 'manager', means: asReference }),
  // One of the two times at once, as the newest counts.
  {
    ...fieldOf('User', 'dateLastLogin', { member: 'lastActiveAt', means: asTime }),
    put: ({ lastTokenIssued: _, ...record }, dateLastLogin) => ({ ...record, dateLastLogin }),
  },
  fieldOf('User', 'lastTokenIssued'),
  {
    ...fieldOf('User', 'lastTokenIssued.dateIssued', { member: 'lastActiveAt', means: asTime }),
    put: ({ dateLastLogin: _, ...record }, dateIssued) => ({ ...record, lastTokenIssued: { dateIssued } }),
  },
]
