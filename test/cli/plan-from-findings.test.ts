import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { parse } from 'csv-parse/sync'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import type { Finding, LicenseReport, Plan } from '../../src/index.ts'
import { readWorkbook } from './support/read-workbook.ts'
import { newFolder, type RunOptions, run } from './support/run.ts'
import { said } from './support/said.ts'

const YEARS_AGO = '2020-01-05T10:00:00.000Z'
const world = {
  definitions: [{ id: 'cx1' }, { id: 'cx2' }, { id: 'cx3', description: 'CX 3' }],
  licenseRows: [
    { id: 'a1', licenses: ['cx1'] },
    { id: 'b1', licenses: ['cx3', 'cx1'] },
    { id: 'c1', licenses: ['cx3'] },
    { id: 'd1', licenses: ['cx2'] },
  ],
  directory: [
    { id: 'a1', name: 'Ada', email: 'ada@example.com', state: 'inactive' as const, department: 'Sales' },
    { id: 'b1', name: 'Bob', email: 'bob@example.com', state: 'inactive' as const, department: 'Support' },
    { id: 'c1', name: 'Cleo', email: 'cleo@example.com', lastTokenIssued: YEARS_AGO, department: 'Support' },
    { id: 'd1', name: 'Dan', email: 'bob@example.com', lastTokenIssued: new Date().toISOString() },
  ],
}

const price = (amount: number) => ({ amount, currency: 'EUR', per: 'seat-month' })

/** Ada and Bob are switched off, Cleo is idle, and Dan is at work and shares Bob's address. */
const fourUsers = async () => {
  const simulator = await startGenesysSimulator({ world })
  onTestFinished(() => simulator.destroy())
  const folder = await newFolder()
  const licenses = { cx1: { price: price(7_500) }, cx2: { price: price(9_000) }, cx3: { price: price(14_000) } }
  const configuration = {
    providers: [{ id: 'genesys', type: 'genesys', ...simulator.configuration, licenses }],
  }
  const seatlens = (args: readonly string[], options: RunOptions = {}) =>
    run(args, { registry, configuration, folder, ...options })
  return {
    seatlens,
    folder,
    configuration,
    held: (id: string) => [...simulator.organization.licensesOf(id)].sort(),
    file: (name: string, text: string) => writeFile(join(folder, name), text),
    exists: (name: string) => existsSync(join(folder, name)),
    read: (name: string) => readFile(join(folder, name), 'utf8'),
    /** The seats of the plan of a command line. */
    planned: async (...args: readonly string[]) => {
      const made = await seatlens(['plan', ...args, '--format', 'json'])
      if (made.code !== 0) throw new Error(made.stderr)
      const plan: Plan = JSON.parse(made.stdout)
      return { plan, seats: plan.changes.map(({ userId, licenseId }) => `${userId} ${licenseId}`), ...made }
    },
  }
}

