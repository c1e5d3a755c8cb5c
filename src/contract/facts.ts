import * as t from 'io-ts'
import type { Codec } from '../model/codec.ts'
import type { Capacity, Count } from '../model/count.ts'
import { codecOf } from '../model/decoder.ts'
import { momentOf } from '../model/moment.ts'
import type { Origin } from '../model/purchase.ts'
import * as shapes from '../model/shapes.ts'
import { isWholeNumber } from '../model/whole-number.ts'
import { optional } from './shapes.ts'

/** What a file, or another record that its owner keeps, says about the seats of one license or one product. */
export interface LicenseFact {
  /** The license: its id, or a product code or name that only one license has. One of this and `sku` is required. */
  readonly license?: string | undefined
  /**
   * The vendor's key of a product. With `license` beside it, it is a product of that license; without, of the license whose
   * `sku` in the configuration has it, or of the license that the vendor's contract counts it for.
   */
  readonly sku?: string | undefined
  /** Seats that were bought. Absent: the fact does not tell. */
  readonly purchased?: Capacity | undefined
  /** Seats in use as they are billed. Absent: the fact does not tell. */
  readonly consumed?: Count | undefined
  /** Where it comes from. Its `at` is the day of which it is true; absent: the record does not tell its day. */
  readonly from: Origin
  /** Where it is written, for messages: `purchased.csv: line 3`. */
  readonly where?: string | undefined
}

/** What such a record says about when one user was active. */
export interface ActivityFact {
  /** The user's id, or any e-mail address of the user. */
  readonly user: string
  /** ISO 8601 with date, time and zone. */
  readonly at: string
  /** What tells it, as in the `activity` of users: the name of the file. */
  readonly source: string
  /** As in the `activity` of users. `some`: an old time shows nothing. Absent: it tells of all that users do. */
  readonly covers?: 'some' | undefined
  /** Where it is written, for messages: `activity.csv: line 3`. */
  readonly where?: string | undefined
}

/**
 * What files or other records say of licenses and of the activity of users in one provider. It comes before what the vendor
 * says.
 */
export interface Facts {
  readonly licenses?: readonly LicenseFact[] | undefined
  readonly activity?: readonly ActivityFact[] | undefined
}

const isSeats = (count: Capacity): boolean => count.kind !== 'known' || isWholeNumber(count.value)

const LicenseFactShape: t.Type<LicenseFact> = t.refinement(
  t.intersection([
    t.type({ from: shapes.Origin }),
    t.partial({
      license: optional(t.string),
      sku: optional(t.string),
      purchased: optional(t.refinement(shapes.CapacityOfNow, isSeats, 'a whole number of seats from 0')),
      consumed: optional(t.refinement(shapes.CountOfNow, isSeats, 'a whole number of seats from 0')),
      where: optional(t.string),
    }),
  ]),
  ({ license = '', sku = '' }) => license !== '' || sku !== '',
  'a fact with `license` or `sku`',
)

const ActivityFactShape: t.Type<ActivityFact> = t.intersection(
  [
    t.type({
      user: t.refinement(t.string, (text) => text.trim() !== '', 'an id or an e-mail address'),
      at: t.refinement(t.string, (text) => momentOf(text) !== undefined, 'a time such as 2026-01-31T10:00:00Z'),
      source: t.string,
    }),
    t.partial({ covers: optional(t.literal('some')), where: optional(t.string) }),
  ],
  'a fact about activity',
)

/** Decodes {@link LicenseFact}. Seats are whole numbers from 0. */
export const LicenseFact: Codec<LicenseFact> = codecOf(LicenseFactShape)
/** Decodes {@link ActivityFact}. */
export const ActivityFact: Codec<ActivityFact> = codecOf(ActivityFactShape)
/** Decodes {@link Facts}. */
export const Facts: Codec<Facts> = codecOf(
  t.partial(
    {
      licenses: optional(t.readonlyArray(LicenseFactShape)),
      activity: optional(t.readonlyArray(ActivityFactShape)),
    },
    'facts',
  ),
)
