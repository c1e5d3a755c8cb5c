import { type Capacity, type Count, inWholeSeats } from './count.ts'

/**
 * What one seat stands for.
 * `named`: a person holds it. `concurrent`: a pool shared by more people than there are seats, so holders are people
 * *entitled* to a seat, not seats in use. `device`: a room, desk phone or workspace holds it. `consumption`: metered use.
 */
export type LicenseMetric = 'named' | 'concurrent' | 'device' | 'consumption' | 'unknown'

/** A pool of seats of one product. */
export interface License {
  /** The id of the configured provider instance, for example `webex-emea`. */
  readonly provider: string
  /** The vendor's own id, opaque. Unique within one provider. */
  readonly id: string
  /** For people. Not unique, never a key; falls back to the id where the vendor gives no name. */
  readonly name: string
  /** The vendor's stable product key, where there is one (Webex: the offer code). */
  readonly productCode?: string
  readonly metric: LicenseMetric
  /** Seats bought; `notApplicable` for what comes free with the organization. */
  readonly purchased: Capacity
  /** The vendor's own counter of seats in use, not ours. It may lag behind the assignments. */
  readonly consumed: Count
  /**
   * The part of `consumed` that users hold, where the vendor also counts rooms, phones or workspaces, of which no list
   * has the holders. Absent: `consumed` counts users only.
   */
  readonly consumedByUsers?: Count
  readonly subscriptionId?: string
  readonly siteUrl?: string
  /** Ids of licenses that this one contains. */
  readonly includes: readonly string[]
  /** Ids of licenses that this one presupposes. */
  readonly requires: readonly string[]
  /** What `withDeclaredLicenses` was told of it was told under this product code or name, and not under its id. */
  readonly declaredAs?: string
  /** The vendor's record, untouched; only when asked for with `includeRaw`. */
  readonly raw?: unknown
}

/** The license with what of its numbers can be numbers of seats; the others are not known. */
export const countedInSeats = (license: License): License => ({
  ...license,
  purchased: inWholeSeats(license.purchased),
  consumed: inWholeSeats(license.consumed),
  ...(license.consumedByUsers === undefined ? {} : { consumedByUsers: inWholeSeats(license.consumedByUsers) }),
})
