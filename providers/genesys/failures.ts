import { Answers, type LicenseError } from '../../src/provider-kit/index.ts'
import { ErrorBody } from './codecs.ts'

/** No refusal is longer: what a text says is not looked for beyond. */
const MAX_LOOKED_AT = 4_000

/** A refusal names the permissions in its text: "… at least one of the following permissions assigned: [a, b]". */
const permissionsIn = (message: string | undefined): readonly string[] | undefined => {
  const text = message?.slice(0, MAX_LOOKED_AT) ?? ''
  const word = text.search(/permission/i)
  const start = word === -1 ? -1 : text.indexOf('[', word)
  const end = start === -1 ? -1 : text.indexOf(']', start)
  if (end === -1) return undefined
  return text
    .slice(start + 1, end)
    .split(',')
    .map((name) => name.trim())
}

/** Reads an error of the Platform API. */
export const readApiFailure = Answers.failureReader(ErrorBody, (body, { header }) => {
  const message = body.message ?? undefined
  return {
    code: body.code ?? undefined,
    message,
    correlationId: header('inin-correlation-id') ?? body.contextId ?? undefined,
    missing: permissionsIn(message),
  }
})

/** The codes of a 403 that the vendor documents. They are about the credentials, so that all requests are refused alike. */
const CREDENTIAL_CODES: ReadonlySet<string | undefined> = new Set([
  'missing.permissions',
  'missing.any.permissions',
  'not.authorized',
  // Without a code nothing says that it is about a user of the request.
  undefined,
])

/** Whether a refusal is about the credentials; any other 403 is about what is in the request. */
export const isAboutCredential = ({ _tag, vendorCode }: LicenseError): boolean =>
  _tag === 'PermissionDenied' && CREDENTIAL_CODES.has(vendorCode)

/** An OAuth client is known to the login host of its own region alone. */
const unknownClient = (host: string): string =>
  `${host} does not know this client with this secret; check both, and whether the client belongs to another region`

/**
 * Reads an error of the login host, which answers 400 both to wrong credentials (`invalid_client`) and, with a
 * description that says "rate limit exceeded", to too many tokens being minted.
 */
export const readLoginFailure = (host: string) =>
  Answers.failureReader(ErrorBody, (body, { status, header }) => {
    const code = body.error ?? body.code ?? undefined
    const message = body.error_description ?? body.description ?? body.message ?? undefined
    const meaning = /rate limit/i.test(message?.slice(0, MAX_LOOKED_AT) ?? '') ? 'rateLimit' : 'authentication'
    return {
      code,
      message,
      correlationId: header('inin-correlation-id') ?? body.contextId ?? undefined,
      ...(status === 400 || status === 401 ? { meaning } : {}),
      ...(code === 'invalid_client' && meaning === 'authentication' ? { advice: unknownClient(host) } : {}),
    }
  })

/** A count begins anew every minute; what says otherwise by far is none. */
const MAX_RESET_SECONDS = 3_600

/** The Platform API counts the requests of a token by the minute and says where the count stands. */
export const readRate = ({ header }: { readonly header: (name: string) => string | undefined }) => {
  const number = (name: string) => {
    const value = header(`inin-ratelimit-${name}`)
    return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined
  }
  const used = number('count')
  const allowed = number('allowed')
  const reset = number('reset')
  return used === undefined || allowed === undefined || reset === undefined || reset > MAX_RESET_SECONDS
    ? undefined
    : { used, allowed, resetMs: reset * 1000 }
}
