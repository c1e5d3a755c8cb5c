import { resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import {
  type ApplyPlanOptions,
  didYouMean,
  failureLines,
  isLostForGood,
  type LicenseProvider,
  type Plan,
  type PlanFailure,
  type PlanResult,
} from '../../index.ts'
import { type FileJournal, nodeSha256, openFileJournal } from '../../node/index.ts'
import { Values } from '../../provider-kit/index.ts'
import { type ChangesFormat, piecesOf, quantity, renderChanges, renderPlan } from '../../render/index.ts'
import { cannotWrite, OutsideFailure } from '../cannot-write.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { confirm, type Question } from '../output/confirm.ts'
import { howToAllow } from '../output/how-to-allow.ts'
import { complain, notify, warn } from '../output/notify.ts'
import { type OutputFile, openOutputFile } from '../output/output-file.ts'
import { columnsOf, paintFor, surfaceOf } from '../output/surface.ts'
import { writeOut } from '../output/write-out.ts'
import { UsageError } from '../usage-error.ts'
import { outcomeOfFailures } from './outcome-of-failures.ts'
import { withProviders } from './with-providers.ts'

/** Changes that are ready to be made. */
interface PreparedRun {
  /** What is to be decided on. */
  readonly plan: Plan
  /** What is asked on the terminal; absent where the answer is known. */
  readonly question: Question | undefined
  /** What there is to say if the plan has no changes. */
  readonly nothing: string
  /** What cannot be done of it, one line each. */
  readonly left: readonly string[]
  /** What it does not bring back, one line each. The plan, which is shown where the user is asked, has it too. */
  readonly remarks: readonly string[]
  readonly carryOut: (options: ApplyOptions) => TaskEither<PlanFailure, PlanResult>
}

type ApplyOptions = Omit<ApplyPlanOptions, 'state'>

/** A full disk is no mistake of the user's; what else is wrong with a journal is. */
const cannotOpen = (failure: PlanFailure): Error => {
  const fault = failure._tag === 'JournalUnavailable' ? failure.fault : undefined
  const advice = fault === 'notThere' ? '; expected the file that "seatlens apply" has written, PLAN.journal' : ''
  const lines = failureLines(failure).map((line) => `${line}${advice}`)
  return fault === 'noRoom' ? new OutsideFailure(lines) : new UsageError(lines)
}

/** What taking a plan back does not bring back, one line for each kind: the first one, and how many there are like it. */
export const doesNotComeBack = ({ warnings }: Plan): readonly string[] =>
  [...Values.groupedBy(warnings.filter(isLostForGood), ({ rule }) => rule).values()].map(
    ([{ message, rule }, ...alike]) => {
      const more = alike.length === 0 ? '' : `, and ${quantity(alike.length, 'more like it', 'more like it')}`
      return `${message}${more} (${rule})`
    },
  )

/** Opens a journal for this run alone and reads it. */
export const openJournal = async (
  { environment }: Invocation,
  name: string,
  options?: { readonly mustExist: boolean },
): Promise<FileJournal> => {
  const path = resolve(environment.workingDirectory, name)
  environment.files.writes(path, name, 'the journal')
  const onRemark = (line: string) => notify(environment, line)
  const journal = await openFileJournal(path, { ...options, name, onRemark })()
  if (E.isLeft(journal)) throw cannotOpen(journal.left)
  if (journal.right.state?.chained === false) {
    onRemark(`${name}: written by version 0.1, without checksums: edits of it cannot be noticed`)
  }
  return journal.right
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
  /** The file that says what is to be done, as the user has named it. */
  readonly name: string
  /** The provider of the plan. */
  readonly provider: Plan['provider']
  /** The name of the journal, and what is open of it. */
  readonly journal: string
  readonly file: FileJournal
  /** Leave out what has drifted and do the rest. */
  readonly allowDrift: boolean | undefined
  /** How long accepted changes are looked for, in seconds. */
  readonly wait: number
  readonly format: ChangesFormat
  /** Where the result goes as JSON. */
  readonly output: string | undefined
  readonly prepare: (provider: LicenseProvider) => Promise<PreparedRun>
}

/** Shows what would be changed and asks. */
const decide = async ({ environment, signal }: Invocation, plan: Plan, question: Question): Promise<boolean> => {
  const { stderr, variables } = environment
  if (stderr.isTTY) {
    const target = { paint: paintFor(stderr, variables), ...columnsOf(stderr) }
    const table = await renderPlan(plan, { format: 'table', withoutExpiry: true, howToAllow, ...target })
    for (const piece of piecesOf(table)) stderr.write(piece)
    stderr.write('\n')
  }
  return confirm(environment, question, signal)
}

/** What to do about changes that were not made or are unknown; one line each. */
const adviceFor = ({ counts, journalProblem }: PlanResult, { allowDrift = false }: ChangeRun): readonly string[] => [
  ...(counts.drifted === 0 || allowDrift
    ? []
    : [
        'nothing was sent, because seats have changed since the plan was made: give --allow-drift to leave out what has drifted and do the rest',
      ]),
  ...(counts.notSent === 0 || (counts.drifted > 0 && !allowDrift) || journalProblem !== undefined
    ? []
    : [`${quantity(counts.notSent, 'change')} not sent: run the same command again to go on`]),
  ...(counts.unknown === 0 ? [] : ['unknown changes may still come: run the same command again later to find out']),
]

const tell = async (
  { environment }: Invocation,
  run: ChangeRun,
  result: PlanResult,
  file: OutputFile | undefined,
): Promise<void> => {
  await file?.commit(await renderChanges(result, { format: 'json' }))
  await writeOut(
    environment,
    await renderChanges(result, { format: run.format, ...surfaceOf(environment, run.format) }),
  )
  for (const { message, rule } of result.warnings ?? []) warn(environment, `${message} (${rule})`)
  for (const line of adviceFor(result, run)) complain(environment, line)
  notify(environment, `written down in ${run.journal}`)
  if (result.journalProblem === undefined) return
  complain(environment, `${run.journal}: not everything could be written down: ${result.journalProblem}`)
  complain(environment, 'nothing more was sent; solve that, then run the same command again')
}

/** The provider of a plan, or a mistake: it may have another id since the plan was made. */
const providerOf = (providers: readonly LicenseProvider[], { name, provider: { id } }: ChangeRun): LicenseProvider => {
  const found = providers.find((provider) => provider.id === id)
  if (found !== undefined) return found
  const ids = providers.map((provider) => provider.id)
  const expected = `expected one of ${ids.join(', ')}${didYouMean(id, ids)}`
  throw new UsageError([
    `${name}: the plan is for the provider ${JSON.stringify(id)}, which is not configured; ${expected}`,
  ])
}

/** Asks the user, makes the changes and prints the result, for `apply` and for `undo`. Closes the journal. */
export const runChanges = async (invocation: Invocation, run: ChangeRun): Promise<readonly ProviderOutcome[]> => {
  const { environment, signal, bounds } = invocation
  try {
    return await withProviders(
      invocation,
      undefined,
      async (providers, progress) => {
        const provider = providerOf(providers, run)
        const { plan, nothing, question, left, remarks, carryOut } = await run.prepare(provider)
        for (const line of left) complain(environment, line)
        const unfinished: readonly ProviderOutcome[] =
          left.length === 0 ? [] : [{ status: 'partial', planFailed: true }]
        if (plan.changes.length === 0) {
          notify(environment, nothing)
          return unfinished
        }
        const agreed = question === undefined || (await progress.aside(() => decide(invocation, plan, question)))
        if (!agreed) {
          const { expected } = question
          const why = expected === undefined || signal.aborted ? '' : `: to go on, type ${expected}`
          complain(environment, `nothing was changed${why}`)
          return [{ status: 'complete', declined: true }]
        }
        const file = run.output === undefined ? undefined : await openOutputFile(run.output, environment)
        const { onProgress, onChange, onWait } = progress
        const carriedOut = await carryOut({
          ...bounds(),
          allowDrift: run.allowDrift,
          settleWithinMs: run.wait * 1_000,
          sha256: nodeSha256,
          journal: run.file,
          onProgress,
          onChange,
          onWait,
        })()
        progress.stop()
        if (E.isLeft(carriedOut)) {
          const failure = run.file.failure()
          if (failure !== undefined) throw cannotWrite(failure, failureLines(carriedOut.left))
          const outcome = outcomeOfFailures(invocation, provider, carriedOut.left)
          complain(environment, 'nothing was sent')
          return [outcome]
        }
        await tell(invocation, run, carriedOut.right, file)
        if (question === undefined) for (const remark of remarks) warn(environment, remark)
        return [outcomeOf(carriedOut.right), ...unfinished]
      },
      [run.provider.id],
    )
  } finally {
    await run.file.close()
  }
}
