import { appendFile, mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { GenesysSimulator, startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { type RunOptions, run } from './support/run.ts'
import { threeUsers } from './support/three-users.ts'

const { startWith, folder, file } = threeUsers()

/** Users called `u1` and so on, who hold both licenses. */
const users = Array.from({ length: 6 }, (_, index) => `u${index + 1}`)
const world: NonNullable<Parameters<typeof startGenesysSimulator>[0]>['world'] = {
  definitions: [{ id: 'cx1' }, { id: 'cx3', description: 'CX 3' }],
  licenseRows: users.map((id) => ({ id, licenses: ['cx1', 'cx3'] })),
  directory: users.map((id) => ({ id, name: `User ${id}`, email: `${id}@example.com` })),
}

let simulator: GenesysSimulator
beforeEach(async () => {
  simulator = await startWith({ world })
})

const seatlens = (args: readonly string[], options: RunOptions = {}) => {
  const price = { amount: 2_500, currency: 'EUR', per: 'seat-month' }
  const licenses = { cx3: { purchased: 10, price }, cx1: { purchased: 10 } }
  const configuration = { providers: [{ id: 'genesys', type: 'genesys', ...simulator.configuration, licenses }] }
  return run(args, { registry, configuration, folder: folder(), ...options })
}

const done = async (...args: readonly string[]): Promise<void> => {
  const { code, stderr } = await seatlens(args)
  if (code !== 0) throw new Error(`${args.join(' ')}: ${code}: ${stderr}`)
}

/** Makes a plan below `plans` that takes a license from these users, and applies it. */
const givenBack = async (name: string, license: string, ...ids: readonly string[]): Promise<void> => {
  await mkdir(join(folder(), 'plans'), { recursive: true })
  const named = ids.flatMap((id) => ['--user', id])
  await done('plan', '--remove', license, ...named, '--output', `plans/${name}`)
  await done('apply', `plans/${name}`, '--yes')
}

const diff = (...args: readonly string[]) => seatlens(['diff', 'before', 'after', '--journals', 'plans', ...args])

/** What happened in a month: a plan for four seats, of which another hand gave one again, and another hand took two others. */
const aMonth = async (): Promise<void> => {
  await done('snapshot', '--output', 'before')
  await givenBack('idle.json', 'cx3', 'u1', 'u2', 'u3', 'u4')
  simulator.organization.setLicenses('u4', ['cx1', 'cx3'])
  simulator.organization.setLicenses('u5', ['cx1'])
  simulator.organization.setLicenses('u6', ['cx3'])
  await done('snapshot', '--output', 'after')
}

describe('seatlens diff --journals', () => {
  it('says first which seats a plan gave back, which others, what that saves a month, and what did not last', async () => {
    await aMonth()
    const { code, stdout, stderr } = await diff()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [, section = ''] = stdout.split('\n\n')
    const lines = section.split('\n')
    expect(lines.slice(0, 4)).toEqual([
      'Whose changes of seats they are',
      '3 seats given back by plan idle.json (EUR 75.00 a month), 2 by others (≥ EUR 25.00 a month)',
      'plan idle.json: 1 change did not last: 1 given back and taken again',
      'amounts are what these seats cost a month; whether fewer are purchased is below, in "Cost per month"',
    ])
    expect(section).toMatch(/CX 3 +plan idle\.json +3 +0 +EUR -75\.00 +genesys/)
    expect(section).toMatch(/CX 3 +others +1 +0 +EUR -25\.00 +genesys/)
    expect(section).toMatch(/cx1 +others +1 +0 +unknown +genesys/)
  })

  it('tells programs and Markdown the same', async () => {
    await aMonth()
    const { attribution, licenses } = JSON.parse((await diff('--format', 'json')).stdout)
    expect(attribution).toMatchObject({
      complete: true,
      plans: [
        {
          name: 'idle.json',
          provider: 'genesys',
          givenBack: { seats: { value: 3 }, cost: { amounts: [{ amount: 7_500, currency: 'EUR' }] } },
          didNotLast: { given: 0, givenBack: 1 },
        },
      ],
      others: { givenBack: { seats: { value: 2 } } },
      journals: [],
    })
    for (const { assigned, attribution: own } of licenses) {
      const parts = [...own.plans, own.others, own.cameAndLeft, own.unclear]
      const net = parts.reduce((sum, { given, givenBack: back }) => sum + given.seats.value - back.seats.value, 0)
      expect(net).toBe(assigned.difference.value)
    }
    const { stdout } = await diff('--format', 'md')
    expect(stdout).toContain('- 3 seats given back by plan idle.json (EUR 75.00 a month), 2 by others')
    expect(stdout).toContain('| CX 3 | plan idle.json | 3 | 0 | EUR -75.00 | genesys |')
  })

  it('says nothing of it without --journals', async () => {
    await aMonth()
    const { stdout } = await seatlens(['diff', 'before', 'after', '--format', 'json'])
    expect(JSON.parse(stdout)).not.toHaveProperty('attribution')
  })

  it('tells of an undo, and of plans before and after the snapshots', async () => {
    await givenBack('earlier.json', 'cx3', 'u1')
    await done('snapshot', '--output', 'before')
    await givenBack('idle.json', 'cx3', 'u2', 'u3')
    await done('undo', 'plans/idle.json.journal', '--yes')
    await done('undo', 'plans/earlier.json.journal', '--yes')
    await done('snapshot', '--output', 'after')
    await givenBack('later.json', 'cx3', 'u6')
    const { code, stdout } = await diff()
    expect(code).toBe(0)
    expect(stdout.replace(/^amounts are .*\n/m, '')).toContain(
      [
        '1 seat given by undo of plan earlier.json (EUR 25.00 a month)',
        'plan idle.json: 2 changes taken back by undo',
        '1 plan has made no change between the two snapshots',
      ].join('\n'),
    )
  })

  it('tells of damaged and foreign journals in one line each, attributes nothing to them, and is not complete', async () => {
    await done('snapshot', '--output', 'before')
    await givenBack('idle.json', 'cx3', 'u1')
    await givenBack('torn.json', 'cx3', 'u2')
    await done('snapshot', '--output', 'after')
    await appendFile(join(folder(), 'plans/torn.json.journal'), '{"entry":"end","counts":{}}\nmore\n')
    await file('plans/notes.txt', 'not a journal')
    // A journal is one by any name.
    await rename(join(folder(), 'plans/idle.json.journal'), join(folder(), 'plans/idle.log'))
    const { code, stdout } = await diff()
    expect(code).toBe(5)
    expect(stdout).toContain(
      '1 seat given back by plan idle.log (EUR 25.00 a month), 1 by others (EUR 25.00 a month)\n',
    )
    expect(stdout).toContain('Whose changes of seats they are\ntorn.json.journal: ')
    expect(stdout).toMatch(
      /^torn\.json\.journal: cannot be used as a journal: line \d+: expected an entry of a journal; nothing is attributed to it$/m,
    )
    expect(stdout).not.toContain('notes.txt')
  })

  it('says in one line that nothing can be attributed where users have pseudonyms', async () => {
    await writeFile(join(folder(), 'key'), 'a'.repeat(64))
    const shared = ['--pseudonymize', '--key-file', 'key']
    await done('snapshot', '--output', 'before', ...shared)
    await givenBack('idle.json', 'cx3', 'u1')
    await done('snapshot', '--output', 'after', ...shared)
    const { code, stdout } = await diff()
    expect(code).toBe(5)
    expect(stdout).toMatch(/\nnothing can be attributed to plans: the snapshots are pseudonymized, so .*\n\n/)
    expect(stdout).not.toContain('by others')
  })

  it('refuses a folder that is not there, says where there is no journal, and writes over none', async () => {
    await aMonth()
    const missing = await seatlens(['diff', 'before', 'after', '--journals', 'nowhere'])
    expect(missing).toMatchObject({
      code: 2,
      stdout: '',
      stderr: '--journals: nowhere: expected a folder of journals: there is no such folder\n',
    })
    await mkdir(join(folder(), 'empty'))
    const empty = await seatlens(['diff', 'before', 'after', '--journals', 'empty'])
    expect(empty.stderr).toBe(
      '--journals: empty: there is no journal in it; "seatlens apply" writes it beside the plan\n',
    )
    expect(empty.stdout).toContain('5 seats given back by others')
    const over = await diff('--output', 'plans/idle.json.journal')
    expect(over).toMatchObject({ code: 2, stderr: expect.stringContaining('expected another file') })
    expect((await diff('--output', 'plans/changes.md')).code).toBe(0)
  })

  it('keeps to the width of a terminal', async () => {
    await aMonth()
    const { stdout } = await seatlens(['diff', 'before', 'after', '--journals', 'plans'], {
      stdout: { columns: 80 },
      variables: { NO_COLOR: '1' },
    })
    expect(stdout).toContain('3 seats given back by plan idle.json')
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80)
  })
})

describe('seatlens trend --journals', () => {
  it('marks where plans were applied, in every format', async () => {
    await done('snapshot', '--output', 'kept/1')
    await givenBack('idle.json', 'cx3', 'u1', 'u2')
    await done('snapshot', '--output', 'kept/2')
    const trend = (...args: readonly string[]) => seatlens(['trend', 'kept', '--journals', 'plans', ...args])
    const { code, stdout, stderr } = await trend()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(
      /\nPlans applied: 1\n {2}20\S+ \S+ UTC, after the snapshot 1: plan idle\.json, genesys: 2 seats given back\n/,
    )
    const { plans } = JSON.parse((await trend('--format', 'json')).stdout)
    expect(plans).toMatchObject([
      { name: 'idle.json', after: 0, givenBack: 2, licenses: [{ id: 'cx3', givenBack: 2 }] },
    ])
    expect((await trend('--format', 'csv')).stdout).toMatch(/,plansSince\r\n.*,2,genesys,cx3,.*,plan idle\.json\r\n/s)
    expect((await trend('--format', 'html')).stdout).toContain('<bdi>idle.json</bdi>')
    await appendFile(join(folder(), 'plans/idle.json.journal'), 'more\n')
    const torn = await trend()
    expect(torn.code).toBe(5)
    expect(torn.stdout).toMatch(/^This trend is not complete:\n {2}idle\.json\.journal: cannot be used as a journal: /)
    expect(torn.stdout).toContain('Plans applied: 0\n  none between these snapshots\n')
    expect((await trend('--format', 'html')).stdout).toContain('<h3>1 journal left out</h3>')
  })

  it('has no plans without --journals', async () => {
    await done('snapshot', '--output', 'kept/1')
    const { stdout } = await seatlens(['trend', 'kept', '--format', 'json'])
    expect(JSON.parse(stdout)).not.toHaveProperty('plans')
    expect((await seatlens(['trend', 'kept', '--format', 'csv'])).stdout).toMatch(/,problem\r\n/)
  })
})
