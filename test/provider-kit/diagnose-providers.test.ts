import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import nock from 'nock'
import { describe, expect, it } from 'vitest'
import { genesysDefinition } from '../../providers/genesys/definition.ts'
import {
  type Clock,
  type Diagnosis,
  diagnoseProviders,
  Http,
  type ProviderDiagnosis,
  type ProviderFactory,
  type ProviderHost,
} from '../../src/provider-kit/index.ts'
import { hastyClock } from '../../src/testing/index.ts'
import { createAcme } from '../cli/support/acme.ts'
import { withoutNetwork } from '../providers/without-network.ts'

const API = 'https://api.dialer.example'

withoutNetwork()

const configured = createAcme().configure('dialer', { token: 'the-token' })
if (E.isLeft(configured)) throw new Error('the configuration is wrong')
const acme = configured.right

const hostWith = (clock: Clock = hastyClock()): ProviderHost => ({
  clock,
  openTokenStore: () => ({ read: async () => undefined, write: async () => {} }),
})

/** A vendor that lists what is granted, whose one permission for reading is tried. */
const dialer = (more: Partial<Diagnosis> = {}): ProviderFactory => ({
  create: (host) => acme.create(host),
  diagnosis: (host) => {
    const api = Http.openApi(
      {
        id: 'dialer',
        url: API,
        token: 'the-token',
        readFailure: () => ({}),
        readRate: ({ header }) => ({ remaining: Number(header('x-remaining')), resetMs: 1_000 }),
      },
      host,
    )
    const needs: Diagnosis['needs'] = [
      { anyOf: ['plans.read'], for: ['listLicenses'], read: { path: '/plans', query: { limit: 1 } } },
      { anyOf: ['users.write'], for: ['changeAssignments'] },
    ]
    return { api, needs, ...more }
  },
})

const diagnose = async (factory: ProviderFactory, clock?: Clock): Promise<ProviderDiagnosis> => {
  const [found] = await diagnoseProviders([{ id: 'dialer', factory }], hostWith(clock))()
  if (found === undefined) throw new Error('nothing was found')
  return found
}

const verdictOf = ({ uses }: ProviderDiagnosis, name: string) => uses.find((use) => use.name === name)?.verdict

describe('a diagnosis', () => {
  it('tells clock and rate limit by the headers that came with what it reads', async () => {
    const now = Date.UTC(2026, 10, 20, 12)
    nock(API)
      .get('/plans?limit=1')
      .reply(200, {}, { date: new Date(now + 600_000).toUTCString(), 'x-remaining': '7' })
    const clock = { ...hastyClock(), now: () => now }
    const found = await diagnose(dialer(), clock)
    expect(found).toMatchObject({ rate: { remaining: 7, resetMs: 1_000 }, hosts: ['api.dialer.example'] })
    expect(found.clockAheadMs).toBe(-600_000)
  })

  it('believes a list of what is granted that has what was read, and no other', async () => {
    nock(API).get('/plans?limit=1').times(2).reply(200, {})
    const granting = (...names: readonly string[]) =>
      dialer({ identify: () => TE.right({ isGranted: (name) => names.includes(name) }) })
    expect(verdictOf(await diagnose(granting('plans.read')), 'changeAssignments')).toBe('needs')
    expect(verdictOf(await diagnose(granting('other')), 'changeAssignments')).toBe('unknown')
    nock(API).get('/plans?limit=1').reply(200, {})
    expect(verdictOf(await diagnose(granting('plans.read', 'users.write')), 'changeAssignments')).toBe('usable')
  })

  it('does not wait for code that ignores its bounds, and tells what it throws', async () => {
    nock(API).get('/plans?limit=1').reply(200, {})
    const never = dialer({ identify: () => () => new Promise(() => {}) })
    const started = Date.now()
    const [found] = await diagnoseProviders([{ id: 'dialer', factory: never }], hostWith(), { patienceMs: 200 })()
    expect(Date.now() - started).toBeLessThan(2_000)
    expect(found).toMatchObject({ authenticated: 'yes' })
    nock(API).get('/plans?limit=1').reply(500, {})
    const throwing = dialer({
      identify: () => async () => {
        throw new Error('out of order')
      },
      needs: [],
    })
    expect(await diagnose(throwing)).toMatchObject({ authenticated: 'unknown', error: { message: 'out of order' } })
  })

  it('asks for a client in the region that is configured, and in no other', async () => {
    const asked: string[] = []
    nock('https://login.mypurecloud.ie')
      .persist()
      .post('/oauth/token')
      .reply(() => {
        asked.push('login.mypurecloud.ie')
        return [400, { error: 'invalid_client', description: 'client not found' }]
      })
    nock.emitter.on('no match', ({ host }: { host?: string }) => asked.push(String(host)))
    const configured = genesysDefinition.configure('genesys', {
      region: 'eu-west-1',
      clientId: 'client',
      clientSecret: 'the-secret-of-the-test',
    })
    if (E.isLeft(configured)) throw new Error('the configuration is wrong')
    const [found] = await diagnoseProviders([{ id: 'genesys', factory: configured.right }], hostWith())()
    nock.emitter.removeAllListeners('no match')
    expect(new Set(asked)).toEqual(new Set(['login.mypurecloud.ie']))
    expect(found).toMatchObject({
      reachable: true,
      hosts: ['login.mypurecloud.ie'],
      authenticated: 'no',
      region: { name: 'mypurecloud.ie', verdict: 'unknown', known: expect.arrayContaining(['mypurecloud.de']) },
    })
    expect(JSON.stringify(found)).not.toContain('the-secret-of-the-test')
  })
})
