import { fieldOf, fieldOfEach, type RecordField } from './field.ts'
import { asIds, asText, asTextOrNone, asTime, asUnits, asWord, type Meaning } from './meaning.ts'

const KINDS = { internal: 'internal', external: 'external' }
const LOGINS = { true: 'active', false: 'inactive' }

const one = (value: unknown): readonly unknown[] => [value]

/** Where there is no text, the id is what it is called. */
const asName: Meaning = (told, sent) => asText(told, sent) || (asText(undefined, sent) && told !== undefined)

/** Of what is not in a subscription no number is asked for. */
const asSubscription: Meaning = (told, sent) => asText(told, sent)

/** Two ids in one text are seen in the vendor's own sample, and what is between two commas may be nothing. */
const asPeoplesIds: Meaning = (told, sent) =>
  asIds(
    told,
    Array.isArray(sent) && sent.every((id) => typeof id === 'string')
      ? [...new Set(sent.join().split(','))].filter((id) => id !== '')
      : sent,
  )

export const licenseFields: readonly RecordField[] = [
  fieldOf('License', 'id'),
  fieldOf('License', 'name', { member: 'name', means: asName }),
  fieldOf('License', 'totalUnits', { member: 'purchased', means: asUnits }),
  fieldOf('License', 'consumedUnits', { member: 'consumed', means: asUnits }),
  fieldOf('License', 'consumedByUsers', { member: 'consumedByUsers', means: asUnits }),
  fieldOf('License', 'subscriptionId', { member: 'subscriptionId', means: asSubscription }),
  fieldOf('License', 'siteUrl', { member: 'siteUrl', means: asText }),
]

export const holderFields: readonly RecordField[] = [
  fieldOf('LicenseUser', 'id'),
  fieldOf('LicenseUser', 'type', { member: 'kind', means: asWord(KINDS) }),
  fieldOf('LicenseUser', 'displayName', { member: 'displayName', means: asText }),
  fieldOf('LicenseUser', 'email', { member: 'email', means: asText }),
]

export const personFields: readonly RecordField[] = [
  fieldOf('Person', 'id'),
  fieldOf('Person', 'emails'),
  fieldOfEach('Person', 'emails[]', one, { member: 'email', means: asText }),
  fieldOf('Person', 'displayName', { member: 'displayName', means: asText }),
  fieldOf('Person', 'licenses'),
  fieldOfEach('Person', 'licenses[]', one, { member: 'licenseIds', means: asPeoplesIds, sent: one }),
  fieldOf('Person', 'loginEnabled', { member: 'status', means: asWord(LOGINS) }),
  fieldOf('Person', 'lastActivity', { member: 'lastActiveAt', means: asTime }),
  fieldOf('Person', 'department', { member: 'department', means: asTextOrNone }),
]
