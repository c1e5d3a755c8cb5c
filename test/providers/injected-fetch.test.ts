import { createServer } from 'node:http'
import * as E from 'fp-ts/lib/Either.js'
import { ProxyAgent, fetch as undiciFetch } from 'undici'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { createWebexProvider } from '../../providers/webex/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { createNodeFetch } from '../../src/node/index.ts'
import {
  createRequestBudget,
  type Fetch,
  type LicenseProvider,
  type ProviderRuntime,
  toReadonlyArray,
} from '../../src/provider-kit/index.ts'
import { startProxy } from '../cli/support/proxy.ts'
import { listening } from '../listening.ts'

/** Whatever goes another way than through the given `fetch` fails. */
beforeEach(() => {
  vi.stubGlobal('fetch', () => Promise.reject(new Error('the global fetch was called')))
  return () => vi.unstubAllGlobals()
})

/** As in the documentation of undici: its own `fetch`, with a dispatcher of it. */
const throughProxy = (address: string): Fetch => {
  const dispatcher = new ProxyAgent(`http://${address}`)
  return (url, init) => undiciFetch(url, { ...init, dispatcher })
}

/** The vendors, each with how tokens are got. */
const vendors = [
  {
    vendor: 'Genesys Cloud',
    start: async () => {
      const simulator = await startGenesysSimulator({ users: 20, seed: 1 })
      const create = (runtime: ProviderRuntime) => createGenesysProvider(simulator.configuration, runtime)
      return { simulator, create, tokens: { method: 'POST', path: '/oauth/token' } }
    },
  },
  {
    vendor: 'Webex',
    start: async () => {
      const simulator = await startWebexSimulator({ users: 20, seed: 1 })
      const create = (runtime: ProviderRuntime) => createWebexProvider(simulator.refreshConfiguration, runtime)
      return { simulator, create, tokens: { method: 'POST', path: '/v1/access_token' } }
    },
  },
]

const usersOf = async (provider: LicenseProvider): Promise<number> => {
  const read = await toReadonlyArray(provider.listUsers())()
  if (E.isLeft(read)) throw new Error(read.left.message)
  return read.right.items.length
}

describe.each(vendors)('the fetch that is given for $vendor', ({ start }) => {
  test('is undici’s, which takes every request through a proxy, those for tokens too', async () => {
    const { simulator, create, tokens } = await start()
    try {
      const { port } = new URL(simulator.url)
      const proxy = await startProxy({ port: Number(port) })
      let attempts = 0
      const onEvent: ProviderRuntime['onEvent'] = ({ type }) => {
        if (type === 'attempt') attempts++
      }
      expect(await usersOf(create({ fetch: throughProxy(proxy.address), onEvent }))).toBeGreaterThan(10)
      expect(new Set(proxy.seen)).toEqual(new Set([`CONNECT 127.0.0.1:${port}`]))
      expect(simulator.requests.count(tokens)).toBe(1)
      expect(attempts).toBe(simulator.requests.count())
    } finally {
      await simulator.destroy()
    }
  })

  test.each([
    ['undici’s as it is', undiciFetch],
    ['that over Node’s own HTTP client', createNodeFetch()],
  ])('is %s', async (_, fetch) => {
    const { simulator, create } = await start()
    try {
      expect(await usersOf(create({ fetch }))).toBeGreaterThan(10)
    } finally {
      await simulator.destroy()
    }
  })

  test('is called with an address and options', async () => {
    const { simulator, create } = await start()
    const calls: unknown[][] = []
    const fetch = (...call: Parameters<Fetch>) => {
      calls.push(call)
      return undiciFetch(...call)
    }
    try {
      await usersOf(create({ fetch, budget: createRequestBudget({ concurrency: 1 }) }))
      expect(calls.length).toBe(simulator.requests.count())
      for (const [url, init, ...rest] of calls) {
        expect(url).toEqual(expect.stringMatching(/^http:\/\/127\.0\.0\.1:/))
        expect(init).toMatchObject({ redirect: 'manual', signal: expect.any(AbortSignal) })
        expect(rest).toEqual([])
      }
    } finally {
      await simulator.destroy()
    }
  })
})

test('a proxy that refuses a tunnel is a vendor that cannot be reached', async () => {
  const simulator = await startGenesysSimulator({ users: 20, seed: 1 })
  try {
    const proxy = await startProxy({ port: 1, refuseWith: 407 })
    const retry = { attempts: 1 }
    const provider = createGenesysProvider(
      { ...simulator.configuration, retry },
      { fetch: throughProxy(proxy.address) },
    )
    expect(await toReadonlyArray(provider.listLicenses())()).toMatchObject({ left: { _tag: 'Unavailable' } })
    expect(simulator.requests.count()).toBe(0)
  } finally {
    await simulator.destroy()
  }
})

test('an answer need not be a Response of this realm', async () => {
  const { port, stop } = await listening(createServer())
  const answer = (body: unknown): Awaited<ReturnType<Fetch>> => {
    const chunks = [new TextEncoder().encode(JSON.stringify(body))]
    const read = async () => {
      const value = chunks.shift()
      return value === undefined ? { done: true } : { done: false, value }
    }
    return {
      status: 200,
      type: 'basic',
      headers: { get: () => null },
      body: { getReader: () => ({ read, cancel: async () => {} }) },
    }
  }
  const fetch: Fetch = async (url) =>
    answer(url.endsWith('/oauth/token') ? { access_token: 'a-token-of-the-test' } : [{ id: 'cloudCX2' }])
  const address = `http://127.0.0.1:${port}`
  try {
    const config = { apiUrl: address, loginUrl: address, clientId: 'client', clientSecret: 'secret' }
    expect(await toReadonlyArray(createGenesysProvider(config, { fetch }).listLicenses())()).toMatchObject({
      right: { items: [{ id: 'cloudCX2' }] },
    })
  } finally {
    await stop()
  }
})
