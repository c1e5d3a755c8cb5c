import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { createWebexProvider } from '../../providers/webex/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import type { LicenseProvider, ProviderRuntime } from '../../src/provider-kit/index.ts'
import {
  type Fault,
  type FaultEffect,
  type FaultProgramme,
  json,
  type WriteProgramme,
} from '../../src/simulator-kit/index.ts'
import { hastyClock } from '../../src/testing/index.ts'
import { impatient, named } from './stage.ts'
import { transportEffect } from './transport-effect.ts'
import { watchedFetch } from './watched-fetch.ts'
import type { LostAnswer, WriteSchedule } from './write-schedule.ts'

/** A simulated vendor with a provider in front of it, on which nothing goes wrong yet. */
export interface WriteStage {
  readonly provider: LicenseProvider
  readonly clock: NonNullable<ProviderRuntime['clock']>
  /** From now on what was scheduled goes wrong; `licenses` are those of the changes, for the misbehaviours. */
  readonly goWrong: (changes: readonly { readonly userId: string; readonly licenseId: string }[]) => void
  readonly goRight: () => void
  /** What everybody holds. */
  readonly holdings: () => ReadonlyMap<string, ReadonlySet<string>>
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
  readonly faults: FaultProgramme
  readonly writes: WriteProgramme
  readonly organisation: {
    readonly users: () => Iterable<{ readonly id: string; readonly licenseIds: readonly string[] }>
  }
  readonly destroy: () => Promise<void>
}

interface Started {
  readonly simulator: Simulated
  readonly createProvider: (runtime: ProviderRuntime) => LicenseProvider
  /** The request that changes something. */
  readonly write: NonNullable<Fault['match']>
  readonly token: string
  readonly expireTokens: () => void
  readonly secret: string
}

const stageOf =
  (start: (schedule: WriteSchedule) => Promise<Started>) =>
  async (schedule: WriteSchedule): Promise<WriteStage> => {
    const { simulator, createProvider, write, token, expireTokens, secret } = await start(schedule)
    const clock = hastyClock()
    const events: unknown[] = []
    // Refused connections are for reading: whether a write was sent is the same question for a reset.
    const watched = watchedFetch([])
    const inForce: { readonly kind: string; readonly strikes: () => number }[] = []
    const add = (kind: string, fault: Fault) => inForce.push(named(kind, simulator.faults.add(fault)))

    return {
      provider: createProvider({ clock, fetch: watched.fetch, onEvent: (event) => events.push(event) }),
      clock,
      goWrong: (changes) => {
        for (const { kind, skip, times } of schedule.losses) {
          add(kind, { match: { ...write, skip, times }, effect: lossEffect(kind) })
        }
        for (const { kind, where, skip, times } of schedule.faults) {
          if (kind === 'refused') continue
          const path =
            where === 'token' || kind === 'tokenThrottled' ? token : where === 'users' ? write.path : undefined
          const effect = transportEffect(kind, {
            now: clock.now,
            expireTokens,
            tokenThrottle: { kind: 'rewrite', rewrite: () => json({ error: 'invalid_request' }, 400) },
            email: 'someone@example.com',
          })
          add(kind, { match: { skip, times, ...(path === undefined ? {} : { path }) }, effect })
        }
        for (const { effect, pick, times } of schedule.misbehaviours) {
          const change = changes[pick % Math.max(1, changes.length)]
          if (change === undefined) continue
          const { userId, licenseId } = change
          inForce.push(
            named(effect, simulator.writes.add({ match: { userId, licenseId, times }, effect: { kind: effect } })),
          )
        }
      },
      goRight: () => {
        simulator.faults.clear()
        simulator.writes.clear()
      },
      holdings: () =>
        new Map([...simulator.organisation.users()].map(({ id, licenseIds }) => [id, new Set(licenseIds)])),
      strikes: () => inForce,
      secrets: () => [secret, ...watched.carried],
      events,
      stop: simulator.destroy,
    }
  }

const genesys: WriteTarget = {
  name: 'writes of genesys',
  stage: stageOf(async ({ users, seed }) => {
    const simulator = await startGenesysSimulator({ users, seed })
    return {
      simulator,
      createProvider: (runtime) => createGenesysProvider({ ...simulator.configuration, retry: impatient }, runtime),
      write: { method: 'POST', path: '/api/v2/license/organization' },
      token: '/oauth/token',
      expireTokens: simulator.tokens.expire,
      secret: simulator.configuration.clientSecret,
    }
  }),
}

const webex: WriteTarget = {
  name: 'writes of webex',
  stage: stageOf(async ({ users, seed, claims }) => {
    const simulator = await startWebexSimulator({ users, seed, ignoredWrites: claims ? 'claimed' : 'leftOut' })
    return {
      simulator,
      createProvider: (runtime) => createWebexProvider({ ...simulator.configuration, retry: impatient }, runtime),
      write: { method: 'PATCH', path: '/v1/licenses/users' },
      token: '/v1/access_token',
      expireTokens: () => {},
      secret: simulator.configuration.accessToken,
    }
  }),
}

export const writeTargets: readonly WriteTarget[] = [genesys, webex]
