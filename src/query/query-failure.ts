import { taggedWith } from '../model/tagged-failure.ts'
import {
  errorCodeOf,
  isFileFailure,
  isSnapshotFolderFailure,
  problemOfFile,
  type SnapshotFolderFailure,
} from '../node/index.ts'

/** A package that only this part of the library needs is not installed. */
export interface PackageMissing {
  readonly _tag: 'PackageMissing'
  /** One line for people: what is missing, and how to install it. */
  readonly message: string
  /** What to install: `@duckdb/node-api`, or `pg pg-copy-streams`. */
  readonly packageName: string
}

/** The text does more than to read the views: it writes, sets something, is several statements, or reads something else. */
export interface QueryRefused {
  readonly _tag: 'QueryRefused'
  readonly message: string
}

/** A mistake in the SQL, in the words of DuckDB. */
export interface QueryMistaken {
  readonly _tag: 'QueryMistaken'
  /** One line for people, with the place where that is known. */
  readonly message: string
  /** From 1. Absent: DuckDB names no place. */
  readonly line?: number | undefined
  /** From 1, in characters. */
  readonly column?: number | undefined
}

/** It was stopped, or needs more memory or room for temporary files than there is. */
export interface QueryUnfinished {
  readonly _tag: 'QueryUnfinished'
  readonly message: string
  /** The caller's signal stopped it. Absent: something else did. */
  readonly aborted?: true | undefined
}

/** Why a query has no result: plain data, told apart by `_tag`. */
export type QueryFailure = QueryRefused | QueryMistaken | QueryUnfinished

/** Why there are no tables to ask: plain data, told apart by `_tag`. */
export type TablesFailure = PackageMissing | SnapshotFolderFailure | QueryUnfinished

/** What is the matter with a database. */
export interface DatabaseFailureDetails {
  /** One line for people: which database, by its host and name, and what is the matter with it. */
  readonly message: string
  /** What is the matter, for sentences of your own: `there is no such database`. */
  readonly problem: string
  /** The code of the server (SQLSTATE, such as `28P01`) or the system (`ECONNREFUSED`); absent where it has none. */
  readonly code?: string | undefined
}

/** A database refuses: the user, the password, the name or a right is wrong, or its tables are of a later version. */
export interface DatabaseRefused extends DatabaseFailureDetails {
  readonly _tag: 'DatabaseRefused'
}

/** A database cannot be reached, went away or is full. Once it is there again, the same export goes on. */
export interface DatabaseFailed extends DatabaseFailureDetails {
  readonly _tag: 'DatabaseFailed'
}

/** Why tables are not where they were to be exported to: plain data, told apart by `_tag`. */
export type ExportFailure = TablesFailure | DatabaseRefused | DatabaseFailed

/** What was to be made was stopped by the caller's signal. */
export const interrupted: QueryUnfinished = {
  _tag: 'QueryUnfinished',
  message: 'it was interrupted',
  aborted: true,
}

/** DuckDB has no code for what the system says. */
const FULL = /No space left on device|not enough space on the disk/i

/** What the system or DuckDB threw while tables were written, as a failure of their folder. */
export const failureOfTables = (error: unknown, path: string, what: string): SnapshotFolderFailure => {
  const whole = isFileFailure(error) ? error.problem : problemOfFile(error)
  const problem = whole.split('\n', 1)[0] ?? ''
  const isNoRoom = isFileFailure(error)
    ? error._tag === 'NoRoom'
    : ['ENOSPC', 'EDQUOT'].includes(errorCodeOf(error) ?? '')
  const isFull = isNoRoom || FULL.test(problem)
  const told = isFull ? 'the disk is full' : problem
  return {
    _tag: isFull ? 'NoRoom' : 'FileUnusable',
    message: `${path}: its tables ${what}: ${told}`,
    path,
    problem: told,
  }
}

/** Whether something is a failure of a query: for `isLicenseException`. */
export const isQueryFailure = taggedWith<QueryFailure>({
  QueryRefused: true,
  QueryMistaken: true,
  QueryUnfinished: true,
})

const isOwn = taggedWith<PackageMissing | QueryUnfinished>({ PackageMissing: true, QueryUnfinished: true })

/** Whether something is a reason why there are no tables: for `isLicenseException`. */
export const isTablesFailure = (failure: unknown): failure is TablesFailure =>
  isOwn(failure) || isSnapshotFolderFailure(failure)

const isOfDatabase = taggedWith<DatabaseRefused | DatabaseFailed>({ DatabaseRefused: true, DatabaseFailed: true })

/** Whether something is a reason why tables were not exported: for `isLicenseException`. */
export const isExportFailure = (failure: unknown): failure is ExportFailure =>
  isOfDatabase(failure) || isTablesFailure(failure)
