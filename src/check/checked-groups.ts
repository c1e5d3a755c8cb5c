import { notApplicable } from '../model/count.ts'
import { numberText } from '../model/quantity.ts'
import { sumOfCosts } from '../report/cost/cost-tally.ts'
import { sumOfSeats } from '../report/findings/finding-groups.ts'
import type { FindingGroup, LicenseReport } from '../report/license-report.ts'
import type { CheckFindingGroup, CheckItem, CheckVerdict } from './check-result.ts'

type Grouped = Pick<FindingGroup, 'id' | 'rule' | 'message' | 'provider' | 'userId' | 'accounts' | 'findings'>

/** In a report of version 0.1, each finding is by itself. */
const groupsOf = ({ findings = [], findingGroups }: LicenseReport): readonly Grouped[] =>
  findingGroups ?? findings.map((finding) => ({ ...finding, id: finding.group ?? finding.id, findings: [finding.id] }))

/** What is new or worse decides, then what is not accepted. */
const VERDICTS = ['breached', 'inBaseline', 'accepted'] as const satisfies readonly CheckVerdict[]

const messageOf = ({ message }: Grouped, all: readonly CheckItem[], counting: readonly CheckItem[]): string => {
  const [only, ...others] = counting
  // That it is worse than in the baseline is said of the single finding.
  if (only !== undefined && others.length === 0 && all.length === 1) return only.message
  const left = all.length - counting.length
  return left === 0
    ? message
    : `${message}; ${numberText(left)} of these ${numberText(all.length)} are accepted or in the baseline`
}

const judged = (group: Grouped, items: readonly CheckItem[]): readonly CheckFindingGroup[] => {
  const verdict = VERDICTS.find((one) => items.some((item) => item.verdict === one))
  if (verdict === undefined) return []
  const counting = items.filter((item) => item.verdict === verdict)
  const { id, rule, provider, userId, accounts } = group
  const [{ accepted } = {}] = counting
  return [
    {
      id,
      rule,
      verdict,
      message: messageOf(group, items, counting),
      provider,
      ...(userId === undefined ? {} : { userId }),
      ...(accounts === undefined ? {} : { accounts }),
      items: items.flatMap((item) => item.id ?? []),
      seats: sumOfSeats(counting.map(({ seats = notApplicable }) => ({ seats }))),
      cost: sumOfCosts(counting.map(({ cost = notApplicable }) => cost)),
      ...(verdict === 'accepted' && accepted !== undefined ? { accepted } : {}),
    },
  ]
}

/** The findings of a check as people see them, in the order of the report. */
export const checkedGroups = (report: LicenseReport, items: readonly CheckItem[]): readonly CheckFindingGroup[] => {
  const byId = new Map(
    items.flatMap((item) => (item.id !== undefined && item.findingGroup !== undefined ? [[item.id, item]] : [])),
  )
  return groupsOf(report).flatMap((group) =>
    judged(
      group,
      group.findings.flatMap((id) => byId.get(id) ?? []),
    ),
  )
}

/** How often there is each verdict as people count: all findings of one group are one. */
export const groupCountsOf = (
  items: readonly CheckItem[],
  groups: readonly CheckFindingGroup[],
): Readonly<Record<CheckVerdict, number>> => {
  const counts = { passed: 0, breached: 0, accepted: 0, inBaseline: 0, unknown: 0 }
  for (const { verdict, findingGroup } of items) if (findingGroup === undefined) counts[verdict]++
  for (const { verdict } of groups) counts[verdict]++
  return counts
}
