import { type FindingRule, findingRules } from '../license-report.ts'
import { dormantHolder } from './dormant-holder.ts'
import { type FindingContext, mergeResults, type Rule, type RuleResult } from './finding-context.ts'
import { idleWorkspace } from './idle-workspace.ts'
import { inactiveHolder } from './inactive-holder.ts'
import { includedLicense } from './included-license.ts'
import { neverActive } from './never-active.ts'
import { overAssigned } from './over-assigned.ts'
import { severalProviders } from './several-providers.ts'
import { unassignedSeats } from './unassigned-seats.ts'
import { undefinedLicense } from './undefined-license.ts'

const rules: Readonly<Record<FindingRule, Rule>> = {
  'unassigned-seats': unassignedSeats,
  'over-assigned': overAssigned,
  'inactive-holder': inactiveHolder,
  'dormant-holder': dormantHolder,
  'included-license': includedLicense,
  'undefined-license': undefinedLicense,
  'several-providers': severalProviders,
  'never-active': neverActive,
  'idle-workspace': idleWorkspace,
}

/** What all rules find, rule by rule. */
export const findAll = (context: FindingContext): RuleResult =>
  mergeResults(findingRules.map((rule) => rules[rule](context)))
