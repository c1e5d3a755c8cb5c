import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { reportFormats } from '../../src/cli/formats/report/report-formats.ts'
import { registry } from '../../src/cli/registry.ts'
import type { Fault } from '../../src/simulator-kit/index.ts'
import { echo } from '../faults/echo.ts'
import { start } from './support/child.ts'
import { overhear } from './support/overheard.ts'
import { unzip } from './support/read-workbook.ts'
import { newFolder, run } from './support/run.ts'

const AN_HOUR = { 'retry-after': '3600' }
const SETTINGS = { users: 30 }

/** A vendor on which something is wrong, and a provider of it. */
interface Staged {
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: readonly string[]
  readonly expireTokens: () => void
}

const genesys = async (faults: readonly Fault[]): Promise<Staged> => {
  const simulator = await startGenesysSimulator({ ...SETTINGS, faults })
  onTestFinished(simulator.destroy)
  const { clientId, clientSecret } = simulator.configuration
  return {
    settings: { id: 'genesys', type: 'genesys', ...simulator.configuration },
    secrets: [clientSecret, Buffer.from(`${clientId}:${clientSecret}`).toString('base64')],
    expireTokens: simulator.tokens.expire,
  }
}

const webex = async (faults: readonly Fault[]): Promise<Staged> => {
  const simulator = await startWebexSimulator({ ...SETTINGS, rotateRefreshToken: true, faults })
  onTestFinished(simulator.destroy)
  const { clientSecret, refreshToken } = simulator.refreshConfiguration
  return {
    settings: { id: 'webex', type: 'webex', ...simulator.refreshConfiguration },
    secrets: [clientSecret, refreshToken, simulator.configuration.accessToken],
    expireTokens: simulator.tokens.expire,
  }
}

const vendors = [
  {
    vendor: 'genesys',
    stage: genesys,
    api: ['/api/v2/license/users', '/api/v2/users', '/api/v2/users/search'],
    token: '/oauth/token',
    write: '/api/v2/license/organization',
    license: 'gcSTAupgrade',
  },
  {
    vendor: 'webex',
    stage: webex,
    api: ['/v1/licenses/:id', '/v1/people'],
    token: '/v1/access_token',
    write: '/v1/licenses/users',
    license: 'Real-Time Translations',
  },
] as const

/** Every command that asks a vendor, and every format of the report, printed and written. */
const commands: readonly (readonly string[])[] = [
  ...Object.keys(reportFormats).map((format) => ['report', '--format', format, '--output', `report.${format}`]),
  ['report'],
  ['report', '--format', 'json'],
  ['licenses', '--format', 'json'],
  ['users', '--format', 'ndjson'],
  ['user', 'ada@example.com'],
]

/** All that the commands told anybody, in any way, with everything that they say for those who look for mistakes. */
const allThatIsTold = async ({ settings, expireTokens }: Staged): Promise<string> => {
  const folder = await newFolder()
  const told: string[] = []
  for (const words of commands) {
    expireTokens()
    const { code, stdout, stderr } = await run(words, {
      folder,
      configuration: { providers: [settings] },
      registry,
      variables: { SEATLENS_DEBUG: '1' },
    })
    expect(code).not.toBe(1)
    told.push(stdout, stderr)
  }
  for (const name of await readdir(folder)) {
    if (!name.startsWith('report.')) continue
    const written = await readFile(join(folder, name))
    told.push(...(name.endsWith('.xlsx') ? unzip(written).values() : [written.toString('utf8')]))
  }
  return told.join('\n')
}

const statuses = [
  [200, {}],
  [400, {}],
  [401, {}],
  [403, {}],
  [404, {}],
  [409, {}],
  [429, AN_HOUR],
  [503, AN_HOUR],
] as const

/** Whatever the vendor repeats is told as far as it is no secret, so that there is something to look through. */
const SAID = 'You sent ***'

