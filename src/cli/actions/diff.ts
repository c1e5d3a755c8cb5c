import * as E from 'fp-ts/lib/Either.js'
import { diffFormats } from '../../render/diff/diff-formats.ts'
import { orderHint } from '../../render/diff/diff-order.ts'
import { diffSnapshots, type SnapshotDiff } from '../../snapshot/index.ts'
import type { DiffOptions } from '../commands/diff.ts'
import type { Environment } from '../environment.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { notify } from '../output/notify.ts'
import { requireSnapshot } from '../snapshot/snapshot-folder.ts'
import { UsageError } from '../usage-error.ts'
import { printResult } from './print-result.ts'

const compare = async (environment: Environment, before: string, after: string): Promise<SnapshotDiff> => {
  const load = (name: string) => requireSnapshot(name, environment)
  const compared = await diffSnapshots(await load(before), await load(after))()
  if (E.isLeft(compared)) throw new UsageError([`${before}, ${after}: ${compared.left.message}`])
  return compared.right
}

export const diff = async (
  invocation: Invocation,
  before: string,
  after: string,
  { format, output }: DiffOptions,
): Promise<readonly ProviderOutcome[]> => {
  const { environment } = invocation
  const render = await diffFormats[format]()
  const make = () => compare(environment, before, after)
  const made = await printResult(invocation, output, make, render)
  const hint = orderHint(made)
  // What is for people says it in its first lines.
  if (format === 'json' && hint !== undefined) notify(environment, hint)
  return [{ status: made.complete ? 'complete' : 'partial' }]
}
