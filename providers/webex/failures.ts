import * as E from 'fp-ts/lib/Either.js'
import { Answers, type Http, type LicenseError } from '../../src/provider-kit/index.ts'
import { codeText, ErrorBody, IdentityErrorBody } from './codecs.ts'

const read = (body: unknown): Answers.VendorFailure => {
  const identity = Answers.decode(IdentityErrorBody, body)
  if (E.isRight(identity)) {
    const { error, trackingId } = identity.right
    const first = error.message[0]
    return {
      code: first?.code ?? error.key ?? undefined,
      message: first?.description ?? undefined,
      correlationId: trackingId ?? undefined,
    }
  }
  const usual = Answers.decode(ErrorBody, body)
  if (E.isLeft(usual)) return {}
  const { message, errors, errorCode, trackingId } = usual.right
  return {
    code: codeText(errors?.[0]?.errorCode ?? errorCode),
    message: message ?? errors?.[0]?.description ?? undefined,
    correlationId: trackingId ?? undefined,
  }
}

/** Reads an error of the API. A gateway's HTML page has nothing useful but the tracking id in a header. */
export const readApiFailure = (response: Http.HttpResponse): Answers.VendorFailure => {
  const failure = E.isRight(response.body) ? read(response.body.right) : {}
  return { ...failure, correlationId: failure.correlationId ?? response.header('trackingid') }
}

/** Reads an error of the token endpoint, where 400 means an expired or wrong refresh token. */
export const readTokenFailure = (response: Http.HttpResponse): Answers.VendorFailure => ({
  ...readApiFailure(response),
  ...(response.status === 400 || response.status === 401 ? { meaning: 'authentication' as const } : {}),
})

/**
 * Whether a refusal is about the credentials, so that it is the same for all users: "the access token is missing required
 * scopes or the user is missing required roles", as the gateway words it. Any other 403 is about the user of the request.
 */
export const isAboutCredential = ({ _tag, vendorMessage = '' }: LicenseError): boolean =>
  _tag === 'PermissionDenied' && /\b(access token|scopes?)\b/i.test(vendorMessage)
