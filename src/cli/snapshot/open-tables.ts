import { relative, resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type { SnapshotLeftOut, SnapshotTables, SnapshotTablesOptions } from '../../query/index.ts'
import { quantity } from '../../render/index.ts'
import type { Environment } from '../environment.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { complain, notify } from '../output/notify.ts'
import { CommandMistake, UsageError } from '../usage-error.ts'

/** The folders of snapshots that a run is about. At least one must be named. */
export const foldersOf = ({ snapshotFolders }: Invocation, further: readonly string[]): readonly string[] => {
  if (snapshotFolders.length === 0)
    throw new CommandMistake(['--from: expected the folder of a snapshot or of snapshots'])
  return [...snapshotFolders, ...further]
}

/** Work that is shorter is not announced. */
const PATIENCE_MS = 2_000

/** How tables are made: it can be interrupted, and what takes long is told once. */
const makingWith = ({ environment, signal }: Invocation, keep: boolean): SnapshotTablesOptions => {
  const startedAt = performance.now()
  let isTold = false
  return {
    signal,
    keep,
    onMake: ({ done, all }) => {
      if (isTold || performance.now() - startedAt < PATIENCE_MS) return
      isTold = true
      const kept = keep ? ', which are kept for the next time' : ''
      notify(environment, `making the tables of ${quantity(all, 'snapshot')}${kept}; ${done} done`)
    },
  }
}

/** Names the snapshots that cannot be used. */
export const complainOfLeftOut = (environment: Environment, leftOut: readonly SnapshotLeftOut[]): void => {
  for (const { path, problem } of leftOut) {
    const name = relative(environment.workingDirectory, path) || '.'
    complain(environment, `${name}: cannot be used as a snapshot: ${problem}`)
  }
}

/** Says how many snapshots are not complete. */
export const complainOfPartial = (environment: Environment, partial: number): void => {
  if (partial === 0) return
  const are = quantity(partial, 'snapshot is', 'snapshots are')
  complain(environment, `${are} partial; snapshots.problems says what is missing`)
}

/** Opens the snapshots in some folders as tables. Those that cannot be used are named. */
export const openTables = async (
  invocation: Invocation,
  folders: readonly string[],
  keep: boolean,
): Promise<SnapshotTables | undefined> => {
  const { environment } = invocation
  const { workingDirectory, files } = environment
  for (const folder of folders) files.reads(resolve(workingDirectory, folder), folder)
  const { openSnapshotTables } = await import('../../query/index.ts')
  const tables = await openSnapshotTables(
    folders.map((folder) => resolve(workingDirectory, folder)),
    makingWith(invocation, keep),
  )()
  if (E.isLeft(tables)) {
    if (invocation.signal.aborted) return undefined
    throw new UsageError([tables.left.message])
  }
  complainOfLeftOut(environment, tables.right.leftOut)
  return tables.right
}

/** How complete the tables are, for the exit code; what is partial is told. */
export const outcomeOfTables = (
  { environment }: Invocation,
  { snapshots, leftOut }: SnapshotTables,
): readonly ProviderOutcome[] => {
  const partial = snapshots.filter(({ complete }) => !complete).length
  complainOfPartial(environment, partial)
  return [{ status: leftOut.length === 0 && partial === 0 ? 'complete' : 'partial' }]
}
