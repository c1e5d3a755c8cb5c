import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { readManifestFolder, readSnapshotFolder } from '../../node/index.ts'
import type { SnapshotManifest } from '../../snapshot/index.ts'
import { type ExportFailure, interrupted } from '../query-failure.ts'
import { type SnapshotLeftOut, snapshotPaths } from '../snapshot-paths.ts'
import type { TablesTarget } from './tables-target.ts'

/** One snapshot whose tables are there. */
export interface ExportedSnapshot {
  /** Its folder, as it was found: `snapshots/2026-11-01`. */
  readonly path: string
  readonly manifest: SnapshotManifest
  /** False: they had been there before. */
  readonly isNew: boolean
}

/** How folders of snapshots are exported. */
export interface ExportOptions {
  /** Stops it. What is whole by then stays. Default: it is not stopped. */
  readonly signal?: AbortSignal | undefined
  /** Called for each snapshot whose tables are there, as soon as they are, so that a caller knows them after a failure too. */
  readonly onSnapshot?: ((snapshot: ExportedSnapshot) => void) | undefined
}

/** What was exported, and what could not be. */
export interface ExportResult {
  /** Those whose tables are there, each once, in the order in which they were found. */
  readonly snapshots: readonly ExportedSnapshot[]
  /** Those that cannot be used, as a file of theirs is not as it was written, or is of a later version. */
  readonly leftOut: readonly SnapshotLeftOut[]
}

/**
 * Adds the tables of the snapshots in some folders to a target, one after the other, so that there is never more than one in
 * memory. A folder is that of a snapshot, or one of snapshots. Of a snapshot that is there already, only the manifest is read.
 * Fails where the target does; what was added before stays, and the next time goes on from there.
 */
export const exportSnapshots =
  (
    folders: readonly string[],
    target: TablesTarget,
    { signal, onSnapshot }: ExportOptions = {},
  ): TaskEither<ExportFailure, ExportResult> =>
  async () => {
    const paths = await snapshotPaths(folders)
    if (E.isLeft(paths)) return paths
    const snapshots = new Map<string, ExportedSnapshot>()
    const leftOut: SnapshotLeftOut[] = []
    const note = (snapshot: ExportedSnapshot) => {
      snapshots.set(snapshot.manifest.hash, snapshot)
      onSnapshot?.(snapshot)
    }
    for (const path of paths.right) {
      if (signal?.aborted === true) return E.left(interrupted)
      const manifest = await readManifestFolder(path)()
      if (E.isLeft(manifest)) {
        leftOut.push({ path, problem: manifest.left.problem })
        continue
      }
      // A copy adds nothing to the first one.
      if (snapshots.has(manifest.right.hash)) continue
      const isThere = await target.has(manifest.right)()
      if (E.isLeft(isThere)) return isThere
      if (isThere.right) {
        note({ path, manifest: manifest.right, isNew: false })
        continue
      }
      const snapshot = await readSnapshotFolder(path)()
      if (E.isLeft(snapshot)) {
        leftOut.push({ path, problem: snapshot.left.problem })
        continue
      }
      const added = await target.add(snapshot.right, { path, signal })()
      if (E.isLeft(added)) return added
      note({ path, manifest: snapshot.right.manifest, isNew: true })
    }
    return E.right({ snapshots: [...snapshots.values()], leftOut })
  }
