import { supportOf } from '../../contract/capabilities.ts'
import { known, notApplicable } from '../../model/count.ts'
import { quantity } from '../../model/quantity.ts'
import type { Abstention, Finding, LicenseRow, UserRow } from '../license-report.ts'
import { abstain } from './abstain.ts'
import { createFinding } from './create-finding.ts'
import { type FoundGroup, overProviders, type Rule } from './finding-context.ts'
import { inWords, rowsById } from './holder-finding.ts'
import { holderName } from './holder-name.ts'

const RULE = 'waiting-for-seat'

/** A license that users wait for, and how many. */
interface Awaited {
  readonly licenseId: string
  readonly row: LicenseRow | undefined
  readonly users: number
}

const awaitedOf = (users: readonly UserRow[], rows: ReadonlyMap<string, LicenseRow>): readonly Awaited[] => {
  const counts = new Map<string, number>()
  for (const { pendingLicenseIds } of users) {
    for (const licenseId of new Set(pendingLicenseIds)) counts.set(licenseId, (counts.get(licenseId) ?? 0) + 1)
  }
  return [...counts].map(([licenseId, count]) => ({ licenseId, row: rows.get(licenseId), users: count }))
}

/** Why it is not known whether a seat is free; undefined if it is known. */
const gapOf = ({ row }: Awaited): string | undefined => {
  if (row === undefined) return 'the vendor does not define the license'
  return row.available.kind === 'unknown' ? row.available.reason : undefined
}

/** Users who wait for a seat of a license of which none is free. A user may also wait for something else, such as an invitation. */
export const waitingForSeat: Rule = ({ labels, ...context }) =>
  overProviders({ labels, ...context }, (provider) => {
    const { id, waiting, holdersGap, licensesGap, capabilities } = provider
    const pending = supportOf(capabilities, 'userFields', 'pendingLicenseIds')
    if (pending.support === 'unsupported') {
      const reason = `the vendor does not say who waits for a seat (${pending.reason})`
      return { groups: [], abstentions: abstain(RULE, { provider: id }, reason) }
    }
    const awaited = awaitedOf(waiting, rowsById(provider))
    const free = new Map(
      awaited.flatMap(({ licenseId, row, users }) =>
        row?.available.kind === 'known' && row.available.value <= 0
          ? [[licenseId, { available: row.available.value, purchased: row.purchased, users }] as const]
          : [],
      ),
    )
    const findingsOf = (user: UserRow): readonly Finding[] =>
      [...new Set(user.pendingLicenseIds)].flatMap((licenseId) => {
        const license = free.get(licenseId)
        if (license === undefined) return []
        const { available, purchased, users } = license
        return [
          createFinding({
            rule: RULE,
            message: `${holderName(user)} waits for ${labels.labelOf(id, licenseId)}, of which no seat is free`,
            provider: id,
            licenseId,
            userId: user.id,
            evidence: {
              ...(purchased.kind === 'known' ? { purchased: purchased.value } : {}),
              available,
              waiting: users,
            },
            seats: known(1),
            // No user has the seat, and nothing is paid for it yet.
            cost: notApplicable,
          }),
        ]
      })
    const groupOf = (user: UserRow): readonly FoundGroup[] => {
      const [first, ...others] = findingsOf(user)
      if (first === undefined) return []
      const names = [first, ...others].map(({ licenseId = '' }) => labels.labelOf(id, licenseId))
      return [
        {
          message: `${holderName(user)} waits for ${inWords(names)}, of which no seat is free`,
          findings: [first, ...others],
        },
      ]
    }
    const unjudged = awaited.flatMap((license): readonly Abstention[] => {
      const gap = gapOf(license)
      const { licenseId, users } = license
      const waits = quantity(users, 'user waits', 'users wait')
      return gap === undefined
        ? []
        : abstain(
            RULE,
            { provider: id, licenseId },
            `${waits} for a seat, and it is not known whether one is free: ${gap}`,
          )
    })
    return {
      groups: waiting.flatMap(groupOf),
      abstentions: [...abstain(RULE, { provider: id }, holdersGap, licensesGap), ...unjudged],
    }
  })
