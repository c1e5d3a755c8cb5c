import * as E from 'fp-ts/lib/Either.js'
import { type Decoder, decode } from '../model/decoder.ts'
import type { Given } from '../model/with-defaults.ts'
import type { HttpResponse } from './transport/http-message.ts'
import type { ReadVendorFailure, VendorFailure } from './transport/vendor-failure.ts'

/**
 * Reads the vendor's words out of an answer that is a failure. `read` gets an empty body where the vendor's own cannot be
 * decoded, such as the web page of a gateway: headers may still say something.
 */
export const failureReader =
  <A>(codec: Decoder<A>, read: (body: Given<A>, response: HttpResponse) => VendorFailure): ReadVendorFailure =>
  (response) => {
    const body = E.isRight(response.body) ? decode(codec, response.body.right) : response.body
    return read(E.isRight(body) ? body.right : {}, response)
  }
