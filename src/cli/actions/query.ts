import { closeSync, openSync, readSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { type FileFailure, isFileFailure, openTemporaryFolder } from '../../node/index.ts'
import type { PackageMissing, QueryFailure, QueryResult, SnapshotTables } from '../../query/index.ts'
import { createValueWriter, type RenderTarget } from '../../render/index.ts'
import { cannotWrite, OutsideFailure } from '../cannot-write.ts'
import type { QueryOptions } from '../commands/query.ts'
import type { Environment } from '../environment.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { readTextFile } from '../input/text-file.ts'
import type { Invocation } from '../invocation.ts'
import { isSeen } from '../output/is-seen.ts'
import { type OutputFile, openOutputFile } from '../output/output-file.ts'
import { surfaceOf } from '../output/surface.ts'
import { writeOut } from '../output/write-out.ts'
import { foldersOf, openTables, outcomeOfTables } from '../snapshot/open-tables.ts'
import { CommandMistake, UsageError } from '../usage-error.ts'
import { INTERRUPTED } from './reason-to-keep-old.ts'

const BYTES_AT_ONCE = 1_048_576

/** The bytes of a file, some at a time. */
function* bytesOfFile(path: string): Generator<Uint8Array<ArrayBuffer>> {
  const file = openSync(path, 'r')
  try {
    for (;;) {
      const bytes = new Uint8Array(BYTES_AT_ONCE)
      const length = readSync(file, bytes)
      if (length === 0) return
      yield bytes.subarray(0, length)
    }
  } finally {
    closeSync(file)
  }
}

const readStdin = async ({ stdin }: Environment): Promise<string> => {
  const pieces: Buffer[] = []
  for await (const piece of stdin) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces).toString('utf8')
}

const NO_QUERY = 'expected a query: as an argument, with --file, or on stdin'

/** The text of a query: from the command line, a file, or stdin. */
const readSql = async (
  sql: string | undefined,
  file: string | undefined,
  environment: Environment,
): Promise<string> => {
  if (file !== undefined && file !== '-') return readTextFile(file, 'the query', environment)
  if (file === undefined && sql !== undefined) return sql
  if (environment.stdin.isTTY === true) throw new CommandMistake([NO_QUERY])
  const text = await readStdin(environment)
  if (text.trim() === '') throw new CommandMistake([NO_QUERY])
  return text
}

/** What to throw for a query without a result. One that was interrupted needs no words. */
const problemOf = (failure: QueryFailure | PackageMissing | FileFailure): Error => {
  if (isFileFailure(failure)) return cannotWrite(failure, [failure.message])
  if (failure._tag === 'PackageMissing') return new UsageError([failure.message])
  const told = [`the query: ${failure.message}`]
  return failure._tag === 'QueryUnfinished' ? new OutsideFailure(told) : new UsageError(told)
}

/** The text of a result, some rows at a time. Ends early where the run is interrupted. */
async function* textOf(
  { columns, rows }: QueryResult,
  format: Exclude<QueryOptions['format'], 'parquet'>,
  target: RenderTarget,
): AsyncGenerator<string> {
  const writer = await createValueWriter(columns, { format, ...target })
  for await (const some of rows) {
    if (E.isLeft(some)) {
      if (some.left._tag === 'QueryUnfinished' && some.left.aborted === true) return
      throw problemOf(some.left)
    }
    yield writer.rows(some.right)
  }
  yield writer.end()
}

const inTemporaryFile = async (pieces: AsyncIterable<string>, use: (path: string) => Promise<void>): Promise<void> => {
  const folder = await openTemporaryFolder('query')()
  if (E.isLeft(folder)) throw problemOf(folder.left)
  try {
    const path = join(folder.right.path, 'result')
    const file = await open(path, 'wx', 0o600)
    try {
      for await (const piece of pieces) await file.writeFile(piece)
    } finally {
      await file.close()
    }
    await use(path)
  } finally {
    await folder.right.remove()
  }
}

const commitUnlessStopped = async (file: OutputFile, path: string, { signal }: Invocation): Promise<void> => {
  if (signal.aborted) file.leave(INTERRUPTED)
  else await file.commit(bytesOfFile(path))
}

const writeParquet = async (
  invocation: Invocation,
  tables: SnapshotTables,
  sql: string,
  file: OutputFile | undefined,
): Promise<void> => {
  const { environment, signal } = invocation
  const written = await tables.queryToParquet(sql, { signal })()
  if (E.isLeft(written)) {
    if (!signal.aborted) throw problemOf(written.left)
    file?.leave(INTERRUPTED)
  } else if (file === undefined) await writeOut(environment, bytesOfFile(written.right))
  else await commitUnlessStopped(file, written.right, invocation)
}

const writeText = async (
  invocation: Invocation,
  tables: SnapshotTables,
  sql: string,
  format: Exclude<QueryOptions['format'], 'parquet'>,
  file: OutputFile | undefined,
): Promise<void> => {
  const { environment, signal } = invocation
  const result = await tables.query(sql, { signal })()
  if (E.isLeft(result)) {
    if (!signal.aborted) throw problemOf(result.left)
    file?.leave(INTERRUPTED)
    return
  }
  if (file !== undefined) {
    const pieces = textOf(result.right, format, { isFile: true })
    return inTemporaryFile(pieces, (path) => commitUnlessStopped(file, path, invocation))
  }
  for await (const piece of textOf(result.right, format, surfaceOf(environment, format))) {
    // Its reader has gone, as `head` does.
    if (!(await writeOut(environment, piece))) return
  }
}

/** Asks the snapshots in some folders something. */
export const querySnapshots = async (
  invocation: Invocation,
  sql: string,
  folders: readonly string[],
  { format, output, keep }: QueryOptions,
): Promise<readonly ProviderOutcome[]> => {
  const { environment } = invocation
  if (format === 'parquet' && output === undefined && isSeen(environment)) {
    throw new CommandMistake(['--output: expected with --format parquet, which no terminal can show'])
  }
  // Before tables are made, which may take minutes.
  const { checkSql } = await import('../../query/index.ts')
  const checked = await checkSql(sql)()
  if (E.isLeft(checked)) throw problemOf(checked.left)
  const file = output === undefined ? undefined : await openOutputFile(output, environment)
  const tables = await openTables(invocation, folders, keep)
  if (tables === undefined) {
    file?.leave(INTERRUPTED)
    return []
  }
  try {
    if (format === 'parquet') await writeParquet(invocation, tables, sql, file)
    else await writeText(invocation, tables, sql, format, file)
  } finally {
    await tables.close()
  }
  return outcomeOfTables(invocation, tables)
}

export const query = async (
  invocation: Invocation,
  sql: string | undefined,
  folders: readonly string[],
  options: QueryOptions,
): Promise<readonly ProviderOutcome[]> => {
  const { environment } = invocation
  const { file } = options
  // With --file, what stands where a query could is the first of the further folders.
  const further = file === undefined || sql === undefined ? folders : [sql, ...folders]
  const all = foldersOf(invocation, further)
  return querySnapshots(invocation, await readSql(sql, file, environment), all, options)
}
