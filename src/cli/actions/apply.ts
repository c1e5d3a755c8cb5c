import * as E from 'fp-ts/lib/Either.js'
import { applyPlan, failureLines, hasExpired, type Plan, readPlan } from '../../plan/index.ts'
import type { ApplyOptions } from '../commands/apply.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { parseJson, readTextFile } from '../input/text-file.ts'
import type { Invocation } from '../invocation.ts'
import { quantityText } from '../output/count-text.ts'
import { notify } from '../output/notify.ts'
import { UsageError } from '../usage-error.ts'
import { openJournal, runChanges } from './change-run.ts'

const loadPlan = async ({ environment }: Invocation, name: string): Promise<Plan> => {
  const text = await readTextFile(name, 'the plan', environment)
  const plan = await readPlan(parseJson(name, text))()
  if (E.isLeft(plan)) throw new UsageError(failureLines(plan.left).map((line) => `${name}: ${line}`))
  return plan.right
}

export const apply = async (
  invocation: Invocation,
  name: string,
  { yes, journal: journalName, allowDrift, wait, format, output }: ApplyOptions,
): Promise<readonly ProviderOutcome[]> => {
  const plan = await loadPlan(invocation, name)
  if (plan.changes.length === 0) {
    notify(invocation.environment, 'the plan changes nothing')
    return []
  }
  const journal = journalName ?? `${name}.journal`
  const { file, state } = await openJournal(invocation, journal)
  const problem =
    state === undefined
      ? // What was begun in time may be brought to its end.
        hasExpired(plan, Date.now()) && `${name}: the plan has expired at ${plan.expiresAt}; make a new one`
      : state.plan.hash !== plan.hash && `${journal}: the journal of another plan; give another one with --journal`
  if (problem) {
    await file.close()
    throw new UsageError([problem])
  }
  const changes = quantityText(plan.changes.length, 'change')
  return runChanges(invocation, {
    provider: plan.provider,
    journal,
    file,
    wait,
    format,
    output,
    prepare: async (provider) => ({
      plan,
      question: yes ? undefined : `${state === undefined ? 'Make' : 'Go on with'} ${changes} in ${provider.id}?`,
      left: [],
      carryOut: (options) => applyPlan(plan, provider, { ...options, journalled: state?.changes, allowDrift }),
    }),
  })
}
