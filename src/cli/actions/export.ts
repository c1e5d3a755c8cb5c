import { resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type { ExportedSnapshot, ExportFailure, TablesTarget } from '../../query/index.ts'
import { quantity } from '../../render/index.ts'
import { OutsideFailure } from '../cannot-write.ts'
import type { ExportOptions } from '../commands/export.ts'
import type { Environment } from '../environment.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { notify } from '../output/notify.ts'
import { databaseAddress } from '../snapshot/database-address.ts'
import { complainOfLeftOut, complainOfPartial, foldersOf } from '../snapshot/open-tables.ts'
import { CommandMistake, UsageError } from '../usage-error.ts'

/** A target that tables go to, and what it is called for people. */
interface NamedTarget {
  readonly name: string
  readonly target: TablesTarget
}

const openFolder = async (output: string, { workingDirectory, files }: Environment): Promise<NamedTarget> => {
  const path = resolve(workingDirectory, output)
  files.writes(path, output, '--output')
  const { openParquetFolder } = await import('../../query/index.ts')
  const target = await openParquetFolder(path)()
  if (E.isLeft(target)) throw problemOf(target.left)
  return { name: output, target: target.right }
}

const openDatabase = async (to: string, { variables }: Environment): Promise<NamedTarget> => {
  const { openPostgres } = await import('../../query/index.ts')
  const target = await openPostgres(databaseAddress(to, variables))()
  if (E.isLeft(target)) throw problemOf(target.left)
  return { name: target.right.name, target: target.right }
}

const openTarget = ({ output, to, format }: ExportOptions, environment: Environment): Promise<NamedTarget> => {
  if (to !== undefined && output === undefined && format === undefined) return openDatabase(to, environment)
  if (to === undefined && output !== undefined) return openFolder(output, environment)
  throw new CommandMistake([
    to === undefined
      ? 'expected --output FOLDER or --to ADDRESS'
      : '--to: expected without --output and --format, which are for a folder of files',
  ])
}

/** What passes, such as a full disk or a database that went away, is no mistake of the user's, as a wrong name is. */
const problemOf = ({ _tag, message }: ExportFailure): Error =>
  _tag === 'NoRoom' || _tag === 'DatabaseFailed' ? new OutsideFailure([message]) : new UsageError([message])

/** What a run has done, also where it did not come to its end. */
const summaryOf = (snapshots: readonly ExportedSnapshot[], name: string): string => {
  const added = snapshots.filter(({ isNew }) => isNew).length
  const before = snapshots.length - added
  const were = before === 0 ? '' : `; ${quantity(before, 'was', 'were')} there already`
  return `${quantity(added, 'snapshot was', 'snapshots were')} added to ${name}${were}`
}

export const exportTables = async (
  invocation: Invocation,
  further: readonly string[],
  options: ExportOptions,
): Promise<readonly ProviderOutcome[]> => {
  const { environment, signal } = invocation
  const { workingDirectory, files } = environment
  const folders = foldersOf(invocation, further)
  for (const folder of folders) files.reads(resolve(workingDirectory, folder), folder)
  const { exportSnapshots } = await import('../../query/index.ts')
  const { name, target } = await openTarget(options, environment)
  const snapshots: ExportedSnapshot[] = []
  try {
    const exported = await exportSnapshots(
      folders.map((folder) => resolve(workingDirectory, folder)),
      target,
      { signal, onSnapshot: (snapshot) => snapshots.push(snapshot) },
    )()
    if (E.isRight(exported) || snapshots.length > 0) notify(environment, summaryOf(snapshots, name))
    if (E.isLeft(exported)) {
      if (signal.aborted) return []
      throw problemOf(exported.left)
    }
    const { leftOut } = exported.right
    complainOfLeftOut(environment, leftOut)
    const partial = snapshots.filter(({ isNew, manifest }) => isNew && !manifest.complete).length
    complainOfPartial(environment, partial)
    return [{ status: leftOut.length === 0 && partial === 0 ? 'complete' : 'partial' }]
  } finally {
    await target.close()
  }
}
