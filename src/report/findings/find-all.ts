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

/** What all rules find, rule by rule. `isOpen`: nothing accepts a finding. */
export const findAll = (context: FindingContext, isOpen: (finding: Finding) => boolean): RuleResult => {
  const found = mergeResults(findingRules.flatMap((rule) => (rule === LAST ? [] : [rules[rule](context)])))
  const open = found.groups.flatMap(({ findings }) => findings).filter(isOpen)
  return mergeResults([found, renewalDue(context, open)])
}
