export type { Hashing, Sha256 } from '../model/sha256.ts'
export type {
  Attributed,
  DiffAttribution,
  JournalRemark,
  LicenseAttribution,
  MovedSeats,
  PlanAttribution,
  PlanCause,
  SeatsMoved,
} from './diff/attribution.ts'
export { diffSnapshots } from './diff/diff-snapshots.ts'
export type {
  CapacityDiff,
  ContractDiff,
  CostChange,
  CostComparison,
  CostDiff,
  DiffPerson,
  DiffSeat,
  FactDiff,
  LicenseCostDiff,
  LicenseDiff,
  ProviderCostDiff,
  ProviderDiff,
  SnapshotDiff,
  SnapshotSummary,
  UndecidedHolder,
  UnknownCostChange,
  WorkspaceDiff,
} from './diff/snapshot-diff.ts'
export { type FirstSeenOptions, firstSeenIn, type SeatHistory } from './first-seen/first-seen-in.ts'
export { withFirstSeen } from './first-seen/with-first-seen.ts'
export type { DamagedJournal, KnownJournals } from './journals.ts'
export {
  MANIFEST_FILE,
  type SnapshotFile,
  type SnapshotList,
  SnapshotManifest,
  type SnapshotProvider,
} from './manifest.ts'
export { accountKept, type ProviderAccount } from './provider-account.ts'
export { isPseudonym, type Pseudonyms } from './pseudonyms.ts'
export {
  type ReadSnapshotOptions,
  readManifest,
  readSnapshot,
  type Snapshot,
  type SnapshotFolder,
} from './read-snapshot.ts'
export {
  isSnapshotFailure,
  type SnapshotDamaged,
  type SnapshotFailure,
  type SnapshotFailureDetails,
  type SnapshotFileDetails,
  type SnapshotInputInvalid,
  type SnapshotNotMade,
  type SnapshotsIncomparable,
  type SnapshotUnreadable,
} from './snapshot-failure.ts'
export type { SnapshotSpool } from './spool.ts'
export {
  type SnapshotContent,
  type SnapshotProgress,
  type SpooledSnapshotOptions,
  type TakeSnapshotOptions,
  takeSnapshot,
} from './take-snapshot.ts'
export {
  createTrend,
  type DamagedSnapshot,
  type LicenseTrend,
  type Trend,
  type TrendPoint,
  type TrendReading,
  type TrendReport,
  type TrendSnapshot,
} from './trend.ts'
export type { TrendPlan } from './trend-plans.ts'
export { readForTrend } from './trend-reading.ts'
