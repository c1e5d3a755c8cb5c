import { readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import type { StopSignal } from '../../src/cli/environment.ts'
import { registry } from '../../src/cli/registry.ts'
import { newFolder, run } from './support/run.ts'

/** A port that is free now. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** An integration at a simulator, with which no person has signed in. */
const begin = async () => {
  const simulator = await startWebexSimulator({ users: 10, rotateRefreshToken: true })
  onTestFinished(simulator.destroy)
  const { refreshToken: _, ...client } = simulator.refreshConfiguration
  const folder = await newFolder()
  const configuration = { providers: [{ id: 'webex', type: 'webex', ...client }] }
  const redirectUri = `http://localhost:${await freePort()}/callback`
  const seatlens = (...args: readonly string[]) => run(args, { registry, configuration, folder })
  /** Runs the login, with a browser that is given the address. */
  const login = async (visit: (address: string) => Promise<unknown>, ...args: readonly string[]) => {
    let interrupt: (signal?: StopSignal) => void = () => {}
    let isVisited = false
    const ran = await run(['login', 'webex', '--no-browser', '--redirect-uri', redirectUri, ...args], {
      registry,
      configuration,
      folder,
      onStart: (stop) => {
        interrupt = stop
      },
      stderr: {
        take: async (text) => {
          const address = /^http\S+authorize\S+$/m.exec(text)?.[0]
          if (address === undefined || isVisited) return
          isVisited = true
          visit(address).catch(() => interrupt())
        },
      },
    })
    return { ...ran, interrupt: () => interrupt() }
  }
  return { simulator, folder, redirectUri, seatlens, login }
}

const browser = (address: string) => fetch(address)

/** A client of Genesys Cloud at a simulator, with which no person has signed in. */
const beginGenesys = async () => {
  const simulator = await startGenesysSimulator({ users: 10, tokenLifetimeSeconds: 3_600 })
  onTestFinished(simulator.destroy)
  const folder = await newFolder()
  const configuration = { providers: [{ id: 'genesys', type: 'genesys', ...simulator.signInConfiguration }] }
  const seatlens = (...args: readonly string[]) => run(args, { registry, configuration, folder })
  const login = async (visit: (address: string) => Promise<unknown> = browser) => {
    const redirectUri = `http://localhost:${await freePort()}/callback`
    let isVisited = false
    return run(['login', 'genesys', '--no-browser', '--redirect-uri', redirectUri], {
      registry,
      configuration,
      folder,
      stderr: {
        take: async (text) => {
          const address = /^http\S+authorize\S+$/m.exec(text)?.[0]
          if (address === undefined || isVisited) return
          isVisited = true
          await visit(address)
        },
      },
    })
  }
  return { simulator, folder, configuration, seatlens, login }
}

describe('seatlens login, at Genesys Cloud', () => {
  it('keeps the token of a person, without any secret of a client, until it expires', async () => {
    const { simulator, folder, seatlens, login } = await beginGenesys()
    const before = await seatlens('licenses')
    expect(before.code).toBe(4)
    expect(before.stderr).toContain('no user has signed in yet; sign in first: seatlens login genesys')

    const { code, stderr } = await login()
    expect(stderr).toContain('genesys: signed in')
    expect(code).toBe(0)
    const file = join(folder, '.seatlens', 'genesys.token')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await seatlens('licenses')).code).toBe(0)
    expect(simulator.tokens.minted()).toBe(1)

    simulator.tokens.expire()
    const after = await seatlens('licenses')
    expect(after.code).toBe(4)
    expect(after.stderr).toContain('the vendor refuses the token of the sign-in; sign in again: seatlens login genesys')
    expect((await login()).code).toBe(0)
    expect((await seatlens('licenses')).code).toBe(0)
  })

  it('does not use a token whose time is over, and asks the vendor for nothing', async () => {
    const { simulator, folder, seatlens, login } = await beginGenesys()
    await login()
    const file = join(folder, '.seatlens', 'genesys.token')
    const kept = JSON.parse(await readFile(file, 'utf8'))
    await writeFile(file, JSON.stringify({ ...kept, expiresAt: Date.now() - 1_000 }))
    const asked = simulator.requests.count()
    const { code, stderr } = await seatlens('licenses')
    expect(code).toBe(4)
    expect(stderr).toContain('the sign-in has expired; sign in again: seatlens login genesys')
    expect(simulator.requests.count()).toBe(asked)
  })

  it('shows the token to no other region and no other client', async () => {
    const { folder, configuration, login } = await beginGenesys()
    await login()
    const other = await beginGenesys()
    const [provider] = configuration.providers
    for (const change of [{ apiUrl: other.simulator.url, loginUrl: other.simulator.url }, { clientId: 'another' }]) {
      const { code, stderr } = await run(['licenses'], {
        registry,
        folder,
        configuration: { providers: [{ ...provider, ...change }] },
      })
      expect(code).toBe(4)
      expect(stderr).toContain('no user has signed in yet')
    }
    expect(other.simulator.requests.count()).toBe(0)
  })

  it('sends a challenge and no secret, and the vendor takes no code without what is behind it', async () => {
    const { login, simulator } = await beginGenesys()
    let query: Record<string, string> = {}
    const { code } = await login(async (address) => {
      query = Object.fromEntries(new URL(address).searchParams)
      await browser(address)
    })
    expect(code).toBe(0)
    expect(query).toMatchObject({ response_type: 'code', code_challenge_method: 'S256' })
    expect(query).not.toHaveProperty('scope')
    const forged = await login(async (address) => {
      const url = new URL(address)
      url.searchParams.set('code_challenge', 'of-somebody-else')
      await browser(url.href)
    })
    expect(forged.code).toBe(4)
    expect(simulator.tokens.minted()).toBe(1)
  })
})

