import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type GenesysSimulatorOptions, startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator, type WebexSimulatorOptions } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import type { DiagnosedUse, ProviderDiagnosis } from '../../src/index.ts'
import type { Fault } from '../../src/simulator-kit/index.ts'
import { installAcme } from './support/outside.ts'
import { acmes, newFolder, type Run, type RunOptions, run } from './support/run.ts'
import { said } from './support/said.ts'

interface Told {
  readonly network: object
  readonly providers: readonly ProviderDiagnosis[]
}

const doctor = async (
  providers: readonly object[],
  options: RunOptions & { readonly args?: readonly string[] } = {},
): Promise<Run & Told> => {
  const { args = [], ...others } = options
  const configuration = { providers }
  const ran = await run([...args, 'doctor', '--format', 'json'], { configuration, registry, ...others })
  return { ...ran, ...JSON.parse(ran.stdout || '{"providers":[]}') }
}

const genesys = async (options: GenesysSimulatorOptions = {}, more: object = {}) => {
  const simulator = await startGenesysSimulator({ users: 20, ...options })
  onTestFinished(simulator.destroy)
  return { simulator, provider: { id: 'genesys', type: 'genesys', ...simulator.configuration, ...more } }
}

const webex = async (options: WebexSimulatorOptions = {}, more: object = {}) => {
  const simulator = await startWebexSimulator({ users: 20, ...options })
  onTestFinished(simulator.destroy)
  return { simulator, provider: { id: 'webex', type: 'webex', ...simulator.configuration, ...more } }
}

/** A server that is no simulator, at an address. */
const serve = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

const verdictsOf = ({ uses }: ProviderDiagnosis): Readonly<Record<string, DiagnosedUse['verdict']>> =>
  Object.fromEntries(uses.map(({ name, verdict }) => [name, verdict]))

const READING = { licenses: 'usable', users: 'usable', 'report, check, snapshot': 'usable', 'user, plan': 'usable' }