describe('seatlens plan --fix', () => {
  it('plans the seats of the findings, the most valuable first, and says what they save', async () => {
    const { seatlens, planned } = await fourUsers()
    const { plan, seats } = await planned('--fix', 'inactive-holder', 'dormant-holder')
    expect(seats).toEqual(['b1 cx3', 'c1 cx3', 'b1 cx1', 'a1 cx1'])
    expect(plan.saving).toMatchObject({ cost: { amounts: [{ amount: 43_000, currency: 'EUR' }] } })
    const { stdout } = await seatlens(['plan', '--fix', 'inactive-holder', '--limit', '1'])
    expect(stdout).toMatch(/remove +CX 3 +bob@example\.com +inactive-holder/)
    expect(stdout).toContain('Saves: 1 seat, EUR 140.00 per month\n')
    expect(stdout).toContain('2 changes left out: the limit is 1')
  })

  it.each([
    [
      ['--license', 'CX 3'],
      ['b1 cx3', 'c1 cx3'],
    ],
    [['--department', 'sales'], ['a1 cx1']],
    [
      ['--limit', '2', '--most-idle-first'],
      ['c1 cx3', 'b1 cx3'],
    ],
    [
      ['--dormant-days', '36500'],
      ['b1 cx3', 'b1 cx1', 'a1 cx1'],
    ],
  ])('%j', async (more, expected) => {
    const { planned } = await fourUsers()
    expect((await planned('--fix', 'inactive-holder', '--fix', 'dormant-holder', ...more)).seats).toEqual(expected)
  })

  it('leaves out protected seats and accepted findings, and counts them', async () => {
    const { planned, file, configuration, seatlens } = await fourUsers()
    await file('vip.csv', 'user,reason\nada@example.com,on call\n')
    await file('accepted.csv', 'rule,user,reason\ndormant-holder,cleo@example.com,parental leave\n')
    const args = ['--fix', 'inactive-holder', 'dormant-holder', '--suppressions', 'accepted.csv']
    const { seats, plan } = await planned(...args, '--protected', 'vip.csv')
    expect(seats).toEqual(['b1 cx3', 'b1 cx1'])
    expect(plan.omitted).toEqual([
      { seats: 1, reason: 'accepted by a suppression' },
      { seats: 1, reason: 'protected: on call' },
    ])
    const none = await seatlens(['plan', '--fix', 'dormant-holder', '--suppressions', 'accepted.csv'])
    expect(none.stderr).toContain('1 seat left out: accepted by --suppressions\n')
    const { stdout } = await seatlens(['plan', ...args], {
      configuration: { ...configuration, protected: [{ user: 'b1', license: 'cx3', reason: 'a spare' }] },
    })
    expect(stdout).toContain('1 seat left out: protected: a spare\n')
  })

  it.each([
    [['--fix', 'over-assigned'], '--fix over-assigned: no seat can be removed for it; '],
    [['--fix', 'dorment-holder'], '"dorment-holder" (did you mean "dormant-holder"?)'],
    [['--fix', 'dormant-holder', '--assign', 'cx1'], '--assign: expected without --fix and --finding'],
    [['--fix', 'dormant-holder', '--file', 'x.csv', '--user', 'a1'], '--user, --file: expected without --fix'],
    [['--keep-free', '1', '--remove', 'cx1', '--user', 'a1'], '--keep-free: expected with --fix or --finding'],
    [['--finding', 'f0'], '--finding: no finding and no group has the id f0'],
    [
      ['--fix', 'dormant-holder', '--license', 'cx9'],
      'no license has the id, product code or name "cx9" (did you mean',
    ],
    [
      ['--fix', 'dormant-holder', '--department', 'Sels'],
      'no user is in the department "Sels" (did you mean "Sales"?)',
    ],
  ])('%j is a mistake, told in one line', async (args, line) => {
    const { seatlens } = await fourUsers()
    const { code, stderr } = await seatlens(['plan', ...args])
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(line) })
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('says what to do about a finding that was named and has no fix', async () => {
    const { seatlens, configuration } = await fourUsers()
    const [provider] = configuration.providers
    const withFree = { providers: [{ ...provider, licenses: { cx1: { purchased: 50 } } }] }
    const report = await seatlens(['report', '--format', 'json', '--detail'], { configuration: withFree })
    const { findings }: LicenseReport = JSON.parse(report.stdout)
    const id = findings?.find(({ rule }) => rule === 'unassigned-seats')?.id ?? ''
    const { stderr } = await seatlens(['plan', '--finding', id], { configuration: withFree })
    expect(stderr).toContain(
      '1 finding of unassigned-seats left out: no seat can be removed for it; no user holds these seats: purchase fewer',
    )
    expect(stderr).not.toContain('for certain')
  })

  it('writes no plan where nothing was found, nothing is left, or nothing is known', async () => {
    const { seatlens, file, exists } = await fourUsers()
    await file('all.csv', 'user,reason\na1,x\nb1,x\n')
    for (const [args, line] of [
      [['--fix', 'included-license'], 'included-license: nothing was found, so that no plan was made\n'],
      [['--fix', 'inactive-holder', '--protected', 'all.csv'], '3 seats left out: protected: x\n'],
      [['--fix', 'inactive-holder', '--keep-free', '3'], 'it is unknown how many seats of the license are free\n'],
    ] as const) {
      const { code, stderr, stdout } = await seatlens(['plan', ...args, '--output', 'plan.json'])
      expect({ code, stdout, kept: exists('plan.json') }).toEqual({ code: 0, stdout: '', kept: false })
      expect(stderr).toContain(line)
    }
    const unread = { licenseRows: world.licenseRows, definitions: world.definitions, directory: [] }
    const simulator = await startGenesysSimulator({ world: unread })
    onTestFinished(() => simulator.destroy())
    const untold = await seatlens(['plan', '--fix', 'inactive-holder'], {
      configuration: { providers: [{ id: 'genesys', type: 'genesys', ...simulator.configuration }] },
    })
    expect(untold).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(
        /left alone: inactive-holder: genesys: the vendor does not say whether 4 holders of 4/,
      ),
    })
  })

  it('tells of a protected user who is unknown in one line, also where nothing is planned', async () => {
    const { seatlens, file } = await fourUsers()
    await file('vip.csv', 'user,reason\na1,x\nb1,x\neve@example.com,y\n')
    const line = 'a protected seat names the user "eve@example.com", whom genesys does not list'
    const told = (text: string) => text.split('\n').filter((one) => one.includes(line)).length
    const protection = ['--protected', 'vip.csv']
    expect(told((await seatlens(['plan', '--fix', 'inactive-holder', ...protection])).stderr)).toBe(1)
    expect(told((await seatlens(['plan', '--fix', 'dormant-holder', ...protection])).stdout)).toBe(1)
  })

  it('leaves a seat that was accepted under another rule', async () => {
    const { planned, file } = await fourUsers()
    await file('accepted.csv', 'rule,user,reason\ndormant-holder,b1,parental leave\n')
    const { seats, plan } = await planned('--fix', 'inactive-holder', '--suppressions', 'accepted.csv')
    expect(seats).toEqual(['a1 cx1'])
    expect(plan.omitted).toEqual([{ seats: 2, reason: 'accepted by a suppression' }])
  })

  it('saves what the report says, less what limits of the configuration keep free', async () => {
    const { seatlens, configuration, planned } = await fourUsers()
    const [provider] = configuration.providers
    const limited = {
      configuration: {
        providers: [
          {
            ...provider,
            licenses: { cx1: { price: price(7_500), purchased: 3 }, cx3: { price: price(14_000), purchased: 2 } },
          },
        ],
        limits: { cx1: { keepFree: 2 }, cx9: { keepFree: 1 } },
      },
    }
    const told = await seatlens(['report', '--detail', '--format', 'json'], limited)
    const { savings }: LicenseReport = JSON.parse(told.stdout)
    // One of three seats is free, so that one of two must stay purchased.
    expect(savings).toMatchObject({ removable: { seats: { value: 3 } }, keptFree: 1 })
    const made = await seatlens(['plan', '--fix', 'inactive-holder', 'dormant-holder', '--format', 'json'], limited)
    expect(said(made.stderr)).toContain('limits."cx9": no license is called so')
    const plan: Plan = JSON.parse(made.stdout)
    expect(plan.changes).toHaveLength(4)
    expect(plan.saving).toEqual(savings?.removable)
    const message = 'cx1: 1 of 2 seats saves nothing, as 2 are to be kept free'
    expect(plan.warnings).toContainEqual({ rule: 'kept-free', licenseId: 'cx1', message })
    expect((await seatlens(['report', '--detail'], limited)).stdout).toMatch(/limits keep free +1\b/)
    // The same by a list.
    await seatlens(['report', '--by', 'finding', '--output', 'findings.csv'], limited)
    const listed = await seatlens(['plan', '--file', 'findings.csv', '--format', 'json'], limited)
    expect(JSON.parse(listed.stdout).saving).toEqual(savings?.removable)
    const { plan: unlimited } = await planned('--fix', 'inactive-holder')
    expect(unlimited.warnings.filter(({ rule }) => rule === 'kept-free')).toEqual([])
  })

  it('asks the vendor for each list once', async () => {
    const simulator = await startGenesysSimulator({ world })
    onTestFinished(() => simulator.destroy())
    const folder = await newFolder()
    const configuration = { providers: [{ id: 'genesys', type: 'genesys', ...simulator.configuration }] }
    const asked = async (...args: readonly string[]) => {
      simulator.requests.clear()
      expect(await run(args, { registry, configuration, folder })).toMatchObject({ code: 0 })
      return new Map(simulator.requests.byRoute())
    }
    const report = await asked('report', '--detail')
    expect(await asked('plan', '--fix', 'inactive-holder', '--output', 'plan.json')).toEqual(report)
  })

  it('plans from a snapshot as from the provider', async () => {
    const { seatlens, planned } = await fourUsers()
    await seatlens(['snapshot', '--output', 'before'])
    const { seats } = await planned('--fix', 'inactive-holder')
    const made = await seatlens(['--from', 'before', 'plan', '--fix', 'inactive-holder', '--output', 'plan.json'])
    expect(made.code).toBe(0)
    const again = await seatlens(['--from', 'before', 'plan', '--fix', 'inactive-holder', '--format', 'json'])
    const plan: Plan = JSON.parse(again.stdout)
    expect(plan.changes.map(({ userId, licenseId }) => `${userId} ${licenseId}`)).toEqual(seats)
  })

  it('is not applied to a user who was switched on since', async () => {
    const { seatlens, planned, held } = await fourUsers()
    await planned('--fix', 'inactive-holder', '--license', 'cx3', '--output', 'plan.json')
    expect(held('b1')).toEqual(['cx1', 'cx3'])
    const simulator = await startGenesysSimulator({
      world: { ...world, directory: world.directory.map((user) => ({ ...user, state: 'active' as const })) },
    })
    onTestFinished(() => simulator.destroy())
    const later = await seatlens(['apply', 'plan.json', '--yes'], {
      configuration: { providers: [{ id: 'genesys', type: 'genesys', ...simulator.configuration }] },
    })
    expect(later).toMatchObject({ code: 6, stdout: expect.stringContaining('the user is active now') })
    expect([...simulator.organization.licensesOf('b1')]).toContain('cx3')
  })

  it('takes ids of findings and of groups', async () => {
    const { seatlens, planned } = await fourUsers()
    const report: LicenseReport = JSON.parse((await seatlens(['report', '--format', 'json', '--detail'])).stdout)
    const group = report.findingGroups?.find(({ userId, rule }) => userId === 'b1' && rule === 'inactive-holder')
    const finding = report.findings?.find(({ userId }) => userId === 'c1')
    expect((await planned('--finding', group?.id ?? '', finding?.id ?? '')).seats).toEqual([
      'b1 cx3',
      'c1 cx3',
      'b1 cx1',
    ])
  })
})

