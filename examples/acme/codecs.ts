/** What Acme sends, as far as it is used here. Ids are always present; anything else may be absent or `null`. */
import * as t from 'io-ts'
import { Answers } from 'seatlens/provider-kit'

export const Product = t.intersection(
  [
    t.type({ id: t.string }),
    t.partial({
      name: Answers.nullable(t.string),
      /** `null` for products that are free. */
      bought: Answers.nullable(t.union([t.number, t.literal('unlimited')], 'seats')),
      used: Answers.nullable(t.number),
    }),
  ],
  'Product',
)
export type Product = t.TypeOf<typeof Product>

export const Seat = t.intersection(
  [
    t.type({ id: t.string, products: t.readonlyArray(t.string) }),
    t.partial({
      name: Answers.nullable(t.string),
      email: Answers.nullable(t.string),
      state: Answers.nullable(t.string),
    }),
  ],
  'Seat',
)
export type Seat = t.TypeOf<typeof Seat>

export const Products = t.type({ products: t.UnknownArray }, 'Products')

export const SeatPage = t.intersection(
  [
    t.type({ seats: t.UnknownArray }),
    t.partial({ total: Answers.nullable(t.number), next: Answers.nullable(t.string) }),
  ],
  'SeatPage',
)

/** A part of a change that Acme did not do. */
export const Refusal = t.intersection(
  [t.type({ product: t.string }), t.partial({ code: Answers.nullable(t.string), message: Answers.nullable(t.string) })],
  'Refusal',
)
export type Refusal = t.TypeOf<typeof Refusal>

export const Changed = t.partial({ refused: Answers.nullable(t.readonlyArray(Refusal)) }, 'Changed')

export const ErrorBody = t.partial(
  { code: Answers.nullable(t.string), message: Answers.nullable(t.string), requestId: Answers.nullable(t.string) },
  'ErrorBody',
)
