import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import * as E from 'fp-ts/lib/Either.js'
import type { CrossOrigin } from '../provider-kit/provider-definition.ts'
import { type Answer, json, withDefaultHeaders } from './answer.ts'
import { crossOriginRules } from './cross-origin.ts'
import { planDelivery, wholeReply } from './delivery.ts'
import type { Fault } from './fault.ts'
import { createFaultScript, type FaultProgram } from './fault-program.ts'
import { readBody } from './read-body.ts'
import { requestHeadOf } from './request-head.ts'
import { createRequestRecorder, type RequestLog } from './request-log.ts'
import { createRouter, type Route, type RouteMatch } from './router.ts'
import type { SimulatedRequest } from './simulated-request.ts'
import type { SimulatorClock } from './simulator-clock.ts'
import { transmit } from './transmit.ts'

/** The vendor's own words for what is wrong before an operation is even reached. */
export interface Refusals {
  readonly unknownPath: (request: SimulatedRequest) => Answer
  readonly methodNotAllowed: (request: SimulatedRequest, allowed: readonly string[]) => Answer
  readonly bodyTooLarge: (request: SimulatedRequest) => Answer
}

/** How the server of a simulator listens and answers. */
export interface ServerOptions {
  /** Whose API this is, for people: `Genesys Cloud`. */
  readonly vendor: string
  /** 0 for any free one. */
  readonly port: number
  /** Added to every answer, in milliseconds. */
  readonly latencyMs: number
  readonly clock: SimulatorClock
  /** Made when the server's own address is known. */
  readonly routes: (url: string) => readonly Route[]
  readonly refusals: Refusals
  /** Default 1,000,000. */
  readonly maxBodyBytes?: number | undefined
  /** Adds what the vendor puts on every answer. */
  readonly finish?: ((answer: Answer, request: SimulatedRequest) => Answer) | undefined
  /** In force from the start; more can be added to `faults` of the server. Default: none. */
  readonly faults?: readonly Fault[] | undefined
  /** Default: no page of another origin may read its answers. */
  readonly cors?: CrossOrigin | undefined
}

/** A simulator's server, listening on loopback only. */
export interface RunningServer {
  /** Without a slash at its end. */
  readonly url: string
  readonly faults: FaultProgram
  readonly requests: RequestLog
  /** Takes no more requests, answers those under way for at most two seconds, ends the hanging ones, then resolves. */
  readonly stop: () => Promise<void>
  /** Ends every connection at once. */
  readonly destroy: () => Promise<void>
}

const GRACE_MS = 2_000

const selfDescription = (vendor: string): Answer =>
  json({
    simulator: true,
    vendor,
    message: `This is a simulator of ${vendor}, part of seatlens. It is not ${vendor}, and its people are made up.`,
  })

const failure = (thrown: unknown): Answer =>
  json({ simulator: true, message: `the simulator itself failed: ${String(thrown)}` }, 500)

/** Starts a real HTTP server that plays a vendor's API. */
export const startServer = async (options: ServerOptions): Promise<RunningServer> => {
  const faults = createFaultScript(options.faults)
  const requests = createRequestRecorder()
  const crossOrigin = crossOriginRules(options.cors)
  let router = createRouter([])
  const hanging = new Set<ServerResponse>()
  /** Connections without a request so far, which Node does not count as idle. */
  const unused = new Set<Socket>()
  let sequence = 0
  let stopping = false

  const carryOut = (request: SimulatedRequest, match: RouteMatch | undefined, tooLarge: boolean): Answer => {
    if (request.path === '/') return selfDescription(options.vendor)
    if (tooLarge) return options.refusals.bodyTooLarge(request)
    if (match !== undefined) return match.route.handle(request)
    const allowed = router.methodsOf(request.path)
    return allowed.length === 0
      ? options.refusals.unknownPath(request)
      : options.refusals.methodNotAllowed(request, allowed)
  }

  const respond = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const preflight = crossOrigin.preflight(incoming)
    // A browser's own question: no request of the client, so that it is neither counted nor struck by faults.
    if (preflight !== undefined) {
      response.writeHead(204, preflight).end()
      return
    }
    sequence += 1
    const head = requestHeadOf(incoming, sequence)
    const match = router.match(head.method, head.path)
    response.on('close', requests.begin(head, match?.route.path, options.clock.now()))
    // A connection kept alive would keep a server that is stopping from ever being closed.
    response.on('finish', () => stopping && setImmediate(() => server.closeIdleConnections()))
    const body = await readBody(incoming, options.maxBodyBytes ?? 1_000_000)
    const request = { ...head, params: match?.params ?? {}, body: E.isRight(body) ? body.right : '' }

    const finish = (answer: Answer) => {
      const finished = withDefaultHeaders(options.finish?.(answer, request) ?? answer, { server: 'seatlens-simulator' })
      return withDefaultHeaders(finished, crossOrigin.headersFor(incoming, finished.headers))
    }
    const safely = () => {
      try {
        return carryOut(request, match, E.isLeft(body))
      } catch (thrown) {
        return failure(thrown)
      }
    }
    const delivery = planDelivery(request, faults.strike(request), safely, finish)
    if (delivery.kind === 'hang') {
      hanging.add(response)
      response.on('close', () => hanging.delete(response))
      return
    }
    const act = () => {
      if (response.destroyed) return
      if (delivery.kind === 'reset') incoming.socket.resetAndDestroy()
      else transmit(response, delivery)
    }
    const waitMs = options.latencyMs + delivery.delayMs
    if (waitMs <= 0) return act()
    const timer = setTimeout(act, waitMs)
    response.on('close', () => clearTimeout(timer))
  }

  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, response) => {
    unused.delete(incoming.socket)
    // A mistake in a fault's own function must show. To a client that went away while sending, nothing does.
    respond(incoming, response).catch((thrown: unknown) => {
      if (response.headersSent) response.destroy()
      else transmit(response, wholeReply(failure(thrown)))
    })
  })

  server.on('connection', (socket) => {
    unused.add(socket)
    socket.on('close', () => unused.delete(socket))
  })

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  const url = `http://127.0.0.1:${port}`
  router = createRouter(options.routes(url))

  const closed = () =>
    new Promise<void>((resolve) => {
      stopping = true
      // Closing a server that is closed already is an error, and means the same.
      server.close(() => resolve())
      server.closeIdleConnections()
      for (const socket of unused) socket.destroy()
    })

  return {
    url,
    faults,
    requests,
    stop: async () => {
      for (const response of hanging) response.destroy()
      const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS)
      await closed()
      clearTimeout(grace)
    },
    destroy: async () => {
      const end = closed()
      server.closeAllConnections()
      await end
    },
  }
}
