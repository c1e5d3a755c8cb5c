import { type LicenseProvider, toPromise } from '../../src/index.ts'
import {
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
  const { files } = await toPromise(takeSnapshot(providers, { clock: standing, ...options }))
  return new Map([...files].map(([name, parts]) => [name, Uint8Array.from(Buffer.concat(parts))] as const))
}

export const folderOf = (files: Files): SnapshotFolder => ({
  list: async () => [...files.keys()],
  read: async (name) => {
    const content = files.get(name)
    if (content === undefined) throw new Error(`there is no ${name}`)
    return content
  },
})

export const opened = (files: Files): Promise<Snapshot> => toPromise(readSnapshot(folderOf(files)))

/** Providers as a snapshot of them has them. */
export const snapshotOf = async (
  providers: readonly LicenseProvider[],
  options: TakeSnapshotOptions = {},
): Promise<Snapshot> => opened(await filesOf(providers, options))
