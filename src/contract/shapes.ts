import * as t from 'io-ts'
import { type LicenseService, licenseServices } from '../model/license.ts'
import { isDay } from '../model/moment.ts'
import { Capacity, Finite, Metric, Services, Term, texts } from '../model/shapes.ts'
import { isWholeNumber } from '../model/whole-number.ts'
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

const Day = t.refinement(t.string, isDay, 'a day of the calendar, such as 2026-01-31')
const Days = t.refinement(t.number, isWholeNumber, 'a whole number of days from 0')

const TermOfCaller = t.partial({ start: optional(Day), end: optional(Day), noticeDays: optional(Days) }, 'term')

const isService = (value: unknown): value is LicenseService => licenseServices.some((service) => service === value)
const Service = new t.Type<LicenseService>(
  licenseServices.join(', '),
  isService,
  (value, context) => (isService(value) ? t.success(value) : t.failure(value, context)),
  t.identity,
)

/** The overrides for one license as a caller hands them in. Their prices have rules of their own: `problemsInPrices`. */
export const DeclaredOfCaller = t.partial(
  {
    name: optional(t.string),
    purchased: optional(Capacity),
    metric: optional(Metric),
    services: optional(t.readonlyArray(Service)),
    prices: t.unknown,
    sku: optional(texts),
    term: optional(TermOfCaller),
    shared: optional(t.boolean),
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
      services: optional(Services),
      prices: optional(t.readonlyArray(Price)),
      sku: optional(texts),
      term: optional(Term),
      shared: optional(t.boolean),
    }),
  ],
  'declared license',
)
