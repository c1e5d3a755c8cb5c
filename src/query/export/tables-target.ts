import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Snapshot, SnapshotManifest } from '../../snapshot/index.ts'
import type { ExportFailure } from '../query-failure.ts'

/** How the tables of one snapshot are added. */
export interface AddTablesOptions {
  /** The folder of the snapshot: tables that a query has kept there need not be made again. Default: they are made. */
  readonly path?: string | undefined
  /** Stops it. What is there of the snapshot by then is completed by the next time. Default: it is not stopped. */
  readonly signal?: AbortSignal | undefined
}

/** Where the tables of snapshots are put for other programs, one snapshot after the other, each of them once. */
export interface TablesTarget {
  /** Whether all tables of a snapshot are there already. */
  readonly has: (manifest: SnapshotManifest) => TaskEither<ExportFailure, boolean>
  /** Adds the tables of a snapshot. What is there of it already stays as it is. Several calls at once are done one after the other. */
  readonly add: (snapshot: Snapshot, options?: AddTablesOptions) => TaskEither<ExportFailure, unknown>
  /** Ends it, and removes what was temporary. */
  readonly close: () => Promise<void>
}
