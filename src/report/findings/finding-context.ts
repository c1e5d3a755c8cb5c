import type { Capabilities } from '../../contract/capabilities.ts'
import type { IsPaid } from '../cost/paid-licenses.ts'
import type { SeatCosts } from '../cost/seat-costs.ts'
import type { LicenseLabels } from '../license-labels.ts'
import type {
  Abstention,
  AmbiguousLink,
  Finding,
  LicenseRow,
  StaleSource,
  UserRow,
  WorkspaceRow,
} from '../license-report.ts'

/** A license as rules see it. */
export interface KnownLicense {
  readonly row: LicenseRow
  /** Whether the vendor or an override defines it; else it is only held. */
  readonly defined: boolean
  /** Ids of licenses that it contains. */
  readonly includes: readonly string[]
  /** Ids of licenses that it requires. */
  readonly requires: readonly string[]
}

/** What rules know of one provider. A gap says why a list is partial; it is undefined if the list is complete. */
export interface KnownProvider {
  readonly id: string
  readonly capabilities: Capabilities
  readonly licenses: readonly KnownLicense[]
  readonly licensesGap: string | undefined
  /** Users who hold something. */
  readonly holders: readonly UserRow[]
  /** Users with a license that is pending. */
  readonly waiting: readonly UserRow[]
  readonly holdersGap: string | undefined
  readonly directoryGap: string | undefined
  readonly workspaces: readonly WorkspaceRow[]
  readonly workspacesGap: string | undefined
  /** Sources of activity that have stopped. */
  readonly staleSources: readonly StaleSource[]
}

/** All that rules may look at. */
export interface FindingContext {
  readonly providers: readonly KnownProvider[]
  readonly ambiguousLinks: readonly AmbiguousLink[]
  readonly costs: SeatCosts
  readonly isPaid: IsPaid
  readonly labels: LicenseLabels
  /** When the report was made, in milliseconds since 1970. */
  readonly now: number
  readonly dormantAfterDays: number
  /** A seat that began less than so many days ago is too new to judge what its holder does with it. */
  readonly graceDays: number
  /** Whether it is a seat of an account that never signs in: no activity of it means nothing. */
  readonly isExempt: (user: UserRow, licenseId: string) => boolean
  readonly renewalDays: number
}

/** Findings that people read as one line. */
export interface FoundGroup {
  readonly message: string
  readonly findings: readonly [Finding, ...Finding[]]
}

/** A finding that stands for itself. */
export const single = (finding: Finding): FoundGroup => ({ message: finding.message, findings: [finding] })

/** What a rule has found, and where it lacked data. */
export interface RuleResult {
  readonly groups: readonly FoundGroup[]
  readonly abstentions: readonly Abstention[]
}

/** Finds what is wrong in one way, and says where it lacks data. */
export type Rule = (context: FindingContext) => RuleResult

export const mergeResults = (results: readonly RuleResult[]): RuleResult => ({
  groups: results.flatMap(({ groups }) => groups),
  abstentions: results.flatMap(({ abstentions }) => abstentions),
})

/** The result of a rule that looks at one provider after the other. */
export const overProviders = (
  { providers }: FindingContext,
  apply: (provider: KnownProvider) => RuleResult,
): RuleResult => mergeResults(providers.map(apply))
