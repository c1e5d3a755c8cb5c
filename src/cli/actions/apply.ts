import * as E from 'fp-ts/lib/Either.js'
import { applyPlan, failureLines, hasBegun, hasExpired, type Plan, readPlan } from '../../plan/index.ts'
import type { ApplyOptions } from '../commands/apply.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { useLittleMemory } from '../frugal-heap.ts'
import { parseJson, readTextFile } from '../input/text-file.ts'
import type { Invocation } from '../invocation.ts'
import { quantityText } from '../output/count-text.ts'
import { notify } from '../output/notify.ts'
import { UsageError } from '../usage-error.ts'
import { openJournal, runChanges } from './change-run.ts'
import { doesNotComeBack } from './does-not-come-back.ts'

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
  useLittleMemory()
  const plan = await loadPlan(invocation, name)
  if (plan.changes.length === 0) {
    notify(invocation.environment, 'the plan changes nothing')
    return []
  }
  const journal = journalName ?? `${name}.journal`
  const { file, state } = await openJournal(invocation, journal)
  const problem =
    state !== undefined && state.plan.hash !== plan.hash
      ? `${journal}: the journal of another plan; give another one with --journal`
      : // What was begun in time may be brought to its end.
        !hasBegun(state?.changes) &&
        hasExpired(plan, Date.now()) &&
        `${name}: the plan has expired at ${plan.expiresAt}; make a new one`
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
      question: yes ? undefined : `${hasBegun(state?.changes) ? 'Go on with' : 'Make'} ${changes} in ${provider.id}?`,
      left: [],
      remarks: doesNotComeBack(plan),
      carryOut: (options) =>
        applyPlan(plan, provider, { ...options, journalled: state?.changes, besides: state?.besides, allowDrift }),
    }),
  })
}
