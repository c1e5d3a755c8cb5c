import { type Capacity, type Count, inWholeSeats } from './count.ts'
import type { ContractPrice, Origin, Purchase, Term } from './purchase.ts'

/**
 * What one seat stands for.
 * `named`: a person holds it. `concurrent`: more people share it than there are seats, so that holders are people
 * *entitled* to a seat, and not seats in use. `device`: a room, desk phone or workspace holds it. `consumption`: metered use.
 */
export type LicenseMetric = 'named' | 'concurrent' | 'device' | 'consumption' | 'unknown'

/**
 * Which holders the vendor's lists name. `users`: users alone hold it. `usersAndWorkspaces`: so may workspaces, which a list of
 * their own names. `notTold`: also rooms or devices that no list links to it, so that the number of holders is unknown.
 */
export type LicenseHolders = 'users' | 'usersAndWorkspaces' | 'notTold'

/**
 * What a license is for, where products of several vendors may be for the same. `other`: also for something else, or for what
 * only a later version knows, so that it is not certain what else its holders use it for.
 */
export const licenseServices = ['meetings', 'calling', 'messaging', 'contactCenter', 'other'] as const
/** One of {@link licenseServices}: what a license is for. */
export type LicenseService = (typeof licenseServices)[number]

/** A value that a source gave and that does not count, as a stronger source gave one too. */
export interface OverriddenValue {
  readonly field: 'purchased' | 'consumed'
  readonly value: Capacity
  /** Absent: the vendor's list of licenses. */
  readonly from?: Origin | undefined
}

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
  /** What it is for. Empty: for none of these by itself, as an add-on is. Absent: unknown. */
  readonly services?: readonly LicenseService[] | undefined
  /** Purchased seats; `notApplicable` for what comes free with the organization. */
  readonly purchased: Capacity
  /** Seats in use as the vendor counts them. It may lag behind the assignments. */
  readonly consumed: Count
  /**
   * The part of `consumed` that users hold, where the vendor also counts rooms, phones or workspaces, which are in no list
   * of holders. Absent: `consumed` counts users only.
   */
  readonly consumedByUsers?: Count | undefined
  /** Where `purchased` comes from. Absent: from the vendor's list of licenses. */
  readonly purchasedFrom?: Origin | undefined
  /** Where `consumed` comes from, and of which billing period it is. Absent: from the vendor's list of licenses. */
  readonly consumedFrom?: Origin | undefined
  /** What a purchased seat costs by contract. */
  readonly committedPrices?: readonly ContractPrice[] | undefined
  /** What a seat beyond the purchased ones costs by contract. */
  readonly overagePrices?: readonly ContractPrice[] | undefined
  /** For how long it was bought. */
  readonly term?: Term | undefined
  /** What contracts, bills and files say about it, product by product: `purchased` and `consumed` are the sums. */
  readonly purchases?: readonly Purchase[] | undefined
  /** It was bought or billed, and is mapped to no license of the vendor: it has no holders that could be listed. */
  readonly boughtOnly?: true | undefined
  /** Values of weaker sources, the weakest first. */
  readonly overridden?: readonly OverriddenValue[] | undefined
  /** Read it with `holdersOf`. Default: `usersAndWorkspaces` where a seat stands for a device, else `users`. */
  readonly holders?: LicenseHolders | undefined
  /**
   * What no list names of its holders, also if all of them were read. For people: `phones of common areas are not listed`. The
   * number of its holders is then unknown, and those of other licenses are as they were. The holders may be users, unless
   * `holders` is `notTold`. `omits` of a ledger is about all licenses. Absent: the lists name all holders that `holders` has.
   */
  readonly omits?: readonly string[] | undefined
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

/** Which holders the lists name: where a seat stands for a device, users alone are not all, unless the provider says so. */
export const holdersOf = ({ metric, holders }: Pick<License, 'metric' | 'holders'>): LicenseHolders =>
  holders ?? (metric === 'device' ? 'usersAndWorkspaces' : 'users')

/** What no list names of the holders of a license, in one text; undefined where the lists name all of them. */
export const omittedHolders = ({ omits = [] }: Pick<License, 'omits'>): string | undefined =>
  omits.join('; ') || undefined

/** The same where the holders may be users, and not rooms or devices alone. */
export const omittedUsers = (license: Pick<License, 'metric' | 'holders' | 'omits'>): string | undefined =>
  holdersOf(license) === 'notTold' ? undefined : omittedHolders(license)

/** {@link omittedUsers} of the licenses that have some, by id. */
export const omittedByLicense = (licenses: readonly License[]): ReadonlyMap<string, string> => {
  const omitted = new Map<string, string>()
  for (const license of licenses) {
    const text = omittedUsers(license)
    if (text !== undefined) omitted.set(license.id, text)
  }
  return omitted
}

/** The license with its numbers in whole seats; any other number becomes unknown. */
export const countedInSeats = (license: License): License => ({
  ...license,
  purchased: inWholeSeats(license.purchased),
  consumed: inWholeSeats(license.consumed),
  ...(license.consumedByUsers === undefined ? {} : { consumedByUsers: inWholeSeats(license.consumedByUsers) }),
})
