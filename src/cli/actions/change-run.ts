import { resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type { LicenseProvider } from '../../contract/license-provider.ts'
import {
  type ApplyPlanOptions,
  type JournalState,
  type Plan,
  type PlanResult,
  readJournal,
  readPlan,
  type Unread,
} from '../../plan/index.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { type ChangesFormatName, changesFormats } from '../formats/changes-formats.ts'
import { renderPlanTable } from '../formats/plan-table.ts'
import { readTextFileIfThere } from '../input/text-file.ts'
import type { Invocation } from '../invocation.ts'
import { openJournalFile } from '../journal-file.ts'
import type { AtomicFile } from '../output/atomic-file.ts'
import { confirm } from '../output/confirm.ts'
import { notify } from '../output/notify.ts'
import { openOutputFile } from '../output/output-file.ts'
import { paintFor } from '../output/paint.ts'
import { plainSurface, surfaceOf } from '../output/surface.ts'
import { writeOut } from '../output/write-out.ts'
import { UsageError } from '../usage-error.ts'
import { announceUnread } from './plan.ts'
import { withProviders } from './with-providers.ts'

/** Reads a journal, if there is one and something was begun in it. */
export const loadJournal = async ({ environment }: Invocation, name: string): Promise<JournalState | undefined> => {
  const text = await readTextFileIfThere(resolve(environment.workingDirectory, name), name, 'the journal')
  if (text === undefined) return undefined
  const read = readJournal(text)
  if (E.isLeft(read)) throw new UsageError([`${name}: not a journal: ${read.left}`])
  if (read.right === undefined) return undefined
  const intact = await readPlan(read.right.plan)()
  if (E.isLeft(intact)) throw new UsageError([`${name}: ${intact.left}`])
  return read.right
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

/** Changes that are ready to be made. */
interface PreparedRun {
  /** What is to be decided on. */
  readonly plan: Plan
  /** What is asked on the terminal; absent where the answer is known. */
  readonly question: string | undefined
  readonly carryOut: (options: ApplyOptions) => Promise<E.Either<Unread, PlanResult>>
}

type ApplyOptions = Omit<ApplyPlanOptions, 'journalled' | 'allowDrift'>

export interface ChangeRun {
  /** The plan that the journal is of. */
  readonly plan: Plan
  readonly journal: string
  readonly format: ChangesFormatName
  readonly output: string | undefined
  readonly prepare: (provider: LicenseProvider) => Promise<PreparedRun>
}

/** Shows what would be changed and asks. */
const decide = ({ environment, signal }: Invocation, plan: Plan, question: string): Promise<boolean> => {
  const { stderr, variables } = environment
  const surface = {
    paint: paintFor(stderr, variables),
    ...(stderr.columns === undefined ? {} : { columns: stderr.columns }),
  }
  if (stderr.isTTY) stderr.write(`${renderPlanTable(plan, surface)}\n`)
  return confirm(environment, question, signal)
}

const print = async ({ environment }: Invocation, result: PlanResult, format: ChangesFormatName, file?: AtomicFile) => {
  const render = await changesFormats[format]()
  const text = render(result, file === undefined ? surfaceOf(environment) : plainSurface)
  await (file === undefined ? writeOut(environment, text) : file.commit(text))
}

/** Asks, changes and tells: what applying a plan and taking it back have in common. */
export const runChanges = (invocation: Invocation, run: ChangeRun): Promise<readonly ProviderOutcome[]> => {
  const { environment, signal, bounds } = invocation
  return withProviders(invocation, [run.plan.provider.id], async ([provider], progress) => {
    if (provider === undefined) return []
    if (provider.vendor !== run.plan.provider.vendor) {
      throw new UsageError([`the plan is for ${run.plan.provider.vendor}, and ${provider.id} is ${provider.vendor}`])
    }
    const { plan, question, carryOut } = await run.prepare(provider)
    if (plan.changes.length === 0) {
      notify(environment, 'there is nothing to change')
      return []
    }
    const agreed = question === undefined || (await progress.aside(() => decide(invocation, plan, question)))
    if (!agreed) {
      if (!signal.aborted) notify(environment, 'nothing was changed')
      return [{ status: 'complete', planFailed: true }]
    }
    const file = run.output === undefined ? undefined : await openOutputFile(run.output, environment)
    const journal = await openJournalFile(resolve(environment.workingDirectory, run.journal))
    try {
      const { onProgress, onChange } = progress
      const carriedOut = await carryOut({ ...bounds(), journal, onProgress, onChange })
      progress.stop()
      if (E.isLeft(carriedOut)) {
        await file?.discard()
        const outcome = announceUnread(invocation, provider, carriedOut.left)
        notify(environment, 'nothing was sent')
        return [outcome]
      }
      await print(invocation, carriedOut.right, run.format, file)
      notify(environment, `written down in ${run.journal}`)
      return [outcomeOf(carriedOut.right)]
    } catch (error) {
      await file?.discard().catch(() => {})
      throw error
    } finally {
      await journal.close()
    }
  })
}
