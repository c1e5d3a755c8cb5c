import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import * as t from 'io-ts'
import { toPromise } from '../contract/to-promise.ts'
import { putInPlace, TABLES_FOLDER } from '../node/index.ts'
import type { Snapshot } from '../snapshot/index.ts'
import { libraryVersion } from './library-version.ts'
import { readAsTables } from './snapshot-read.ts'
import { filledTables, TABLES_VERSION } from './tables/all-tables.ts'
import { tableFile, writeTables } from './write-tables.ts'

/** The file that says of which snapshot tables are, and has their checksums. */
const SEAL_FILE = 'tables.json'

const Seal = t.type(
  {
    format: t.literal('seatlens-tables'),
    version: t.number,
    madeBy: t.string,
    snapshot: t.string,
    sha256: t.record(t.string, t.string),
  },
  'TablesSeal',
)

const TABLE_FILES: readonly string[] = filledTables.map(({ name }) => tableFile(name))

const digestOf = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')

/** Whether the tables in a folder are those of the snapshot, made by this version, and as they were written. */
const fits = async (folder: string, hash: string): Promise<boolean> => {
  try {
    const seal: unknown = JSON.parse(await readFile(join(folder, SEAL_FILE), 'utf8'))
    if (!Seal.is(seal)) return false
    if (seal.version !== TABLES_VERSION || seal.madeBy !== libraryVersion() || seal.snapshot !== hash) return false
    for (const file of TABLE_FILES) if (seal.sha256[file] !== (await digestOf(join(folder, file)))) return false
    return true
  } catch {
    // What is missing, or cannot be read, is made again.
    return false
  }
}

/** Makes the tables in a folder that is there. The seal is written last. */
const make = async (connection: DuckDBConnection, snapshot: Snapshot, folder: string): Promise<void> => {
  await writeTables(connection, await readAsTables(snapshot), folder)
  const sha256: Record<string, string> = {}
  for (const file of TABLE_FILES) sha256[file] = await digestOf(join(folder, file))
  const seal: t.TypeOf<typeof Seal> = {
    format: 'seatlens-tables',
    version: TABLES_VERSION,
    madeBy: libraryVersion(),
    snapshot: snapshot.manifest.hash,
    sha256,
  }
  await writeFile(join(folder, SEAL_FILE), `${JSON.stringify(seal, undefined, 2)}\n`, { mode: 0o600 })
}

/** DuckDB takes these characters of a path for a pattern. */
const PATTERN = /[*?[\]{}]/

/** What a run that was killed has left beside the tables is removed once no run can be at work there any more. */
const LEFT_AFTER_MS = 3_600_000

const removeLeftovers = async (place: string): Promise<void> => {
  const folder = dirname(place)
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(place)}-`)) continue
    const left = join(folder, name)
    const found = await stat(left).catch(() => undefined)
    if (found !== undefined && Date.now() - found.mtimeMs > LEFT_AFTER_MS) {
      await rm(left, { recursive: true, force: true })
    }
  }
}

/** Lets the tables take their place in the folder of the snapshot, in place of what does not fit. */
const keep = async (made: string, place: string): Promise<void> => {
  await rm(place, { recursive: true, force: true })
  await toPromise(putInPlace(made, place))
}

export interface TablesPlace {
  /** The folder of the snapshot. Absent: it is in none, and its tables are made for this time. */
  readonly path?: string | undefined
  /** Where tables are made that are not to be kept. */
  readonly temporary: string
  /** Whether tables are to be kept in the folder of the snapshot. */
  readonly keep: boolean
  /** Called before tables are made. */
  readonly onMake?: (() => void) | undefined
}

/**
 * The folder with the tables of a snapshot: those that are kept with it, if they fit, else new ones. Where they cannot be kept,
 * as the folder takes no files, they are made for this time.
 */
export const tablesOf = async (
  connection: DuckDBConnection,
  snapshot: Snapshot,
  { path, temporary, keep: isKept, onMake }: TablesPlace,
): Promise<string> => {
  const inSnapshot = path === undefined ? undefined : join(await realpath(path), TABLES_FOLDER)
  const place = inSnapshot === undefined || PATTERN.test(inSnapshot) ? undefined : inSnapshot
  if (place !== undefined && (await fits(place, snapshot.manifest.hash))) return place
  onMake?.()
  const here = place !== undefined && isKept ? await mkdtemp(`${place}-`).catch(() => undefined) : undefined
  if (place !== undefined && here !== undefined) {
    try {
      await make(connection, snapshot, here)
      await keep(here, place)
      await removeLeftovers(place)
      return place
    } catch {
      await rm(here, { recursive: true, force: true })
      // Another run has put its own there at the same time; or there is no room, and there may be elsewhere.
      if (await fits(place, snapshot.manifest.hash)) return place
    }
  }
  const own = await mkdtemp(join(temporary, 'snapshot-'))
  await make(connection, snapshot, own)
  return own
}
