import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  type ManagedWebexOrganization,
  startWebexSimulator,
  type WebexSimulatorOptions,
} from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { newFolder, run } from './support/run.ts'
import { said } from './support/said.ts'

/** A partner with two customers, the first of which must be looked at before it can be read. */
const CUSTOMERS: readonly ManagedWebexOrganization[] = [{ name: 'Acme', dormant: true }, { name: 'Beta' }]

const startPartner = async (
  managed: readonly ManagedWebexOrganization[] = CUSTOMERS,
  options: Partial<WebexSimulatorOptions> = {},
) => {
  const simulator = await startWebexSimulator({ users: 10, managed, ...options })
  onTestFinished(simulator.destroy)
  const { organizations, requests } = simulator
  const entry = { id: 'webex', type: 'webex', ...simulator.configuration }
  const idOf = (index: number) => `webex-${organizations[index]?.uuid}`
  const configured = (orgs: unknown, others: object = {}) => ({ providers: [{ ...entry, orgs, ...others }] })
  const asked = () => requests.list().map(({ method, path }) => `${method} ${path}`)
  return { simulator, entry, idOf, configured, asked }
}

const seatlens = (folder: string, configuration: unknown, ...args: readonly string[]) =>
  run(args, { folder, configuration, registry })

const providersIn = (stdout: string) => {
  const { providers } = JSON.parse(stdout)
  return providers.map(({ id, displayName, status, error }: Record<string, { message?: string }>) => ({
    id,
    displayName,
    status,
    ...(error === undefined ? {} : { error: error.message }),
  }))
}

