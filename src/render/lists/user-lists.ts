import { type LicensedUser, seatOf } from '../../model/licensed-user.ts'
import { withoutRaw } from '../../model/without-raw.ts'
import type { LicenseLabels } from '../../report/license-labels.ts'
import type { GridField } from '../grid/grid.ts'
import { fieldText, seatsText, sinceText, statusText, userFacts } from '../text/user-text.ts'
import type { ListDescription } from './list-format.ts'

type UserField = GridField<LicensedUser>

const provider: UserField['column'] = { key: 'provider', heading: 'Provider', holds: 'text' }
const email: UserField['column'] = { key: 'email', heading: 'E-mail', holds: 'text', minimum: 16, wraps: true }

const textField = (
  key: string,
  heading: string,
  cellOf: (user: LicensedUser) => string,
  separator?: string,
): UserField => ({
  column: { key, heading, holds: 'text', only: 'machines', ...(separator === undefined ? {} : { separator }) },
  cellOf,
})

/** One column for each thing that is known of a user. */
const forMachines: readonly UserField[] = [
  { column: { ...provider, only: 'machines' }, cellOf: (user) => user.provider },
  textField('id', 'Id', ({ id }) => id),
  textField('kind', 'Kind', ({ kind }) => kind),
  textField('status', 'Status', ({ status }) => status),
  textField('displayName', 'Name', ({ displayName = '' }) => displayName),
  { column: { ...email, only: 'machines' }, cellOf: (user) => user.email ?? '' },
  {
    column: { key: 'lastActiveAt', heading: 'Last active', holds: 'time', only: 'machines' },
    cellOf: ({ lastActiveAt }) => (lastActiveAt === undefined ? '' : { time: lastActiveAt }),
  },
  textField('licenseIds', 'License ids', ({ licenseIds }) => licenseIds.join(' '), ' '),
  textField('pendingLicenseIds', 'Pending license ids', ({ pendingLicenseIds }) => pendingLicenseIds.join(' '), ' '),
  textField('department', 'Department', ({ department }) => fieldText(department)),
  ...userFacts.map(({ key, heading, textOf }) => textField(key, heading, textOf)),
  textField('otherEmails', 'Other addresses', ({ otherEmails = [] }) => otherEmails.join(' '), ' '),
  textField('seats', 'Seats', seatsText),
]

/** ` (since ≤ 2026-03-01)`, where that is known. */
const heldSince = (user: LicensedUser, licenseId: string): string => {
  const seat = seatOf(user, licenseId)
  const since = seat === undefined ? '' : sinceText(seat)
  return since === '' ? '' : ` (since ${since})`
}

/** What fits a terminal, and the names of licenses in place of their ids. */
const forPeople = ({ labelOf }: LicenseLabels): readonly UserField[] => [
  { column: { ...provider, minimum: 8, only: 'people' }, cellOf: (user) => user.provider },
  {
    column: { key: 'name', heading: 'Name', holds: 'text', minimum: 12, wraps: true, only: 'people' },
    // A holder who is not in the directory has no name.
    cellOf: (user) => user.displayName ?? user.id,
  },
  { column: { ...email, only: 'people' }, cellOf: (user) => user.email ?? '' },
  { column: { key: 'status', heading: 'Status', holds: 'text', only: 'people' }, cellOf: statusText },
  {
    column: { key: 'kind', heading: 'Kind', holds: 'text', expendable: 1, only: 'people' },
    cellOf: ({ kind }) => kind,
  },
  {
    column: {
      key: 'licenses',
      heading: 'Licenses',
      holds: 'text',
      minimum: 12,
      wraps: true,
      separator: ', ',
      only: 'people',
    },
    cellOf: (user) => user.licenseIds.map((id) => `${labelOf(user.provider, id)}${heldSince(user, id)}`).join(', '),
  },
]

export const userList = (labels: LicenseLabels): ListDescription<LicensedUser> => ({
  one: 'user',
  fields: [...forMachines, ...forPeople(labels)],
  toValue: withoutRaw,
})
