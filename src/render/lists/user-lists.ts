import { type LicensedUser, seatOf } from '../../model/licensed-user.ts'
import type { LicenseLabels } from '../../report/license-labels.ts'
import { fieldText, seatsText, sinceText, statusText, userFacts } from '../text/user-text.ts'
import { visibleText } from '../text/visible-text.ts'
import { csvFormat, jsonFormat, type ListFormat, ndjsonFormat, tableFormat } from './list-format.ts'

const withoutRaw = ({ raw: _vendors, ...user }: LicensedUser) => user

const json = jsonFormat(withoutRaw)
const ndjson = ndjsonFormat(withoutRaw)

const csv = csvFormat<LicensedUser>(
  [
    'provider',
    'id',
    'kind',
    'status',
    'displayName',
    'email',
    'lastActiveAt',
    'licenseIds',
    'pendingLicenseIds',
    'department',
    ...userFacts.map(({ key }) => key),
    'otherEmails',
    'seats',
  ],
  (user) => [
    user.provider,
    user.id,
    user.kind,
    user.status,
    user.displayName ?? '',
    user.email ?? '',
    user.lastActiveAt ?? '',
    user.licenseIds.join(' '),
    user.pendingLicenseIds.join(' '),
    fieldText(user.department),
    ...userFacts.map(({ textOf }) => textOf(user)),
    (user.otherEmails ?? []).join(' '),
    seatsText(user),
  ],
)

/** ` (since ≤ 2026-03-01)`, where that is known. */
const heldSince = (user: LicensedUser, licenseId: string): string => {
  const seat = seatOf(user, licenseId)
  const since = seat === undefined ? '' : sinceText(seat)
  return since === '' ? '' : ` (since ${since})`
}

export const userTable = ({ labelOf }: LicenseLabels): ListFormat<LicensedUser> =>
  tableFormat<LicensedUser>(
    [
      { heading: 'Provider', minimum: 8 },
      { heading: 'Name', minimum: 12, wraps: true },
      { heading: 'E-mail', minimum: 16, wraps: true },
      { heading: 'Status' },
      { heading: 'Kind', expendable: 1 },
      { heading: 'Licenses', minimum: 12, wraps: true },
    ],
    (user) => [
      visibleText(user.provider),
      // A holder who is not in the directory has no name.
      visibleText(user.displayName ?? user.id),
      visibleText(user.email ?? ''),
      statusText(user),
      user.kind,
      visibleText(user.licenseIds.map((id) => `${labelOf(user.provider, id)}${heldSince(user, id)}`).join(', ')),
    ],
  )

export const userJson = () => json
export const userNdjson = () => ndjson
export const userCsv = () => csv
