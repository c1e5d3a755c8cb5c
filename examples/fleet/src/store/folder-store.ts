import { readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { readSnapshotFolder, writeSnapshotFolder } from 'seatlens/node'
import type { SnapshotStore } from './snapshot-store.ts'

/** What a worker that was killed has left half written. No other worker writes there: the right to the organization is held. */
const sweep = async (folder: string): Promise<void> => {
  const names = await readdir(folder).catch(() => [])
  const left = names.filter((name) => /^\.seatlens-.*\.tmp$/.test(name))
  await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true, force: true })))
}

/** Snapshots as folders, as the command line writes them. Several machines need a folder that all of them see. */
export const createFolderStore = (root: string): SnapshotStore => ({
  find: async (place) => {
    const found = await readSnapshotFolder(join(root, place))()
    if (E.isRight(found)) return found.right
    if (found.left._tag === 'FileMissing') return undefined
    throw new Error(found.left.message)
  },
  write: async (place, content, signal) => {
    await sweep(dirname(join(root, place)))
    const written = await writeSnapshotFolder(join(root, place), content, { signal })()
    if (E.isLeft(written)) throw new Error(written.left.message)
  },
})
