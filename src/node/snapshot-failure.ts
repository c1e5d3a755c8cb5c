import { taggedWith } from '../model/tagged-failure.ts'
import { type FileFailure, type FileFailureDetails, fileTags } from './file-failure.ts'

/** A snapshot is not as it was written, or this version cannot read it. */
export interface SnapshotFolderDamaged extends FileFailureDetails {
  readonly _tag: 'SnapshotFolderDamaged'
  /** The file in the folder that is not as it was. */
  readonly file: string
}

/** There is something where a snapshot was to be written, and a snapshot never takes the place of anything. */
export interface SnapshotExists extends FileFailureDetails {
  readonly _tag: 'SnapshotExists'
}

/** There is no snapshot in a folder of snapshots. */
export interface NoSnapshots extends FileFailureDetails {
  readonly _tag: 'NoSnapshots'
}

/** The caller's signal stopped the reading, or the writing before anything was there. */
export interface SnapshotAborted extends FileFailureDetails {
  readonly _tag: 'SnapshotAborted'
}

/** Every way in which a snapshot in a folder fails to be written, read or found: plain data, told apart by `_tag`. */
export type SnapshotFolderFailure = FileFailure | SnapshotFolderDamaged | SnapshotExists | NoSnapshots | SnapshotAborted

/** Whether something is a failure of a snapshot in a folder: for `isLicenseException`. */
export const isSnapshotFolderFailure = taggedWith<SnapshotFolderFailure>({
  ...fileTags,
  SnapshotFolderDamaged: true,
  SnapshotExists: true,
  NoSnapshots: true,
  SnapshotAborted: true,
})