describe('findings as CSV', () => {
  type Row = Readonly<Record<string, string>>
  const rowsIn = (csv: string): readonly Row[] => parse(csv, { columns: true, bom: true })

  it('have the columns of a plan, with an action where the seat can be given up', async () => {
    const { seatlens, file } = await fourUsers()
    await file('accepted.csv', 'rule,user,reason\ndormant-holder,cleo@example.com,parental leave\n')
    const args = ['report', '--by', 'finding', '--format', 'csv', '--suppressions', 'accepted.csv']
    const rows = rowsIn((await seatlens(args)).stdout).filter(({ rule }) => rule?.endsWith('-holder'))
    const told = rows.map(({ user, action, license, costEUR, accepted }) => [user, action, license, costEUR, accepted])
    expect(told).toEqual([
      // Another account has Bob's address.
      ['b1', 'remove', 'cx3', '140.00', ''],
      ['b1', 'remove', 'cx1', '75.00', ''],
      ['ada@example.com', 'remove', 'cx1', '75.00', ''],
      ['cleo@example.com', '', 'cx3', '140.00', 'parental leave'],
    ])
    expect(rows[0]).toMatchObject({ id: expect.stringMatching(/^f/), group: expect.stringMatching(/^g/), seats: '1' })
    expect(rows[3]?.lastActiveAt).toBe(YEARS_AGO)
  })

  it.each([
    ['report', ['report', '--by', 'finding']],
    ['check', ['check', '--fail-on', 'any']],
  ])('of %s are planned row by row, as far as they have an action', async (_, args) => {
    const { seatlens, file, planned, read } = await fourUsers()
    await file('accepted.csv', 'rule,user,reason\ninactive-holder,ada@example.com,she comes back\n')
    await seatlens([...args, '--suppressions', 'accepted.csv', '--output', 'findings.csv'])
    const seats = rowsIn(await read('findings.csv'))
      .filter(({ action }) => action === 'remove')
      .map(({ userId, license }) => `${userId} ${license}`)
    expect(new Set(seats)).toEqual(new Set(['b1 cx3', 'b1 cx1', 'c1 cx3']))
    expect((await planned('--file', 'findings.csv')).seats).toEqual(seats)
  })

  it('without any action are nothing to plan', async () => {
    const { seatlens, file } = await fourUsers()
    await file('findings.csv', 'provider,user,action,license,rule,message\ngenesys,b1,,cx1,inactive-holder,x\n')
    expect(await seatlens(['plan', '--file', 'findings.csv'])).toMatchObject({
      code: 0,
      stderr: 'findings.csv: no row has an action, so that there is nothing to apply\n',
    })
  })

  it('are in every other format too', async () => {
    const { seatlens, folder } = await fourUsers()
    const table = await seatlens(['report', '--by', 'finding'], { stdout: { columns: 80 } })
    expect(table.stdout).toContain('remove')
    expect(
      stripVTControlCharacters(table.stdout)
        .split('\n')
        .filter((line) => line.length > 80),
    ).toEqual([])
    const { stdout } = await seatlens(['report', '--by', 'finding', '--format', 'md'])
    expect(stdout).toMatch(/\| remove \|/)
    await seatlens(['report', '--by', 'finding', '--output', 'r.xlsx'])
    const rows = readWorkbook(await readFile(join(folder, 'r.xlsx'))).get('Single findings')?.rows ?? []
    expect(rows[0]).toMatchObject({ Action: 'remove', 'User id': 'b1', 'Cost per month (EUR)': 140 })
  })
})