/** All that planning a change, making it and taking it back told and wrote. */
const allThatIsToldOfChanges = async ({ settings }: Staged, license: string): Promise<string> => {
  const folder = await newFolder()
  const told: string[] = []
  const seatlens = async (...words: readonly string[]) => {
    const options = { folder, configuration: { providers: [settings] }, registry, variables: { SEATLENS_DEBUG: '1' } }
    const { stdout, stderr } = await run(words, options)
    told.push(stdout, stderr)
    return stdout
  }
  const users = await seatlens('users', '--format', 'json')
  const [someone] = JSON.parse(users).filter(({ status }: { readonly status: string }) => status !== 'deleted')
  await seatlens('plan', '--assign', license, '--user', someone.id, '--output', 'plan.json')
  await seatlens('apply', 'plan.json', '--yes', '--format', 'json')
  await seatlens('undo', 'plan.json.journal', '--yes')
  for (const name of ['plan.json', 'plan.json.journal']) told.push(await readFile(join(folder, name), 'utf8'))
  return told.join('\n')
}

describe.each(vendors)('no secret of $vendor is told', ({ stage, api, token, write, license }) => {
  const leaksOf = (told: string, secrets: Iterable<string>) => [...secrets].filter((secret) => told.includes(secret))

  it.each(statuses)('where the API repeats it in a %i', async (status, headers) => {
    const overheard = overhear()
    const staged = await stage(api.map((path) => ({ match: { path }, effect: echo(status, headers) })))
    const told = await allThatIsTold(staged)
    if (status !== 200) expect(told).toContain(SAID)
    // Both access tokens and what they were given for.
    expect(overheard.size).toBeGreaterThan(2)
    expect(leaksOf(told, [...staged.secrets, ...overheard])).toEqual([])
  })

  it.each(statuses)('where the login repeats it in a %i', async (status, headers) => {
    const overheard = overhear()
    const staged = await stage([{ match: { path: token }, effect: echo(status, headers) }])
    const told = await allThatIsTold(staged)
    expect(told).toContain(status === 200 ? 'access_token: expected string' : '***')
    expect(leaksOf(told, [...staged.secrets, ...overheard])).toEqual([])
  })

  // The change is made all the same: where that can be read back, there is no failure to tell of.
  it.each([400, 403, 409])('where the answer to a change repeats it in a %i', async (status) => {
    const overheard = overhear()
    const staged = await stage([{ match: { path: write }, effect: echo(status) }])
    const told = await allThatIsToldOfChanges(staged, license)
    expect(told).toContain('"entry":"sending"')
    expect(told).toContain('***')
    expect(leaksOf(told, [...staged.secrets, ...overheard])).toEqual([])
  })

  it('where it is wrong', async () => {
    const { settings } = await stage([])
    const wrong = { ...settings, clientSecret: 'a-wrong-client-secret' }
    const told = await allThatIsTold({ settings: wrong, secrets: [], expireTokens: () => {} })
    expect(told).toContain('the credentials were refused')
    expect(leaksOf(told, ['a-wrong-client-secret', 'YS13cm9uZy1jbGllbnQtc2VjcmV0'])).toEqual([])
  })

  it('where everything goes well, tokens that expired meanwhile included', async () => {
    const overheard = overhear()
    const staged = await stage([])
    const told = await allThatIsTold(staged)
    expect(told).toContain('"complete": true')
    expect(overheard.size).toBeGreaterThan(2)
    expect(leaksOf(told, [...staged.secrets, ...overheard])).toEqual([])
  })
})

it('no secret is told by the command line as it is shipped, which is told to be talkative', async () => {
  const { settings, secrets } = await genesys([{ match: { path: '/api/v2/*', skip: 1 }, effect: echo(403) }])
  const folder = await newFolder()
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what the configuration replaces
  const fromEnvironment = { ...settings, clientSecret: '${SECRET}' }
  await writeFile(join(folder, 'seatlens.json'), JSON.stringify({ providers: [fromEnvironment] }))
  const variables = { SECRET: String(settings.clientSecret), SEATLENS_DEBUG: '1' }
  const { code, stdout, stderr } = await start(['report'], folder, variables).finished
  expect(code).toBe(5)
  expect(`${stdout}${stderr}`).toContain(SAID)
  expect(secrets.filter((secret) => `${stdout}${stderr}`.includes(secret))).toEqual([])
})
