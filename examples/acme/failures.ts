import * as E from 'fp-ts/lib/Either.js'
import { Answers, type Http } from 'seatlens/provider-kit'
import { ErrorBody } from './codecs.ts'

/** What Acme's error bodies say. The web page of a gateway says nothing; its status is enough. */
export const readFailure = (response: Http.HttpResponse): Answers.VendorFailure => {
  const body = E.flatMap((value) => E.mapLeft(String)(Answers.decode(ErrorBody, value)))(response.body)
  if (E.isLeft(body)) return {}
  const { code, message, requestId } = body.right
  return { code: code ?? undefined, message: message ?? undefined, correlationId: requestId ?? undefined }
}
