import { SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api'
import type { TransportEvent } from 'seatlens/provider-kit'

/**
 * Makes a span of each attempt at a request to a vendor, for `onEvent` of a provider. The attempt is over when it is told, and
 * it is told in the asynchronous context of the call: the span gets the times of the attempt, and the active span of the
 * caller as its parent. Names are those of OpenTelemetry's semantic conventions for HTTP.
 */
export const createSpans =
  (tracer: Tracer) =>
  (event: TransportEvent): void => {
    if (event.type !== 'attempt') return
    const { operation, attempt, status, failure } = event
    const [method = operation, template = operation] = operation.split(' ')
    const error = failure ?? (status !== undefined && status >= 400 ? String(status) : undefined)
    const startedAt = Date.parse(event.startedAt)
    const span = tracer.startSpan(operation, {
      kind: SpanKind.CLIENT,
      startTime: new Date(startedAt),
      attributes: {
        'http.request.method': method,
        'url.template': template,
        'http.response.body.size': event.bytes,
        'seatlens.provider': event.provider,
        'seatlens.request': event.id,
        ...(status === undefined ? {} : { 'http.response.status_code': status }),
        ...(attempt === 1 ? {} : { 'http.request.resend_count': attempt - 1 }),
        ...(error === undefined ? {} : { 'error.type': error }),
      },
    })
    if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR })
    span.end(new Date(startedAt + Math.ceil(event.milliseconds)))
  }
