import type { Capacity, Count, NotApplicable, UnknownCount } from '../model/count.ts'
import type { Ledger } from '../model/ledger.ts'
import type { LicenseMetric } from '../model/license.ts'
import type { LicenseError } from '../model/license-error.ts'

/** Who holds what, over all providers: plain data, public, and only ever added to within one `schemaVersion`. */
export interface LicenseReport {
  readonly schemaVersion: 1
  /** ISO 8601 in UTC. */
  readonly generatedAt: string
  /** Every provider is. */
  readonly complete: boolean
  readonly providers: readonly ProviderReport[]
  readonly licenses: readonly LicenseRow[]
  readonly people: PeopleSummary
}

/** `partial`: something could not be read, the ledgers say what. `failed`: nothing could be read. */
export type ProviderStatus = 'complete' | 'partial' | 'failed'

export interface ProviderReport {
  readonly id: string
  readonly vendor: string
  readonly displayName: string
  readonly status: ProviderStatus
  /** Users who hold at least one license. */
  readonly licensedUsers: Count
  readonly ledgers: {
    readonly licenses: Ledger
    readonly assignments: Ledger
    /** Of the people's names, addresses and states, where the vendor keeps them apart from the assignments. */
    readonly directory?: Ledger
  }
  /** Why it failed. */
  readonly error?: LicenseError
}

/** A part of what was bought: 0 is none, 1 is all, more than 1 is over-assigned. */
export type Utilization = { readonly kind: 'known'; readonly value: number } | UnknownCount | NotApplicable

/** The vendor's counter of users and the holders that we enumerated, where both are known and differ. */
export interface Discrepancy {
  readonly consumedByUsers: number
  readonly assigned: number
  /** Negative where the vendor counts fewer users than hold the license. */
  readonly difference: number
}

export interface LicenseRow {
  readonly provider: string
  readonly id: string
  readonly name: string
  readonly productCode?: string
  readonly metric: LicenseMetric
  readonly subscriptionId?: string
  readonly siteUrl?: string
  readonly purchased: Capacity
  /** The vendor's own counter. */
  readonly consumed: Count
  /** Holders that we enumerated. */
  readonly assigned: Count
  /** What is left of what was bought; negative where more is used than was bought, never clamped. */
  readonly available: Capacity
  readonly utilization: Utilization
  /** Only of `named` licenses, and only where there is one. It makes no report incomplete. */
  readonly discrepancy?: Discrepancy
}

/** People who hold at least one license, matched across providers by e-mail address without regard to case. */
export interface PeopleSummary {
  /** Each person once, however many providers know them. */
  readonly total: Count
  /** They hold a license in each of two or more providers. */
  readonly inSeveralProviders: Count
  /** They cannot be matched with anybody. */
  readonly withoutEmail: Count
  /** They do not belong to the organisation whose licenses they hold. */
  readonly external: Count
}
