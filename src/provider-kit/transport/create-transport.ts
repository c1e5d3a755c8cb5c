import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../../model/license-error.ts'
import { onlooker } from '../../model/onlooker.ts'
import { type Given, withDefaults } from '../../model/with-defaults.ts'
import { type BoundedSignal, boundedSignal } from '../../paging/bounded-signal.ts'
import { elapsedOn } from '../../paging/clock.ts'
import type { ListName } from '../../paging/paged.ts'
import type { RequestScope } from '../../paging/request-scope.ts'
import { deadlinePassed } from '../../paging/scope-end.ts'
import { type AttemptNumber, createAttempt } from './attempt.ts'
import type { Credentials } from './credentials.ts'
import type { ProviderEvents } from './events.ts'
import type { ExchangeFailure } from './exchange.ts'
import type { HttpHead, HttpRequest, HttpResponse, UnparsedResponse } from './http-message.ts'
import { createNextStep, isSuccess, type Tries } from './next-step.ts'
import type { Hold, RateReading, RemainingRate, RequestBudget, Turn } from './request-budget.ts'
import { defaultRetryPolicy, type RetryPolicy } from './retry-policy.ts'
import { clockOf, eventsOf, type ProviderRuntime } from './runtime.ts'
import { createSecretBook, type SecretBook } from './secret-book.ts'
import { asBearer, type TokenCarrier } from './token-carrier.ts'
import { isTrusted } from './trusted-url.ts'
import type { ReadVendorFailure } from './vendor-failure.ts'
import { createWaits } from './waits.ts'

export interface TransportOptions {
  /** The id of the provider instance, for errors and hooks. */
  readonly provider: string
  /** The only origins that requests go to. */
  readonly origins: readonly string[]
  /** Absent: requests have credentials of their own, or none. */
  readonly credentials?: Credentials | undefined
  /** How requests carry the token. Default: `asBearer`. */
  readonly sentAs?: TokenCarrier | undefined
  /** Secrets that messages must not have. Default: those of the credentials. */
  readonly secrets?: SecretBook | undefined
  /** Not the budget of the requests for tokens: requests that wait for a token hold places in it. */
  readonly budget: RequestBudget
  readonly readFailure: ReadVendorFailure
  /** Reads the vendor's rate limit out of an answer. Absent: answers do not have it. */
  readonly readRate?: ((response: HttpHead) => RateReading | RemainingRate | undefined) | undefined
  readonly policy?: Given<RetryPolicy> | undefined
  readonly runtime: ProviderRuntime
  /** Default: those of the runtime. */
  readonly events?: ProviderEvents | undefined
}

/** Sends one request, with budget, credentials, repeats and waits. Never throws. */
export type Transport = (request: HttpRequest, scope: RequestScope) => TaskEither<LicenseError, HttpResponse>

type Admission =
  | { readonly held: Hold }
  | { readonly held: undefined; readonly result: Either<ExchangeFailure, UnparsedResponse> }

/** Browsers have none. */
const inNextTurn: ((act: () => void) => unknown) | undefined = globalThis.setImmediate

/**
 * Lets the requests be sent that were waiting for a place, before an answer is parsed: the vendor is at work on them while we are
 * at work on it. Node's `fetch` sends on a connection that it has only after one turn of the event loop, so there are two. In a
 * browser they are sent a little later.
 */
const othersFirst = (): Promise<void> | undefined =>
  inNextTurn && new Promise((resolve) => inNextTurn(() => inNextTurn(resolve)))

/** Characters that a header can have. Others would fail like a network failure. */
const TOKEN = /^[\x21-\x7e]+$/

/** Where the vendor's window ends too late, it is not waited for either. */
const outOfRate = (name: ListName, retryAfterMs: number): LicenseError => ({
  _tag: 'RateLimited',
  ...name,
  message: `the rate is used up; try again in ${Math.ceil(retryAfterMs / 1000)} s`,
  retryAfterMs,
})

const unusable = (name: ListName): LicenseError => ({
  _tag: 'AuthenticationFailed',
  ...name,
  message: 'the access token is empty or has characters that no access token has',
})

/** A deadline, with what had failed by then: that is what there is to mend. */
const withCause = (error: LicenseError, name: ListName, { lastFailure }: Tries): LicenseError =>
  error._tag === 'DeadlineExceeded' && lastFailure !== undefined ? deadlinePassed(name, lastFailure) : error

/**
 * Sends the requests of one provider: it paces them, signs them, repeats what may be repeated, bounds all waits, and
 * turns every failure into a `LicenseError`. It never throws. Nothing is sent to an origin that is not configured.
 */
