import type { LicensedUser, Seat } from '../../model/licensed-user.ts'
import { dayText } from '../../report/purchase-words.ts'

/** For machines, and beside the empty text for what was not read: the vendor's record of the user was read, and has none. */
const NONE = 'none'

/** A field of a user: `none` if the vendor's record has none, empty if it was not read. */
export const fieldText = (field: string | null | undefined): string => (field === null ? NONE : (field ?? ''))

type Facts = Pick<
  LicensedUser,
  | 'provider'
  | 'status'
  | 'invitePending'
  | 'division'
  | 'manager'
  | 'location'
  | 'costCenter'
  | 'employeeNumber'
  | 'createdAt'
  | 'hiredAt'
  | 'neverActive'
  | 'activity'
  | 'seats'
>

/** The first account of a person that has something there; `none` if some account was read and none has anything. */
export const firstField = <A>(person: readonly A[], fieldOf: (user: A) => string | null | undefined): string => {
  const fields = person.map(fieldOf)
  const present = fields.find((field) => field !== undefined && field !== null && field.trim() !== '')
  return present ?? (fields.includes(null) ? NONE : '')
}

/** For people: `inactive (invited)` until the invitation is accepted. */
export const statusText = ({ status, invitePending }: Pick<LicensedUser, 'status' | 'invitePending'>): string =>
  invitePending === true ? `${status} (invited)` : status

interface UserFact {
  /** For machines: the heading in CSV. */
  readonly key: string
  readonly heading: string
  readonly textOf: (user: Facts) => string
  /** Of the accounts of one person in several providers. */
  readonly ofPerson: (person: readonly Facts[]) => string
}

const field = (
  key: 'division' | 'manager' | 'location' | 'costCenter' | 'employeeNumber',
  heading: string,
): UserFact => ({
  key,
  heading,
  textOf: (user) => fieldText(user[key]),
  ofPerson: (person) => firstField(person, (user) => user[key]),
})

/** `pending` or `accepted`; empty if the vendor does not tell. */
const invitationText = ({ invitePending }: Facts): string =>
  invitePending === undefined ? '' : invitePending ? 'pending' : 'accepted'

/** `true` or `false`; empty if the vendor does not tell. */
const neverActiveText = ({ neverActive }: Facts): string => (neverActive === undefined ? '' : String(neverActive))

/** What each account tells, under its provider where there are several accounts. */
const byAccount = (person: readonly Facts[], textOf: (user: Facts) => string): string =>
  person
    .map((user) => ({ provider: user.provider, text: textOf(user) }))
    .filter(({ text }) => text !== '')
    .map(({ provider, text }) => (person.length > 1 ? `${provider}: ${text}` : text))
    .join('; ')

const time = (key: 'createdAt' | 'hiredAt', heading: string): UserFact => ({
  key,
  heading,
  textOf: (user) => user[key] ?? '',
  ofPerson: (person) => byAccount(person, (user) => user[key] ?? ''),
})

/** `2026-11-01T08:00:00.000Z dateLastLogin; 2026-11-19T07:30:00.000Z lasttokenissued`. */
const activityText = ({ activity = [] }: Facts): string =>
  activity.map(({ at, source }) => `${at} ${source}`).join('; ')

/** What is known of a user besides name, address, state and licenses, one fact a column. */
export const userFacts: readonly UserFact[] = [
  field('division', 'Division'),
  field('manager', 'Manager'),
  field('location', 'Location'),
  field('costCenter', 'Cost center'),
  field('employeeNumber', 'Employee number'),
  {
    key: 'activity',
    heading: 'Activity by source',
    textOf: activityText,
    ofPerson: (person) => byAccount(person, activityText),
  },
  {
    key: 'invitation',
    heading: 'Invitation',
    textOf: invitationText,
    ofPerson: (person) => byAccount(person, invitationText),
  },
  time('createdAt', 'Created'),
  time('hiredAt', 'Hired'),
  {
    key: 'neverActive',
    heading: 'Never active',
    textOf: neverActiveText,
    ofPerson: (person) => byAccount(person, neverActiveText),
  },
]

/** `≤ 2026-03-01`: on that day or earlier. */
export const noLaterThan = (time: string): string => `≤ ${dayText(time)}`

/** Since when a user has a seat, for people: `2026-01-31`, `≤ 2026-01-31`; empty if that is not known. */
export const sinceText = ({ assignedAt, firstSeenAt }: Seat): string => {
  if (assignedAt !== undefined) return dayText(assignedAt)
  return firstSeenAt === undefined ? '' : noLaterThan(firstSeenAt)
}

/** For machines: `L1: assigned 2026-01-31T08:00:00.000Z, by role; L2: held since 2026-05-01T00:00:00.000Z or longer, by direct`. */
export const seatsText = ({ seats = [] }: Facts): string =>
  seats
    .map(({ licenseId, assignedAt, firstSeenAt, assignedBy }) => {
      const facts = [
        ...(assignedAt === undefined ? [] : [`assigned ${assignedAt}`]),
        ...(firstSeenAt === undefined ? [] : [`held since ${firstSeenAt} or longer`]),
        `by ${assignedBy}`,
      ]
      return `${licenseId}: ${facts.join(', ')}`
    })
    .join('; ')
