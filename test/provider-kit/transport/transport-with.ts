import * as E from 'fp-ts/lib/Either.js'
import {
  type Answers,
  createRequestBudget,
  type Http,
  type LicenseError,
  type TransportEvent,
} from '../../../src/provider-kit/index.ts'
import { createTransport, type TransportOptions } from '../../../src/provider-kit/transport/create-transport.ts'
import { createVirtualClock } from './virtual-clock.ts'

export const origin = 'https://api.vendor.example'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export const readFailure: Answers.ReadVendorFailure = ({ body, header }) => {
  const read = E.isRight(body) && isRecord(body.right) ? body.right : {}
  const missing = Array.isArray(read.missing) ? read.missing.map(String) : undefined
  return {
    code: textOf(read.code),
    message: textOf(read.message),
    correlationId: header('x-correlation-id'),
    missing,
    meaning: read.code === 'throttled' ? 'rateLimit' : undefined,
  }
}

/** A transport to the vendor for which nothing takes time and jitter is none. */
export const transportWith = (options: Partial<TransportOptions> = {}) => {
  const clock = createVirtualClock()
  const events: TransportEvent[] = []
  const budget = options.budget ?? createRequestBudget({ clock })
  const transport = createTransport({
    provider: 'vendor-1',
    origins: [origin],
    budget,
    readFailure,
    ...options,
    runtime: { clock, random: () => 1, onEvent: (event) => events.push(event), ...options.runtime },
  })
  return { transport, clock, events, budget }
}

export const get = (path = '/seats', details: Partial<Http.HttpRequest> = {}): Http.HttpRequest => ({
  operation: 'GET /seats',
  method: 'GET',
  url: new URL(path, origin),
  repeatable: true,
  ...details,
})

/** A write whose repetition could do harm. */
export const write = (details: Partial<Http.HttpRequest> = {}): Http.HttpRequest =>
  get('/seats', { operation: 'POST /seats', method: 'POST', json: { seat: 1 }, repeatable: false, ...details })

/** The status and body of an answer, or the failure. */
export const outcome = async (
  result: () => Promise<E.Either<LicenseError, { readonly status: number; readonly body: E.Either<string, unknown> }>>,
) => {
  const either = await result()
  return E.isLeft(either) ? either.left : { status: either.right.status, body: either.right.body }
}

export const answered = (body: unknown, status = 200) => ({ status, body: E.right(body) })
