import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { reportFormats } from '../../src/render/index.ts'
import type { Fault, WriteMisbehavior } from '../../src/simulator-kit/index.ts'
import { echo, writtenForms } from '../faults/echo.ts'
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
  /** Those of them that the provider is given; it cannot know what another one is. */
  readonly given: readonly string[]
  readonly expireTokens: () => void
  /** Called before each command. */
  readonly onCommand?: () => void
}

const genesys = async (faults: readonly Fault[], writes: readonly WriteMisbehavior[] = []): Promise<Staged> => {
  const simulator = await startGenesysSimulator({ ...SETTINGS, faults, writes })
  onTestFinished(simulator.destroy)
  const { clientId, clientSecret } = simulator.configuration
  const secrets = [clientSecret, Buffer.from(`${clientId}:${clientSecret}`).toString('base64')]
  return {
    settings: { id: 'genesys', type: 'genesys', ...simulator.configuration },
    secrets,
    given: secrets,
    expireTokens: simulator.tokens.expire,
  }
}

const webex = async (faults: readonly Fault[], writes: readonly WriteMisbehavior[] = []): Promise<Staged> => {
  const simulator = await startWebexSimulator({ ...SETTINGS, rotateRefreshToken: true, faults, writes })
  onTestFinished(simulator.destroy)
  const { clientSecret, refreshToken } = simulator.refreshConfiguration
  return {
    settings: { id: 'webex', type: 'webex', ...simulator.refreshConfiguration },
    secrets: [clientSecret, refreshToken, simulator.configuration.accessToken],
    given: [clientSecret, refreshToken],
    expireTokens: simulator.tokens.expire,
  }
}

interface GenesysChange {
  readonly licenseId: string
  readonly userIdsAdd: readonly string[]
}

const answer = (status: number, headers: Readonly<Record<string, string>>, body: unknown) => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

const vendors = [
  {
    vendor: 'genesys',
    stage: genesys,
    api: ['/api/v2/license/users', '/api/v2/users', '/api/v2/users/search'],
    token: '/oauth/token',
    write: '/api/v2/license/organization',
    license: 'gcSTAupgrade',
    saysNo: (body: string, said: string) => {
      const [change]: readonly GenesysChange[] = JSON.parse(body).assignments
      const row = { userId: change?.userIdsAdd[0], licenseId: change?.licenseId, result: said }
      return answer(200, { 'inin-correlation-id': said.slice(0, 60) }, [row])
    },
  },
  {
    vendor: 'webex',
    stage: webex,
    api: ['/v1/licenses/:id', '/v1/people'],
    token: '/v1/access_token',
    write: '/v1/licenses/users',
    license: 'Real-Time Translations',
    saysNo: (_body: string, said: string) =>
      answer(
        206,
        { trackingid: said.slice(0, 60) },
        { licenses: [], errors: [{ errorCode: said, description: said }] },
      ),
  },
] as const

/** Every command that asks a vendor, and every format of the report, printed and written. */
const commands: readonly (readonly string[])[] = [
  ...reportFormats.map((format) => ['report', '--format', format, '--output', `report.${format}`]),
  ['report'],
  ['report', '--format', 'json'],
  ['licenses', '--format', 'json'],
  ['users', '--format', 'ndjson'],
  ['user', 'ada@example.com'],
]

/** The same, but for the formats, into which failures of all kinds come by the same way. */
const listsOnly = commands.filter((words) => !words.includes('--output'))

