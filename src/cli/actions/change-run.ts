import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseProvider } from '../../contract/license-provider.ts'
import {
  type ApplyPlanOptions,
  failureLines,
  type JournalState,
  type Plan,
  type PlanFailure,
  type PlanResult,
  readJournal,
  readPlan,
} from '../../plan/index.ts'
import { type ChangesFormatName, changesFormats } from '../../render/plan/changes-formats.ts'
import { renderDecisionTable } from '../../render/plan/plan-table.ts'
import { cannotWrite } from '../cannot-write.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { jsonMistake } from '../input/json-mistake.ts'
import type { Invocation } from '../invocation.ts'
import { type JournalFile, openJournalFile } from '../journal-file.ts'
import { nodeSha256 } from '../node-sha256.ts'
import { confirm, type Question } from '../output/confirm.ts'
import { notify, warn } from '../output/notify.ts'
import { type OutputFile, openOutputFile } from '../output/output-file.ts'
import { columnsOf, paintFor, surfaceOf } from '../output/surface.ts'
import { writeOut } from '../output/write-out.ts'
import { lockPlan } from '../plan-lock.ts'
import { UsageError } from '../usage-error.ts'
import { outcomeOfFailures } from './outcome-of-failures.ts'
import { withProviders } from './with-providers.ts'

/** Changes that are ready to be made. */
interface PreparedRun {
  /** What is to be decided on. */
  readonly plan: Plan
  /** What is asked on the terminal; absent where the answer is known. */
  readonly question: Question | undefined
  /** What cannot be done of it, one line each, told before and after. */
  readonly left: readonly string[]
  /** What it does not bring back, one line each, told before and after. */
  readonly remarks: readonly string[]
  readonly carryOut: (options: ApplyOptions) => TaskEither<PlanFailure, PlanResult>
}

type ApplyOptions = Omit<ApplyPlanOptions, 'journalled' | 'besides'>

/** What the journal of a run says before it. */
export interface OpenedJournal {
  readonly file: JournalFile
  /** Undefined where nothing was begun. */
  readonly state: JournalState | undefined
}

/** Opens a journal for this run alone and reads it. */
export const openJournal = async (
  { environment }: Invocation,
  name: string,
  options?: { readonly mustExist: boolean },
): Promise<OpenedJournal> => {
  const { file, text } = await openJournalFile(name, environment, options)
  const refuse = async (...lines: readonly string[]): Promise<never> => {
    await file.close()
    throw new UsageError(lines.map((line) => `${name}: ${line}`))
  }
  const read = await readJournal(text, { sha256: nodeSha256 })()
  if (E.isLeft(read)) {
    const isPlan = jsonMistake(text) === undefined && E.isRight(await readPlan(JSON.parse(text))())
    return isPlan
      ? refuse(`it is a plan, and not the journal of one; expected ${name}.journal`)
      : refuse(...failureLines(read.left))
  }
  const state = read.right
  if (state === undefined) return { file, state }
  const intact = await readPlan(state.plan, { sha256: nodeSha256 })()
  if (E.isLeft(intact)) return refuse(...failureLines(intact.left))
  if (!state.chained) {
    notify(environment, `${name}: written by version 0.1, without checksums: an edit of it could not be noticed`)
  }
  return { file, state }
}

/** How the provider of a plan fared by it. */
const outcomeOf = ({ complete, changes }: PlanResult): ProviderOutcome => {
  const failures = changes.flatMap((change) => (change.result === 'refused' ? [change.reason] : []))
  const [first] = failures
  // Where not a single change could be made for one reason, that is what there is to say.
  const isForOneReason = failures.length === changes.length && failures.every(({ _tag }) => _tag === first?._tag)
  if (complete) return { status: 'complete' }
  return { status: isForOneReason ? 'failed' : 'partial', error: first, planFailed: true }
}

export interface ChangeRun {
  /** The provider of the plan. */
  readonly provider: Plan['provider']
  /** The name of the journal, and what is open of it. */
  readonly journal: string
  readonly file: JournalFile
  /** Leave out what has drifted and do the rest. */
  readonly allowDrift: boolean | undefined
  /** How long accepted changes are looked for, in seconds. */
  readonly wait: number
  readonly format: ChangesFormatName
  /** Where the result goes as JSON. */
  readonly output: string | undefined
  readonly prepare: (provider: LicenseProvider) => Promise<PreparedRun>
}

