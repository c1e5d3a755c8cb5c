import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { registry } from '../../src/cli/registry.ts'
import type { LicenseReport } from '../../src/index.ts'
import { newFolder, run } from './support/run.ts'

const simulated = (...args: readonly string[]) => run(args, { configuration: null, registry })

const DAY_MS = 86_400_000
const dayIn = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)

describe('the organizations of the demo', () => {
  const reports = new Map<string, Promise<LicenseReport>>()
  /** A report of the demo, which is made once. */
  const reportOf = (seed = '1'): Promise<LicenseReport> => {
    const args = ['demo', 'report', '--detail', '--format', 'json', '--seed', seed]
    const made = reports.get(seed) ?? simulated(...args).then(({ stdout }): LicenseReport => JSON.parse(stdout))
    reports.set(seed, made)
    return made
  }

  it.each(['1', '7'])('have what a company has, with seed %s', async (seed) => {
    const report = await reportOf(seed)
    const { users = [], findings = [], licenses, providers } = report
    expect(providers.map(({ status }) => status)).toEqual(['complete', 'complete'])
    // All costs are known.
    expect(licenses.filter(({ cost }) => cost?.kind === 'unknown')).toEqual([])
    expect(report.people.inSeveralProviders).toMatchObject({ kind: 'known' })
    const having = (rule: string) => findings.filter((finding) => finding.rule === rule)
    const paidFor = new Set(
      licenses.filter(({ purchased }) => purchased.kind === 'known').map(({ provider, id }) => `${provider} ${id}`),
    )
    const holders = users.filter(({ provider, licenseIds }) =>
      licenseIds.some((id) => paidFor.has(`${provider} ${id}`)),
    )
    const dormant = new Set(having('dormant-holder').map(({ provider, userId }) => `${provider} ${userId}`))
    // A tenth.
    expect(dormant.size / holders.length).toBeGreaterThan(0.085)
    expect(dormant.size / holders.length).toBeLessThan(0.115)
    const never = holders.filter(
      ({ kind, status, lastActiveAt }) => kind === 'internal' && status === 'active' && lastActiveAt === undefined,
    )
    expect(never.length).toBeGreaterThan(4)
    expect(never.length).toBeLessThan(30)
    const recent = holders.filter(({ lastActiveAt = '' }) => lastActiveAt > dayIn(-7))
    expect(recent.length / holders.length).toBeGreaterThan(0.7)
    for (const rule of ['over-assigned', 'unassigned-seats', 'included-license', 'inactive-holder']) {
      expect([rule, having(rule).length > 0]).toEqual([rule, true])
    }
    expect(users.filter(({ invitePending }) => invitePending === true)).toHaveLength(4)
  })

  it('have a term that ends in 70 days, of which the renewal can still be canceled', async () => {
    const { licenses } = await reportOf()
    const terms = licenses.flatMap(({ provider, term }) => (provider === 'genesys' ? [term] : []))
    expect(new Set(terms.map((term) => [term?.end, term?.noticeDays].join()))).toEqual(new Set([`${dayIn(70)},60`]))
  })

  it('have no finding about what is free', async () => {
    const { findings = [], licenses } = await reportOf()
    const free = new Set(licenses.filter(({ purchased }) => purchased.kind === 'notApplicable').map(({ id }) => id))
    expect(free.size).toBeGreaterThan(3)
    expect(findings.filter(({ licenseId = '' }) => free.has(licenseId))).toEqual([])
  })

  it('are of the size and seed that are given before or after the command', async () => {
    const holdersOf = async (...args: readonly string[]) => {
      const { stdout } = await simulated('demo', ...args)
      return stdout
    }
    const before = await holdersOf('--users', '50', '--seed', '3', 'users', '--format', 'csv')
    expect(await holdersOf('users', '--users', '50', '--seed', '3', '--format', 'csv')).toBe(before)
    expect(await holdersOf('users', '--users', '50', '--seed', '4', '--format', 'csv')).not.toBe(before)
  })
})

