import * as E from 'fp-ts/lib/Either.js'
import {
  applyPlan,
  brakeOf,
  brakeText,
  failureLines,
  hasBegun,
  hasExpired,
  type JournalState,
  type LicenseProvider,
  type Plan,
  providerWith,
  readPlan,
  removalsOf,
} from '../../index.ts'
import { nodeSha256 } from '../../node/index.ts'
import { quantity, timeText } from '../../render/index.ts'
import type { ApplyOptions } from '../commands/apply.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { useLittleMemory } from '../frugal-heap.ts'
import { parseJson, readTextFile } from '../input/text-file.ts'
import type { Invocation } from '../invocation.ts'
import { type Question, yesOrNo } from '../output/confirm.ts'
import { notify } from '../output/notify.ts'
import { UsageError } from '../usage-error.ts'
import { doesNotComeBack, openJournal, runChanges } from './change-run.ts'
import { protectedSeats } from './protected-seats.ts'

const loadPlan = async ({ environment }: Invocation, name: string): Promise<Plan> => {
  const text = await readTextFile(name, 'the plan', environment)
  const plan = await readPlan(parseJson(name, text), { sha256: nodeSha256 })()
  if (E.isLeft(plan)) throw new UsageError(failureLines(plan.left).map((line) => `${name}: ${line}`))
  return plan.right
}

/** What is asked before a plan is carried out; undefined where the command line says all that there is to say. */
const questionFor = (plan: Plan, { yes, maxRemovals }: ApplyOptions): ((text: string) => Question | undefined) => {
  const brake = brakeOf(plan)
  const removals = removalsOf(plan)
  if (maxRemovals !== undefined && removals > maxRemovals) {
    const what = brake === undefined ? `the plan takes away ${quantity(removals, 'seat')}` : brakeText(brake)
    throw new UsageError([`--max-removals: expected at least ${removals}, found ${maxRemovals}; ${what}`])
  }
  if (brake === undefined || maxRemovals !== undefined) return (text) => (yes ? undefined : yesOrNo(text))
  const unanswered = `--max-removals ${removals}: needed to carry this out${yes ? '' : ', with --yes,'} where the number is not typed; ${brakeText(brake)}`
  if (yes) throw new UsageError([unanswered])
  const typed = `It takes away ${quantity(removals, 'seat')}; type that number to go on:`
  return (text) => ({ text: `${text}\n${typed}`, expected: String(removals), unanswered })
}

/**
 * The same for a plan of which undo has taken changes back: making them again is a decision of its own, which the `--yes` of a
 * schedule that still has the old plan is not.
 */
const questionAfterUndo = (
  name: string,
  takenBack: number,
  questionOf: ReturnType<typeof questionFor>,
  { yes }: ApplyOptions,
): ReturnType<typeof questionFor> => {
  const what = `undo has taken back ${quantity(takenBack, 'change')} of ${name}`
  const unanswered = `${what}; make a new plan, or run apply on a terminal without --yes to make them again`
  if (yes) throw new UsageError([unanswered])
  return (text) => {
    const question = questionOf(`${what}. ${text}`)
    return question === undefined ? undefined : { ...question, unanswered }
  }
}

/** Whether all of a plan was made, by its journal, so that no question is needed. */
const leavesNothing = ({ changes }: Plan, state: JournalState): boolean =>
  changes.every((_, place) => {
    const result = state.changes.get(place)?.result
    return result === 'applied' || result === 'alreadySo' || result === 'pending'
  })

/** The provider for looking whether all is still so: what is not any more would be sent without a question. */
const withoutSending = (provider: LicenseProvider): LicenseProvider =>
  providerWith(provider, {
    changeAssignments: async function* (changes) {
      const message = 'not sent: an earlier run found it already so, but it no longer is; make a new plan'
      const reason = { _tag: 'Conflict', provider: provider.id, operation: 'apply', message } as const
      for (const change of changes) yield { change, result: 'refused', reason }
    },
  })

export const apply = async (
  invocation: Invocation,
  name: string,
  options: ApplyOptions,
): Promise<readonly ProviderOutcome[]> => {
  useLittleMemory()
  const { journal: journalName, allowDrift, wait, format, output, maxRemovals } = options
  const plan = await loadPlan(invocation, name)
  const nothing = `${name}: the plan changes nothing`
  if (plan.changes.length === 0) {
    notify(invocation.environment, nothing)
    return []
  }
  const guarded = await protectedSeats(invocation, options.protected)
  const journal = journalName ?? `${name}.journal`
  const file = await openJournal(invocation, journal)
  const { state } = file
  const changes = quantity(plan.changes.length, 'change')
  const isFinished = state !== undefined && leavesNothing(plan, state)
  let questionOf: ReturnType<typeof questionFor> = () => undefined
  try {
    const problem =
      state !== undefined && state.plan.hash !== plan.hash
        ? `${journal}: the journal of another plan; give another one with --journal`
        : // What was begun in time may be brought to its end.
          !hasBegun(state?.changes) &&
          hasExpired(plan, Date.now()) &&
          `${name}: the plan has expired at ${timeText(plan.expiresAt, invocation.environment.timeZone?.())}; make a new one`
    if (problem) throw new UsageError([problem])
    if (!isFinished) questionOf = questionFor(plan, options)
    const takenBack = state?.takenBack?.size ?? 0
    if (takenBack > 0) questionOf = questionAfterUndo(name, takenBack, questionOf, options)
  } catch (mistake) {
    await file.close()
    throw mistake
  }
  if (isFinished) {
    notify(invocation.environment, `nothing is left to do: ${journal} says that all of ${name} was made (${changes})`)
  }
  return runChanges(invocation, {
    name,
    provider: plan.provider,
    journal,
    file,
    allowDrift,
    wait,
    format,
    output,
    prepare: async (provider) => ({
      plan,
      question: questionOf(`${hasBegun(state?.changes) ? 'Go on with' : 'Make'} ${changes} in ${provider.id}?`),
      nothing,
      left: [],
      remarks: doesNotComeBack(plan),
      carryOut: (running) =>
        // The user was asked, and has agreed to what the plan takes away.
        applyPlan(plan, isFinished ? withoutSending(provider) : provider, {
          ...running,
          maxRemovals: isFinished ? removalsOf(plan) : (maxRemovals ?? removalsOf(plan)),
          protected: guarded,
          state,
        }),
    }),
  })
}
