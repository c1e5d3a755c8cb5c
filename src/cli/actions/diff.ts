import * as E from 'fp-ts/lib/Either.js'
import { diffSnapshots, type SnapshotDiff } from '../../index.ts'
import { noticesOfDiff, renderDiff } from '../../render/index.ts'
import type { DiffOptions } from '../commands/diff.ts'
import type { Environment } from '../environment.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { notify } from '../output/notify.ts'
import { requireSnapshot } from '../snapshot/load-snapshot.ts'
import { readJournals } from '../snapshot/read-journals.ts'
import { UsageError } from '../usage-error.ts'
import { printResult } from './print-result.ts'

const compare = async (
  environment: Environment,
  before: string,
  after: string,
  folder: string | undefined,
): Promise<SnapshotDiff> => {
  const journals = await readJournals(folder, environment)
  const load = (name: string) => requireSnapshot(name, environment)
  const compared = await diffSnapshots(await load(before), await load(after), journals)()
  if (E.isLeft(compared)) throw new UsageError([`${before}, ${after}: ${compared.left.message}`])
  return compared.right
}

export const diff = async (
  invocation: Invocation,
  before: string,
  after: string,
  { format, output, journals }: DiffOptions,
): Promise<readonly ProviderOutcome[]> => {
  const { environment } = invocation
  const make = () => compare(environment, before, after, journals)
  const made = await printResult(invocation, output, make, (result, target) =>
    renderDiff(result, { format, allIn: '--format json', ...target }),
  )
  // What is for people says it in its first lines.
  if (format === 'json') for (const notice of noticesOfDiff(made)) notify(environment, notice)
  const isAttributed = made.attribution?.complete ?? true
  return [{ status: made.complete && isAttributed ? 'complete' : 'partial' }]
}
