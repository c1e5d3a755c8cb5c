import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Snapshot, toPromise } from 'seatlens'
import { openTemporaryFolder } from 'seatlens/node'
import { openParquetFolder } from 'seatlens/query'
import type { StoreSettings } from '../settings.ts'
import type { BucketSettings } from './bucket.ts'

/** Where the tables of snapshots are kept, as Parquet by day and provider: what `seatlens export` writes. */
export interface TableStore {
  /** Adds the tables of a snapshot. Those that are there stay, or are written once more with the same rows. Rejects with a message that says why and where. */
  readonly add: (snapshot: Snapshot, signal: AbortSignal) => Promise<void>
}

/** The files of a snapshot have its hash as their name, so that a worker that was killed has left nothing to mend. */
const addToFolder = async (folder: string, snapshot: Snapshot, signal: AbortSignal): Promise<readonly string[]> => {
  const tables = await toPromise(openParquetFolder(folder))
  try {
    return await toPromise(tables.add(snapshot, { signal }))
  } finally {
    await tables.close()
  }
}

const inBucket = async (settings: BucketSettings): Promise<TableStore> => {
  const bucket = (await import('./bucket.ts')).openBucket(settings)
  return {
    add: async (snapshot, signal) => {
      const folder = await toPromise(openTemporaryFolder('fleet'))
      try {
        for (const file of await addToFolder(folder.path, snapshot, signal)) {
          await bucket.write(file, await readFile(join(folder.path, file)), signal)
        }
      } finally {
        await folder.remove()
      }
    },
  }
}

/** What a bucket needs is loaded for a bucket only. */
export const openTableStore = async (settings: StoreSettings): Promise<TableStore> =>
  'folder' in settings
    ? { add: async (snapshot, signal) => void (await addToFolder(settings.folder, snapshot, signal)) }
    : inBucket(settings)