describe('seatlens login', () => {
  it('keeps the tokens of a person who signs in, and everything works from then on', async () => {
    const { simulator, folder, seatlens, login } = await begin()
    const before = await seatlens('licenses')
    expect(before.code).toBe(4)
    expect(before.stderr).toContain('none was kept; configure refreshToken, or sign in first: seatlens login webex')

    let page = ''
    const { code, stdout, stderr } = await login(async (address) => {
      page = await (await browser(address)).text()
    })
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toContain('webex: signed in; the tokens are kept\n')
    await expect.poll(() => page).toContain('Signed in')
    const file = join(folder, '.seatlens', 'webex.token')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readFile(file, 'utf8')).toContain(simulator.tokens.refreshToken())

    expect((await seatlens('licenses')).code).toBe(0)
    simulator.tokens.expire()
    expect((await seatlens('licenses')).code).toBe(0)
    expect((await seatlens('licenses')).code).toBe(0)
  })

  it('asks for the scopes that reading needs, for those of changes where they are wanted, or for others', async () => {
    const { login } = await begin()
    const scopes: string[] = []
    const visit = async (address: string) => {
      scopes.push(new URL(address).searchParams.get('scope') ?? '')
      await browser(address)
    }
    await login(visit)
    await login(visit, '--changes')
    await login(visit, '--scope', 'one', '--scope', 'two')
    expect(scopes).toEqual([
      'spark-admin:licenses_read spark-admin:workspaces_read spark-admin:people_read',
      'spark-admin:licenses_read spark-admin:workspaces_read spark-admin:people_read spark-admin:people_write',
      'one two',
    ])
  })

  it('takes nothing but the answer to its own sign-in', async () => {
    const { redirectUri, login } = await begin()
    const statuses: number[] = []
    const { code } = await login(async (address) => {
      const { state = '' } = Object.fromEntries(new URL(address).searchParams)
      const knock = async (path: string, init: RequestInit = {}) => {
        statuses.push((await fetch(new URL(path, redirectUri), init)).status)
      }
      await knock('/callback?code=forged&state=other')
      await knock('/callback?code=forged')
      await knock(`/elsewhere?code=forged&state=${state}`)
      await knock(`/callback?code=forged&state=${state}`, { method: 'POST' })
      await knock(`/callback?code=&state=${state}`)
      await browser(address)
    })
    expect(code).toBe(0)
    expect(statuses).toEqual([404, 404, 404, 404, 404])
  })

  it('says why the vendor refuses, and keeps nothing', async () => {
    const { folder, redirectUri, login } = await begin()
    const { code, stderr } = await login(async (address) => {
      const state = new URL(address).searchParams.get('state')
      const query = new URLSearchParams({
        error: 'access_denied',
        error_description: 'ada@example.com said no',
        state: state ?? '',
      })
      await fetch(`${redirectUri}?${query}`)
    })
    expect(code).toBe(4)
    expect(stderr).toContain('webex: the vendor did not sign the user in: access_denied: ')
    expect(stderr).not.toContain('ada@example.com')
    await expect(stat(join(folder, '.seatlens', 'webex.token'))).rejects.toThrow()
  })

  it('says that a code is refused, without the code and the secret', async () => {
    const { simulator, redirectUri, login } = await begin()
    const { code, stderr } = await login(async (address) => {
      const state = new URL(address).searchParams.get('state') ?? ''
      await fetch(`${redirectUri}?${new URLSearchParams({ code: 'forged-code-of-somebody', state })}`)
    })
    expect(code).toBe(4)
    expect(stderr).not.toContain('forged-code-of-somebody')
    expect(stderr).not.toContain(simulator.refreshConfiguration.clientSecret)
  })

  it('says that it timed out where nobody comes back in time', async () => {
    const { login } = await begin()
    const { code, stderr } = await login(async () => {}, '--deadline', '1')
    expect(code).toBe(4)
    expect(stderr).toContain('webex: it timed out: the user did not come back from the vendor in time; sign in again\n')
    expect(stderr).not.toContain('not used')
  })

  it('ends where it is interrupted, and gives the port back', async () => {
    const { login } = await begin()
    const stopped = await login(() => Promise.reject(new Error('the person has gone')))
    expect(stopped.code).toBe(130)
    expect((await login(browser)).code).toBe(0)
  })

  it.each([
    'https://localhost:8976/',
    'http://localhost/',
    'http://example.com:8976/',
    'http://localhost:8976/?a=b',
    'nonsense',
  ])('refuses to wait at %s', async (redirectUri) => {
    const { seatlens } = await begin()
    const { code, stderr } = await seatlens('login', 'webex', '--no-browser', '--redirect-uri', redirectUri)
    expect(code).toBe(2)
    expect(stderr).toBe(
      '--redirect-uri: expected an address on this machine with a port, such as http://localhost:8976/callback\n',
    )
  })

  it('says that the port is taken, before a browser is opened', async () => {
    const { seatlens } = await begin()
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const ran = await seatlens('login', 'webex', '--no-browser', '--redirect-uri', `http://localhost:${port}/callback`)
    expect(ran.code).toBe(2)
    expect(ran.stderr).toBe(`--redirect-uri: port ${port} cannot be listened on: another program uses it\n`)
  })

  it('is refused where a person cannot sign in, and where there is no such provider', async () => {
    const configuration = { providers: [{ id: 'webex', type: 'webex', accessToken: 'x' }] }
    const refused = await run(['login', 'webex'], { registry, configuration })
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('webex: a person cannot sign in to it, as it is configured')
    const unknown = await run(['login', 'webx'], { registry, configuration })
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toBe('<provider>: expected one of webex, found "webx" (did you mean "webex"?)\n')
  })
})