describe('seatlens doctor', () => {
  it('says as whom and for which organization it reads, and what the credentials are enough for', async () => {
    const [one, other] = [await genesys(), await webex()]
    const { code, stderr, providers } = await doctor([one.provider, other.provider])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [ofGenesys, ofWebex] = providers
    expect(ofGenesys).toMatchObject({
      provider: 'genesys',
      displayName: 'Genesys Cloud',
      reachable: true,
      hosts: [new URL(one.simulator.url).host],
      authenticated: 'yes',
      region: { verdict: 'right' },
      identity: { client: 'seatlens simulator', organization: { id: one.simulator.organization.id } },
      clockAheadMs: 0,
      rate: { allowed: 300_000, remaining: expect.any(Number), resetMs: expect.any(Number) },
    })
    // Genesys Cloud lists what its roles grant, so that what cannot be tried is known too.
    expect(verdictsOf(ofGenesys as ProviderDiagnosis)).toEqual({ ...READING, 'apply, undo': 'usable' })
    expect(ofWebex).toMatchObject({
      authenticated: 'yes',
      identity: {
        user: expect.stringContaining('@'),
        organization: { id: other.simulator.organization.uuid, name: other.simulator.organization.name },
      },
    })
    expect(verdictsOf(ofWebex as ProviderDiagnosis)).toEqual({ ...READING, 'apply, undo': 'unknown' })
  })

  it('changes nothing: it reads, and gets tokens', async () => {
    const [one, other] = [await genesys(), await webex()]
    const refreshed = { id: 'refreshed', type: 'webex', ...other.simulator.refreshConfiguration }
    expect(await doctor([one.provider, other.provider, refreshed])).toMatchObject({ code: 0 })
    const requests = [one, other].flatMap(({ simulator }) => simulator.requests.list())
    const others = requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`)
    expect(new Set(others)).toEqual(new Set(['POST /oauth/token', 'POST /v1/access_token']))
    expect(requests.length).toBeLessThan(25)
  })

  it('prints it for people, in 80 columns', async () => {
    const { provider } = await genesys({ permissions: ['authorization:license:view'] })
    const { code, stdout } = await run(['doctor'], {
      configuration: { providers: [provider] },
      registry,
      stdout: { columns: 80 },
    })
    expect(code).toBe(0)
    const text = stripVTControlCharacters(stdout)
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(text).toContain('genesys: Genesys Cloud\n')
    expect(text).toMatch(/^ {2}Authenticated {2}as the client seatlens simulator, for /m)
    expect(text).toMatch(/^ {2}Clock {10}as the vendor's$/m)
    expect(text).toMatch(/^report, check, snapshot .* usable$/m)
    expect(text).toMatch(/^apply, undo .* needs\b/m)
  })
})

describe('seatlens doctor, where credentials are wrong', () => {
  it('names the regions, and tries a client nowhere else', async () => {
    const { simulator, provider } = await genesys({}, { clientId: 'of-another-region' })
    const { code, providers } = await doctor([provider])
    expect(code).toBe(4)
    const [found] = providers
    expect(found).toMatchObject({
      reachable: true,
      authenticated: 'no',
      region: { verdict: 'unknown', known: expect.arrayContaining(['mypurecloud.ie', 'usw2.pure.cloud']) },
      error: { _tag: 'AuthenticationFailed' },
    })
    expect(found?.error?.message).toContain('whether the client belongs to another region')
    expect(simulator.requests.list().every(({ path }) => path === '/oauth/token')).toBe(true)
    const { stdout } = await run(['doctor'], { configuration: { providers: [provider] }, registry })
    expect(stdout).toContain('Known regions: mypurecloud.com, ')
    expect(stdout).toContain('they are tried nowhere else')
  })

  it('does not say of a region that is not reached that it refused them, suggests the right one, and gives the reason once', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    closed.close()
    const url = `http://127.0.0.1:${port}`
    const mistyped = {
      id: 'emea',
      type: 'genesys',
      region: 'mypurecloud.ei',
      clientId: 'a',
      clientSecret: 'b',
      apiUrl: url,
      loginUrl: url,
    }
    const right = { ...mistyped, id: 'dach', region: 'mypurecloud.de' }
    const { code, stdout } = await run(['doctor'], { configuration: { providers: [mistyped, right] }, registry })
    expect(code).toBe(5)
    expect(stdout).toContain(
      'mypurecloud.ei, where the credentials could not be tried; it is none of the known ones (did you mean "mypurecloud.ie" or ',
    )
    expect(stdout).toMatch(/Region +mypurecloud\.de, where the credentials could not be tried$/m)
    expect(stdout).not.toContain('not accepted')
    expect(stdout.split('ECONNREFUSED')).toHaveLength(3)
    expect(stdout.match(/unknown.*$/gm)?.filter((text) => text !== 'unknown')).toEqual(
      Array(10).fill('unknown: see above'),
    )
  })

  it('ends with 4 where every provider refuses them, with 5 where one does, and shows no secret', async () => {
    const secret = 'not-the-secret-at-all'
    const [one, other] = [await genesys({}, { clientSecret: secret }), await webex({}, { accessToken: secret })]
    const all = await doctor([one.provider, other.provider])
    expect(all.code).toBe(4)
    expect(all.providers.map(({ authenticated }) => authenticated)).toEqual(['no', 'no'])
    expect(all.stdout).not.toContain(secret)
    const { provider } = await webex()
    expect(await doctor([one.provider, provider])).toMatchObject({ code: 5 })
    const asked = await run(['doctor', '--provider', 'webex'], {
      configuration: { providers: [one.provider, provider] },
      registry,
    })
    expect(asked.code).toBe(0)
    expect(asked.stdout).not.toContain('genesys')
  })
})

describe('seatlens doctor, where a permission is missing', () => {
  it('names it for each command that needs it', async () => {
    const { provider } = await genesys({ permissions: ['directory:user:view'] })
    const { code, providers } = await doctor([provider])
    expect(code).toBe(5)
    const [found] = providers
    expect(verdictsOf(found as ProviderDiagnosis)).toEqual({
      licenses: 'needs',
      users: 'usable',
      'report, check, snapshot': 'needs',
      'user, plan': 'needs',
      'apply, undo': 'needs',
    })
    expect(found?.uses[0]?.missing).toEqual([['authorization:license:view', 'authorization:grant:add']])
  })

  it('says what a command goes without, and that it is usable', async () => {
    const { provider } = await webex({ scopes: ['spark-admin:licenses_read', 'spark-admin:workspaces_read'] })
    const { code, providers } = await doctor([{ ...provider, devices: true }])
    expect(code).toBe(0)
    const report = providers[0]?.uses.find(({ name }) => name.startsWith('report'))
    expect(report).toMatchObject({
      verdict: 'usable',
      lacks: [
        { what: 'status, department and last activity of users', anyOf: ['spark-admin:people_read'] },
        { what: 'the devices of workspaces', anyOf: ['spark-admin:devices_read'] },
      ],
    })
    expect(providers[0]?.uses.at(-1)).toMatchObject({ verdict: 'needs', missing: [['spark-admin:people_read']] })
  })

  it('ends with 4 where nothing can be read', async () => {
    const { provider } = await webex({ scopes: ['spark:people_read'] })
    const { code, providers } = await doctor([provider])
    expect(code).toBe(4)
    expect(providers[0]).toMatchObject({ authenticated: 'yes', identity: { user: expect.any(String) } })
  })

  it('finds out what settings take besides, with the client that it is for', async () => {
    const { simulator, provider } = await genesys()
    const trustee = { ...provider, billing: simulator.trustee }
    const contracts = { ...provider, id: 'contracts', billing: { source: 'contracts' }, activity: 'presence' }
    const { code, providers } = await doctor([trustee, contracts])
    expect(code).toBe(0)
    expect(providers.map(({ uses }) => uses[0]?.permissions.at(-1))).toEqual([
      ['affiliateOrganization:clientBilling:view'],
      ['billing:subscription:view'],
    ])
    expect(providers.flatMap(({ uses }) => uses.flatMap(({ lacks }) => lacks))).toEqual([])
    const ofCustomer = { ...provider, billing: { ...simulator.trustee, clientId: 'another', clientSecret: 'another' } }
    const [found] = (await doctor([ofCustomer])).providers
    expect(found?.uses[0]?.lacks).toMatchObject([
      { what: 'what was bought and billed', error: { _tag: 'AuthenticationFailed' } },
    ])
    expect(found).toMatchObject({
      authenticated: 'yes',
      uses: expect.arrayContaining([expect.objectContaining({ name: 'licenses', verdict: 'usable' })]),
    })
  })
})

