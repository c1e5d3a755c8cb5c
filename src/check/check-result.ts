import type { Count, KnownCount } from '../model/count.ts'
import type {
  Cost,
  Finding,
  FindingRule,
  GroupRow,
  IdleDeclaration,
  IdleExemption,
  IdleSuppression,
  ProviderReport,
  ReportGroups,
} from '../report/license-report.ts'

/** Limits of a license, or of a group of users. Stable: suppressions name them. */
export const thresholdRules = ['max-utilization', 'min-available', 'max-findings'] as const
/** A limit of a check: the highest utilization or the fewest available seats of a license, the most findings of a group. */
export type ThresholdRule = (typeof thresholdRules)[number]

/** What a check can fail for: a limit, or a rule of findings. */
export type CheckRule = ThresholdRule | FindingRule

/**
 * The result of one item. `unknown`: data is missing, which is no pass. `accepted`: it is breached, and a suppression
 * accepts it. `inBaseline`: it is breached, and was so in the baseline; what is worse than there is `breached`.
 */
export type CheckVerdict = 'passed' | 'breached' | 'accepted' | 'inBaseline' | 'unknown'

/** The group of a report that an item is about. */
export type CheckGroup = Pick<GroupRow, 'kind' | 'name' | 'provider' | 'licenseId'> & Pick<ReportGroups, 'by'>

/** A license or a group and a limit, a finding, or a rule that found nothing. */
export interface CheckItem {
  readonly rule: CheckRule
  readonly verdict: CheckVerdict
  /** Of a breach, stable from run to run: baselines and suppressions name it. */
  readonly id?: string | undefined
  readonly provider?: string | undefined
  readonly licenseId?: string | undefined
  readonly userId?: string | undefined
  /** Of a limit of groups. */
  readonly group?: CheckGroup | undefined
  /** The license, group, user or provider, for people. */
  readonly name: string
  /** What was found, or why it is unknown; for people. */
  readonly message: string
  readonly evidence?: Finding['evidence'] | undefined
  /** Seats at stake, of a finding or a group. */
  readonly seats?: Count | undefined
  /** Of a license and a limit. */
  readonly inUse?: Count | undefined
  /** Of a license and a limit. */
  readonly purchased?: KnownCount | undefined
  /** What these seats cost a month. */
  readonly cost?: Cost | undefined
  readonly accepted?: Finding['accepted'] | undefined
  /** It is unknown, and counts as breached because of `failOnUnknown`. */
  readonly notJudged?: true | undefined
}

/** What is checked. */
export interface CheckLimits {
  /** In percent of purchased seats, to six decimals. */
  readonly maxUtilization?: number | undefined
  /** Seats. */
  readonly minAvailable?: number | undefined
  /** Open findings about the seats of one group: of a report with groups (`groupBy`) and findings. */
  readonly maxFindings?: number | undefined
  /** Rules of which no finding is allowed. Default: none. */
  readonly failOn?: readonly FindingRule[] | undefined
  /** What is unknown counts as breached. Default: false. */
  readonly failOnUnknown?: boolean | undefined
  /**
   * Only kept in the result, for its readers: which holders are dormant was decided when the report was made, by
   * `findings.dormantAfterDays` of `createLicenseReport`. Default: 90, as there.
   */
  readonly dormantAfterDays?: number | undefined
}

/** The limits of a check, with their defaults. */
export interface AppliedLimits extends CheckLimits {
  readonly failOn: readonly FindingRule[]
  readonly failOnUnknown: boolean
  readonly dormantAfterDays: number
}

/** The outcome of a check: plain data, public, and only ever added to within one `schemaVersion`. */
export interface CheckResult {
  readonly schemaVersion: 1
  readonly kind: 'check'
  readonly generatedAt: string
  /** Every provider was read completely. */
  readonly complete: boolean
  /** Something is breached, or counts as breached, and is neither accepted nor in the baseline. */
  readonly breached: boolean
  readonly limits: AppliedLimits
  readonly providers: readonly Pick<ProviderReport, 'id' | 'displayName' | 'status' | 'error'>[]
  /** The gaps, for people. */
  readonly problems: readonly string[]
  /** What else is to be said of the data, for people; nothing is unknown for it. Absent if there is nothing. */
  readonly remarks?: readonly string[] | undefined
  readonly counts: Readonly<Record<CheckVerdict, number>>
  readonly items: readonly CheckItem[]
  readonly idleSuppressions: readonly IdleSuppression[]
  /** Exemptions that are about no seat. Absent if there are none. */
  readonly idleExemptions?: readonly IdleExemption[] | undefined
  /** Overrides that match no license. Absent if there are none. */
  readonly idleDeclarations?: readonly IdleDeclaration[] | undefined
}
