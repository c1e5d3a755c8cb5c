import type { LicenseProvider, RetryPolicy } from '../../src/provider-kit/index.ts'
import type { ActiveFault } from '../../src/simulator-kit/index.ts'
import type { Schedule, Unseen } from './schedule.ts'
import type { Truth } from './truth.ts'

/** A simulated vendor on which a schedule is in force, with a provider in front of it. */
export interface Stage {
  readonly provider: LicenseProvider
  /** What was true at some time of the reading: one truth, or two where the organization changed. */
  readonly truths: () => readonly Truth[]
  /** The ids of all licenses that the vendor defines. */
  readonly definedLicenses: ReadonlySet<string>
  /** How many workspaces hold a license. Default: none. */
  readonly workspacesWith?: (licenseId: string) => number
  readonly requests: () => number
  /** The faults in force, by their names. */
  readonly faults: readonly { readonly kind: string; readonly strikes: () => number }[]
  /** Every credential that was configured, given out or sent. */
  readonly secrets: () => readonly string[]
  /** What the provider told of its doings. */
  readonly events: readonly unknown[]
  readonly stop: () => Promise<void>
}

/** One adapter over one route. */
export interface Target<Kind> {
  readonly name: string
  readonly pageFaults: readonly [Kind, ...Kind[]]
  /** Also for what no schedule has. */
  readonly stage: (schedule: Schedule<Kind | Unseen>, trapUrl: string, retry?: Partial<RetryPolicy>) => Promise<Stage>
}

export const named = (kind: string, { strikes }: Pick<ActiveFault, 'strikes'>) => ({ kind, strikes })

/**
 * Hangs end soon, and so does a vendor that throttles for good: each request may be told to wait for a minute in all,
 * in place of the quarter of an hour that is the default.
 */
export const impatient: Partial<RetryPolicy> = { timeoutMs: 400, maxTotalRetryAfterMs: 60_000 }

/** Where something hangs, and a busy machine must have its time for every answer that comes. */
export const patient: Partial<RetryPolicy> = { ...impatient, timeoutMs: 5_000 }

/** Where nothing hangs: an answer that a starved machine takes long for is no fault. */
export const unhurried: Partial<RetryPolicy> = { ...impatient, timeoutMs: 60_000 }

export const patienceWith = (faults: readonly { readonly kind: string }[]): Partial<RetryPolicy> =>
  faults.some(({ kind }) => kind === 'hang' || kind === 'lostByHang') ? impatient : unhurried
