import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { createTrend, type DamagedSnapshot, readForTrend, type Trend, type TrendReading } from '../../index.ts'
import { type RenderTarget, renderTrend } from '../../render/index.ts'
import type { TrendOptions } from '../commands/trend.ts'
import type { Environment } from '../environment.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { loadSnapshot, snapshotsIn } from '../snapshot/load-snapshot.ts'
import { readJournals } from '../snapshot/read-journals.ts'
import { UsageError } from '../usage-error.ts'
import { printResult } from './print-result.ts'

const INTERRUPTED = 'the run was interrupted before it was read'

/** What the trend keeps of a snapshot, and the seal that a copy of it has too. */
interface SealedReading extends TrendReading {
  readonly hash: string
}

const read = async (
  name: string,
  folder: string,
  environment: Environment,
): Promise<E.Either<DamagedSnapshot, SealedReading>> => {
  const snapshot = await loadSnapshot(join(folder, name), environment, { seatsOnly: true })
  if (E.isLeft(snapshot)) return E.left({ name, problem: snapshot.left })
  const reading = await readForTrend(name, snapshot.right)()
  return E.right({ ...reading, hash: snapshot.right.manifest.hash })
}

const trendOf = async (
  { environment, signal }: Invocation,
  folder: string,
  journalFolder: string | undefined,
): Promise<Trend> => {
  const journals = await readJournals(journalFolder, environment)
  const readings = new Map<string, TrendReading>()
  const damaged: DamagedSnapshot[] = []
  // One after the other, so that there is never more than one in memory.
  for (const name of await snapshotsIn(folder, environment)) {
    const reading = signal.aborted ? E.left({ name, problem: INTERRUPTED }) : await read(name, folder, environment)
    if (E.isLeft(reading)) damaged.push(reading.left)
    // A copy adds nothing to the first one.
    else if (!readings.has(reading.right.hash)) readings.set(reading.right.hash, reading.right)
  }
  // Those that cannot be used are part of every output; where there is no output, they are the reason.
  if (readings.size === 0) {
    throw new UsageError(damaged.map(({ name, problem }) => `${name}: cannot be used as a snapshot: ${problem}`))
  }
  return createTrend([...readings.values()], damaged, journals)
}

export const trend = async (
  invocation: Invocation,
  folder: string,
  { format, output, journals: journalFolder }: TrendOptions,
): Promise<readonly ProviderOutcome[]> => {
  const render = (result: Trend, target: RenderTarget) => renderTrend(result, { format, ...target })
  const make = () => trendOf(invocation, folder, journalFolder)
  const { complete, journals = [] } = await printResult(invocation, output, make, render)
  const isWhole = complete && journals.every(({ kind }) => kind !== 'damaged')
  return [{ status: isWhole ? 'complete' : 'partial' }]
}
