import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { createWebexProvider } from '../../providers/webex/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import type {
  AssignmentChange,
  Clock,
  LicenseProvider,
  ProviderRuntime,
  RetryPolicy,
} from '../../src/provider-kit/index.ts'
import {
  type Fault,
  type FaultEffect,
  type FaultProgram,
  json,
  type WriteEffect,
  type WriteMisbehavior,
  type WriteProgram,
} from '../../src/simulator-kit/index.ts'
import { hastyClock } from '../../src/testing/index.ts'
import type { ScheduledFault } from './schedule.ts'
import { named, patienceWith, unhurried } from './stage.ts'
import { transportEffect } from './transport-effect.ts'
import { watchedFetch } from './watched-fetch.ts'
import type { LostAnswer, ScheduledDisturbance, WriteSchedule } from './write-schedule.ts'
import type { Holdings } from './write-truth.ts'

/** A simulated vendor with a provider in front of it, on which nothing goes wrong yet. */
export interface WriteStage {
  readonly provider: LicenseProvider
  /** The same vendor for before and after that: then nothing hangs, and a busy machine has its time. */
  readonly unhurriedProvider: LicenseProvider
  readonly clock: Clock
  /** From now on what was scheduled goes wrong with these changes. `licenses`: those that may go or come with them. */
  readonly goWrong: (changes: readonly AssignmentChange[], licenses: readonly string[]) => void
  readonly goRight: () => void
  /** What everybody holds. */
  readonly holdings: () => Holdings
  /** With what everybody makes calls, by user; nobody where the vendor has no phones. */
  readonly phones: () => ReadonlyMap<string, string>
  /** Lets all that is late arrive. */
  readonly wait: () => Promise<void>
  readonly strikes: () => readonly { readonly kind: string; readonly strikes: () => number }[]
  readonly secrets: () => readonly string[]
  readonly events: readonly unknown[]
  readonly stop: () => Promise<void>
}

export interface WriteTarget {
  readonly name: string
  readonly stage: (schedule: WriteSchedule) => Promise<WriteStage>
}

const lossEffect = (kind: LostAnswer): FaultEffect => {
  switch (kind) {
    case 'lostByReset':
      return { kind: 'reset', carriedOut: true }
    case 'lostBy500':
      return { kind: 'status', status: 500, body: { message: 'internal error' }, carriedOut: true }
    case 'lostBy504':
      return { kind: 'status', status: 504, body: '<html></html>', carriedOut: true }
    case 'answeredWithoutBody':
      return { kind: 'status', status: 204, body: '', headers: {}, carriedOut: true }
    case 'answeredByAFilter':
      return {
        kind: 'status',
        status: 403,
        headers: { 'content-type': 'text/html' },
        body: '<html><h1>Blocked</h1></html>',
        carriedOut: true,
      }
    case 'lostByHang':
      return { kind: 'hang', carriedOut: true }
  }
}

/** What both simulators have. */
interface Simulated {
  readonly faults: FaultProgram
  readonly writes: WriteProgram
  readonly organization: {
    readonly users: () => Iterable<{ readonly id: string; readonly licenseIds: readonly string[] }>
  }
  readonly destroy: () => Promise<void>
}

/**
 * What a vendor tells before it does anything, for which a request is not carried out; what fails on its side may be. For
 * reading that is the same.
 */
const toldBefore = (kind: ScheduledFault['kind'], now: number): FaultEffect | undefined => {
  const refusal = (status: number, retryAfter?: string): FaultEffect => ({
    kind: 'status',
    status,
    headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
    body: { message: 'not now' },
  })
  switch (kind) {
    case 'status423':
      return refusal(423)
    case 'status423AfterSeconds':
      return refusal(423, '3')
    case 'status429AfterDate':
      return refusal(429, new Date(now + 20_000).toUTCString())
    default:
      return undefined
  }
}

/** How a vendor refuses a request for one user whom it does not let be changed. */
type RefusalOfUser = Omit<Extract<WriteEffect, { kind: 'refuse' }>, 'kind'>

