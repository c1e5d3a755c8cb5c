import type { UserRow } from './license-report.ts'

/** What a vendor says of where a user belongs. */
export const personFields = ['department', 'division', 'manager', 'location', 'costCenter'] as const
export type PersonField = (typeof personFields)[number]

/** The vendor's text without white space at its ends; empty where it names none or was not read. */
const textIn = (user: UserRow, field: PersonField): string => (user[field] ?? '').trim()

/**
 * What a field says of each user, empty where it says nothing: what the user's own record names, or else what that of the
 * person's first account which names one does.
 */
export const fieldOfPeople = (users: Iterable<UserRow>, field: PersonField): ((user: UserRow) => string) => {
  const ofPeople = new Map<string, string>()
  for (const user of users) {
    const text = textIn(user, field)
    if (text !== '' && !ofPeople.has(user.person)) ofPeople.set(user.person, text)
  }
  return (user) => textIn(user, field) || (ofPeople.get(user.person) ?? '')
}
