import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { MANIFEST_FILE } from '../../snapshot/index.ts'
import { errorCodeOf } from '../error-code.ts'
import { UsageError } from '../usage-error.ts'

/** What else a folder may be called that its manifest was taken from. */
const RECORDS = /\.(?:licenses|users)\.ndjson$/

const isSnapshot = async (path: string): Promise<boolean> => {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isDirectory()) return false
  // One that may not be read is told of when it is read.
  const names = await readdir(path).catch(() => [MANIFEST_FILE])
  return names.some((name) => name === MANIFEST_FILE || RECORDS.test(name))
}

/** One name for each folder, however many links there are to it: its own, where that is among them. */
const onceEach = async (path: string, names: readonly string[]): Promise<readonly string[]> => {
  const byFolder = new Map<string, string>()
  for (const name of names) {
    const folder = await realpath(join(path, name))
    if (!byFolder.has(folder) || basename(folder) === name) byFolder.set(folder, name)
  }
  const kept = new Set(byFolder.values())
  return names.filter((name) => kept.has(name))
}

/**
 * The names of the snapshots in a folder, damaged ones too, each snapshot once. Names that begin with a dot are
 * somebody's work in progress.
 */
export const snapshotsIn = async (path: string, name: string): Promise<readonly string[]> => {
  const names = await readdir(path).catch((error: unknown) => {
    const code = errorCodeOf(error)
    const problem = code === 'ENOENT' ? 'there is no such folder' : code === 'ENOTDIR' ? 'it is a file' : String(code)
    throw new UsageError([`${name}: expected a folder of snapshots: ${problem}`])
  })
  const found: string[] = []
  for (const one of names.filter((candidate) => !candidate.startsWith('.')).sort()) {
    if (await isSnapshot(join(path, one))) found.push(one)
  }
  if (found.length === 0) throw new UsageError([`${name}: expected a folder of snapshots: there is none in it`])
  return onceEach(path, found)
}