interface Started {
  readonly simulator: Simulated
  readonly createProvider: (runtime: ProviderRuntime, retry: Partial<RetryPolicy>) => LicenseProvider
  /** The request that changes something. */
  readonly write: NonNullable<Fault['match']>
  readonly token: string
  readonly expireTokens: () => void
  readonly secret: string
  readonly refusalsOfUser: readonly RefusalOfUser[]
  /** Users outside of the organization, of whom the vendor tells by id nothing but in its answers to changes. */
  readonly isShownByAnswersAlone: (userId: string) => boolean
  readonly phones?: WriteStage['phones']
}

const at = <A>(items: readonly A[], pick: number): A | undefined => items[pick % Math.max(1, items.length)]

/** What is to happen to a change; undefined where it cannot. */
const misbehaviorOf = (
  { kind, times, seconds, way }: ScheduledDisturbance,
  change: AssignmentChange,
  /** What may go or come with it. */
  { takes, gives }: { readonly takes: readonly string[]; readonly gives: readonly string[] },
  refusals: readonly RefusalOfUser[],
): WriteMisbehavior | undefined => {
  const { userId, licenseId, action } = change
  const seat = { userId, licenseId, times }
  switch (kind) {
    case 'late':
      return { match: seat, effect: { kind: 'late', afterMs: seconds * 1_000 } }
    case 'implicit': {
      const [taken, given] = [at(takes, way), at(gives, way)]
      if (way % 2 === 0 && taken !== undefined) return { match: seat, effect: { kind: 'implicit', takes: [taken] } }
      return given === undefined ? undefined : { match: seat, effect: { kind: 'implicit', gives: [given] } }
    }
    case 'half':
      return { match: seat, effect: { kind: 'half', answer: way % 2 === 0 ? 'leftOut' : 'failed' } }
    case 'ignored':
      return { match: seat, effect: { kind: 'ignore' } }
    case 'refused':
      return { match: seat, effect: { kind: 'refuse' } }
    case 'refusedForOne':
      return { match: { userId, times }, effect: { kind: 'refuse', ...at(refusals, way) } }
    case 'throttled':
      return { match: seat, effect: { kind: 'throttle', afterSeconds: seconds } }
    case 'seatsOut':
      return action === 'remove'
        ? undefined
        : { match: { licenseId, action, skip: way % 3 }, effect: { kind: 'seatsOut' } }
  }
}

/** Longer than anything is late. */
const TEN_MINUTES_MS = 600_000

