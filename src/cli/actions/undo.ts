import { applyUndo, createUndo } from '../../plan/index.ts'
import type { UndoOptions } from '../commands/undo.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { counted } from '../formats/plan/plan-table.ts'
import type { Invocation } from '../invocation.ts'
import { UsageError } from '../usage-error.ts'
import { openJournal, runChanges } from './change-run.ts'

export const undo = async (
  invocation: Invocation,
  journal: string,
  { yes, allowDrift, format, output }: UndoOptions,
): Promise<readonly ProviderOutcome[]> => {
  const { file, state } = await openJournal(invocation, journal, { mustExist: true })
  if (state === undefined) {
    await file.close()
    throw new UsageError([`${journal}: expected the journal of a plan that was applied`])
  }
  return runChanges(invocation, {
    provider: state.plan.provider,
    journal,
    file,
    format,
    output,
    inputs: [journal],
    prepare: async (provider) => {
      const undoing = await createUndo(state, provider)
      const changes = counted(undoing.plan.changes.length, 'change', 'changes')
      return {
        plan: undoing.plan,
        question: yes ? undefined : `Take back ${changes} in ${provider.id}?`,
        left: undoing.left.map((line) => `not taken back: ${line}`),
        carryOut: (options) => applyUndo(undoing, state, provider, { ...options, allowDrift }),
      }
    },
  })
}