describe('all organizations of a partner', () => {
  it('are read, each by a provider whose id has the uuid of the organization, also one that must be woken', async () => {
    const { configured, idOf } = await startPartner()
    const { code, stdout, stderr } = await seatlens(await newFolder(), configured('all'), 'report', '--format', 'json')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(providersIn(stdout)).toEqual([
      { id: idOf(0), displayName: 'Example Company (simulated) (Webex)', status: 'complete' },
      { id: idOf(1), displayName: 'Acme (Webex)', status: 'complete' },
      { id: idOf(2), displayName: 'Beta (Webex)', status: 'complete' },
    ])
  })

  it('may be in one of the lists only, and then have their name from their own record', async () => {
    const { configured, idOf } = await startPartner([
      { name: 'Of the partner', listed: 'partner' },
      { name: 'Of the admin', listed: 'organizations' },
    ])
    const { stdout } = await seatlens(
      await newFolder(),
      configured('all', { displayName: 'EMEA' }),
      'report',
      '--format',
      'json',
    )
    expect(providersIn(stdout)).toMatchObject([
      { id: idOf(0) },
      { id: idOf(2), displayName: 'Of the admin (EMEA)' },
      { id: idOf(1), displayName: 'Of the partner (EMEA)' },
    ])
  })

  it.each(['/v1/organizations', '/v1/partner/organizations'])(
    'are not all there where %s fails: the report has a row and a reason, and is incomplete',
    async (path) => {
      const { configured, simulator } = await startPartner()
      simulator.faults.add({ match: { path }, effect: { kind: 'status', status: 403 } })
      const { code, stdout } = await seatlens(await newFolder(), configured('all'), 'report', '--format', 'json')
      expect(code).toBe(5)
      const failed = providersIn(stdout).filter(({ status }: { status: string }) => status === 'failed')
      expect(failed).toMatchObject([{ id: 'webex', displayName: 'Webex: organizations that may be missing' }])
      expect(failed[0].error).toContain(
        'the list of organizations is not whole, so that organizations may be missing: ',
      )
    },
  )

  it('are unknown where the token is refused, which is a failure of authentication', async () => {
    const { configured } = await startPartner()
    const configuration = configured('all', { accessToken: 'wrong' })
    const { code, stderr } = await seatlens(await newFolder(), configuration, 'licenses')
    expect(code).toBe(4)
    expect(stderr).toContain('organizations may be missing')
  })

  it('that are new or gone since the last run are told, and what a failing list does not name is not gone', async () => {
    const folder = await newFolder()
    const before = await startPartner([{ name: 'Acme' }, { name: 'Beta' }])
    expect((await seatlens(folder, before.configured('all'), 'licenses')).stderr).toBe('')
    const after = await startPartner([{ name: 'Acme' }, { name: 'Beta', listed: 'none' }, { name: 'Gamma' }])
    after.simulator.faults.add({
      match: { path: '/v1/partner/organizations', times: 1 },
      effect: { kind: 'status', status: 403 },
    })
    expect((await seatlens(folder, after.configured('all'), 'licenses')).stderr).not.toContain('gone')
    const { code, stderr } = await seatlens(folder, after.configured('all'), 'licenses')
    expect(code).toBe(0)
    expect(stderr.split('\n')).toEqual([
      `webex: new: Gamma (${after.idOf(3)})`,
      expect.stringMatching(
        /^webex: gone: Beta \([0-9a-f-]{36}\), listed since \d{4}-\d\d-\d\d, is not listed any more$/,
      ),
      '',
    ])
    expect((await seatlens(folder, after.configured('all'), 'licenses')).stderr).toBe('')
    const kept = join(folder, '.seatlens', 'webex.organizations.json')
    expect(JSON.parse(await readFile(kept, 'utf8')).organizations).toHaveProperty([after.idOf(3).slice(6), 'since'])
    if (process.platform !== 'win32') expect((await stat(kept)).mode & 0o777).toBe(0o600)
    await writeFile(kept, 'not JSON')
    expect(await seatlens(folder, after.configured('all'), 'licenses')).toMatchObject({
      code: 0,
      stderr:
        '.seatlens/webex.organizations.json: it is damaged; which organizations came or went since the last run is unknown\n',
    })
    expect((await seatlens(folder, after.configured('all'), 'licenses')).stderr).toBe('')
  })

  it('are asked for one by one by id without the lists, by name and pattern among the listed ones', async () => {
    const { configured, idOf, asked } = await startPartner()
    const folder = await newFolder()
    const read = async (...words: string[]) => {
      const { code, stdout } = await seatlens(folder, configured('all'), 'licenses', '--format', 'ndjson', ...words)
      return { code, ids: [...new Set([...stdout.matchAll(/"provider":"([^"]*)"/g)].map(([, id]) => id))] }
    }
    expect(await read('--provider', idOf(1))).toEqual({ code: 0, ids: [idOf(1)] })
    expect(asked()).not.toContain('GET /v1/organizations')
    expect(await read('--provider', 'acme*')).toEqual({ code: 0, ids: [idOf(1)] })
    expect(await read('--provider', 'beta (webex)')).toEqual({ code: 0, ids: [idOf(2)] })
    expect(await read('--provider', 'webex')).toEqual({ code: 0, ids: [idOf(0), idOf(1), idOf(2)] })
  })

  it('that are asked for by an id that the vendor does not know fail', async () => {
    const { configured } = await startPartner()
    const id = 'webex-00000000-0000-4000-8000-000000000000'
    const { code, stderr } = await seatlens(await newFolder(), configured('all'), 'licenses', '--provider', id)
    expect(code).toBe(5)
    expect(stderr).toContain(id)
  })

  it('share overrides and limits of their entry, which an organization without the license ignores', async () => {
    const { configured } = await startPartner()
    const { code, stderr, stdout } = await seatlens(
      await newFolder(),
      configured('all', {
        licenses: { 'Nowhere at all': { purchased: 3 } },
        limits: { 'Nowhere else': { keepFree: 1 }, MS: { maxUtilization: 1 } },
      }),
      'check',
      '--format',
      'json',
    )
    expect({ code, stderr: stderr.replace(/breached.*\n/, '') }).toEqual({ code: 3, stderr: '' })
    const breached = JSON.parse(stdout).items.filter(({ rule }: { rule: string }) => rule === 'max-utilization')
    expect(new Set(breached.map(({ provider }: { provider: string }) => provider)).size).toBe(3)
  })

  it('are planned for, applied to and taken back by the id of their provider, without the lists', async () => {
    const { configured, idOf, simulator, asked } = await startPartner()
    const folder = await newFolder()
    const organization = simulator.organizations[1]
    const [user] = [...(organization?.users() ?? [])].filter(
      ({ licenseIds, person }) => licenseIds.length === 0 && person.type !== 'EXTERNAL' && person.email !== undefined,
    )
    const [license] = (organization?.licenses ?? []).flatMap((one) =>
      'name' in one && one.name === 'Advanced Messaging' ? [one.id] : [],
    )
    const words = ['--provider', idOf(1), '--user', String(user?.person.email), '--assign', String(license)]
    const made = await seatlens(folder, configured('all'), 'plan', ...words, '--output', 'plan.json')
    expect(made.code).toBe(0)
    expect((await seatlens(folder, configured('all'), 'apply', 'plan.json', '--yes')).code).toBe(0)
    expect(organization?.licensesOf(String(user?.id))).toEqual([license])
    expect((await seatlens(folder, configured('all'), 'undo', 'plan.json.journal', '--yes')).code).toBe(0)
    expect(organization?.licensesOf(String(user?.id))).toEqual([])
    expect(asked()).not.toContain('GET /v1/organizations')
  })

  it('are kept in a snapshot, and a later one says which came and went', async () => {
    const folder = await newFolder()
    const before = await startPartner([{ name: 'Acme' }, { name: 'Beta' }])
    await seatlens(folder, before.configured('all'), 'snapshot', '--output', 'one')
    const after = await startPartner([{ name: 'Acme' }, { name: 'Beta', listed: 'none' }, { name: 'Gamma' }])
    await seatlens(folder, after.configured('all'), 'snapshot', '--output', 'two')
    const { stdout } = await seatlens(folder, after.configured('all'), 'diff', 'one', 'two', '--format', 'json')
    expect(JSON.parse(stdout).providers).toMatchObject([
      { id: after.idOf(0), before: 'complete', after: 'complete' },
      { id: after.idOf(1), before: 'complete', after: 'complete' },
      { displayName: 'Gamma (Webex)', after: 'complete' },
      { displayName: 'Beta (Webex)', before: 'complete' },
    ])
  })
})

describe('some organizations of a partner', () => {
  it('are those with these ids, in their order, in either form of an id', async () => {
    const { configured, idOf, simulator } = await startPartner()
    const [, acme, beta] = simulator.organizations
    const { code, stdout } = await seatlens(
      await newFolder(),
      configured([beta?.uuid.toUpperCase(), acme?.id]),
      'report',
      '--format',
      'json',
    )
    expect(code).toBe(0)
    expect(providersIn(stdout)).toMatchObject([{ id: idOf(2) }, { id: idOf(1) }])
  })

  it('that no list names are told, and read where the vendor gives them', async () => {
    const { configured, idOf, simulator } = await startPartner([{ name: 'Acme', listed: 'none' }])
    const nobody = '00000000-0000-4000-8000-000000000000'
    const ids = [simulator.organizations[1]?.uuid, nobody]
    const { code, stdout, stderr } = await seatlens(await newFolder(), configured(ids), 'report', '--format', 'json')
    expect(code).toBe(5)
    expect(said(stderr)).toContain(`${idOf(1)}: Acme is in no list of organizations\n`)
    expect(providersIn(stdout)).toMatchObject([
      { id: idOf(1), status: 'complete' },
      { id: `webex-${nobody}`, status: 'failed' },
    ])
  })

  it('are all there where the lists fail, as it is known which they are', async () => {
    const { configured, simulator } = await startPartner()
    simulator.faults.add({ match: { path: '/v1/organizations' }, effect: { kind: 'status', status: 403 } })
    const ids = simulator.organizations.map(({ uuid }) => uuid)
    expect((await seatlens(await newFolder(), configured(ids), 'licenses')).code).toBe(0)
  })
})

describe('the list of organizations', () => {
  it('has the id of the provider of each, and what came and went', async () => {
    const folder = await newFolder()
    const before = await startPartner([{ name: 'Acme' }, { name: 'Beta' }])
    const first = await seatlens(folder, before.configured('all'), 'orgs', '--format', 'json')
    expect(first.code).toBe(0)
    expect(JSON.parse(first.stdout)).toMatchObject([
      { entry: 'webex', provider: before.idOf(0), status: 'listed' },
      { provider: before.idOf(1), name: 'Acme', id: before.simulator.organizations[1]?.id, status: 'listed' },
      { provider: before.idOf(2), name: 'Beta', status: 'listed' },
    ])
    const after = await startPartner([{ name: 'Acme' }, { name: 'Beta', listed: 'none' }, { name: 'Gamma' }])
    const second = await seatlens(folder, after.configured('all'), 'orgs', '--format', 'csv')
    const statuses = second.stdout.split('\n').map((line) => line.split(',').slice(2, 5))
    expect(statuses.map(([name, , status]) => [name, status])).toEqual([
      ['name', 'status'],
      ['Example Company (simulated)', 'listed'],
      ['Acme', 'listed'],
      ['Gamma', 'new'],
      ['Beta', 'gone'],
      [undefined, undefined],
    ])
  })

  it('is incomplete where a list fails, and says which organizations there would be without orgs', async () => {
    const { entry, idOf, simulator } = await startPartner()
    simulator.faults.add({ match: { path: '/v1/partner/organizations' }, effect: { kind: 'status', status: 403 } })
    const { code, stdout, stderr } = await seatlens(await newFolder(), { providers: [entry] }, 'orgs')
    expect(code).toBe(5)
    expect(stdout).toContain(`${idOf(2)}  Beta`)
    expect(stderr).toContain('organizations may be missing')
  })

  it('needs a vendor that lists them', async () => {
    const { code, stderr } = await run(['orgs'])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'no provider is configured whose vendor lists organizations; Webex does\n',
    })
  })
})

describe('orgs in a configuration', () => {
  it.each([
    [{ orgs: 'every' }, 'orgs: expected "all", or a list of at least one id of an organization, found "every"'],
    [{ orgs: [] }, 'orgs: expected "all", or a list of at least one id of an organization, found a list'],
    [{ orgs: 'all', orgId: 'x' }, 'orgId: expected nothing, as orgs is given, found "x"'],
  ])('%j is refused', async (settings, problem) => {
    const configuration = { providers: [{ id: 'webex', type: 'webex', accessToken: 'sesame', ...settings }] }
    const { code, stderr } = await seatlens(await newFolder(), configuration, 'licenses')
    expect({ code, stderr }).toEqual({ code: 2, stderr: `seatlens.json: providers[0].${problem}\n` })
  })

  it('is no setting of a vendor that lists no organizations', async () => {
    const { code, stderr } = await run(['licenses'], {
      configuration: { providers: [{ id: 'acme', type: 'acme', token: 'sesame', orgs: 'all' }] },
    })
    expect(code).toBe(2)
    expect(stderr).toContain('providers[0].orgs: expected one of id, type,')
  })

  it('lets protected seats and groups name the providers of organizations', async () => {
    const { entry, idOf } = await startPartner()
    const configuration = {
      groups: { some: [idOf(1), idOf(2)] },
      protected: [{ user: 'ada@example.com', provider: idOf(1), reason: 'on call' }],
      providers: [{ ...entry, orgs: 'all' }],
    }
    const { code, stdout } = await seatlens(
      await newFolder(),
      configuration,
      'report',
      '--provider',
      'some',
      '--format',
      'json',
    )
    expect(code).toBe(0)
    expect(providersIn(stdout)).toMatchObject([{ id: idOf(1) }, { id: idOf(2) }])
  })
})
