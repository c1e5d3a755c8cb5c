import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as kit from 'seatlens/provider-kit'
import { Changed, Product, Products, type Refusal, Seat, SeatPage } from './codecs.ts'

type Answer<A> = TaskEither<kit.LicenseError, A>

export interface Seats extends kit.DecodedRecords<Seat> {
  readonly total: number | undefined
  /** The cursor of the next page; absent on the last one. */
  readonly next: string | undefined
}

/** Acme's API under Acme's own names. `limit` is at most 100. */
export interface AcmeClient {
  readonly getProducts: (scope: kit.RequestScope) => Answer<kit.DecodedRecords<Product>>
  readonly getSeats: (
    query: {
      /** One id, or several separated by commas. */
      readonly id?: string
      readonly email?: string
      readonly cursor?: string | undefined
      readonly limit: number
      /** The caller can ask for fewer rows, so that a page that is too much is soon given up. */
      readonly divisible?: boolean | undefined
    },
    scope: kit.RequestScope,
  ) => Answer<Seats>
  /** Gives products to a person and removes others. The result: what Acme did not do, empty if it does not say. */
  readonly patchSeat: (
    change: { readonly id: string; readonly add: readonly string[]; readonly remove: readonly string[] },
    scope: kit.RequestScope,
  ) => Answer<readonly Refusal[]>
}

export const createAcmeClient = ({ provider, send, call }: kit.Http.ApiAccess): AcmeClient => ({
  getProducts: (scope) =>
    pipe(
      call({ method: 'GET', path: '/products', needs: ['products:read'] }, Products, scope),
      TE.map(({ products }) => kit.Answers.decodeRecords(Product, products)),
    ),
  getSeats: ({ divisible, ...query }, scope) =>
    pipe(
      call({ method: 'GET', path: '/seats', query, divisible, needs: ['seats:read'] }, SeatPage, scope),
      TE.map(({ seats, total, next }) => ({
        ...kit.Answers.decodeRecords(Seat, seats),
        total: total ?? undefined,
        next: next ?? undefined,
      })),
    ),
  // If the answer is lost, a repeat could do it twice, so that it is not `repeatable`.
  patchSeat: (change, scope) =>
    pipe(
      send({ method: 'PATCH', path: '/seats', json: change, bodyOptional: true, needs: ['seats:write'] }, scope),
      TE.flatMapEither((response) =>
        response.content === 'none'
          ? E.right({ refused: [] })
          : kit.Answers.readBody(provider, 'PATCH /seats', Changed, response),
      ),
      TE.map(({ refused }) => refused ?? []),
    ),
})