describe('from a report to seats that are saved', () => {
  it('takes three commands, also where several providers are configured', async () => {
    const genesys = await startGenesysSimulator({ users: 1_000, seed: 1 })
    const webex = await startWebexSimulator({ users: 100, seed: 1 })
    onTestFinished(() => Promise.all([genesys.destroy(), webex.destroy()]).then(() => {}))
    const licenses = { cloudCX2: { price: price(11_000) }, cloudCX3: { price: price(14_000) } }
    const configuration = {
      providers: [
        { id: 'webex', type: 'webex', ...webex.configuration },
        { id: 'genesys', type: 'genesys', ...genesys.configuration, licenses },
      ],
    }
    const folder = await newFolder()
    const seatlens = (...args: readonly string[]) => run(args, { registry, configuration, folder })
    const before = JSON.parse((await seatlens('report', '--format', 'json', '--detail')).stdout)
    const made = await seatlens('plan', '--fix', 'dormant-holder', '--limit', '20', '--output', 'plan.json')
    expect(made).toMatchObject({ code: 0, stderr: expect.stringMatching(/\d+ seats of webex left out/) })
    const plan: Plan = JSON.parse(await readFile(join(folder, 'plan.json'), 'utf8'))
    const costs = new Map(
      (before.findings as readonly Finding[])
        .filter(({ rule, provider }) => rule === 'dormant-holder' && provider === 'genesys')
        .map(({ userId, licenseId, cost }) => [
          `${userId} ${licenseId}`,
          cost.kind === 'known' ? cost.amounts[0]?.amount : 0,
        ]),
    )
    const dearest = [...costs.values()].sort((one = 0, other = 0) => other - one).slice(0, 20)
    expect(plan.changes.map(({ userId, licenseId }) => costs.get(`${userId} ${licenseId}`))).toEqual(dearest)
    expect(await seatlens('apply', 'plan.json', '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('20 applied; all of it is as planned'),
    })
    for (const { userId, licenseId } of plan.changes) {
      expect([...genesys.organization.licensesOf(userId)]).not.toContain(licenseId)
    }
    expect(await seatlens('undo', 'plan.json.journal', '--yes')).toMatchObject({ code: 0 })
    const after = JSON.parse((await seatlens('report', '--format', 'json', '--detail')).stdout)
    const idsOf = (report: { findings: readonly Finding[] }) => new Set(report.findings.map(({ id }) => id))
    expect(idsOf(after)).toEqual(idsOf(before))
  }, 60_000)
})

