import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import type { CheckItem, CheckResult } from '../../src/index.ts'
import { leastOf } from '../../src/model/count.ts'
import type { Finding } from '../../src/report/license-report.ts'
import { newFolder, run } from './support/run.ts'
import { said } from './support/said.ts'

/** Both vendors, and what somebody has written down about them. */
const organizations = async () => {
  const genesys = await startGenesysSimulator({ users: 200, seed: 1 })
  const webex = await startWebexSimulator({ users: 200, seed: 1 })
  onTestFinished(() => Promise.all([genesys.destroy(), webex.destroy()]).then(() => {}))
  const price = { amount: 11000, currency: 'EUR', per: 'seat-month' }
  const configuration = {
    providers: [
      {
        id: 'genesys',
        type: 'genesys',
        ...genesys.configuration,
        licenses: { cloudCX2: { purchased: 1, metric: 'named', price }, cloudCX1: { purchased: 1000, price } },
      },
      { id: 'webex', type: 'webex', ...webex.configuration, userSource: 'people' },
    ],
  }
  return { genesys, configuration, registry }
}

describe('seatlens check against both vendors', () => {
  it('finds what is there, at its price, and says what nobody told', async () => {
    const { genesys: _, ...options } = await organizations()
    const folder = await newFolder()
    const args = ['check', '--max-utilization', '90', '--fail-on', 'any', '--format', 'json', '--output', 'check.json']
    const { code, stderr } = await run(args, { ...options, folder })
    expect(code).toBe(3)
    expect(said(stderr)).toMatch(/^breached: \d+; see check\.json\n$/)
    const { complete, items, problems } = JSON.parse(await readFile(join(folder, 'check.json'), 'utf8'))
    expect({ complete, problems }).toEqual({ complete: true, problems: [] })
    const having = (rule: string, verdict: string, provider?: string): readonly Finding[] =>
      items.filter(
        (item: { rule: string; verdict: string; provider: string }) =>
          item.rule === rule && item.verdict === verdict && (provider === undefined || item.provider === provider),
      )
    expect(having('over-assigned', 'breached', 'genesys')).toMatchObject([
      { licenseId: 'cloudCX2', cost: { kind: 'known' } },
    ])
    expect(having('unassigned-seats', 'breached', 'genesys')).toMatchObject([{ licenseId: 'cloudCX1' }])
    expect(having('unassigned-seats', 'unknown', 'genesys').length).toBeGreaterThan(0)
    // Genesys tells of logins and departments in its directory, Webex in its list of people.
    for (const provider of ['genesys', 'webex']) {
      expect(having('inactive-holder', 'breached', provider).length).toBeGreaterThan(0)
      expect(having('dormant-holder', 'breached', provider).length).toBeGreaterThan(0)
      // Those who never logged in are for another rule. Genesys has holders without a record, and Webex, by way of the people,
      // lists no external holders.
      expect(having('dormant-holder', 'unknown', provider)).toHaveLength(1)
    }
    // Webex says who has never logged in, and when people were created. Genesys says neither, and has holders without a record.
    expect(having('never-active', 'breached', 'webex').length).toBeGreaterThan(0)
    expect(having('never-active', 'unknown', 'genesys')).toHaveLength(2)
    expect(having('idle-workspace', 'unknown', 'webex').length).toBeGreaterThan(0)
    expect(having('included-license', 'unknown', 'webex')).toHaveLength(1)
    expect(having('several-providers', 'breached').length).toBeGreaterThan(0)
    const ids = items.flatMap(({ id }: { id?: string }) => id ?? [])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('names tens in its table, and every item is in one group with its seats', async () => {
    const { genesys: _, ...options } = await organizations()
    const { stdout } = await run(['check', '--fail-on', 'any'], options)
    const { stdout: json } = await run(['check', '--fail-on', 'any', '--format', 'json'], options)
    const { items, findingGroups, counts, groupCounts }: CheckResult = JSON.parse(json)
    const groups = findingGroups ?? []
    expect(groups.length).toBeLessThan(counts.breached)
    expect(groupCounts.breached).toBe(groups.length)
    expect(stdout).toContain(`Breached: ${groups.length} (`)
    expect(stdout).toContain(`\nFindings: ${groups.length}\n`)
    const rules = new Set(groups.map(({ rule }) => rule))
    const named = stdout.split('\n').filter((line) => [...rules].some((rule) => line.startsWith(`${rule} `)))
    expect(named.length).toBeLessThan(60)
    for (const rule of rules) expect(named.some((line) => line.startsWith(`${rule} `))).toBe(true)
    expect(groups.flatMap((group) => group.items).sort()).toEqual(
      items.flatMap(({ id, findingGroup }) => (id !== undefined && findingGroup !== undefined ? [id] : [])).sort(),
    )
    const seatsIn = (all: readonly Pick<CheckItem, 'seats'>[]) =>
      all.reduce((sum, { seats }) => sum + (seats === undefined ? 0 : (leastOf(seats) ?? 0)), 0)
    for (const { id, seats } of groups) {
      expect(leastOf(seats) ?? 0).toBe(seatsIn(items.filter(({ findingGroup }) => findingGroup === id)))
    }
  })

  it('has nothing new on the day after, and accepts what a file accepts', async () => {
    const { genesys: _, ...options } = await organizations()
    const folder = await newFolder()
    const args = ['check', '--fail-on', 'over-assigned', '--fail-on', 'inactive-holder']
    await run([...args, '--format', 'json', '--output', 'baseline.json'], { ...options, folder })
    const later = await run([...args, '--baseline', 'baseline.json'], { ...options, folder })
    expect(later.code).toBe(0)
    expect(later.stdout).toMatch(/^Nothing is known to be breached.* in the baseline/)
    await writeFile(
      join(folder, 'accepted.csv'),
      'rule,reason\r\nover-assigned,true-up in spring\r\ninactive-holder,being cleaned up\r\n',
    )
    const accepted = await run([...args, '--suppressions', 'accepted.csv'], { ...options, folder })
    expect(accepted.code).toBe(0)
    expect(accepted.stdout).toContain('(true-up in spring)')
  })

  it('is incomplete where the directory cannot be read, and abstains from what depends on it alone', async () => {
    const { genesys, ...options } = await organizations()
    genesys.faults.add({
      match: { path: '/api/v2/users' },
      effect: { kind: 'status', status: 403, body: { message: 'no', code: 'missing.any.permissions', status: 403 } },
    })
    const args = ['check', '--fail-on', 'over-assigned', '--fail-on', 'inactive-holder', '--format', 'json']
    const { code, stdout, stderr } = await run([...args, '--provider', 'genesys'], options)
    expect(code).toBe(5)
    expect(said(stderr)).toContain('genesys: the list of people in the directory')
    const { breached, items } = JSON.parse(stdout)
    expect(breached).toBe(true)
    const verdicts = (rule: string) => [
      ...new Set(
        items.filter((item: Finding) => item.rule === rule).map(({ verdict }: { verdict: string }) => verdict),
      ),
    ]
    expect(verdicts('over-assigned')).toContain('breached')
    expect(verdicts('inactive-holder')).toEqual(['unknown'])
  })
})