describe('seatlens demo', () => {
  it('has tens of findings to act on, not thousands', async () => {
    const { code, stdout } = await simulated('demo', 'check', '--fail-on', 'any', '--format', 'json')
    expect(code).toBe(3)
    const { breached } = JSON.parse(stdout).groupCounts
    expect(breached).toBeGreaterThan(40)
    expect(breached).toBeLessThan(100)
  })

  it.each(['json', 'csv', 'md', 'html', 'xlsx'])('writes the report as %s', async (format) => {
    const folder = await newFolder()
    const args = ['demo', '--users', '50', '--output', `demo.${format}`]
    const { code, stdout } = await run(args, { folder, configuration: null, registry })
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect((await readFile(join(folder, `demo.${format}`))).length).toBeGreaterThan(500)
  })

  it('has a trend of three months, in which idle seats of the dearest license were given back', async () => {
    const { code, stdout } = await simulated('demo', 'trend', '--format', 'json')
    expect(code).toBe(0)
    const { snapshots, licenses } = JSON.parse(stdout)
    expect(snapshots).toHaveLength(3)
    const points = licenses.find(({ id }: { id: string }) => id === 'cloudCX3').points
    const [first, before, last] = points.map(({ utilization }: { utilization: { value: number } }) => utilization.value)
    expect(before).toBeGreaterThan(0.9)
    expect(Math.abs(before - first)).toBeLessThan(0.05)
    expect(last).toBeLessThan(before - 0.05)
  })

  it('has a difference of a month, with people who came and left and what a plan has saved', async () => {
    const { code, stdout } = await simulated('demo', 'diff', '--format', 'json')
    expect(code).toBe(0)
    const { licenses, attribution } = JSON.parse(stdout)
    expect(attribution).toMatchObject({ complete: true })
    const { holders } = licenses.find(({ id }: { id: string }) => id === 'cloudCX3')
    expect(holders.out.length).toBeGreaterThan(12)
    expect(holders.in.length).toBeGreaterThan(3)
  })

  it.each([
    [['demo', 'trned'], 'seatlens demo: unknown command "trned" (did you mean "trend"?); see: seatlens demo --help\n'],
    [
      ['demo', 'check', '--fail-no', 'any'],
      'seatlens demo check: unknown option --fail-no (did you mean "--fail-on"?); see: seatlens demo check --help\n',
    ],
    [
      ['demo', 'users', '--from', 'kept'],
      'seatlens demo users: --from: expected with report, licenses, users, user, check, plan, query, export, and not with demo; see: seatlens demo users --help\n',
    ],
  ])('says what is wrong with %j', async (args, told) => {
    expect(await simulated(...args)).toMatchObject({ code: 2, stdout: '', stderr: told })
  })

  it('says of an option that means nothing to it that it is not used', async () => {
    const { code, stderr } = await simulated('demo', 'licenses', '--users', '20', '--config', 'none.json')
    expect(code).toBe(0)
    expect(stderr).toContain('--config: not used by demo\n')
  })

  it('leaves nothing behind', async () => {
    const { folder } = await simulated('demo', 'trend', '--users', '20')
    expect(await readdir(folder)).toEqual([])
  })
})

describe('seatlens simulate --write', () => {
  /** Runs commands in the folder that was written, while the simulators run. */
  const sandbox = async (use: (folder: string) => Promise<void>, ...args: readonly string[]) => {
    const parent = await newFolder()
    let used: Promise<void> | undefined
    const simulation = await run(['simulate', '--write', 'sandbox', ...args], {
      folder: parent,
      configuration: null,
      registry,
      onStart: (interrupt) => {
        stop = interrupt
      },
      stderr: {
        take: async (text) => {
          if (text.includes('Ctrl-C')) used = use(join(parent, 'sandbox')).finally(() => stop())
        },
      },
    })
    await used
    return simulation
  }
  let stop = (): void => {}

  const inside = (folder: string, ...args: readonly string[]) => run(args, { folder, configuration: null, registry })

  it('leaves a folder in which other commands work, from a report to seats that were given back', async () => {
    const { code, stdout, stderr } = await sandbox(async (folder) => {
      expect(await inside(folder, 'report', '--detail')).toMatchObject({ code: 0 })
      const plan = ['plan', '--fix', 'dormant-holder', '--limit', '20', '--output', 'plan.json']
      expect(await inside(folder, ...plan)).toMatchObject({ code: 0 })
      // On a terminal, the number is typed.
      const applied = await inside(folder, 'apply', 'plan.json', '--yes', '--max-removals', '20', '--format', 'json')
      expect(JSON.parse(applied.stdout)).toMatchObject({ complete: true, counts: { applied: 20 } })
      expect(await inside(folder, 'trend', 'snapshots', '--journals', 'plans')).toMatchObject({ code: 0 })
      const days = await readdir(join(folder, 'snapshots'))
      expect(days).toHaveLength(3)
      expect(days.at(-1)).toBe(dayIn(0))
      const journals = (await readdir(join(folder, 'plans'))).filter((name) => name.endsWith('.journal'))
      expect(journals).toEqual(['idle-seats-genesys.json.journal'])
      const journal = await readFile(join(folder, 'plans', journals[0] ?? ''), 'utf8')
      const times = [...journal.matchAll(/"at":"([^"]+)"/g)].map(([, at = '']) => at)
      expect(times.filter((at) => at.slice(0, 10) <= (days[1] ?? '') || at.slice(0, 10) >= dayIn(0))).toEqual([])
      expect(journal).toContain('"counts":{"applied":12,')
    })
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
    expect(stderr).toContain('seatlens trend snapshots --journals plans\n')
  })

  it('keeps the same past whenever it is started on a day', async () => {
    const pastIn = async (folder: string) => {
      const names = await readdir(folder, { recursive: true, withFileTypes: true })
      const files = names.filter((entry) => entry.isFile() && entry.name !== 'seatlens.json')
      const texts = files.map(async ({ parentPath, name }) => [
        join(parentPath, name).slice(folder.length),
        await readFile(join(parentPath, name), 'utf8'),
      ])
      return new Map((await Promise.all(texts)).map(([name = '', text = '']) => [name, text]))
    }
    const pasts: ReadonlyMap<string, string>[] = []
    for (let time = 0; time < 2; time++) {
      await sandbox(async (folder) => void pasts.push(await pastIn(folder)), '--users', '100')
    }
    expect(pasts[0]?.size).toBeGreaterThan(15)
    expect(pasts[1]).toEqual(pasts[0])
  })

  it('refuses a folder that is there', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'taken'), '')
    const { code, stderr } = await inside(folder, 'simulate', '--write', 'taken')
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: '--write: expected a folder that is not there yet, found taken\n',
    })
  })
})
