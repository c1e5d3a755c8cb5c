import * as E from 'fp-ts/lib/Either.js'
import { MANIFEST_FILE, readSnapshot } from 'seatlens'
import { type BucketSettings, openBucket } from './bucket.ts'
import type { SnapshotStore } from './snapshot-store.ts'

/**
 * Snapshots in a bucket. The manifest is written last: without it, there is no snapshot. A file is written over what was there
 * when the writing began, and over nothing else: a worker that was suspended, and whose organization another one has meanwhile,
 * does not spoil that one's snapshot.
 */
export const createBucketStore = (settings: BucketSettings): SnapshotStore => {
  const bucket = openBucket(settings)
  return {
    find: async (place) => {
      const names = await bucket.list(place)
      if (!names.includes(MANIFEST_FILE)) return undefined
      const snapshot = await readSnapshot({
        list: async () => names,
        read: (name) => bucket.read(`${place}/${name}`),
      })()
      if (E.isLeft(snapshot)) throw new Error(`bucket ${settings.bucket}: ${place}: ${snapshot.left.message}`)
      return snapshot.right
    },
    write: async (place, { files }, signal) => {
      const before = await bucket.versions(place)
      for (const [name, parts] of files) {
        await bucket.write(`${place}/${name}`, Buffer.concat(parts), signal, { version: before.get(name) })
      }
    },
  }
}
