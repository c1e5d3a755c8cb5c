import { type Finding, type FindingRule, findingRules } from '../license-report.ts'
import { billedNotHeld } from './billed-not-held.ts'
import { boughtNotMapped } from './bought-not-mapped.ts'
import { dormantHolder } from './dormant-holder.ts'
import { type FindingContext, mergeResults, type Rule, type RuleResult } from './finding-context.ts'
import { idleWorkspace } from './idle-workspace.ts'
import { inactiveHolder } from './inactive-holder.ts'
import { includedLicense } from './included-license.ts'
import { neverActive } from './never-active.ts'
import { overAssigned } from './over-assigned.ts'
import { renewalDue } from './renewal-due.ts'
import { severalProviders } from './several-providers.ts'
import { unassignedSeats } from './unassigned-seats.ts'
import { undefinedLicense } from './undefined-license.ts'
import { waitingForSeat } from './waiting-for-seat.ts'

/** Looks at what the other rules have found. */
const LAST = 'renewal-due'

const rules: Readonly<Record<Exclude<FindingRule, typeof LAST>, Rule>> = {
  'unassigned-seats': unassignedSeats,
  'over-assigned': overAssigned,
  'inactive-holder': inactiveHolder,
  'dormant-holder': dormantHolder,
  'included-license': includedLicense,
  'undefined-license': undefinedLicense,
  'several-providers': severalProviders,
  'never-active': neverActive,
  'waiting-for-seat': waitingForSeat,
  'billed-not-held': billedNotHeld,
  'bought-not-mapped': boughtNotMapped,
  'idle-workspace': idleWorkspace,
}

/** Findings with what accepts them. */
type Judge = (findings: readonly Finding[]) => readonly Finding[]

const judgedGroups = (groups: RuleResult['groups'], judge: Judge): RuleResult['groups'] => {
  const judged = new Map(judge(groups.flatMap(({ findings }) => findings)).map((finding) => [finding.id, finding]))
  const of = (finding: Finding): Finding => judged.get(finding.id) ?? finding
  return groups.map(({ message, findings: [first, ...others] }) => ({
    message,
    findings: [of(first), ...others.map(of)],
  }))
}

/** What all rules find, rule by rule. `judge` is given all findings of the other rules at once, before the last rule looks at them. */
export const findAll = (context: FindingContext, judge: Judge): RuleResult => {
  const found = mergeResults(findingRules.flatMap((rule) => (rule === LAST ? [] : [rules[rule](context)])))
  const groups = judgedGroups(found.groups, judge)
  const last = renewalDue(
    context,
    groups.flatMap(({ findings }) => findings),
  )
  return mergeResults([
    { ...found, groups },
    { ...last, groups: judgedGroups(last.groups, judge) },
  ])
}
