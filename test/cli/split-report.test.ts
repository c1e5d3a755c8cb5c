import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import {
  hydraId,
  startWebexSimulator,
  type WebexSimulatorOptions,
  type WebexWorld,
  webexLicenseId,
} from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { readWorkbook } from './support/read-workbook.ts'
import { newFolder, type RunOptions, run } from './support/run.ts'

const uuidOf = (organization: number, thing: number): string =>
  `00000000-0000-4000-8000-${String(organization).padStart(6, '0')}${String(thing).padStart(6, '0')}`

/** A person of every customer: a report of all of them would join the accounts. */
const CONSULTANT = 'consultant@everywhere.example'

/** A customer, in all of whose names is what no other report may have. */
const customer = (name: string, index: number): WebexWorld => {
  const organizationUuid = uuidOf(index, 0)
  const licenses = ['EE', `ONLY-${name}`].map((offerCode, place) => ({
    id: webexLicenseId({ organizationUuid, offerCode, uuid: uuidOf(index, place + 1) }),
    name: `${name} ${offerCode}`,
    totalUnits: 5,
  }))
  const people = [`ada@${name}.example`, `bob@${name}.example`, CONSULTANT]
  return {
    organization: { uuid: organizationUuid, name: `The ${name} company` },
    licenses,
    people: people.map((email, place) => ({
      id: hydraId('PEOPLE', uuidOf(index, place + 10)),
      displayName: `${email.split('@')[0]} of ${name}`,
      email,
      licenses: licenses.map(({ id }) => id),
    })),
  }
}

const NAMES = ['partner', 'acme', 'beta', 'gamma'] as const
const idOf = (index: number) => `webex-${uuidOf(index + 1, 0)}`

/** A partner with three customers, and where they are to be read. */
const startPartner = async (options: Partial<WebexSimulatorOptions> = {}) => {
  const [own, ...others] = NAMES.map((name, index) => customer(name, index + 1))
  const simulator = await startWebexSimulator({ world: own, managed: others.map((world) => ({ world })), ...options })
  onTestFinished(simulator.destroy)
  const configuration = (more: object = {}, entry: object = {}) => ({
    ...more,
    providers: [{ id: 'webex', type: 'webex', ...simulator.configuration, orgs: 'all', ...entry }],
  })
  /** Refuses a customer, whatever is asked of it. */
  const refuse = (index: number) => {
    const orgId = hydraId('ORGANIZATION', uuidOf(index + 1, 0))
    for (const path of ['/v1/licenses', '/v1/people', '/v1/organizations/:id']) {
      simulator.faults.add({ match: { path, query: { orgId } }, effect: { kind: 'status', status: 403 } })
    }
  }
  return { simulator, configuration, refuse }
}

const split = async (options: RunOptions, ...words: readonly string[]) =>
  run(['report', '--split-by', 'provider', '--output', 'out', ...words], { registry, ...options })

const filesOf = async (folder: string): Promise<Readonly<Record<string, string>>> => {
  const names = (await readdir(join(folder, 'out'))).sort()
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, 'out', name), 'utf8')] as const)),
  )
}

/** The names of other customers that a text has. */
const othersIn = (text: string, index: number): readonly string[] =>
  NAMES.filter((name, place) => place !== index && text.toLowerCase().includes(name))