/** All that the commands told anybody, in any way, with everything that they say for those who look for mistakes. */
const allThatIsTold = async ({ settings, expireTokens, onCommand }: Staged, status: number = 200): Promise<string> => {
  const folder = await newFolder()
  const told: string[] = []
  for (const words of WITH_ALL_FORMATS.has(status) ? commands : listsOnly) {
    expireTokens()
    onCommand?.()
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

/** What is made all the same is read back, and then there is no failure to tell of. */
const NOT_DONE: WriteMisbehavior = { effect: { kind: 'ignore' } }

/** What is read, one that is refused, and one that is put off. */
const WITH_ALL_FORMATS: ReadonlySet<number> = new Set([200, 403, 503])

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
const allThatIsToldOfChanges = async ({ settings, onCommand }: Staged, license: string): Promise<string> => {
  const folder = await newFolder()
  const told: string[] = []
  const seatlens = async (...words: readonly string[]) => {
    onCommand?.()
    const options = { folder, configuration: { providers: [settings] }, registry, variables: { SEATLENS_DEBUG: '1' } }
    const { stdout, stderr } = await run(words, options)
    told.push(stdout, stderr)
    return stdout
  }
  const users = await seatlens('users', '--format', 'json')
  const [someone] = JSON.parse(users).filter(({ status }: { readonly status: string }) => status !== 'deleted')
  await seatlens('plan', '--assign', license, '--user', someone.id, '--output', 'plan.json')
  await seatlens('apply', 'plan.json', '--yes', '--wait', '0', '--format', 'json')
  await seatlens('undo', 'plan.json.journal', '--yes')
  for (const name of ['plan.json', 'plan.json.journal']) told.push(await readFile(join(folder, name), 'utf8'))
  return told.join('\n')
}

/** What is in base64 among other things shows in pieces; here are the first and the last of it. */
const recognizable = (secret: string): readonly string[] =>
  writtenForms(secret).flatMap((form) => [form, form.slice(4, 24), form.slice(-24, -4)])

describe.each(vendors)('no secret of $vendor is told', ({ stage, api, token, write, license, saysNo }) => {
  const leaksOf = (told: string, secrets: Iterable<string>) =>
    [...secrets].filter((secret) => recognizable(secret).some((form) => told.includes(form)))

  /**
   * A vendor that knows all secrets, and repeats what it has ever told this process or been told by it: of an earlier one's
   * tokens nobody in this one knows what they are.
   */
  const knowing = async (
    faultsOf: (known: () => Iterable<string>) => readonly Fault[],
    writes: readonly WriteMisbehavior[] = [],
  ) => {
    const overheard = overhear()
    let configured: readonly string[] = []
    let earlier: ReadonlySet<string> = new Set()
    const known = () => [...configured, ...[...overheard].filter((secret) => !earlier.has(secret))]
    const staged = await stage(faultsOf(known), writes)
    configured = staged.given
    const onCommand = () => {
      earlier = new Set(overheard)
    }
    return { staged: { ...staged, onCommand }, secrets: () => [...configured, ...overheard] }
  }

  it.each(statuses)('where the API repeats all that there are, in every form, in a %i', async (status, headers) => {
    const { staged, secrets } = await knowing((known) =>
      api.map((path) => ({ match: { path }, effect: echo(status, headers, known) })),
    )
    const told = await allThatIsTold(staged, status)
    if (status !== 200 && status !== 401) expect(told).toContain('***')
    expect(secrets().length).toBeGreaterThan(4)
    expect(leaksOf(told, secrets())).toEqual([])
  })

  it.each([400, 403, 409])('where the answer to a change repeats all that there are in a %i', async (status) => {
    const { staged, secrets } = await knowing(
      (known) => [{ match: { path: write }, effect: echo(status, {}, known) }],
      [NOT_DONE],
    )
    const told = await allThatIsToldOfChanges(staged, license)
    expect(told).toContain('"entry":"sending"')
    expect(told).toContain('***')
    expect(leaksOf(told, secrets())).toEqual([])
  })

  it('where what is said of a single change repeats all that there are', async () => {
    const { staged, secrets } = await knowing(
      (known) => [
        {
          match: { path: write },
          effect: {
            kind: 'rewrite',
            rewrite: (_, { body }) => saysNo(body, [...known()].flatMap(writtenForms).join(' ')),
          },
        },
      ],
      [NOT_DONE],
    )
    const told = await allThatIsToldOfChanges(staged, license)
    expect(told).toContain('"entry":"sending"')
    expect(told).toContain('***')
    expect(leaksOf(told, secrets())).toEqual([])
  })

  // Of a 401 that repeats all that there are, nothing is told, as it is too long.
  it('where the API repeats what a request proves itself with in a 401', async () => {
    const overheard = overhear()
    const staged = await stage(api.map((path) => ({ match: { path }, effect: echo(401) })))
    const told = await allThatIsTold(staged, 401)
    expect(told).toContain(SAID)
    // Both access tokens and what they were given for.
    expect(overheard.size).toBeGreaterThan(2)
    expect(leaksOf(told, [...staged.secrets, ...overheard])).toEqual([])
  })

  it.each(statuses)('where the login repeats it in a %i', async (status, headers) => {
    const overheard = overhear()
    const staged = await stage([{ match: { path: token }, effect: echo(status, headers) }])
    const told = await allThatIsTold(staged, status)
    expect(told).toContain(status === 200 ? 'access_token: expected string' : '***')
    expect(leaksOf(told, [...staged.secrets, ...overheard])).toEqual([])
  })

  it('where it is wrong', async () => {
    const { settings } = await stage([])
    const wrong = { ...settings, clientSecret: 'a-wrong-client-secret' }
    const told = await allThatIsTold({ settings: wrong, secrets: [], given: [], expireTokens: () => {} })
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