describe('seatlens plan --fix --where', () => {
  const FIX = ['--fix', 'inactive-holder', 'dormant-holder']

  it.each([
    ['license = cx3', ['b1 cx3', 'c1 cx3']],
    ['licenseName = "CX 3" and rule = dormant-holder', ['c1 cx3']],
    ['user = b1 and not license = cx3', ['b1 cx1']],
    ['license = cx1 or rule = dormant-holder', ['c1 cx3', 'b1 cx1', 'a1 cx1']],
    ['lastActiveAt < 2021-01-01', ['c1 cx3']],
    ['user in (ada@example.com, cleo@example.com)', ['c1 cx3', 'a1 cx1']],
  ])('plans the seats of which it is true, and no others: %s', async (where, expected) => {
    const { planned, held } = await fourUsers()
    const { seats, stderr } = await planned(...FIX, '--where', where)
    expect(seats).toEqual(expected)
    expect(said(stderr)).toContain(`${expected.length} of 4 seats in findings match ${where}\n`)
    expect(held('b1')).toEqual(['cx1', 'cx3'])
  })

  it('takes these seats and leaves all others, once the plan is applied', async () => {
    const { seatlens, held } = await fourUsers()
    const made = await seatlens(['plan', ...FIX, '--where', 'user = b1', '--output', 'plan.json'])
    expect(made.code).toBe(0)
    expect((await seatlens(['apply', 'plan.json', '--yes'])).code).toBe(0)
    expect(['a1', 'b1', 'c1', 'd1'].map(held)).toEqual([['cx1'], [], ['cx3'], ['cx2']])
  })

  it('makes no plan where it is true of no seat, and says how many it leaves out as a value is unknown', async () => {
    const { seatlens, exists } = await fourUsers()
    const args = ['plan', ...FIX, '--where', 'lastActiveAt > 2030-01-01', '--output', 'plan.json']
    const { code, stderr } = await seatlens(args)
    expect({ code, made: exists('plan.json') }).toEqual({ code: 0, made: false })
    expect(stderr).toContain('0 of 4 seats in findings match')
    expect(stderr).toContain('3 seats left out: a value that --where compares is unknown or empty')
    const mistyped = await seatlens(['plan', ...FIX, '--where', 'rule = dormant-holdr'])
    expect(mistyped.stderr).toContain('no seat has "dormant-holdr" in rule (did you mean "dormant-holder"?)')
  })
})

