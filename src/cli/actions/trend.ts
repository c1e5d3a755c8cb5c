import { join, resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { createLicenseReport } from '../../report/create-license-report.ts'
import { createTrend, type DamagedSnapshot, type Trend, type TrendReading } from '../../snapshot/index.ts'
import type { TrendOptions } from '../commands/trend.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { trendFormats } from '../formats/trend-formats.ts'
import type { Invocation } from '../invocation.ts'
import { notify } from '../output/notify.ts'
import { loadSnapshot } from '../snapshot/snapshot-folder.ts'
import { snapshotsIn } from '../snapshot/snapshots-in.ts'
import { UsageError } from '../usage-error.ts'
import { printResult } from './print-result.ts'

const read = async (name: string, path: string): Promise<E.Either<DamagedSnapshot, TrendReading>> => {
  const snapshot = await loadSnapshot(path)
  if (E.isLeft(snapshot)) return E.left({ name, problem: snapshot.left })
  const { providers, clock } = snapshot.right
  const { generatedAt, complete, licenses } = await createLicenseReport({ clock })(providers)()
  return E.right({ name, report: { generatedAt, complete, licenses } })
}

const trendOf = async ({ environment, signal }: Invocation, folder: string): Promise<Trend> => {
  const path = resolve(environment.workingDirectory, folder)
  const readings: TrendReading[] = []
  const damaged: DamagedSnapshot[] = []
  // One after the other, so that there is never more than one in memory.
  for (const name of await snapshotsIn(path, folder)) {
    if (signal.aborted) break
    const reading = await read(name, join(path, name))
    if (E.isLeft(reading)) damaged.push(reading.left)
    else readings.push(reading.right)
  }
  const problems = damaged.map(({ name, problem }) => `${name}: cannot be used as a snapshot: ${problem}`)
  if (readings.length === 0 && !signal.aborted) throw new UsageError(problems)
  for (const problem of problems) notify(environment, problem)
  return createTrend(readings, damaged)
}

export const trend = async (
  invocation: Invocation,
  folder: string,
  { format, output }: TrendOptions,
): Promise<readonly ProviderOutcome[]> => {
  const render = await trendFormats[format]()
  const { complete } = await printResult(invocation.environment, output, () => trendOf(invocation, folder), render)
  return [{ status: complete ? 'complete' : 'partial' }]
}
