import { type Count, known, notApplicable } from '../../model/count.ts'
import { seatOf } from '../../model/licensed-user.ts'
import type { Finding, FindingRule, LicenseRow, UserRow } from '../license-report.ts'
import { holderIsSeat } from '../seats.ts'
import { createFinding } from './create-finding.ts'
import type { FindingContext, KnownProvider } from './finding-context.ts'

export interface HolderFinding {
  readonly rule: FindingRule
  readonly user: UserRow
  readonly licenseId: string
  readonly message: (license: string) => string
  readonly evidence: Finding['evidence']
}

/** Rows of one provider's licenses by id. */
export const rowsById = ({ licenses }: KnownProvider): ReadonlyMap<string, LicenseRow> =>
  new Map(licenses.map(({ row }) => [row.id, row]))

const ONE = known(1)

/** Only a named license has seats that users hold. A user who may take a seat of a shared license holds none. */
const seatsHeld = (row: LicenseRow | undefined): Count =>
  row !== undefined && !holderIsSeat(row.metric) ? notApplicable : ONE

/** Since when the user has the seat, as far as that is known. */
const heldSince = (user: UserRow, licenseId: string): Finding['evidence'] => {
  const { assignedAt, firstSeenAt } = seatOf(user, licenseId) ?? {}
  if (assignedAt !== undefined) return { assignedAt }
  return firstSeenAt === undefined ? {} : { firstSeenAt }
}

/** Something about one user's seat of one license. */
export const holderFinding = (
  rows: ReadonlyMap<string, LicenseRow>,
  { costs, labels }: FindingContext,
  { rule, user, licenseId, message, evidence }: HolderFinding,
): Finding => {
  const row = rows.get(licenseId)
  return createFinding({
    rule,
    message: message(labels.labelOf(user.provider, licenseId)),
    provider: user.provider,
    licenseId,
    userId: user.id,
    evidence: { ...evidence, ...heldSince(user, licenseId) },
    seats: seatsHeld(row),
    cost: costs.ofHolder(user.provider, licenseId, user.id),
  })
}
