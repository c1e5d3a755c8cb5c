import { type Capacity, type Count, inWholeSeats } from './count.ts'

/**
 * What one seat stands for.
 * `named`: a person holds it. `concurrent`: more people share it than there are seats, so that holders are people
 * *entitled* to a seat, and not seats in use. `device`: a room, desk phone or workspace holds it. `consumption`: metered use.
 */
export type LicenseMetric = 'named' | 'concurrent' | 'device' | 'consumption' | 'unknown'

/** The seats of one product. */
export interface License {
  /** The id of the configured provider instance, for example `webex-emea`. */
  readonly provider: string
  /** The vendor's own id, opaque. Unique within one provider. */
  readonly id: string
  /** For people. Not unique, and never a key. The id where the vendor gives no name. */
  readonly name: string
  /** The vendor's stable product key, where there is one (Webex: the offer code). */
  readonly productCode?: string | undefined
  readonly metric: LicenseMetric
  /** Purchased seats; `notApplicable` for what comes free with the organization. */
  readonly purchased: Capacity
  /** Seats in use as the vendor counts them. It may lag behind the assignments. */
  readonly consumed: Count
  /**
   * The part of `consumed` that users hold, where the vendor also counts rooms, phones or workspaces, which are in no list
   * of holders. Absent: `consumed` counts users only.
   */
  readonly consumedByUsers?: Count | undefined
  readonly subscriptionId?: string | undefined
  readonly siteUrl?: string | undefined
  /** Ids of licenses that this one contains. */
  readonly includes: readonly string[]
  /** Ids of licenses that this one requires. */
  readonly requires: readonly string[]
  /** The product code or name under which `withDeclaredLicenses` has overrides for it. Absent: its id, or none. */
  readonly declaredAs?: string | undefined
  /** The vendor's record, untouched. Only with `includeRaw`. */
  readonly raw?: unknown
}

/** The license with its numbers in whole seats; any other number becomes unknown. */
export const countedInSeats = (license: License): License => ({
  ...license,
  purchased: inWholeSeats(license.purchased),
  consumed: inWholeSeats(license.consumed),
  ...(license.consumedByUsers === undefined ? {} : { consumedByUsers: inWholeSeats(license.consumedByUsers) }),
})