const stageOf =
  (start: (schedule: WriteSchedule, now: () => number) => Promise<Started>) =>
  async (schedule: WriteSchedule): Promise<WriteStage> => {
    const clock = hastyClock()
    const started = await start(schedule, clock.now)
    const { simulator, createProvider, write, token, expireTokens, secret } = started
    const { refusalsOfUser, isShownByAnswersAlone, phones = () => new Map<string, string>() } = started
    const events: unknown[] = []
    // Refused connections are for reading: whether a write was sent is the same question for a reset.
    const watched = watchedFetch([])
    const inForce: { readonly kind: string; readonly strikes: () => number }[] = []
    const add = (kind: string, fault: Fault) => inForce.push(named(kind, simulator.faults.add(fault)))
    const holdings = () =>
      new Map([...simulator.organization.users()].map(({ id, licenseIds }) => [id, new Set(licenseIds)]))

    const runtime: ProviderRuntime = { clock, fetch: watched.fetch, onEvent: (event) => events.push(event) }
    return {
      provider: createProvider(runtime, patienceWith([...schedule.faults, ...schedule.losses])),
      unhurriedProvider: createProvider(runtime, unhurried),
      clock,
      phones,
      wait: () => clock.sleep(TEN_MINUTES_MS),
      goWrong: (changes, licenses) => {
        for (const { kind, skip, times } of schedule.losses) {
          add(kind, { match: { ...write, skip, times }, effect: lossEffect(kind) })
        }
        for (const { kind, where, skip, times } of schedule.faults) {
          if (kind === 'refused') continue
          const path =
            where === 'token' || kind === 'tokenThrottled' ? token : where === 'users' ? write.path : undefined
          const effect =
            toldBefore(kind, clock.now()) ??
            transportEffect(kind, {
              now: clock.now,
              expireTokens,
              tokenThrottle: { kind: 'rewrite', rewrite: () => json({ error: 'invalid_request' }, 400) },
              email: 'someone@example.com',
            })
          add(kind, { match: { skip, times, ...(path === undefined ? {} : { path }) }, effect })
        }
        for (const disturbance of schedule.disturbances) {
          const change = at(changes, disturbance.pick)
          if (change === undefined) continue
          const { userId } = change
          // Of whom no reading shows what they hold, the answer alone tells, and must be true.
          const isUntrue = disturbance.kind === 'late' || disturbance.kind === 'ignored'
          if (isUntrue && isShownByAnswersAlone(userId)) continue
          const planned = new Set(changes.flatMap((one) => (one.userId === userId ? [one.licenseId] : [])))
          const others = licenses.filter((id) => !planned.has(id))
          const held = holdings().get(userId)
          const besides = {
            takes: others.filter((id) => held?.has(id)),
            gives: others.filter((id) => !held?.has(id)),
          }
          const misbehavior = misbehaviorOf(disturbance, change, besides, refusalsOfUser)
          if (misbehavior !== undefined) {
            inForce.push(named(disturbance.kind, simulator.writes.add(misbehavior)))
          }
        }
      },
      goRight: () => {
        simulator.faults.clear()
        simulator.writes.clear()
      },
      holdings,
      strikes: () => inForce,
      secrets: () => [secret, ...watched.carried],
      events,
      stop: simulator.destroy,
    }
  }

const genesys: WriteTarget = {
  name: 'writes of genesys',
  stage: stageOf(async (schedule, now) => {
    const { users, seed } = schedule
    const simulator = await startGenesysSimulator({ users, seed, now })
    return {
      simulator,
      createProvider: (runtime, retry) => createGenesysProvider({ ...simulator.configuration, retry }, runtime),
      write: { method: 'POST', path: '/api/v2/license/organization' },
      token: '/oauth/token',
      expireTokens: simulator.tokens.expire,
      secret: simulator.configuration.clientSecret,
      refusalsOfUser: [
        { status: 400, code: 'invalid.value' },
        { status: 404, code: 'not.found' },
        { status: 409, code: 'conflict' },
      ],
      isShownByAnswersAlone: () => false,
    }
  }),
}

const webex: WriteTarget = {
  name: 'writes of webex',
  stage: stageOf(async (schedule, now) => {
    const { users, seed, claims } = schedule
    const simulator = await startWebexSimulator({ users, seed, now, ignoredWrites: claims ? 'claimed' : 'leftOut' })
    return {
      simulator,
      createProvider: (runtime, retry) => createWebexProvider({ ...simulator.configuration, retry }, runtime),
      write: { method: 'PATCH', path: '/v1/licenses/users' },
      token: '/v1/access_token',
      expireTokens: () => {},
      secret: simulator.configuration.accessToken,
      refusalsOfUser: [
        { status: 400, code: '400000' },
        { status: 403, message: 'The user cannot be changed.' },
        { status: 409, message: 'The user is being changed.' },
      ],
      phones: () =>
        new Map(
          [...simulator.organization.users()].map(({ id }) => {
            const { locationId, phoneNumber, extension } = simulator.organization.accountOf(id)
            return [id, JSON.stringify([locationId, phoneNumber, extension])]
          }),
        ),
      isShownByAnswersAlone: (userId) => simulator.organization.person(userId)?.type === 'EXTERNAL',
    }
  }),
}

export const writeTargets: readonly WriteTarget[] = [genesys, webex]