describe('report --split-by provider', () => {
  it.each(['csv', 'json', 'md', 'html', 'xlsx'])(
    'writes %s of each organization into a file of its own, which only the owner can read',
    async (format) => {
      const { configuration } = await startPartner()
      const { code, stdout, stderr, folder } = await split({ configuration: configuration() }, '--format', format)
      const names = NAMES.map((_, index) => `${idOf(index)}.${format}`)
      expect({ code, stderr, stdout }).toEqual({
        code: 0,
        stderr: '',
        stdout: names.map((name) => `${join('out', name)}\n`).join(''),
      })
      expect(await readdir(join(folder, 'out'))).toEqual(names)
      if (process.platform !== 'win32') {
        for (const name of names) expect((await stat(join(folder, 'out', name))).mode & 0o777).toBe(0o600)
        expect((await stat(join(folder, 'out'))).mode & 0o777).toBe(0o700)
      }
    },
  )

  it.each([
    ['csv', []],
    ['csv', ['--by', 'user']],
    ['csv', ['--by', 'finding']],
    ['csv', ['--by', 'organization']],
    ['csv', ['--group-by', 'department']],
    ['csv', ['--where', 'name ~ EE', '--columns', 'provider,name,assigned']],
    ['json', ['--detail']],
    ['json', ['--by', 'assignment', '--group-by', 'provider']],
    ['md', ['--detail']],
    ['html', []],
    ['html', ['--title', 'Licenses']],
  ] as const)('writes what --provider writes of one alone: %s %j', async (format, words) => {
    const { configuration } = await startPartner()
    const folder = await newFolder()
    const kept = await run(['snapshot', '--output', 'kept'], { registry, folder, configuration: configuration() })
    expect(kept.code).toBe(0)
    const options = { folder, configuration: configuration() }
    const { code } = await split(options, '--format', format, ...words, '--from', 'kept')
    expect(code).toBe(0)
    const files = await filesOf(folder)
    for (const [index] of NAMES.entries()) {
      const [id, name] = [idOf(index), `${idOf(index)}.${format}`]
      const alone = ['report', '--provider', id, '--format', format, ...words, '--from', 'kept', '--output', name]
      expect((await run(alone, { registry, ...options })).code).toBe(0)
      expect(files[name]).toBe(await readFile(join(folder, name), 'utf8'))
      expect(othersIn(files[name] ?? '', index)).toEqual([])
    }
  })

  it('tells no customer of another one, whatever is said of all of them', async () => {
    const { configuration, refuse } = await startPartner()
    refuse(3)
    const folder = await newFolder()
    await writeFile(
      join(folder, 'accepted.csv'),
      'rule,user,reason\ninactive-holder,ada@acme.example,agreed with acme\ndormant-holder,ada@beta.example,agreed with beta\n',
    )
    await writeFile(
      join(folder, 'people.csv'),
      `person,provider,user\nacme-ada,${idOf(1)},ada@acme.example\nacme-ada,${idOf(2)},ada@beta.example\n`,
    )
    const limits = { 'acme EE': { keepFree: 2 }, 'beta EE': { keepFree: 3 }, 'gamma EE': { maxUtilization: 50 } }
    const exempt = [{ user: 'ada@acme.example' }, { user: 'ada@beta.example', license: 'ONLY-beta' }]
    const { code, stderr } = await split(
      { folder, configuration: configuration({ limits, exempt }, { limits: { 'partner EE': { keepFree: 1 } } }) },
      ...['--format', 'json', '--detail', '--suppressions', 'accepted.csv', '--failures', 'failures.json'],
    )
    expect(code).toBe(5)
    const files = await filesOf(folder)
    expect(Object.keys(files)).toEqual([0, 1, 2].map((index) => `${idOf(index)}.json`))
    for (const [name, text] of Object.entries(files)) {
      const index = [0, 1, 2].findIndex((one) => name.startsWith(idOf(one)))
      expect(othersIn(text, index), name).toEqual([])
      const { providers, limits: told, users, overlaps = [] } = JSON.parse(text)
      expect(providers).toHaveLength(1)
      expect(users).toHaveLength(3)
      expect(overlaps).toEqual([])
      expect(told).toHaveLength(1)
    }
    expect(stderr).toContain(
      `--output: ${join('out', `${idOf(3)}.json`)} was not written: ${idOf(3)} could not be read`,
    )
    const { failures } = JSON.parse(await readFile(join(folder, 'failures.json'), 'utf8'))
    expect(failures).toMatchObject([{ provider: idOf(3), status: 'failed', kind: 'PermissionDenied' }])
    // The same holds where one of them alone is asked for, not each.
    for (const words of [
      ['report', '--detail'],
      ['check', '--fail-on', 'any'],
    ]) {
      const { stdout, stderr: told } = await run(
        [...words, '--provider', idOf(1), '--format', 'json', '--suppressions', 'accepted.csv'],
        { registry, folder, configuration: configuration({ limits, exempt }) },
      )
      expect(JSON.parse(stdout)).toHaveProperty('idleSuppressions', [])
      expect(othersIn(stdout + told, 1), words.join(' ')).toEqual([])
    }
    const joined = await split(
      { folder, configuration: configuration() },
      ...['--format', 'json', '--people', 'people.csv'],
    )
    expect(joined.code).toBe(5)
    for (const [name, text] of Object.entries(await filesOf(folder))) {
      const index = NAMES.findIndex((_, one) => name.startsWith(idOf(one)))
      // The name of the person is what the partner calls both.
      expect(othersIn(text.replaceAll('acme-ada', ''), index), name).toEqual([])
    }
  })

  it('asks a vendor for nothing twice', async () => {
    const { configuration, simulator } = await startPartner()
    const { code } = await split({ configuration: configuration() }, '--format', 'csv', '--by', 'user')
    expect(code).toBe(0)
    const asked = simulator.requests
      .list()
      .map(({ method, path, query }) => `${method} ${path} ?${[...query].join('&')}`)
    expect(asked).toEqual([...new Set(asked)])
    expect(asked.filter((one) => one.startsWith('GET /v1/organizations ?'))).toHaveLength(1)
  })

  it('keeps what an earlier run wrote of a customer that fails, replaces the others, and touches no other file', async () => {
    const { configuration, refuse } = await startPartner()
    refuse(2)
    const folder = await newFolder()
    await mkdir(join(folder, 'out'))
    for (const name of [`${idOf(1)}.csv`, `${idOf(2)}.csv`, 'gone.csv', 'notes.txt']) {
      await writeFile(join(folder, 'out', name), 'older')
    }
    const { code, stdout, stderr } = await split({ folder, configuration: configuration() }, '--format', 'csv')
    expect(code).toBe(5)
    expect(stdout.split('\n')).not.toContain(join('out', `${idOf(2)}.csv`))
    const files = await filesOf(folder)
    expect(files).toMatchObject({ [`${idOf(2)}.csv`]: 'older', 'gone.csv': 'older', 'notes.txt': 'older' })
    expect(files[`${idOf(1)}.csv`]).toContain('acme EE')
    expect(stderr).toContain(`${join('out', `${idOf(2)}.csv`)} is as it was before: ${idOf(2)} could not be read`)
    expect(stderr).toContain('warning: --output: out also has files that are not of this run: gone.csv\n')
  })

  it('writes a report that is partial, says so in it, and ends with 5', async () => {
    const { configuration, simulator } = await startPartner()
    simulator.faults.add({ match: { path: '/v1/licenses/:id', times: 1 }, effect: { kind: 'status', status: 400 } })
    const { code, folder } = await split({ configuration: configuration() }, '--format', 'json')
    expect(code).toBe(5)
    const complete = Object.values(await filesOf(folder)).map((text) => JSON.parse(text).complete)
    expect(complete.sort()).toEqual([false, true, true, true])
  })

  it('is of providers of several vendors, and of those that are asked for', async () => {
    const { configuration } = await startPartner()
    const genesys = await startGenesysSimulator({ users: 20 })
    onTestFinished(genesys.destroy)
    const { providers } = configuration()
    const both = { providers: [...providers, { id: 'genesys', type: 'genesys', ...genesys.configuration }] }
    const all = await split({ configuration: both }, '--format', 'xlsx')
    expect(all.code).toBe(0)
    expect(await readdir(join(all.folder, 'out'))).toContain('genesys.xlsx')
    const sheets = readWorkbook(await readFile(join(all.folder, 'out', 'genesys.xlsx')))
    expect(sheets.size).toBeGreaterThan(1)
    const some = await split({ configuration: both }, '--format', 'csv', '--provider', 'genesys')
    expect(await readdir(join(some.folder, 'out'))).toEqual(['genesys.csv'])
  })

  it('says what --where leaves out of each file', async () => {
    const { configuration } = await startPartner()
    const words = ['--format', 'csv', '--where', 'name ~ EE', '--provider', idOf(1)]
    const { stderr, folder } = await split({ configuration: configuration() }, ...words)
    expect(stderr).toMatch(new RegExp(`^${idOf(1)}: .*1 of 2`))
    expect(Object.values(await filesOf(folder)).join('')).not.toContain('ONLY-acme')
  })

  it('leaves nothing half where it is interrupted', async () => {
    const { configuration, simulator } = await startPartner()
    const folder = await newFolder()
    let stop = () => {}
    simulator.faults.add({
      match: { path: '/v1/people', query: { orgId: hydraId('ORGANIZATION', uuidOf(3, 0)) } },
      effect: { kind: 'hang' },
    })
    const running = split(
      {
        folder,
        configuration: configuration(),
        onStart: (interrupt) => {
          stop = () => interrupt()
        },
      },
      ...['--format', 'csv'],
    )
    const written = async () =>
      (await readdir(join(folder, 'out')).catch(() => [])).filter((name) => /^webex-.*\.csv$/.test(name))
    await expect.poll(written).toHaveLength(3)
    stop()
    const { code, stderr } = await running
    expect(code).toBe(130)
    expect(Object.keys(await filesOf(folder))).toEqual([0, 1, 3].map((index) => `${idOf(index)}.csv`))
    expect(stderr).toContain('--output: the run was interrupted: 3 of 4 reports were written\n')
  })
})

