import { cp, mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registry } from '../../src/cli/registry.ts'
import { start } from './support/child.ts'
import { installAcme } from './support/outside.ts'
import { newFolder, run } from './support/run.ts'

const TOKEN = 'acme-simulator-token'

const seatlens = (folder: string, args: readonly string[], variables: Readonly<Record<string, string>> = {}) =>
  run(args, { folder, registry, variables, configuration: null })

/** The example of a provider as a package that is installed beside the configuration. */
describe('a provider from another package', () => {
  let folder: string
  let acmeUrl: string
  let simulators: ReturnType<typeof start>
  let simulated: { readonly providers: readonly Readonly<Record<string, unknown>>[] }

  const configure = (providers: readonly object[]) =>
    writeFile(join(folder, 'seatlens.json'), JSON.stringify({ providers }))

  const acme = (members: object = {}) => ({
    id: 'acme',
    type: 'seatlens-acme',
    url: acmeUrl,
    token: `\${${'ACME_TOKEN'}}`,
    ...members,
  })

  const here = (...args: readonly string[]) => seatlens(folder, args, { ACME_TOKEN: TOKEN })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seatlens-'))
    await installAcme(
      folder,
      `const warn = (changes) => changes.map((change) => ({ change, severity: 'warning', rule: 'slow', message: 'Acme is slow' }))
      export default { ...acmeDefinition, reviewChanges: warn }`,
    )
    await configure([{ id: 'acme', type: 'seatlens-acme' }])
    const output = await open(join(folder, 'simulated.json'), 'w')
    simulators = start(['simulate', '--config', 'seatlens.json', '--users', '30'], folder, {}, output.fd)
    await simulators.says('Ctrl-C')
    await output.close()
    simulated = JSON.parse(await readFile(join(folder, 'simulated.json'), 'utf8'))
    acmeUrl = String(simulated.providers[2]?.url)
    await configure([acme({ licenses: { anvil: { price: { amount: 500, currency: 'EUR', per: 'seat-month' } } } })])
  }, 60_000)

  afterAll(async () => {
    simulators.process.kill('SIGINT')
    await simulators.finished
    await rm(folder, { recursive: true, force: true })
  })

  it('has a simulator beside those of the vendors, in a configuration that names the package', () => {
    expect(simulated.providers.map(({ id, type }) => [id, type])).toEqual([
      ['genesys', 'genesys'],
      ['webex', 'webex'],
      ['acme', 'seatlens-acme'],
    ])
    expect(simulated.providers[2]).toEqual({ id: 'acme', type: 'seatlens-acme', url: acmeUrl, token: TOKEN })
  })

  it('may be a file: the configuration for its simulator, in another folder, names the same file', async () => {
    const place = join(folder, 'sub')
    await mkdir(place)
    await writeFile(join(place, 'acme.mjs'), "export { default } from 'seatlens-acme'")
    await writeFile(join(place, 'file.json'), JSON.stringify({ providers: [{ id: 'a', type: './acme.mjs' }] }))
    let stop = () => {}
    const simulate = ['simulate', '--config', join('sub', 'file.json'), '--users', '10', '--write', 'sandbox']
    const { code, stderr } = await run(simulate, {
      folder,
      registry,
      configuration: null,
      onStart: (interrupt) => {
        stop = () => interrupt()
      },
      stderr: { take: async (text) => void (text.includes('Ctrl-C') && setImmediate(stop)) },
    })
    expect({ code, stderr }).toEqual({
      code: 130,
      stderr: expect.stringContaining('Acme simulator: http://127.0.0.1:'),
    })
    const { providers } = JSON.parse(await readFile(join(folder, 'sandbox', 'seatlens.json'), 'utf8'))
    expect(providers[2]).toMatchObject({ id: 'acme', type: '../sub/acme.mjs' })
    const kept = (await readdir(join(folder, 'sandbox', 'snapshots'))).sort().at(-1) ?? ''
    const report = await here('report', '--from', join('sandbox', 'snapshots', kept), '--format', 'json')
    expect(JSON.parse(report.stdout).providers[2]).toMatchObject({ id: 'acme', status: 'complete' })
  }, 60_000)

  it('is read by report, licenses, users and user', async () => {
    // As it is shipped, in a process of its own.
    const report = await start(['report', '--format', 'json'], folder, { ACME_TOKEN: TOKEN }).finished
    expect(report).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(report.stdout)).toMatchObject({
      complete: true,
      providers: [{ id: 'acme', vendor: 'acme', displayName: 'Acme', status: 'complete' }],
      licenses: [{ provider: 'acme', id: 'anvil', purchased: { kind: 'known', value: 30 } }],
    })
    const licenses = await here('licenses', '--provider', 'acme', '--format', 'ndjson')
    expect(JSON.parse(licenses.stdout)).toMatchObject({ provider: 'acme', id: 'anvil', name: 'Anvil' })
    const users = await here('users', '--license', 'Anvil', '--format', 'ndjson')
    const listed = users.stdout.trim().split('\n')
    expect({ code: users.code, users: listed.length }).toEqual({ code: 0, users: 30 })
    const { email } = JSON.parse(listed[0] ?? '')
    expect((await here('user', email)).stdout).toContain('Anvil')
  }, 60_000)

  it('is checked, kept, compared and shown over time, and its snapshots are read without the package', async () => {
    expect(await here('check', '--max-utilization', '50', '--format', 'json')).toMatchObject({ code: 3 })
    for (const name of ['1', '2']) expect(await here('snapshot', '--output', `kept/${name}`)).toMatchObject({ code: 0 })
    const elsewhere = await newFolder()
    await cp(join(folder, 'kept'), join(elsewhere, 'kept'), { recursive: true })
    const away = (...args: readonly string[]) => seatlens(elsewhere, args)
    expect(await away('diff', 'kept/1', 'kept/2')).toMatchObject({ code: 0 })
    expect(await away('trend', 'kept', '--format', 'csv')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('anvil'),
    })
    const report = await away('report', '--from', 'kept/1', '--format', 'json')
    expect(JSON.parse(report.stdout)).toMatchObject({ providers: [{ id: 'acme', vendor: 'acme', status: 'complete' }] })
    // Where a configuration names the package, and it is not there, too.
    await cp(join(folder, 'seatlens.json'), join(elsewhere, 'seatlens.json'))
    expect(await away('report', '--from', 'kept/1')).toMatchObject({ code: 0, stderr: '' })
  }, 60_000)

  it('is changed by plan and apply, and back by undo', async () => {
    const users = await here('users', '--format', 'ndjson')
    const { email } = JSON.parse(users.stdout.split('\n')[3] ?? '')
    const holders = async () =>
      (await here('users', '--license', 'anvil', '--format', 'ndjson')).stdout.trim().split('\n').length
    expect(await here('plan', '--remove', 'anvil', '--user', email, '--output', 'plan.json')).toMatchObject({ code: 0 })
    expect(await here('apply', 'plan.json', '--yes')).toMatchObject({ code: 0 })
    expect(await holders()).toBe(29)
    expect(await here('undo', 'plan.json.journal', '--yes')).toMatchObject({ code: 0 })
    expect(await holders()).toBe(30)
  }, 60_000)

  it('reviews a plan from its snapshot, where the package is there; a plan without it says so', async () => {
    await here('snapshot', '--output', 'reviewed')
    const users = await here('users', '--from', 'reviewed', '--format', 'ndjson')
    const { email } = JSON.parse(users.stdout.split('\n')[0] ?? '')
    const args = ['plan', '--remove', 'anvil', '--user', email, '--from', 'reviewed']
    expect(await here(...args)).toMatchObject({ code: 0, stdout: expect.stringContaining('Acme is slow') })
    const elsewhere = await newFolder()
    for (const name of ['reviewed', 'seatlens.json']) {
      await cp(join(folder, name), join(elsewhere, name), { recursive: true })
    }
    const without = await seatlens(elsewhere, args)
    expect(without).toMatchObject({ code: 0, stdout: expect.not.stringContaining('Acme is slow') })
    expect(without.stderr).toContain('found "seatlens-acme"; if a package of that name is meant, install it in ')
    expect(without.stderr).toContain('the plan may lack what the vendor is known to refuse')
  }, 60_000)

  it('never shows its secret, neither in a mistake nor in what the vendor says', async () => {
    await configure([acme({ token: 'hunter2-hunter2', colour: 'red' })])
    const mistaken = await here('licenses')
    expect(mistaken).toMatchObject({ code: 2, stdout: '' })
    expect(mistaken.stderr).toContain('providers[0].colour: expected one of id, type, ')
    await configure([acme({ token: 'hunter2-hunter2' })])
    const refused = await here('licenses')
    expect(refused.code).toBe(4)
    expect(`${mistaken.stderr}${refused.stderr}`).not.toContain('hunter2')
    await configure([acme()])
    expect(await seatlens(folder, ['licenses'])).toMatchObject({
      code: 2,
      stderr:
        'seatlens.json: providers[0].token: expected the environment variable ACME_TOKEN to be set and not empty\n',
    })
  }, 60_000)

  it('has its settings in the schema that seatlens schema prints', async () => {
    const { code, stdout } = await here('schema')
    const items = JSON.parse(stdout).properties.providers.items.anyOf
    expect(code).toBe(0)
    expect(items.map((item: { properties: { type: object } }) => item.properties.type)).toMatchObject([
      { enum: ['genesys'] },
      { enum: ['webex'] },
      { enum: ['seatlens-acme'] },
      { type: 'string' },
    ])
    expect(items[2]).toMatchObject({
      additionalProperties: false,
      properties: { url: { description: expect.stringContaining('API') } },
    })
    const elsewhere = await newFolder()
    const file = join(elsewhere, 'seatlens.schema.json')
    expect(await here('schema', '--output', file)).toMatchObject({ code: 0, stdout: '' })
    expect(await readFile(file, 'utf8')).toBe(stdout)
  }, 60_000)

  it('is no part of a configuration of the environment', async () => {
    await rm(join(folder, 'seatlens.json'))
    const { code, stderr } = await here('licenses')
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('nothing is configured') })
  }, 60_000)
})
