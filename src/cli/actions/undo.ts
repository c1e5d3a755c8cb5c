import * as E from 'fp-ts/lib/Either.js'
import { applyUndo, createUndo, failureLines, type JournalState, type Undo } from '../../index.ts'
import { nodeSha256 } from '../../node/index.ts'
import { quantity } from '../../render/index.ts'
import type { UndoOptions } from '../commands/undo.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { useLittleMemory } from '../frugal-heap.ts'
import type { Invocation } from '../invocation.ts'
import { yesOrNo } from '../output/confirm.ts'
import { notify } from '../output/notify.ts'
import { UsageError } from '../usage-error.ts'
import { doesNotComeBack, openJournal, runChanges } from './change-run.ts'

/** Why there is nothing to take back. */
const nothingOf = ({ takenBack }: JournalState, { left }: Undo): string => {
  if (left.length > 0) return 'nothing of the rest can be taken back'
  return takenBack === undefined ? 'nothing was made, so there is nothing to take back' : 'all was taken back already'
}

export const undo = async (
  invocation: Invocation,
  journal: string,
  { yes, allowDrift, wait, format, output }: UndoOptions,
): Promise<readonly ProviderOutcome[]> => {
  useLittleMemory()
  const file = await openJournal(invocation, journal, { mustExist: true })
  const { state } = file
  if (state === undefined) {
    // A run that ended before it began leaves this, and nothing was sent.
    await file.close()
    notify(invocation.environment, `${journal}: nothing was begun, so there is nothing to take back`)
    return []
  }
  return runChanges(invocation, {
    name: journal,
    provider: state.plan.provider,
    journal,
    file,
    allowDrift,
    wait,
    format,
    output,
    prepare: async (provider) => {
      const made = await createUndo(state, provider, { sha256: nodeSha256 })()
      if (E.isLeft(made)) throw new UsageError(failureLines(made.left).map((line) => `${journal}: ${line}`))
      const undoing = made.right
      const changes = quantity(undoing.plan.changes.length, 'change')
      return {
        plan: undoing.plan,
        question: yes ? undefined : yesOrNo(`Take back ${changes} in ${provider.id}?`),
        remarks: doesNotComeBack(undoing.plan),
        nothing: `${journal}: ${nothingOf(state, undoing)}`,
        left: undoing.left.map((line) => `not taken back: ${line}`),
        carryOut: (options) => applyUndo(undoing, provider, { ...options, state }),
      }
    },
  })
}
