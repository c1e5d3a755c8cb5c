import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { type Answer, jsonBodyOf, type SimulatedRequest } from '../../../src/simulator-kit/index.ts'
import { badRequest } from './errors.ts'

const Ids = t.array(t.string, 'Ids')

/** For operations whose body is a list of ids. The body is documented as optional: without one, the list is empty. */
export const withIds =
  (answer: (ids: readonly string[], request: SimulatedRequest) => Answer) =>
  (request: SimulatedRequest): Answer => {
    const body = request.body === '' ? E.right([]) : jsonBodyOf(request)
    if (E.isLeft(body)) return badRequest(request, 'The request could not be understood by the server: malformed JSON.')
    return Ids.is(body.right)
      ? answer(body.right, request)
      : badRequest(request, 'The request body must be a list of ids.', 'invalid.value')
  }
