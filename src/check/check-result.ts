import type { Count, KnownCount } from '../model/count.ts'
import type {
  Cost,
  Finding,
  FindingRule,
  IdleDeclaration,
  IdleSuppression,
  ProviderReport,
} from '../report/license-report.ts'

/** Limits that a license may be held against. Stable: suppressions name them. */
export const thresholdRules = ['max-utilization', 'min-available'] as const
export type ThresholdRule = (typeof thresholdRules)[number]

export type CheckRule = ThresholdRule | FindingRule

/**
 * What became of one thing that was looked at. `unknown`: nobody could tell, which is no pass. `accepted`: it is breached,
 * and a suppression says that it may be. `inBaseline`: it is breached, and was so when the baseline was made; what has
 * become worse since then is `breached`.
 */
export type CheckVerdict = 'passed' | 'breached' | 'accepted' | 'inBaseline' | 'unknown'

/** One thing that was looked at: a license against a limit, a finding, or that a rule found nothing. */
export interface CheckItem {
  readonly rule: CheckRule
  readonly verdict: CheckVerdict
  /** Of what is breached, stable from run to run: baselines and suppressions name it. */
  readonly id?: string
  readonly provider?: string
  readonly licenseId?: string
  readonly userId?: string
  /** What was looked at, for people. */
  readonly name: string
  /** What was found, or why nothing could be; for people. */
  readonly message: string
  readonly evidence?: Finding['evidence']
  /** Seats at stake, of a finding. */
  readonly seats?: Count
  /** Of a license that was held against a limit. */
  readonly inUse?: Count
  /** Of a license that was held against a limit. */
  readonly purchased?: KnownCount
  /** What they cost a month. */
  readonly cost?: Cost
  readonly accepted?: Finding['accepted']
  /** Nobody could tell, and that counts as breached, as was asked for. */
  readonly notJudged?: true
}

/** What is asked for. */
export interface CheckLimits {
  /** In percent of what was bought, to six decimals. */
  readonly maxUtilization?: number | undefined
  /** Seats. */
  readonly minAvailable?: number | undefined
  readonly failOn: readonly FindingRule[]
  /** What could not be judged counts as breached. */
  readonly failOnUnknown: boolean
  readonly dormantAfterDays: number
}

/** The outcome of a check: plain data, public, and only ever added to within one `schemaVersion`. */
export interface CheckResult {
  readonly schemaVersion: 1
  readonly kind: 'check'
  readonly generatedAt: string
  /** Every provider could be read as a whole. */
  readonly complete: boolean
  /** Something is breached, or counts as breached, that is neither accepted nor in the baseline. */
  readonly breached: boolean
  readonly limits: CheckLimits
  readonly providers: readonly Pick<ProviderReport, 'id' | 'displayName' | 'status' | 'error'>[]
  /** What could not be read and why, for people. */
  readonly problems: readonly string[]
  readonly counts: Readonly<Record<CheckVerdict, number>>
  readonly items: readonly CheckItem[]
  readonly idleSuppressions: readonly IdleSuppression[]
  /** What was declared of licenses and is of none. Only where there is something. */
  readonly idleDeclarations?: readonly IdleDeclaration[]
}
