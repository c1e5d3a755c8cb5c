import type { Clock, RequestOptions, Snapshot } from '../index.ts'
import type { Environment } from './environment.ts'
import type { ProviderOutcome } from './exit-code.ts'
import type { FactFiles } from './facts/read-facts.ts'
import type { Registry } from './registry-entry.ts'

/** What a run says of its own requests. */
export interface RunAccount {
  /** When the run began, in milliseconds of `performance.now()`. */
  readonly startedAt: number
  /** It says what it took. */
  readonly stats: boolean
}

/** The run only says what it would ask of the vendors, in words, or in JSON where its result would be JSON. */
export interface ExplainedRun {
  /** How many users each organization has. Absent: that is asked. */
  readonly users: number | undefined
  readonly asJson: boolean
}

/** What a command's action is given besides its own options. */
export interface Invocation {
  readonly environment: Environment
  readonly registry: Registry
  /** Aborts when the user interrupts. */
  readonly signal: AbortSignal
  /** What every call is bounded by: that signal, and what is left of `--deadline`. */
  readonly bounds: () => RequestOptions
  /** The value of `--config`. */
  readonly configurationFile: string | undefined
  /** The files with facts that are to be told beside what the providers tell. */
  readonly factFiles: FactFiles
  /** The snapshot of `--from`, which takes the place of the configured providers. */
  readonly snapshot: Snapshot | undefined
  /** The folders of `--from`, of a command that reads any number of snapshots. */
  readonly snapshotFolders: readonly string[]
  /** What the run is to say of its own requests. */
  readonly account: RunAccount
  /** The file in which answers are kept, so that a run that is stopped can go on. */
  readonly resume: string | undefined
  /** Absent: the run does what it is for. */
  readonly explained: ExplainedRun | undefined
  /** For what reports and plans say of their time: the one of the snapshot, which stands still. Undefined: the system's. */
  readonly clock: Clock | undefined
}

/** Does what a command is for and says how each provider fared. */
export type Action = (invocation: Invocation) => Promise<readonly ProviderOutcome[]>

/** How a command's definition hands over to its action. */
export type RunAction = (action: Action) => Promise<void>
