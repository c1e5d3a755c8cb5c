import type { CallerFunction } from '../model/caller-fault.ts'
import type { OneInvalidInput } from '../model/invalid-input.ts'
import { taggedWith } from '../model/tagged-failure.ts'
import { NoAnswer } from '../paging/patience.ts'

/** Why a snapshot was not taken or not read, in words for people. */
export interface SnapshotFailureDetails {
  /** One line for people: where, and what happened. */
  readonly message: string
}

/** The file of a snapshot that a failure is about. */
export interface SnapshotFileDetails extends SnapshotFailureDetails {
  /** The name of the file in the folder; `.` where it is the folder itself. */
  readonly file: string
  /** What is wrong with it, in one line that does not name it. */
  readonly problem: string
}

/** A file is not as it was written, or nothing that a snapshot of a version that is known here has. */
export interface SnapshotDamaged extends SnapshotFileDetails {
  readonly _tag: 'SnapshotDamaged'
}

/** The folder could not be read: what its functions, which are the caller's, failed by. */
export interface SnapshotUnreadable extends SnapshotFileDetails {
  readonly _tag: 'SnapshotUnreadable'
  /** The caller's signal or deadline ended the reading. Absent: neither did. */
  readonly ended?: 'aborted' | 'deadline' | undefined
}

/** A snapshot could not be made of what was read: a function that the caller handed in failed, or gave no text. */
export interface SnapshotNotMade extends SnapshotFailureDetails {
  readonly _tag: 'SnapshotNotMade'
  /** The option. Absent: none of them failed, and Seatlens has a mistake. */
  readonly function?: CallerFunction | undefined
}

/** Two snapshots are not of the same organizations, or their users cannot be found in each other. */
export interface SnapshotsIncomparable extends SnapshotFailureDetails {
  readonly _tag: 'SnapshotsIncomparable'
}

/** The caller handed in something malformed: an option, a snapshot, a folder. */
export interface SnapshotInputInvalid extends SnapshotFailureDetails {
  readonly _tag: 'SnapshotInputInvalid'
  /** Where: `clock`. */
  readonly path: string
  /** What should be there. */
  readonly expected: string
}

/** Every way in which taking, reading and comparing snapshots fails: plain data, distinguished by `_tag`. */
export type SnapshotFailure =
  | SnapshotDamaged
  | SnapshotUnreadable
  | SnapshotNotMade
  | SnapshotsIncomparable
  | SnapshotInputInvalid

/** Whether something is a failure of snapshots: for `isLicenseException`. */
export const isSnapshotFailure = taggedWith<SnapshotFailure>({
  SnapshotDamaged: true,
  SnapshotUnreadable: true,
  SnapshotNotMade: true,
  SnapshotsIncomparable: true,
  SnapshotInputInvalid: true,
})

/** The first thing that is wrong with what a caller hands in, as a failure of snapshots. */
export const invalidIn = (problems: readonly OneInvalidInput[]): SnapshotInputInvalid | undefined =>
  problems[0] && { ...problems[0], _tag: 'SnapshotInputInvalid' }

export const damaged = (file: string, problem: string): SnapshotDamaged => ({
  _tag: 'SnapshotDamaged',
  file,
  problem,
  message: `${file}: ${problem}`,
})

/** The caller's own words, as their function says what went wrong with their folder. */
export const unreadable = (file: string, thrown: unknown): SnapshotUnreadable => {
  const problem = thrown instanceof Error && thrown.message !== '' ? thrown.message : 'it cannot be read'
  const ended = thrown instanceof NoAnswer ? { ended: thrown.end } : {}
  return { _tag: 'SnapshotUnreadable', file, problem, message: `${file}: ${problem}`, ...ended }
}
