import { type Answer, createIdentifiers, json, type SimulatedRequest } from '../../../src/simulator-kit/index.ts'

const correlations = createIdentifiers(0, 'genesys correlation')

/** The same for everything that is said of one request. */
export const correlationIdOf = (request: SimulatedRequest): string => correlations.idOf(request.sequence)

interface GenesysFailure {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
  readonly more?: Readonly<Record<string, unknown>>
}

/** The error body of the Platform API. */
export const refuse = (request: SimulatedRequest, failure: GenesysFailure): Answer =>
  json(
    {
      message: failure.message,
      code: failure.code,
      status: failure.status,
      contextId: correlationIdOf(request),
      ...failure.more,
      details: [],
      errors: [],
    },
    failure.status,
    failure.headers,
  )

export const badRequest = (request: SimulatedRequest, message: string, code = 'bad.request'): Answer =>
  refuse(request, { status: 400, code, message })

export const notFound = (request: SimulatedRequest, message = 'HTTP 404 Not Found'): Answer =>
  refuse(request, { status: 404, code: 'not.found', message })

export const methodNotAllowed = (request: SimulatedRequest, allowed: readonly string[]): Answer =>
  refuse(request, {
    status: 405,
    code: 'method.not.allowed',
    message: 'HTTP 405 Method Not Allowed',
    headers: { allow: allowed.join(', ') },
  })

export const bodyTooLarge = (request: SimulatedRequest): Answer =>
  refuse(request, {
    status: 413,
    code: 'request.entity.too.large',
    message: 'The request is over the size limit. Maximum bytes: 512000',
  })

export const missingPermissions = (request: SimulatedRequest, anyOf: readonly string[]): Answer => {
  const permissions = `[${anyOf.join(', ')}]`
  const sentence =
    'Unable to perform the requested action. You must have at least one of the following permissions assigned: '
  return refuse(request, {
    status: 403,
    code: 'missing.any.permissions',
    message: `${sentence}${permissions}`,
    more: { messageWithParams: `${sentence}{permissions}`, messageParams: { permissions } },
  })
}

export const tooManyRequests = (request: SimulatedRequest, retryAfterSeconds: number): Answer =>
  refuse(request, {
    status: 429,
    code: 'too.many.requests.retry.after',
    message: `Rate limit exceeded the maximum. Retry the request in [${retryAfterSeconds}] seconds`,
    headers: { 'retry-after': String(retryAfterSeconds) },
  })
