import { type Count, known, notApplicable } from '../../model/count.ts'
import { seatOf } from '../../model/licensed-user.ts'
import { quantity } from '../../model/quantity.ts'
import type { Finding, FindingRule, LicenseRow, UserRow } from '../license-report.ts'
import { holderIsSeat } from '../seats.ts'
import { createFinding } from './create-finding.ts'
import type { FindingContext, FoundGroup, KnownProvider } from './finding-context.ts'

/** What a rule has found about seats of one user. */
export interface HolderFindings {
  readonly rule: FindingRule
  readonly user: UserRow
  readonly licenseIds: readonly string[]
  /** `licenses`: what they are called, for people. */
  readonly message: (licenses: string) => string
  readonly evidence: (licenseId: string) => Finding['evidence']
  /** Whether it is certain that the user can give up the seat. Default: it is. */
  readonly isRemovable?: ((licenseId: string) => boolean) | undefined
}

/** Rows of one provider's licenses by id. */
export const rowsById = ({ licenses }: KnownProvider): ReadonlyMap<string, LicenseRow> =>
  new Map(licenses.map(({ row }) => [row.id, row]))

const ONE = known(1)

/** Of so many licenses, all are named. */
const MOST_NAMED = 4

/** Only a named license has seats that users hold. A user who may take a seat of a shared license holds none. */
const seatsHeld = (row: LicenseRow | undefined): Count =>
  row !== undefined && !holderIsSeat(row.metric) ? notApplicable : ONE

/** Since when the user has the seat, as far as that is known. */
const heldSince = (user: UserRow, licenseId: string): Finding['evidence'] => {
  const { assignedAt, firstSeenAt } = seatOf(user, licenseId) ?? {}
  if (assignedAt !== undefined) return { assignedAt }
  return firstSeenAt === undefined ? {} : { firstSeenAt }
}

/** `A`, `A and B`, `A, B and 3 more licenses`. */
export const inWords = (labels: readonly string[]): string => {
  const shown = labels.length > MOST_NAMED ? labels.slice(0, MOST_NAMED - 1) : labels
  const others = labels.length - shown.length
  const [last = '', ...before] = [
    ...(others === 0 ? [] : [`${quantity(others, 'more license')}`]),
    ...[...shown].reverse(),
  ]
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`
}

/** The seats of a user that a rule about activity judges: those that cost something or were purchased, and are not exempt. */
export const seatsToJudge = ({ costs, isExempt }: FindingContext, user: UserRow): readonly string[] =>
  user.licenseIds.filter(
    (licenseId) =>
      costs.ofHolder(user.provider, licenseId, user.id).kind !== 'notApplicable' && !isExempt(user, licenseId),
  )

/** What a rule has found about seats of a user or a workspace. */
interface SeatFindings extends Pick<HolderFindings, 'rule' | 'licenseIds' | 'message' | 'evidence'> {
  readonly provider: string
  /** The id of the user or the workspace. */
  readonly holderId: string
  readonly subject: Pick<Finding, 'userId' | 'workspaceId'>
  /** The seat, if it can be given up. Default: none can be. */
  readonly removalsOf?: ((licenseId: string) => Finding['removals']) | undefined
}

/**
 * A finding for each seat of one user or workspace, and what all of them say together. Nothing is at stake in what costs nothing
 * and was not purchased.
 */
export const seatFindings = (
  rows: ReadonlyMap<string, LicenseRow>,
  { costs, labels }: FindingContext,
  { rule, provider, holderId, subject, licenseIds, message, evidence, removalsOf }: SeatFindings,
): readonly FoundGroup[] => {
  const findings = licenseIds.flatMap((licenseId): readonly Finding[] => {
    const cost = costs.ofHolder(provider, licenseId, holderId)
    if (cost.kind === 'notApplicable') return []
    return [
      createFinding({
        rule,
        message: message(labels.labelOf(provider, licenseId)),
        provider,
        licenseId,
        ...subject,
        evidence: evidence(licenseId),
        seats: seatsHeld(rows.get(licenseId)),
        cost,
        removals: removalsOf?.(licenseId),
      }),
    ]
  })
  const [first, ...others] = findings
  if (first === undefined) return []
  const names = findings.map(({ licenseId = '' }) => labels.labelOf(provider, licenseId))
  return [{ message: message(inWords(names)), findings: [first, ...others] }]
}

/** {@link seatFindings} of a user, with since when the user has each seat. */
export const holderFindings = (
  rows: ReadonlyMap<string, LicenseRow>,
  context: FindingContext,
  { user, evidence, isRemovable = () => true, ...found }: HolderFindings,
): readonly FoundGroup[] => {
  const { provider, id: userId } = user
  return seatFindings(rows, context, {
    ...found,
    provider,
    holderId: userId,
    subject: { userId },
    evidence: (licenseId) => ({ ...evidence(licenseId), ...heldSince(user, licenseId) }),
    removalsOf: (licenseId) => (isRemovable(licenseId) ? [{ provider, userId, licenseId }] : undefined),
  })
}
