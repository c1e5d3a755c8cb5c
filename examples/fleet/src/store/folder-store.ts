import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { readSnapshotFolder, writeSnapshotFolder } from 'seatlens/node'
import type { SnapshotStore } from './snapshot-store.ts'

/** Snapshots as folders, as the command line writes them. Several machines need a folder that all of them see. */
export const createFolderStore = (root: string): SnapshotStore => ({
  find: async (place) => {
    const found = await readSnapshotFolder(join(root, place))()
    if (E.isRight(found)) return found.right
    if (found.left._tag === 'FileMissing') return undefined
    throw new Error(found.left.message)
  },
  write: async (place, content, signal) => {
    const written = await writeSnapshotFolder(join(root, place), content, { signal })()
    if (E.isLeft(written)) throw new Error(written.left.message)
  },
})