describe('seatlens doctor, where a vendor cannot be reached', () => {
  it('says why, with exit code 5', async () => {
    const closed = await startWebexSimulator({ users: 10 })
    await closed.destroy()
    const { provider } = await genesys({}, { loginUrl: closed.url })
    const started = Date.now()
    const { code, providers } = await doctor([provider])
    expect(code).toBe(5)
    expect(Date.now() - started).toBeLessThan(6_500)
    expect(providers[0]).toMatchObject({ reachable: false, authenticated: 'unknown', error: { _tag: 'Unavailable' } })
    const { host } = new URL(closed.url)
    const message = providers[0]?.error?.message
    expect(message).toContain(`${host} could not be reached`)
    // All attempts fit into the 5 seconds or not, as the pauses between them are random.
    expect(message).toMatch(/ could not be reached(?:, 5 attempts made)?: the connection was refused/)
  })

  it('gives up after 5 seconds in all, whatever the number of vendors that do not answer', async () => {
    const url = await serve(createServer(() => {}))
    const hanging = { apiUrl: url, loginUrl: url, clientId: 'client', clientSecret: 'the-secret-of-the-test' }
    const ids = ['one', 'two', 'three']
    const { provider } = await webex()
    const started = Date.now()
    const { code, providers } = await doctor([
      ...ids.map((id) => ({ id, type: 'genesys', ...hanging, clientId: id })),
      provider,
    ])
    const took = Date.now() - started
    expect(code).toBe(5)
    expect(took).toBeGreaterThan(4_500)
    expect(took).toBeLessThan(6_500)
    expect(providers.map(({ reachable }) => reachable)).toEqual([false, false, false, true])
    expect(providers[0]?.error).toMatchObject({ _tag: 'Unavailable', message: 'no answer within 5 s' })
  })

  it('obeys --deadline where that is shorter', async () => {
    const url = await serve(createServer(() => {}))
    const hanging = { id: 'a', type: 'webex', apiUrl: url, accessToken: 'a-token-of-the-test' }
    const started = Date.now()
    const { code } = await doctor([hanging], { args: ['--deadline', '1'] })
    expect(Date.now() - started).toBeLessThan(3_000)
    expect(code).toBe(7)
  })
})