/** Shows what would be changed and asks. */
const decide = ({ environment, signal }: Invocation, plan: Plan, question: Question): Promise<boolean> => {
  const { stderr, variables } = environment
  const surface = { paint: paintFor(stderr, variables), ...columnsOf(stderr) }
  if (stderr.isTTY) stderr.write(`${renderDecisionTable(plan, surface)}\n`)
  return confirm(environment, question, signal)
}

/** What to do about changes that were not made, or of which that is not known; one line each. */
const adviceFor = ({ counts }: PlanResult, { allowDrift = false }: ChangeRun): readonly string[] => [
  ...(counts.drifted === 0 || allowDrift
    ? []
    : ['nothing was sent, as not all is as it was: give --allow-drift to leave out what has drifted and do the rest']),
  ...(counts.unknown === 0 ? [] : ['what is not known may still come: run the same command again later to find out']),
]

const tell = async (
  { environment }: Invocation,
  run: ChangeRun,
  result: PlanResult,
  file: OutputFile | undefined,
): Promise<void> => {
  const renderJson = await changesFormats.json()
  await file?.commit(renderJson(result))
  const render = await changesFormats[run.format]()
  await writeOut(environment, render(result, surfaceOf(environment)))
  for (const { message, rule } of result.warnings ?? []) warn(environment, `${message} (${rule})`)
  for (const line of adviceFor(result, run)) notify(environment, line)
  notify(environment, `written down in ${run.journal}`)
  if (result.journalProblem === undefined) return
  notify(environment, `${run.journal}: not everything could be written down: ${result.journalProblem}`)
  notify(environment, 'nothing more was sent; mend that, then run the same command again')
}

/** Asks, changes and tells: what applying a plan and taking it back have in common. Closes the journal. */
export const runChanges = async (invocation: Invocation, run: ChangeRun): Promise<readonly ProviderOutcome[]> => {
  const { environment, signal, bounds } = invocation
  try {
    return await withProviders(invocation, [run.provider.id], async ([provider], progress) => {
      if (provider === undefined) return []
      const { plan, question, left, remarks, carryOut } = await run.prepare(provider)
      const tellOfRest = () => {
        for (const line of left) notify(environment, line)
        for (const remark of remarks) warn(environment, remark)
      }
      // Whoever is asked is shown the plan, which has the warnings.
      if (question === undefined) tellOfRest()
      else for (const line of left) notify(environment, line)
      const unfinished: readonly ProviderOutcome[] = left.length === 0 ? [] : [{ status: 'partial', planFailed: true }]
      if (plan.changes.length === 0) {
        notify(environment, 'there is nothing to change')
        return unfinished
      }
      const agreed = question === undefined || (await progress.aside(() => decide(invocation, plan, question)))
      if (!agreed) {
        const { expected } = question
        const why = expected === undefined ? '' : `: to go on, ${expected} has to be typed`
        if (!signal.aborted) notify(environment, `nothing was changed${why}`)
        return [{ status: 'complete', declined: true }]
      }
      const file = run.output === undefined ? undefined : await openOutputFile(run.output, environment)
      const { onProgress, onChange, onWait } = progress
      const carriedOut = await carryOut({
        ...bounds(),
        allowDrift: run.allowDrift,
        settleWithinMs: run.wait * 1_000,
        sha256: nodeSha256,
        journal: { ...run.file, acquire: (hash) => lockPlan(hash, environment) },
        onProgress,
        onChange,
        onWait,
      })()
      progress.stop()
      if (E.isLeft(carriedOut)) {
        if (run.file.failure() !== undefined) throw cannotWrite(run.file.failure(), failureLines(carriedOut.left))
        const outcome = outcomeOfFailures(invocation, provider, carriedOut.left)
        notify(environment, 'nothing was sent')
        return [outcome]
      }
      await tell(invocation, run, carriedOut.right, file)
      tellOfRest()
      return [outcomeOf(carriedOut.right), ...unfinished]
    })
  } finally {
    await run.file.close()
  }
}
