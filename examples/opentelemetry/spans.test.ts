import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { toPromise, toReadonlyArray } from 'seatlens'
import { createGenesysProvider } from 'seatlens/genesys'
import { type GenesysSimulator, startGenesysSimulator } from 'seatlens/genesys/simulator'
import { createRequestBudget } from 'seatlens/provider-kit'
import { createSpans } from './spans.ts'

const exporter = new InMemorySpanExporter()
// Also keeps the active span of each asynchronous call.
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register()
const tracer = trace.getTracer('console')

let simulator: GenesysSimulator
before(async () => {
  simulator = await startGenesysSimulator({ users: 300, seed: 1 })
})
after(() => simulator.destroy())

const timeOf = ([seconds, nanoseconds]: readonly [number, number]) => seconds * 1_000 + nanoseconds / 1_000_000

test('each request to the vendor is a span under the span of its caller', async () => {
  simulator.faults.add({
    match: { path: '/api/v2/license/definitions', times: 1 },
    effect: { kind: 'status', status: 503 },
  })
  const provider = createGenesysProvider(simulator.configuration, {
    onEvent: createSpans(tracer),
    // One place for all requests: each waits for those of the other callers.
    budget: createRequestBudget({ concurrency: 1 }),
  })
  const asCaller = (name: string, work: () => Promise<unknown>) =>
    tracer.startActiveSpan(name, async (span) => {
      await work()
      span.end()
      return span.spanContext()
    })
  const begun = Date.now()
  const callers = await Promise.all([
    asCaller('licenses', () => toPromise(toReadonlyArray(provider.listLicenses()))),
    asCaller('users', () => toPromise(toReadonlyArray(provider.listUsers()))),
  ])

  const all = exporter.getFinishedSpans()
  const requests = all.filter(({ kind }) => kind === SpanKind.CLIENT)
  assert.equal(requests.length, simulator.requests.count())

  const [licenses, users] = callers.map(({ spanId, traceId }) =>
    requests.filter((span) => span.parentSpanContext?.spanId === spanId && span.spanContext().traceId === traceId),
  )
  assert.ok(licenses !== undefined && users !== undefined)
  assert.equal(licenses.length + users.length, requests.length)
  const isOf = (operation: string) => (span: ReadableSpan) => span.name === operation
  assert.ok(users.some(isOf('GET /api/v2/license/users')))
  assert.ok(!licenses.some(isOf('GET /api/v2/license/users')))
  assert.equal(requests.filter(isOf('POST /oauth/token')).length, 1)

  const [first, second, ...more] = licenses.filter(isOf('GET /api/v2/license/definitions'))
  assert.ok(first !== undefined && second !== undefined)
  assert.deepEqual(more, [])
  assert.equal(first.status.code, SpanStatusCode.ERROR)
  assert.equal(first.attributes['error.type'], '503')
  assert.equal(second.status.code, SpanStatusCode.UNSET)
  assert.equal(second.attributes['http.request.method'], 'GET')
  assert.equal(second.attributes['url.template'], '/api/v2/license/definitions')
  assert.equal(second.attributes['http.response.status_code'], 200)
  assert.equal(second.attributes['http.request.resend_count'], 1)
  assert.equal(second.attributes['seatlens.request'], first.attributes['seatlens.request'])

  for (const { startTime, endTime } of requests) {
    assert.ok(timeOf(startTime) >= begun && timeOf(endTime) >= timeOf(startTime))
    assert.ok(timeOf(endTime) <= Date.now() + 1)
  }
  assert.ok(!JSON.stringify(requests.map(({ name, attributes }) => [name, attributes])).includes('@'))
})
