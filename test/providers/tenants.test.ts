import { describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { createWebexCredentials, createWebexProvider } from '../../providers/webex/index.ts'
import { startWebexSimulator, type WebexWorld, webexLicenseId } from '../../providers/webex/simulator/index.ts'
import {
  createRequestBudget,
  type Fetch,
  type LicenseProvider,
  type TransportEvent,
  toPromise,
  toReadonlyArray,
} from '../../src/provider-kit/index.ts'
import { createVirtualClock } from '../provider-kit/transport/virtual-clock.ts'
import { hydraId } from './webex/webex-at-http.ts'

/** What one tenant is given: a `fetch` that keeps what was sent, and a hook that keeps what was told. */
const createHost = () => {
  const clock = createVirtualClock()
  const calls: URL[] = []
  const events: TransportEvent[] = []
  /** Answered before the vendor is asked, each once. */
  const instead: Response[] = []
  const fetch: Fetch = async (url, init) => {
    calls.push(new URL(url))
    return instead.shift() ?? globalThis.fetch(url, init)
  }
  const runtime = { fetch, clock, random: () => 1, onEvent: (event: TransportEvent) => events.push(event) }
  const waits = () => events.flatMap((event) => (event.type === 'wait' ? [event.reason] : []))
  const ids = () => events.flatMap((event) => (event.type === 'attempt' ? [event.id] : []))
  return { runtime, calls, events, instead, waits, ids }
}

const throttled = () => new Response('{}', { status: 429, headers: { 'retry-after': '60' } })
const licensesOf = (provider: LicenseProvider) => toPromise(toReadonlyArray(provider.listLicenses()))

describe('two tenants of one vendor', () => {
  const start = async () => {
    const simulators = await Promise.all([1, 2].map((seed) => startGenesysSimulator({ users: 20, seed })))
    const [one, other] = simulators.map((simulator) => {
      const host = createHost()
      return { simulator, host, provider: createGenesysProvider(simulator.configuration, host.runtime) }
    })
    if (one === undefined || other === undefined) throw new Error('there are two')
    const stop = async () => {
      await Promise.all(simulators.map((simulator) => simulator.destroy()))
    }
    return { one, other, stop }
  }

  test('have tokens, pauses, places and numbers of requests of their own', async () => {
    const { one, other, stop } = await start()
    try {
      await licensesOf(one.provider)
      one.host.instead.push(throttled())
      const [, licenses] = await Promise.all([licensesOf(one.provider), licensesOf(other.provider)])
      expect(licenses.items.length).toBeGreaterThan(0)
      expect(one.host.waits()).toContain('rateLimit')
      // The pause of the one does not hold the other.
      expect(other.host.waits()).toEqual([])
      for (const { simulator } of [one, other]) {
        expect(simulator.requests.count({ method: 'POST', path: '/oauth/token' })).toBe(1)
      }
      expect(other.host.ids()[0]).toBe(one.host.ids()[0])
      const origins = [one, other].map(({ host }) => new Set(host.calls.map((url) => url.origin)))
      expect(origins).toEqual([one, other].map(({ simulator }) => new Set([simulator.url])))
    } finally {
      await stop()
    }
  })

  test('do not wait for each other’s places', async () => {
    const { one, other, stop } = await start()
    const hanging: Fetch = () => new Promise(() => {})
    try {
      const { configuration } = one.simulator
      const stuck = createGenesysProvider(configuration, { fetch: hanging })
      const ends = new AbortController()
      const readings = Array.from({ length: 20 }, () => toReadonlyArray(stuck.listLicenses({ signal: ends.signal }))())
      expect((await licensesOf(other.provider)).items.length).toBeGreaterThan(0)
      ends.abort()
      for (const reading of await Promise.all(readings)) expect(reading).toMatchObject({ left: { _tag: 'Aborted' } })
    } finally {
      await stop()
    }
  })
})

/** The partner, whose credential it is, and two customers of it. */
const PARTNER = 'b0000000-0000-4000-8000-00000000000b'
const CUSTOMERS = ['a0000000-0000-4000-8000-00000000000a', 'c0000000-0000-4000-8000-00000000000c'] as const

const nameIn = (uuid: string, number: number) => `person-${uuid.slice(0, 1)}-${number}`

const NUMBERS = [1, 2, 3, 4, 5]
const licenseIn = (uuid: string) => webexLicenseId({ organizationUuid: uuid, offerCode: 'MS', uuid })
const personIn = (uuid: string, number: number) => hydraId('PEOPLE', nameIn(uuid, number))

const worldOf = (uuid: string): WebexWorld => ({
  organization: { uuid, name: uuid },
  licenses: [{ id: licenseIn(uuid), name: `license of ${uuid}`, totalUnits: 10, subscriptionId: 'Sub1' }],
  people: NUMBERS.map((number) => ({
    id: personIn(uuid, number),
    email: `${nameIn(uuid, number)}@example.com`,
    displayName: nameIn(uuid, number),
    licenses: [licenseIn(uuid)],
  })),
})

/** Everything by which an organization, its licenses or its people can be named. */
const namesOf = (uuid: string): readonly string[] => [
  uuid,
  hydraId('ORGANIZATION', uuid),
  licenseIn(uuid),
  ...NUMBERS.flatMap((number) => [personIn(uuid, number), nameIn(uuid, number)]),
]

describe('two tenants of one credential', () => {
  const start = () =>
    startWebexSimulator({
      world: worldOf(PARTNER),
      managed: CUSTOMERS.map((uuid) => ({ world: worldOf(uuid) })),
    })

  test('that were given one budget and its credentials get a token once, and pause together', async () => {
    const simulator = await start()
    const host = createHost()
    const { clock } = host.runtime
    const config = simulator.refreshConfiguration
    const shared = {
      ...host.runtime,
      budget: createRequestBudget({ clock }),
      credentials: createWebexCredentials(config, host.runtime),
    }
    const providers = CUSTOMERS.map((orgId, index) =>
      createWebexProvider({ ...config, orgId, id: `webex-${index + 1}` }, shared),
    )
    try {
      await Promise.all(providers.map(licensesOf))
      expect(simulator.requests.count({ method: 'POST', path: '/v1/access_token' })).toBe(1)
      host.instead.push(throttled(), throttled())
      await Promise.all(providers.map(licensesOf))
      const waiting = host.events.flatMap((event) => (event.type === 'wait' ? [event.provider] : []))
      expect(new Set(waiting)).toEqual(new Set(['webex-1', 'webex-2']))
    } finally {
      await simulator.destroy()
    }
  })

  for (const userSource of ['both', 'licenses', 'people'] as const) {
    test(`never ask for anything of each other’s, nor show it (${userSource})`, async () => {
      const simulator = await start()
      try {
        const credentials = createWebexCredentials(simulator.refreshConfiguration)
        const tenants = CUSTOMERS.map((orgId) => {
          const host = createHost()
          const config = { ...simulator.refreshConfiguration, orgId, userSource, pageSize: 2 }
          return { orgId, host, provider: createWebexProvider(config, { ...host.runtime, credentials }) }
        })
        const shown = await Promise.all(
          tenants.map(async ({ orgId, provider }) => {
            const { items: licenses } = await licensesOf(provider)
            const { items: users } = await toPromise(toReadonlyArray(provider.listUsers({ includeRaw: true })))
            const holders = provider.listHolders?.(licenses[0]?.id ?? '')
            const held = holders === undefined ? undefined : await toPromise(toReadonlyArray(holders))
            const user = await toPromise(provider.getUser({ email: `${nameIn(orgId, 1)}@example.com` }))
            expect(licenses).toHaveLength(1)
            expect(users).toHaveLength(5)
            expect(held?.items).toHaveLength(5)
            return JSON.stringify([licenses, users, held, user])
          }),
        )
        for (const [index, { orgId, host }] of tenants.entries()) {
          const sent = host.calls.map((url) => decodeURIComponent(url.href)).join('\n')
          for (const other of [PARTNER, ...CUSTOMERS].filter((uuid) => uuid !== orgId)) {
            for (const name of namesOf(other)) {
              expect(sent).not.toContain(name)
              expect(shown[index]).not.toContain(name)
            }
          }
          const lists = host.calls.filter((url) => /^\/v1\/(licenses|people)$/.test(url.pathname))
          expect(lists.length).toBeGreaterThan(0)
          expect(new Set(lists.map((url) => url.searchParams.get('orgId')))).toEqual(
            new Set([lists[0]?.searchParams.get('orgId')]),
          )
          expect([orgId, hydraId('ORGANIZATION', orgId)]).toContain(lists[0]?.searchParams.get('orgId'))
        }
      } finally {
        await simulator.destroy()
      }
    })
  }
})