describe('what cannot be split', () => {
  it.each([
    [
      [],
      '--output: expected a folder with --split-by\n--format: expected one of json, csv, md, html, xlsx with --split-by',
    ],
    [['--output', 'out'], '--format: expected one of json, csv, md, html, xlsx with --split-by'],
    [['--output', 'out', '--format', 'table'], '--format: expected one of json, csv, md, html, xlsx with --split-by'],
    [['--output', 'all.csv', '--format', 'csv'], '--output: expected a folder with --split-by; found all.csv'],
    [['--output', 'out', '--format', 'html', '--open'], '--open: expected without --split-by'],
    [['--output', 'seatlens.json.d/x', '--format', 'csv'], '--output: expected a folder with --split-by; cannot use'],
    [
      ['--output', 'file', '--format', 'csv'],
      '--output: expected a folder with --split-by; cannot use file: it is a file',
    ],
  ])('is told in one message: %j', async (words, message) => {
    const folder = await newFolder()
    await writeFile(join(folder, 'file'), '')
    await writeFile(join(folder, 'seatlens.json.d'), '')
    const { configuration, simulator } = await startPartner()
    const args = ['report', '--split-by', 'provider', ...words]
    const { code, stderr } = await run(args, { registry, folder, configuration: configuration() })
    expect(code).toBe(2)
    const told = stderr.split('\n').map((line) => line.replace('seatlens report: ', '').replace(/; see: .*/, ''))
    for (const line of message.split('\n'))
      expect(
        told.some((one) => one.startsWith(line)),
        stderr,
      ).toBe(true)
    expect(simulator.requests.list().filter(({ path }) => path === '/v1/licenses')).toEqual([])
  })

  it('is by nothing else', async () => {
    const { code, stderr } = await run(['report', '--split-by', 'vendor', '--output', 'out'])
    expect(code).toBe(2)
    expect(stderr).toContain('--split-by: expected one of provider, found "vendor"')
  })

  it('writes no file that the run reads', async () => {
    const { configuration } = await startPartner()
    const folder = await newFolder()
    await mkdir(join(folder, 'out'))
    await writeFile(join(folder, 'out', `${idOf(1)}.csv`), `person,provider,user\nx,${idOf(1)},ada@acme.example\n`)
    const people = join('out', `${idOf(1)}.csv`)
    const { code, stderr } = await split(
      { folder, configuration: configuration() },
      '--format',
      'csv',
      '--people',
      people,
    )
    expect(code).toBe(2)
    expect(stderr).toContain(`--output: expected another file than ${people}, which this run reads`)
  })
})