describe('seatlens plan --fix of lists with a gap', () => {
  it('says what could not be read with --quiet too, as the exit code does, and nothing else', async () => {
    const { folder, configuration } = await fourUsers()
    const simulator = await startWebexSimulator({ users: 20 })
    onTestFinished(simulator.destroy)
    simulator.faults.add({ match: { path: '/v1/licenses/:id' }, effect: { kind: 'status', status: 400 } })
    const both = {
      providers: [...configuration.providers, { id: 'webex', type: 'webex', ...simulator.configuration }],
    }
    const args = ['plan', '--fix', 'inactive-holder', '--output', 'plan.json']
    const loud = await run(args, { registry, folder, configuration: both })
    const quiet = await run([...args, '--quiet'], { registry, folder, configuration: both })
    expect([loud.code, quiet.code]).toEqual([5, 5])
    expect(quiet.stderr).toMatch(/^(?:webex: .+\n)+$/)
    const withoutIds = (text: string) => text.replaceAll(/ROUTER_[\w-]+/g, '')
    expect(withoutIds(loud.stderr)).toContain(withoutIds(quiet.stderr))
    const nothing = ['plan', '--fix', 'included-license', '--provider', 'genesys', '--quiet']
    expect(await run(nothing, { registry, folder, configuration: both })).toMatchObject({ code: 0, stderr: '' })
  })
})
