import { applyUndo, createUndo } from '../../plan/index.ts'
import type { UndoOptions } from '../commands/undo.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { counted } from '../formats/plan-table.ts'
import type { Invocation } from '../invocation.ts'
import { notify } from '../output/notify.ts'
import { UsageError } from '../usage-error.ts'
import { loadJournal, runChanges } from './change-run.ts'

export const undo = async (
  invocation: Invocation,
  journal: string,
  { yes, allowDrift, format, output }: UndoOptions,
): Promise<readonly ProviderOutcome[]> => {
  const state = await loadJournal(invocation, journal)
  if (state === undefined) throw new UsageError([`${journal}: expected the journal of a plan that was applied`])
  let left: readonly string[] = []
  const outcomes = await runChanges(invocation, {
    plan: state.plan,
    journal,
    format,
    output,
    prepare: async (provider) => {
      const undoing = await createUndo(state, provider)
      left = undoing.left
      for (const line of left) notify(invocation.environment, `not taken back: ${line}`)
      return {
        plan: undoing.plan,
        question: yes
          ? undefined
          : `Take back ${counted(undoing.plan.changes.length, 'change', 'changes')} in ${provider.id}?`,
        carryOut: (options) => applyUndo(undoing, state, provider, { ...options, allowDrift }),
      }
    },
  })
  return left.length === 0 ? outcomes : [...outcomes, { status: 'partial', planFailed: true }]
}
