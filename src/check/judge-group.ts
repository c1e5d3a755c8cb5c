import { leastOf } from '../model/count.ts'
import { numberText, quantity } from '../model/quantity.ts'
import { findingId } from '../report/findings/finding-id.ts'
import type { Suppressor } from '../report/findings/suppression.ts'
import { groupText } from '../report/groups/group-text.ts'
import type { LicenseLabels } from '../report/license-labels.ts'
import type { GroupRow, LicenseReport } from '../report/license-report.ts'
import type { CheckGroup, CheckItem } from './check-result.ts'

const RULE = 'max-findings'

/** What tells a group from all others, in ids. */
export const keyOfGroup = ({ by, kind, name, provider, licenseId }: CheckGroup): string =>
  JSON.stringify([by, kind, provider === undefined ? name : undefined, provider, licenseId])

interface Surroundings {
  readonly suppressor: Suppressor
  readonly labels: LicenseLabels
}

const itemOf = (
  by: CheckGroup['by'],
  { kind, name, provider, licenseId, atStake }: GroupRow,
  limit: number,
  { suppressor, labels }: Surroundings,
): CheckItem => {
  const group: CheckGroup = {
    by,
    kind,
    ...(name === undefined ? {} : { name }),
    ...(provider === undefined ? {} : { provider }),
    ...(licenseId === undefined ? {} : { licenseId }),
  }
  const about = {
    rule: RULE,
    ...(provider === undefined ? {} : { provider }),
    ...(licenseId === undefined ? {} : { licenseId }),
    group,
    name: groupText(group, labels),
  } as const
  if (atStake === undefined) return { ...about, verdict: 'unknown', message: 'the report was made without findings' }
  const { seats, cost } = atStake
  const findings = atStake.findingGroups ?? atStake.findings
  const least = leastOf(findings) ?? 0
  const atLeast = findings.kind === 'unknown' ? 'at least ' : ''
  const message = `${about.name}: ${atLeast}${quantity(least, 'finding')}, at most ${numberText(limit)} allowed`
  if (least <= limit) {
    return findings.kind === 'unknown'
      ? { ...about, verdict: 'unknown', message: `${message}; ${findings.reason}` }
      : { ...about, verdict: 'passed', message }
  }
  const id = findingId({ rule: RULE, provider: provider ?? '', licenseId: keyOfGroup(group) })
  const accepted = suppressor.acceptanceOf({ id, rule: RULE, provider: provider ?? '', licenseId })
  const breach = { ...about, id, message, evidence: { findings: least, allowed: limit }, seats, cost }
  return accepted === undefined ? { ...breach, verdict: 'breached' } : { ...breach, verdict: 'accepted', accepted }
}

/** Whether each group keeps the limit. With a gap, it may be known that the limit is breached, never that it is kept. */
export const judgeGroups = (
  { groups }: Pick<LicenseReport, 'groups'>,
  limit: number,
  surroundings: Surroundings,
): readonly CheckItem[] =>
  groups === undefined
    ? [{ rule: RULE, verdict: 'unknown', name: 'all groups', message: 'the report was made without groups' }]
    : groups.rows.map((row) => itemOf(groups.by, row, limit, surroundings))
