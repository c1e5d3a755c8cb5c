import type { Snapshot, SnapshotContent } from 'seatlens'
import type { StoreSettings } from '../settings.ts'

/** Where snapshots are kept: a folder or a bucket, with a place of its own for each organization and period. */
export interface SnapshotStore {
  /** The snapshot at a place, checked byte by byte; undefined where there is none, or only a part of one. Rejects if it cannot be told. */
  readonly find: (place: string) => Promise<Snapshot | undefined>
  /** Writes a snapshot so that it appears as a whole or not at all. Rejects with a message that says why and where. */
  readonly write: (place: string, content: SnapshotContent, signal: AbortSignal) => Promise<void>
}

/** `acme/2026-11-29`: the snapshots of one organization lie beside each other, for `seatlens trend` and `seatlens diff`. */
export const placeOf = (organization: string, period: string): string => `${organization}/${period}`

/** What a bucket needs is loaded for a bucket only. */
export const openStore = async (settings: StoreSettings): Promise<SnapshotStore> =>
  'folder' in settings
    ? (await import('./folder-store.ts')).createFolderStore(settings.folder)
    : (await import('./bucket-store.ts')).createBucketStore(settings)
