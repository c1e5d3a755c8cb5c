import type { Capacity, Count } from '../../model/count.ts'
import type { LicenseService } from '../../model/license.ts'
import type { ContractPrice, Origin, Term } from '../../model/purchase.ts'
import type { Cost, ProviderStatus } from '../../report/license-report.ts'
import type { ProviderAccount } from '../provider-account.ts'
import type { DiffAttribution, LicenseAttribution } from './attribution.ts'

/** What changed from one snapshot to another: plain data, public, and only ever added to within one `schemaVersion`. */
export interface SnapshotDiff {
  readonly schemaVersion: 1
  readonly before: SnapshotSummary
  readonly after: SnapshotSummary
  /** No change is unknown. */
  readonly complete: boolean
  readonly providers: readonly ProviderDiff[]
  /** Those that changed, or of which it is unknown whether they did. */
  readonly licenses: readonly LicenseDiff[]
  /** Workspaces that came, went or hold other licenses, or of which that is unknown. Absent: none. */
  readonly workspaces?: readonly WorkspaceDiff[] | undefined
  /** Licenses that are as they were. */
  readonly unchanged: number
  /** Absent where neither snapshot has a price. */
  readonly cost?: CostDiff | undefined
  /** Whose changes they are. Absent: no plans were given. */
  readonly attribution?: DiffAttribution | undefined
}

/** One side of a comparison: when it was read, and how. */
export interface SnapshotSummary {
  /** ISO 8601 in UTC. */
  readonly generatedAt: string
  readonly complete: boolean
  /** How each of its providers had been read. */
  readonly providers: readonly ProviderAccount[]
}

/** How a provider was read on both sides of a comparison. */
export interface ProviderDiff {
  readonly id: string
  readonly vendor: string
  readonly displayName: string
  /** Absent where that snapshot does not have the provider: then there is nothing to compare. */
  readonly before?: ProviderStatus | undefined
  readonly after?: ProviderStatus | undefined
}

/** `difference` is known where both are; a license that is not defined has no seats. */
export interface CapacityDiff {
  readonly before?: Capacity | undefined
  readonly after?: Capacity | undefined
  readonly difference: Count
}

/** The same of what it costs a month: `difference` is known where both are, in every currency of either. */
export interface LicenseCostDiff {
  readonly before?: Cost | undefined
  readonly after?: Cost | undefined
  readonly difference: Cost
}

/** Something that both snapshots may have, and that differs. Absent on a side that does not tell it. */
export interface FactDiff<A> {
  readonly before?: A | undefined
  readonly after?: A | undefined
}

/** What differs in what contracts, bills, files and the configuration say of a license. */
export interface ContractDiff {
  /** Where the number comes from, if from another source. Absent on a side: from the vendor's list of licenses. */
  readonly purchasedFrom?: FactDiff<Origin> | undefined
  /** The same. Another billing period of the same source is no difference. */
  readonly consumedFrom?: FactDiff<Origin> | undefined
  readonly term?: FactDiff<Term> | undefined
  readonly committedPrices?: FactDiff<readonly ContractPrice[]> | undefined
  readonly overagePrices?: FactDiff<readonly ContractPrice[]> | undefined
  /** What the license is for. Only where both snapshots tell it. */
  readonly services?: FactDiff<readonly LicenseService[]> | undefined
}

/** A user who came to a license or left it. */
export interface DiffPerson {
  readonly id: string
  readonly name?: string | undefined
  readonly email?: string | undefined
}

/** A user who holds a license in one of the snapshots. Whether they do in the other is unknown: a gap may hide it. */
export interface UndecidedHolder extends DiffPerson {
  readonly direction: 'in' | 'out'
  readonly reason: string
}

/** What changed in one license between two snapshots. Licenses that are as before are not listed. */
export interface LicenseDiff extends ContractDiff {
  readonly provider: string
  readonly id: string
  readonly name: string
  /** `unknown`: it is in one of the snapshots, and the other one did not see every license. */
  readonly change: 'added' | 'removed' | 'changed' | 'unknown'
  /** Why it is unknown. */
  readonly reason?: string | undefined
  /** What it was called, where that was something else. */
  readonly formerName?: string | undefined
  readonly siteUrl?: string | undefined
  readonly subscriptionId?: string | undefined
  readonly purchased: CapacityDiff
  readonly consumed: CapacityDiff
  readonly assigned: CapacityDiff
  /** Of the purchased seats. Absent if neither snapshot has a price. */
  readonly cost?: LicenseCostDiff | undefined
  readonly holders: {
    /** How many came and left: unknown if a gap may hide more of them. */
    readonly came: Count
    readonly left: Count
    readonly in: readonly DiffPerson[]
    readonly out: readonly DiffPerson[]
    readonly undecided: readonly UndecidedHolder[]
  }
  /** Whose changes of seats they are. Absent: no plans were given, or nothing can be attributed. */
  readonly attribution?: LicenseAttribution | undefined
}

/** A license that a workspace came to hold, or no longer holds. */
export interface DiffSeat {
  readonly licenseId: string
  /** What the license is called. */
  readonly license: string
}

/** A workspace that is in one of the snapshots only, or holds other licenses. */
export interface WorkspaceDiff {
  readonly provider: string
  readonly id: string
  readonly name?: string | undefined
  /** `unknown`: it is in one of the snapshots, and the other one did not see every workspace. */
  readonly change: 'added' | 'removed' | 'changed' | 'unknown'
  /** Why it is unknown. */
  readonly reason?: string | undefined
  /** The licenses that it holds in the later snapshot alone. */
  readonly in: readonly DiffSeat[]
  /** The licenses that it holds in the earlier snapshot alone. */
  readonly out: readonly DiffSeat[]
}

/**
 * What a month costs more or less, in minor units of one currency: `difference` is `after` less `before`, and exactly
 * the sum of `price`, `seats` and `mix`.
 */
export interface CostChange {
  readonly currency: string
  readonly before: number
  readonly after: number
  readonly difference: number
  /** What the new seats cost more at new prices than at old ones; of a currency that is not theirs, the price is 0. */
  readonly price: number
  /** What so many seats more or fewer come to at what a seat cost on average before. */
  readonly seats: number
  /** The rest: seats have moved to dearer or cheaper licenses. */
  readonly mix: number
}

/** A license, or all of a provider, that is not in the changes. */
export interface UnknownCostChange {
  readonly provider: string
  readonly id?: string | undefined
  readonly name?: string | undefined
  readonly reason: string
}

/** All that is known of what a month costs, and how much of that can be compared. */
export interface CostComparison {
  /** Of every license in that snapshot, as a report of it says. */
  readonly before: Cost
  readonly after: Cost
  /** Known where both are, in every currency of either. */
  readonly difference: Cost
  /** Licenses whose cost is known in both snapshots: the changes are of them. What costs nothing in both does not count. */
  readonly compared: number
  /** Licenses whose cost is unknown in one of the snapshots: they are in none of the changes. */
  readonly notCompared: number
}

/** What a month of one provider costs more or less. */
export interface ProviderCostDiff extends CostComparison {
  readonly provider: string
  /** Of the licenses whose cost is known in both snapshots; one entry for each currency. */
  readonly changes: readonly CostChange[]
}

/** What a month costs more or less, in total and for each provider. */
export interface CostDiff extends CostComparison {
  /** Of the licenses whose cost is known in both snapshots; one entry for each currency. */
  readonly total: readonly CostChange[]
  readonly providers: readonly ProviderCostDiff[]
  readonly unknown: readonly UnknownCostChange[]
}
