import { Answers } from 'seatlens/provider-kit'
import { ErrorBody } from './codecs.ts'

/** What Acme's error bodies say. The web page of a gateway says nothing; its status is enough. */
export const readFailure = Answers.failureReader(ErrorBody, ({ code, message, requestId }) => ({
  code: code ?? undefined,
  message: message ?? undefined,
  correlationId: requestId ?? undefined,
}))
