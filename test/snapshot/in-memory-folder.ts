import * as E from 'fp-ts/lib/Either.js'
import type { LicenseProvider } from '../../src/index.ts'
import {
  MANIFEST_FILE,
  manifestText,
  readSnapshot,
  type Snapshot,
  type SnapshotFolder,
  type TakeSnapshotOptions,
  takeSnapshot,
} from '../../src/snapshot/index.ts'

/** The files of a snapshot by name, as they would be in a folder. */
export type Files = ReadonlyMap<string, Uint8Array>

export const NOW = Date.parse('2026-11-20T10:00:00.000Z')
export const standing = { now: () => NOW, sleep: async () => {} }

export const filesOf = async (
  providers: readonly LicenseProvider[],
  options: TakeSnapshotOptions = {},
): Promise<Files> => {
  const { manifest, files } = await takeSnapshot({ clock: standing, ...options })(providers)()
  const joined = [...files].map(([name, parts]) => [name, Uint8Array.from(Buffer.concat(parts))] as const)
  return new Map([...joined, [MANIFEST_FILE, new TextEncoder().encode(manifestText(manifest))]])
}

export const folderOf = (files: Files): SnapshotFolder => ({
  list: async () => [...files.keys()],
  read: async (name) => {
    const content = files.get(name)
    if (content === undefined) throw new Error(`there is no ${name}`)
    return content
  },
})

export const opened = async (files: Files): Promise<Snapshot> => {
  const snapshot = await readSnapshot(folderOf(files))()
  if (E.isLeft(snapshot)) throw new Error(`${snapshot.left.file}: ${snapshot.left.problem}`)
  return snapshot.right
}

/** Providers as a snapshot of them has them. */
export const snapshotOf = async (
  providers: readonly LicenseProvider[],
  options: TakeSnapshotOptions = {},
): Promise<Snapshot> => opened(await filesOf(providers, options))
