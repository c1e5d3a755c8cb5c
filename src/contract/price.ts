/** What seats of one license cost. Vendors' APIs do not provide prices: they come from the configuration. */
export interface Price {
  /** In minor units of the currency: 11000 is 110.00 EUR. An integer. */
  readonly amount: number
  /** ISO 4217. */
  readonly currency: string
  /** What the amount buys: `seat-month`, or `pack-month` with `packSize`. With anything else, the monthly cost is unknown. */
  readonly per: string
  /** Seats in a pack. Only complete packs are purchased. */
  readonly packSize?: number | undefined
  /** The first day on which it is valid, as `2026-01-31`. Default: always. */
  readonly validFrom?: string | undefined
  /** The last day on which it is valid. Default: it has no end. */
  readonly validTo?: string | undefined
}
