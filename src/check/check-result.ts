import type { Count, KnownCount } from '../model/count.ts'
import type {
  Cost,
  Finding,
  FindingGroup,
  FindingRule,
  GroupRow,
  IdleDeclaration,
  IdleExemption,
  IdleLimit,
  IdleSuppression,
  ProviderReport,
  ReportGroups,
  Savings,
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
  /** What is allowed of a license: percent of `max-utilization`, seats of `min-available`. */
  readonly limit?: number | undefined
  /** Of a license and a limit. */
  readonly inUse?: Count | undefined
  /** Of a license and a limit. */
  readonly purchased?: KnownCount | undefined
  /** What these seats cost a month. */
  readonly cost?: Cost | undefined
  /** Of a finding: the id of its group, in `findingGroups`. */
  readonly findingGroup?: string | undefined
  /** Of a finding: the seats that can be given up. */
  readonly removals?: Finding['removals'] | undefined
  readonly accepted?: Finding['accepted'] | undefined
  /** It is unknown, and counts as breached because of `failOnUnknown`. */
  readonly notJudged?: true | undefined
}

/** Findings that people read as one line: those of one rule about one user, or a single one. */
export interface CheckFindingGroup
  extends Pick<FindingGroup, 'id' | 'rule' | 'message' | 'provider' | 'userId' | 'accounts' | 'seats' | 'cost'> {
  /** `breached` if one of its items is; else `inBaseline` if one is. `seats` and `cost` are those of items with this verdict. */
  readonly verdict: 'breached' | 'inBaseline' | 'accepted'
  /** Ids of its items. */
  readonly items: readonly string[]
  readonly accepted?: Finding['accepted'] | undefined
}

/** How full licenses may be, and which findings are allowed. What is absent is not checked. */
export interface CheckLimits {
  /** In percent of purchased seats, to six decimals. For licenses without a limit of their own in the report. */
  readonly maxUtilization?: number | undefined
  /** Seats that must be available. For licenses without a limit of their own in the report. */
  readonly minAvailable?: number | undefined
  /** Open findings about the seats of one group, as people count: all of one rule about one user are one. Of a report with groups (`groupBy`) and findings. */
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
  /** Days without activity after which a user counts as dormant. */
  readonly dormantAfterDays: number
}

/** Which items of a check were judged. */
export interface CheckFilter {
  readonly where: string
  /** All items that there were. */
  readonly found: number
  /** Items that were judged. */
  readonly matching: number
  /** Items that were left out, as it is unknown whether they match. */
  readonly unknown: number
  /** What else is to be said of `where`, for people: that no item has one of its words. Absent if there is nothing. */
  readonly remarks?: readonly string[] | undefined
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
  /** Only items of which `where` is true were judged. Absent: all were. */
  readonly filter?: CheckFilter | undefined
  /** Of the items. */
  readonly counts: Readonly<Record<CheckVerdict, number>>
  /** The same as people count: all findings of one group are one. */
  readonly groupCounts: Readonly<Record<CheckVerdict, number>>
  readonly items: readonly CheckItem[]
  /** The findings among the items as people see them, in the order of `findingGroups` of the report. Absent if there are none. */
  readonly findingGroups?: readonly CheckFindingGroup[] | undefined
  /** As in the report: what could be saved by acting on all its open findings. Absent if it has no findings. */
  readonly savings?: Savings | undefined
  /** Breaches of the baseline that are no more, as people count and as far as that is certain. Absent without a baseline. */
  readonly resolved?: number | undefined
  readonly idleSuppressions: readonly IdleSuppression[]
  /** Exemptions that are about no seat. Absent if there are none. */
  readonly idleExemptions?: readonly IdleExemption[] | undefined
  /** Overrides that match no license. Absent if there are none. */
  readonly idleDeclarations?: readonly IdleDeclaration[] | undefined
  /** Limits that fit no license. Absent if there are none. */
  readonly idleLimits?: readonly IdleLimit[] | undefined
}
