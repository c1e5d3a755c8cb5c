/** What Acme sends, as far as it is used here. Ids are always present; anything else may be absent or `null`. */
import * as t from 'io-ts'
import { Answers } from 'seatlens/provider-kit'

export const Product = Answers.recordOf(
  'Product',
  { id: t.string },
  {
    name: t.string,
    /** `null` for products that are free. */
    bought: t.union([t.number, t.literal('unlimited')], 'seats'),
    used: t.number,
  },
)
export type Product = t.TypeOf<typeof Product>

export const Seat = Answers.recordOf(
  'Seat',
  { id: t.string, products: t.readonlyArray(t.string) },
  { name: t.string, email: t.string, state: t.string },
)
export type Seat = t.TypeOf<typeof Seat>

export const Products = t.type({ products: t.UnknownArray }, 'Products')

export const SeatPage = Answers.recordOf('SeatPage', { seats: t.UnknownArray }, { total: t.number, next: t.string })

/** A part of a change that Acme did not do. */
export const Refusal = Answers.recordOf('Refusal', { product: t.string }, { code: t.string, message: t.string })
export type Refusal = t.TypeOf<typeof Refusal>

export const Changed = Answers.recordOf('Changed', {}, { refused: t.readonlyArray(Refusal) })

export const ErrorBody = Answers.recordOf('ErrorBody', {}, { code: t.string, message: t.string, requestId: t.string })
