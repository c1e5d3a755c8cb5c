import * as t from 'io-ts'
import { isDay } from '../model/moment.ts'
import { Capacity, Finite, Metric, Term, texts } from '../model/shapes.ts'
import type { DeclaredLicense } from './declared-license.ts'
import type * as prices from './price.ts'

/** A member that may be absent or `undefined`. */
export const optional = <C extends t.Mixed>(codec: C) => t.union([codec, t.undefined], codec.name)

const Price: t.Type<prices.Price> = t.intersection(
  [
    t.type({ amount: Finite, currency: t.string, per: t.string }),
    t.partial({ packSize: optional(Finite), validFrom: optional(t.string), validTo: optional(t.string) }),
  ],
  'price',
)

const from = (least: number, expected: string) =>
  t.refinement(t.number, (value) => Number.isSafeInteger(value) && value >= least, expected)
const matching = (test: (text: string) => boolean, expected: string) => t.refinement(t.string, test, expected)
const Day = matching(isDay, 'a day of the calendar, such as 2026-01-31')

const PriceOfCaller = t.intersection(
  [
    t.type({
      amount: from(0, 'a whole number of minor units (cents) from 0'),
      currency: matching((text) => /^[A-Z]{3}$/.test(text), 'an ISO 4217 currency code of three capital letters'),
      per: matching((text) => text !== '', 'a text that is not empty'),
    }),
    t.partial({
      packSize: optional(from(1, 'a positive whole number')),
      validFrom: optional(Day),
      validTo: optional(Day),
    }),
  ],
  'price',
)

const TermOfCaller = t.partial(
  {
    start: optional(Day),
    end: optional(Day),
    noticeDays: optional(from(0, 'a whole number of days from 0')),
  },
  'term',
)

/** The overrides for one license as a caller hands them in. */
export const DeclaredOfCaller = t.partial(
  {
    name: optional(t.string),
    purchased: optional(Capacity),
    metric: optional(Metric),
    prices: optional(t.readonlyArray(PriceOfCaller, 'list of prices')),
    sku: optional(texts),
    term: optional(TermOfCaller),
  } satisfies { readonly [Member in keyof DeclaredLicense]-?: t.Mixed },
  'overrides of a license',
)

/** The overrides for one license, as a snapshot has kept them. */
export const Declared: t.Type<DeclaredLicense & { readonly id: string }> = t.intersection(
  [
    t.type({ id: t.string }),
    t.partial({
      name: optional(t.string),
      purchased: optional(Capacity),
      metric: optional(Metric),
      prices: optional(t.readonlyArray(Price)),
      sku: optional(texts),
      term: optional(Term),
    }),
  ],
  'declared license',
)