export const createTransport = (options: TransportOptions): Transport => {
  const { provider, budget, credentials, runtime } = options
  const policy = withDefaults(defaultRetryPolicy, options.policy)
  const clock = clockOf(runtime)
  const random = runtime.random ?? Math.random
  const { nextId, emit } = options.events ?? eventsOf(runtime)
  const secrets = options.secrets ?? credentials?.secrets ?? createSecretBook()
  const { readFailure } = options
  const nextStep = createNextStep({ provider, policy, readFailure, random, now: clock.now, secrets })

  const nameOf = ({ operation }: HttpRequest): ListName => ({ provider, operation })
  const { endOf, wait, unlessEnded } = createWaits(provider, clock, emit)
  const { sentAs = asBearer } = options
  const attempt = createAttempt({ provider, runtime, clock, policy, secrets, sentAs, emit })

  const currentToken = async (
    request: HttpRequest,
    bounded: BoundedSignal,
  ): Promise<Either<LicenseError, string | undefined>> =>
    credentials === undefined
      ? E.right(undefined)
      : unlessEnded(request, bounded, () => credentials.current(bounded), 'no access token came before it')

  const takeNote = (response: HttpHead, token: string | undefined, sentAt: number) => {
    const reading = options.readRate?.(response)
    if (reading !== undefined) budget.observe(reading, sentAt)
    if (token !== undefined && response.status !== 401) credentials?.accepted(token)
  }

  /** A request that has to wait gives its place back first, so that only requests under way hold places. */
  const admit = (
    request: HttpRequest,
    scope: RequestScope,
    token: string | undefined,
    { number, turn }: { readonly number: () => AttemptNumber; readonly turn: Turn },
  ) =>
    budget.run(async (): Promise<Either<LicenseError, Admission>> => {
      const late = endOf(request, scope)
      if (late !== undefined) return E.left(late)
      const held = budget.claim(turn)
      if (held !== undefined) return E.right({ held })
      const sentAt = elapsedOn(clock)
      const result = await attempt(request, scope, token, number())
      const isAnswer = E.isRight(result) || result.left.kind === 'timeout'
      if (isAnswer) budget.answered?.(request.operation, elapsedOn(clock) - sentAt)
      // Before it gives its place back: the next request must find the vendor's count up to date.
      if (E.isRight(result)) takeNote(result.right, token, sentAt)
      if (E.isRight(result) && isSuccess(result.right)) await request.keep?.(result.right.parsed())
      return E.right({ held, result })
    }, turn)

  const tryUntilDone = async (
    request: HttpRequest,
    scope: RequestScope,
    bounded: BoundedSignal,
    tries: Tries,
    turn: Turn,
  ): Promise<Either<LicenseError, HttpResponse>> => {
    const id = nextId()
    let attempts = 0
    const number = (): AttemptNumber => ({ id, attempt: ++attempts })
    while (true) {
      const end = endOf(request, scope)
      if (end !== undefined) return E.left(end)
      const token = await currentToken(request, bounded)
      // Tokens may be shared by several providers. The failure names this one.
      if (E.isLeft(token)) return E.left({ ...token.left, provider })
      if (token.right !== undefined && !TOKEN.test(token.right)) return E.left(unusable(nameOf(request)))

      const admitted = await unlessEnded(request, bounded, () => admit(request, scope, token.right, { number, turn }))
      if (E.isLeft(admitted)) return admitted
      const admission = admitted.right
      if (admission.held !== undefined) {
        if (admission.held.ms > policy.maxRetryAfterMs) return E.left(outOfRate(nameOf(request), admission.held.ms))
        const stopped = await wait(request, scope, admission.held)
        if (stopped !== undefined) return E.left(stopped)
        continue
      }

      // A refusal is read at once, as it may be one of all requests. So is what another run goes on from: of that, no more may be
      // lost than what is under way.
      if (E.isRight(admission.result) && isSuccess(admission.result.right) && runtime.answers === undefined) {
        onlooker(request.onHead)(admission.result.right)
        await othersFirst()
      }
      const result = E.map(({ parsed }: UnparsedResponse) => parsed())(admission.result)
      const refuseToken = () =>
        token.right === undefined ? 'giveUp' : (credentials?.rejected(token.right) ?? 'giveUp')
      const next = nextStep(request, result, tries, refuseToken)
      if (next.step === 'done') return next.result
      if (next.step === 'pause') budget.pause(next.ms)
      if (next.step === 'wait') {
        const stopped = await wait(request, scope, { ms: next.ms, reason: 'retry' })
        if (stopped !== undefined) return E.left(stopped)
      }
    }
  }

  const seeThrough = async (request: HttpRequest, scope: RequestScope): Promise<Either<LicenseError, HttpResponse>> => {
    const tries: Tries = { failures: 0, rejectedTokens: 0, rejectedFreshTokens: 0, toldMs: 0 }
    const turn: Turn = { lane: provider }
    const bounded = boundedSignal(scope, clock)
    try {
      const answer = await tryUntilDone(request, scope, bounded, tries, turn)
      return E.mapLeft((error: LicenseError) => withCause(error, nameOf(request), tries))(answer)
    } finally {
      bounded.release()
      budget.leave?.(turn)
    }
  }

  return (request, scope) => async () => {
    if (isTrusted(request.url, options.origins)) return seeThrough(request, scope)
    const message = 'refused to send credentials to an address outside of the configured ones'
    return E.left({ _tag: 'Untrusted', provider, operation: request.operation, message })
  }
}
