import { type Answer, createIdentifiers, json, type SimulatedRequest } from '../../../src/simulator-kit/index.ts'

const trackings = createIdentifiers(0, 'webex tracking')

const TRACKING_ID = /^[\w+.-]{1,120}$/

/** The same for everything that is said of one request: the client's own, where it sends one. */
export const trackingIdOf = (request: SimulatedRequest): string => {
  const own = request.header('trackingid')
  return own !== undefined && TRACKING_ID.test(own) ? own : `ROUTER_${trackings.idOf(request.sequence).toUpperCase()}`
}

/** The usual error body. */
export const refuse = (
  request: SimulatedRequest,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => json({ message, errors: [{ description: message }], trackingId: trackingIdOf(request) }, status, headers)

export interface Issue {
  readonly errorCode?: number | string
  readonly description: string
}

/** A request that is refused with any status; a 403 as the gateway does it, unless it says more. */
export const refusedAsAWhole = (
  request: SimulatedRequest,
  failure: { readonly status: number; readonly code?: string | undefined; readonly message?: string | undefined },
): Answer => {
  const { status, code, message } = failure
  if (status === 403 && code === undefined && message === undefined) return forbidden(request)
  const description = message ?? 'The license could not be changed.'
  const errorCode = code === undefined ? {} : { errorCode: /^\d+$/.test(code) ? Number(code) : code }
  return json(
    { message: description, errors: [{ ...errorCode, description }], trackingId: trackingIdOf(request) },
    status,
  )
}

export const tooManyRequests = (request: SimulatedRequest, retryAfter: string | null): Answer =>
  refuse(request, 429, 'Too many requests.', retryAfter === null ? {} : { 'retry-after': retryAfter })

export const unsupportedMediaType = (request: SimulatedRequest): Answer =>
  refuse(request, 415, 'The media type of the request is not supported.')

/** A bad request that says what is wrong with it by code. */
export const rejection = (request: SimulatedRequest, issues: readonly Issue[]): Answer =>
  json({ message: issues[0]?.description, errors: issues, trackingId: trackingIdOf(request) }, 400)

export const badRequest = (request: SimulatedRequest, message: string): Answer => refuse(request, 400, message)

export const unauthorized = (request: SimulatedRequest): Answer =>
  refuse(request, 401, 'The request requires a valid access token set in the Authorization request header.')

/** The gateway's error body has no `errors`. */
export const forbidden = (request: SimulatedRequest): Answer =>
  json(
    {
      message:
        'The server understood the request, but refused to fulfill it because the access token is missing required ' +
        'scopes or the user is missing required roles or licenses.',
      trackingId: trackingIdOf(request).replace('ROUTER_', 'ROUTERGW_'),
    },
    403,
  )

export const notFound = (request: SimulatedRequest): Answer =>
  refuse(request, 404, 'The requested resource could not be found.')

export const methodNotAllowed = (request: SimulatedRequest, allowed: readonly string[]): Answer =>
  refuse(request, 405, 'The requested method is not allowed.', { allow: allowed.join(', ') })

export const bodyTooLarge = (request: SimulatedRequest): Answer => refuse(request, 413, 'The request is too large.')
