import { resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { applyPlan, hasExpired, type Plan, readPlan } from '../../plan/index.ts'
import type { ApplyOptions } from '../commands/apply.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { counted } from '../formats/plan-table.ts'
import { parseJson, readTextFile } from '../input/text-file.ts'
import type { Invocation } from '../invocation.ts'
import { UsageError } from '../usage-error.ts'
import { loadJournal, runChanges } from './change-run.ts'

const loadPlan = async ({ environment }: Invocation, name: string): Promise<Plan> => {
  const text = await readTextFile(resolve(environment.workingDirectory, name), name, 'the plan')
  const plan = await readPlan(parseJson(name, text))()
  if (E.isLeft(plan)) throw new UsageError([`${name}: ${plan.left}`])
  if (hasExpired(plan.right, Date.now())) {
    throw new UsageError([`${name}: the plan has expired at ${plan.right.expiresAt}; make a new one`])
  }
  return plan.right
}

export const apply = async (
  invocation: Invocation,
  name: string,
  { yes, journal: journalName, allowDrift, format, output }: ApplyOptions,
): Promise<readonly ProviderOutcome[]> => {
  const plan = await loadPlan(invocation, name)
  const journal = journalName ?? `${name}.journal`
  const state = await loadJournal(invocation, journal)
  if (state !== undefined && state.plan.hash !== plan.hash) {
    throw new UsageError([`${journal}: the journal of another plan; give another one with --journal`])
  }
  const changes = counted(plan.changes.length, 'change', 'changes')
  return runChanges(invocation, {
    plan,
    journal,
    format,
    output,
    prepare: async (provider) => ({
      plan,
      question: yes ? undefined : `${state === undefined ? 'Make' : 'Go on with'} ${changes} in ${provider.id}?`,
      carryOut: (options) => applyPlan(plan, provider, { ...options, journalled: state?.changes, allowDrift }),
    }),
  })
}
