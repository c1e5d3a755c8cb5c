import type * as t from 'io-ts'
import { Answers, type LicenseError } from '../../src/provider-kit/index.ts'
import { codeText, ErrorBody, IdentityError } from './codecs.ts'

const read = (body: t.TypeOf<typeof ErrorBody>, header: (name: string) => string | undefined) => {
  const { message, errors, errorCode, error, trackingId, detail } = body
  const correlationId = trackingId ?? header('trackingid')
  if (IdentityError.is(error)) {
    const [first] = error.message
    return { code: first?.code ?? error.key ?? undefined, message: first?.description ?? undefined, correlationId }
  }
  return {
    code: codeText(errors?.[0]?.errorCode ?? errorCode),
    message: message ?? errors?.[0]?.description ?? detail ?? undefined,
    correlationId,
  }
}

/** A personal token lives for 12 hours, and nothing in the answer tells whether it has expired or was mistyped. */
const REFUSED_TOKEN = 'the access token is wrong or has expired; get a new one'

/** Reads an error of the API. A gateway's HTML page has nothing useful but the tracking id in a header. */
export const readApiFailure = Answers.failureReader(ErrorBody, (body, { header, status }) => ({
  ...read(body, header),
  ...(status === 401 ? { advice: REFUSED_TOKEN } : {}),
}))

/** Reads an error of the token endpoint, where 400 means an expired or wrong refresh token. */
export const readTokenFailure = Answers.failureReader(ErrorBody, (body, { header, status }) => ({
  ...read(body, header),
  meaning: status === 400 || status === 401 ? 'authentication' : undefined,
}))

/**
 * Whether a refusal is about the credentials, so that it is the same for all users: "the access token is missing required
 * scopes or the user is missing required roles", as the gateway words it. Any other 403 is about the user of the request.
 */
export const isAboutCredential = ({ _tag, vendorMessage = '' }: LicenseError): boolean =>
  _tag === 'PermissionDenied' && /\b(access token|scopes?)\b/i.test(vendorMessage)
