/** What Acme sends, as far as it is used here. Ids are always present; anything else may be absent or `null`. */
import * as t from 'io-ts'

/** A field that Acme leaves out or sends as `null`; both mean that it is absent. For use in `t.partial`. */
const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null, t.undefined], codec.name)

export const Product = t.intersection(
  [
    t.type({ id: t.string }),
    t.partial({
      name: nullable(t.string),
      /** `null` for products that are free. */
      bought: nullable(t.union([t.number, t.literal('unlimited')], 'seats')),
      used: nullable(t.number),
    }),
  ],
  'Product',
)
export type Product = t.TypeOf<typeof Product>

export const Seat = t.intersection(
  [
    t.type({ id: t.string, products: t.readonlyArray(t.string) }),
    t.partial({
      name: nullable(t.string),
      email: nullable(t.string),
      state: nullable(t.string),
    }),
  ],
  'Seat',
)
export type Seat = t.TypeOf<typeof Seat>

export const Products = t.type({ products: t.UnknownArray }, 'Products')

const paging = t.partial({ total: nullable(t.number), next: nullable(t.string) })
export const SeatPage = t.intersection([t.type({ seats: t.UnknownArray }), paging], 'SeatPage')

/** A part of a change that Acme did not do. */
export const Refusal = t.intersection(
  [t.type({ product: t.string }), t.partial({ code: nullable(t.string), message: nullable(t.string) })],
  'Refusal',
)
export type Refusal = t.TypeOf<typeof Refusal>

export const Changed = t.partial({ refused: nullable(t.readonlyArray(Refusal)) }, 'Changed')

export const ErrorBody = t.partial(
  { code: nullable(t.string), message: nullable(t.string), requestId: nullable(t.string) },
  'ErrorBody',
)