describe('seatlens doctor for the organizations of a partner', () => {
  const CUSTOMERS = [{ name: 'Acme', dormant: true }, { name: 'Beta' }, { name: 'Gamma' }]

  /** A partner, and an entry for all of its organizations. */
  const partner = async (options: WebexSimulatorOptions = {}, more: object = {}) => {
    const { simulator, provider } = await webex({ managed: CUSTOMERS, ...options }, { orgs: 'all', ...more })
    const { organizations } = simulator
    const idOf = (index: number) => `webex-${organizations[index]?.uuid}`
    /** Answers what is asked of an organization with an effect. */
    const fault = (index: number, path: string, effect: Fault['effect']) =>
      simulator.faults.add({ match: { path, query: { orgId: organizations[index]?.id ?? '' } }, effect })
    return { simulator, provider, idOf, fault }
  }
  const tableOf = async (provider: object) => {
    const options = { configuration: { providers: [provider] }, registry, stdout: { columns: 100 } }
    const { stdout } = await run(['doctor'], options)
    return stripVTControlCharacters(stdout)
  }

  it('lists them, and says of each what it can be read for, also of one that must be looked at first', async () => {
    const { provider, idOf } = await partner()
    const { code, providers } = await doctor([provider])
    expect(code).toBe(0)
    const { organizations } = providers[0] as ProviderDiagnosis
    expect(organizations?.gaps).toEqual([])
    expect(organizations?.found.map(({ provider: id, displayName }) => [id, displayName])).toEqual([
      [idOf(0), 'Example Company (simulated) (Webex)'],
      [idOf(1), 'Acme (Webex)'],
      [idOf(2), 'Beta (Webex)'],
      [idOf(3), 'Gamma (Webex)'],
    ])
    for (const one of organizations?.found ?? []) {
      expect(verdictsOf(one)).toEqual({ ...READING, 'apply, undo': 'unknown' })
    }
    const text = await tableOf(provider)
    expect(text).toMatch(/^ {2}Organizations {2}4$/m)
    expect(text).not.toContain('What is different')
  })

  it('has a row for each that is not as the others, and ends with 5', async () => {
    const { provider, idOf, fault } = await partner()
    fault(2, '/v1/licenses', { kind: 'status', status: 403 })
    const { code, providers } = await doctor([provider])
    expect(code).toBe(5)
    const beta = providers[0]?.organizations?.found[2]
    expect(beta).toMatchObject({ provider: idOf(2), authenticated: 'yes' })
    expect(beta?.uses[0]).toMatchObject({ verdict: 'needs', missing: [['spark-admin:licenses_read']] })
    const text = await tableOf(provider)
    expect(text).toContain('Organizations  4, of which 1 is different\n')
    expect(text).toMatch(/^Beta \(Webex\) .*licenses: needs/m)
    expect(text).not.toMatch(/^Gamma/m)
  })

  it('says that there may be more where a list fails', async () => {
    const { simulator, provider } = await partner()
    simulator.faults.add({ match: { path: '/v1/partner/organizations' }, effect: { kind: 'status', status: 403 } })
    const { code, providers } = await doctor([provider])
    expect(code).toBe(5)
    expect(providers[0]?.organizations?.gaps).toMatchObject([{ _tag: 'PermissionDenied' }])
    expect(await tableOf(provider)).toContain('organizations may be missing')
  })

  it('diagnoses those of a list of ids, and one that is asked for by id, name or pattern', async () => {
    const { simulator, provider, idOf } = await partner()
    const configured = { ...provider, orgs: [1, 3].map((index) => simulator.organizations[index]?.uuid) }
    const some = await doctor([configured])
    expect(some.providers[0]?.organizations?.found.map((one) => one.provider)).toEqual([idOf(1), idOf(3)])
    const asked = async (text: string) => {
      const { stdout } = await run(['doctor', '--format', 'json', '--provider', text], {
        configuration: { providers: [provider] },
        registry,
      })
      return JSON.parse(stdout).providers.map((one: ProviderDiagnosis) => [one.provider, one.displayName])
    }
    simulator.requests.clear()
    expect(await asked(idOf(3))).toEqual([[idOf(3), 'Gamma (Webex)']])
    const paths = simulator.requests.list().map(({ path }) => path)
    expect(paths).not.toContain('/v1/partner/organizations')
    expect(await asked('beta (webex)')).toEqual([[idOf(2), 'Beta (Webex)']])
    expect(await asked('gam*')).toEqual([[idOf(3), 'Gamma (Webex)']])
    const wrong = await run(['doctor', '--provider', 'Gamme (Webex)'], {
      configuration: { providers: [provider] },
      registry,
    })
    expect(wrong.code).toBe(2)
  })

  it('leaves a vendor that does not answer after 5 seconds, and asks it for no other organization', async () => {
    const url = await serve(createServer(() => {}))
    const hanging = { id: 'webex', type: 'webex', apiUrl: url, accessToken: 'a-token-of-the-test' }
    const uuids = Array.from({ length: 40 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`)
    for (const orgs of ['all', uuids]) {
      const started = Date.now()
      const { code } = await doctor([{ ...hanging, orgs }])
      expect(code).toBe(5)
      expect(Date.now() - started).toBeLessThan(7_500)
    }
  })

  it('goes on with the others where one does not answer, and where a rate limit makes it wait', async () => {
    const { provider, fault, simulator } = await partner({ rateLimit: { requests: 12, windowMs: 6_000 } })
    fault(1, '/v1/licenses', { kind: 'hang' })
    const { code, providers } = await doctor([provider])
    expect(code).toBe(5)
    const found = providers[0]?.organizations?.found ?? []
    expect(found.map(({ uses }) => uses[0]?.verdict)).toEqual(['usable', 'unknown', 'usable', 'usable'])
    expect(found[1]?.uses[0]?.error).toMatchObject({ _tag: 'Unavailable', timedOut: true })
    expect(simulator.requests.list().length).toBeLessThan(40)
  }, 40_000)
})

describe('seatlens doctor and the way to the vendor', () => {
  it('tells how far the clock of this machine is from that of the vendor', async () => {
    const hourAgo = new Date(Date.now() - 3_600_000).toUTCString()
    const url = await serve(
      createServer((_, response) => {
        response.setHeader('date', hourAgo)
        response.writeHead(401, { 'content-type': 'application/json' }).end('{"message":"no"}')
      }),
    )
    const provider = { id: 'webex', type: 'webex', apiUrl: url, accessToken: 'a-token-of-the-test' }
    const { code, providers } = await doctor([provider])
    expect(code).toBe(4)
    const { clockAheadMs = 0 } = providers[0] ?? {}
    expect(Math.abs(clockAheadMs - 3_600_000)).toBeLessThan(10_000)
    const { stdout } = await run(['doctor'], { configuration: { providers: [provider] }, registry })
    expect(stdout).toContain("60 minutes ahead of the vendor's; set the clock of this machine\n")
  })

  it('tells the proxy and the certificates in use', async () => {
    const { provider } = await webex()
    const variables = { HTTPS_PROXY: 'http://ada:sesame-street@proxy.example:3128', NO_PROXY: 'a.example' }
    const { code, stdout, network } = await doctor([provider], { variables })
    expect(code).toBe(0)
    expect(network).toEqual({ proxy: { https: 'http://proxy.example:3128', except: 'a.example' } })
    expect(stdout).not.toContain('sesame-street')
  })
})

describe('seatlens doctor with a provider of another package', () => {
  it('tells what its definition describes', async () => {
    const folder = await newFolder()
    await installAcme(folder, 'export default acmeDefinition')
    const { startAcmeSimulator, seededOrganization } = await import('../../examples/acme/simulator.ts')
    const seeded = { users: 20, seed: 1, port: 0, latencyMs: 0 }
    const acme = await startAcmeSimulator(seededOrganization(seeded), seeded)
    onTestFinished(acme.destroy)
    const provider = { id: 'acme', type: 'seatlens-acme', url: acme.url, token: acme.token }
    const { code, providers } = await doctor([provider], { folder })
    expect(code).toBe(0)
    expect(providers[0]?.uses.find(({ name }) => name === 'apply, undo')).toMatchObject({
      verdict: 'unknown',
      permissions: [['seats:read'], ['seats:write']],
    })
    const wrong = await doctor([{ ...provider, token: 'not-the-token' }], { folder })
    expect(wrong).toMatchObject({ code: 4, providers: [{ authenticated: 'no' }] })
    expect(wrong.stdout).not.toContain('not-the-token')
  })

  it('reads the licenses of one without a description, and knows nothing of permissions', async () => {
    const options = { configuration: acmes('acme') }
    const { code, stdout } = await run(['doctor', '--format', 'json'], options)
    expect(code).toBe(0)
    const { providers } = JSON.parse(stdout)
    expect(providers[0]).toMatchObject({ authenticated: 'yes' })
    expect(verdictsOf(providers[0])).toEqual({
      licenses: 'usable',
      users: 'unknown',
      'report, check, snapshot': 'unknown',
      'user, plan': 'unknown',
      'apply, undo': 'unknown',
    })
  })

  it('says what foreign code has done wrong, without a secret', async () => {
    const folder = await newFolder()
    const secret = 'the-secret-that-nobody-may-see'
    const run = async (diagnosis: string) => {
      await installAcme(
        folder,
        `export default { ...acmeDefinition, configure: (id, given) => {
          const made = acmeDefinition.configure(id, given)
          return { ...made, right: { ...made.right, diagnosis: () => (${diagnosis}) } }
        } }`,
      ).catch(() => {})
      return doctor([{ id: 'acme', type: 'seatlens-acme', token: secret, url: 'http://127.0.0.1:1' }], { folder })
    }
    const { code, stderr, stdout } = await run('({ needs: 7 })')
    expect(code).toBe(2)
    expect(said(stderr)).toContain('"seatlens-acme" cannot make the provider acme: its diagnosis: expected')
    expect(`${stdout}${stderr}`).not.toContain(secret)
  })
})
