/**
 * What needs Node: journals, snapshots and tokens in files that only their owner can read, and that are there as a whole
 * or not at all; and requests through a proxy. Every function of files takes a path, a relative one from the working folder,
 * and fails as plain data with a `_tag`: `PlanFailure` for journals, `SnapshotFolderFailure` for snapshots, `FileFailure` for
 * other files. What is called by plans and providers (`append` and `close` of a journal, the functions of a token store) is a
 * promise that rejects; that of `close` and of a token store with a `LicenseException`, whose `error` is a `FileFailure`.
 */
export type { Bytes, Content } from '../model/content.ts'
export type { TokenStore } from '../provider-kit/token-store.ts'
export type { Fetch, FetchAnswer, FetchedBody, FetchInit } from '../provider-kit/transport/fetch.ts'
export type { AnswerKeeper, KeptAnswer, ReadingRequest } from '../provider-kit/transport/kept-answers.ts'
export { type Checkpoint, type OpenCheckpointOptions, openCheckpoint } from './checkpoint.ts'
export { errorCodeOf } from './error-code.ts'
export {
  type FileFailure,
  type FileFailureDetails,
  type FileMissing,
  type FileUnusable,
  failureOfWriting,
  isFileFailure,
  type NoRoom,
  type NotText,
} from './file-failure.ts'
export { type FileJournal, type OpenFileJournalOptions, openFileJournal } from './file-journal.ts'
export { createFileSpool, type FileSpool } from './file-spool.ts'
export { createFileTokenStore, type FileTokenStore } from './file-token-store.ts'
export { type JsonMistake, parseJson } from './json-mistake.ts'
export { listSnapshotFolders } from './list-snapshot-folders.ts'
export { createNodeFetch } from './node-fetch.ts'
export { nodeSha256 } from './node-sha256.ts'
export { openPrivateFile, type PrivateFile, writePrivateFile } from './private-file.ts'
export { problemOfFile } from './problem-of-file.ts'
export { createProxyFetch, type ProxySettings } from './proxy-fetch.ts'
export { putInPlace } from './put-in-place.ts'
export { type JournalFolder, readJournalFolder } from './read-journal-folder.ts'
export { readManifestFolder, readSnapshotFolder } from './read-snapshot-folder.ts'
export { readBytes, readTextFile } from './read-text-file.ts'
export { realTarget } from './real-target.ts'
export {
  type RemovedSnapshots,
  type RemoveOldSnapshotsOptions,
  removeOldSnapshots,
  type SnapshotLeft,
} from './remove-old-snapshots.ts'
export { openRedirect, type Redirect, type RedirectFailure, type RedirectOptions } from './sign-in-redirect.ts'
export {
  isSnapshotFolderFailure,
  type NoSnapshots,
  type SnapshotAborted,
  type SnapshotExists,
  type SnapshotFolderDamaged,
  type SnapshotFolderFailure,
} from './snapshot-failure.ts'
export { TABLES_FOLDER } from './tables-folder.ts'
export { openTemporaryFolder, type TemporaryFolder } from './temporary-folder.ts'
export {
  type NewSnapshotFolder,
  type OpenSnapshotFolderOptions,
  openSnapshotFolder,
  type WriteSnapshotOptions,
  writeSnapshotFolder,
} from './write-snapshot-folder.ts'
