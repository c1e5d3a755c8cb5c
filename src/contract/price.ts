/** What seats of one license cost, as somebody has written it down. No vendor's API tells it. */
export interface Price {
  /** In minor units of the currency: 11000 is 110.00 EUR. An integer. */
  readonly amount: number
  /** ISO 4217. */
  readonly currency: string
  /** What the amount buys: `seat-month`, or `pack-month` with `packSize`. Of anything else no monthly cost can be made. */
  readonly per: string
  /** Seats in a pack. Packs are bought whole. */
  readonly packSize?: number | undefined
  /** The first day on which it holds, as `2026-01-31`. Default: it has always held. */
  readonly validFrom?: string | undefined
  /** The last day on which it holds. Default: it holds on. */
  readonly validTo?: string | undefined
}
