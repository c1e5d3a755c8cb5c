import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { GenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { ids, threeUsers, world } from './support/three-users.ts'

const organization = threeUsers()
const { startWith, folder, seatlens, file, read, held, writes, planned } = organization
let simulator: GenesysSimulator
beforeEach(() => {
  simulator = organization.simulator()
})

describe('seatlens apply', () => {
  it('changes, reads back, tells and writes down', async () => {
    await planned('--swap', 'cx3', 'cx2', '--user', ids.bob)
    const { code, stdout } = await seatlens(['apply', 'plan.json', '--yes'])
    expect(code).toBe(0)
    expect(stdout).toContain('2 applied; all of it is as planned')
    expect(held(ids.bob)).toEqual(['cx2'])
    expect((await stat(join(folder(), 'plan.json.journal'))).mode & 0o777).toBe(0o600)
  })

  it('tells it to machines', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const { stdout } = await seatlens(['apply', 'plan.json', '--yes', '--format', 'json'])
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      complete: true,
      verified: true,
      counts: { applied: 1, refused: 0 },
      changes: [{ userId: 'a1', licenseId: 'cx2', result: 'applied' }],
    })
  })

  it('does nothing twice', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    await seatlens(['apply', 'plan.json', '--yes'])
    const { code } = await seatlens(['apply', 'plan.json', '--yes'])
    expect({ code, writes: writes() }).toEqual({ code: 0, writes: 1 })
  })

  it('refuses to run where nobody can be asked', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const { code, stderr } = await seatlens(['apply', 'plan.json'])
    expect({ code, stderr, writes: writes() }).toEqual({
      code: 2,
      stderr: '--yes: needed to change anything without a terminal to ask on\n',
      writes: 0,
    })
  })

  it.each([
    ['y\n', 0, ['cx1', 'cx2']],
    ['yes\n', 0, ['cx1', 'cx2']],
    ['\n', 130, ['cx1']],
    ['n\n', 130, ['cx1']],
    ['', 130, ['cx1']],
  ])('on a terminal it shows the plan and asks; %j', async (typed, code, after) => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const asked = await seatlens(['apply', 'plan.json'], { typed, stderr: { columns: 80 } })
    expect(asked.stderr).toMatch(/assign +cx2 +ada@example\.com[\s\S]*Make 1 change in genesys\? \[y\/N\]/)
    expect({ code: asked.code, after: held(ids.ada) }).toEqual({ code, after })
  })

  it('tells each refusal with the vendor’s reason and correlation id, and does the rest', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada, '--user', ids.cleo)
    simulator.writes.add({
      match: { userId: ids.ada },
      effect: { kind: 'refuse', code: 'no.more', message: 'No more of these' },
    })
    const { code, stdout } = await seatlens(['apply', 'plan.json', '--yes'])
    expect(code).toBe(6)
    expect(stdout).toMatch(/refused +assign +cx2 +ada@example\.com/)
    expect(stdout).toMatch(/ada@example\.com, cx2: .*No more of these.*correlation id/)
    expect(stdout).toContain('1 applied, 1 refused')
    expect(held(ids.cleo)).toEqual(['cx2'])
  })

  it('does not say that it did what the vendor only says that it did', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    simulator.writes.add({ effect: { kind: 'ignore' } })
    const { code, stdout, stderr } = await seatlens(['apply', 'plan.json', '--yes', '--wait', '1', '--format', 'json'])
    expect(code).toBe(6)
    expect(JSON.parse(stdout)).toMatchObject({ complete: false, counts: { applied: 0, unknown: 1 } })
    expect(stderr).toContain('run the same command again later to find out')
  })

  it('says on a terminal what it waits for, and until when', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    simulator.writes.add({ effect: { kind: 'ignore' } })
    const { stderr } = await seatlens(['apply', 'plan.json', '--yes', '--wait', '1'], { stderr: { columns: 100 } })
    expect(stderr).toMatch(/genesys waits until \d\d:\d\d:\d\d \(1 change sent, not seen yet\)/)
  })

  it('takes a change that the vendor shows only later for its own when it is applied again', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    simulator.writes.add({ match: { times: 1 }, effect: { kind: 'ignore' } })
    const early = await seatlens(['apply', 'plan.json', '--yes', '--wait', '0', '--format', 'json'])
    expect([early.code, JSON.parse(early.stdout).counts.unknown]).toEqual([6, 1])
    simulator.organization.setLicenses(ids.ada, [...held(ids.ada), 'cx2'])
    const again = await seatlens(['apply', 'plan.json', '--yes', '--format', 'json'])
    expect([again.code, JSON.parse(again.stdout).counts.applied]).toEqual([0, 1])
    expect(writes()).toBe(1)
    expect((await seatlens(['undo', 'plan.json.journal', '--yes'])).code).toBe(0)
    expect(held(ids.ada)).not.toContain('cx2')
  })

  it('sends nothing where somebody has changed since, unless that may be left out', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada, '--user', ids.cleo)
    simulator.organization.setLicenses(ids.ada, ['cx1', 'cx3'])
    const refused = await seatlens(['apply', 'plan.json', '--yes'])
    expect({ code: refused.code, writes: writes() }).toEqual({ code: 6, writes: 0 })
    expect(refused.stdout).toContain('ada@example.com, cx2: the user holds CX 3 now')
    expect(refused.stderr).toContain(
      'nothing was sent, because seats have changed since the plan was made: give --allow-drift',
    )
    const { code, stderr } = await seatlens(['apply', 'plan.json', '--yes', '--allow-drift'])
    expect({ code, ada: held(ids.ada), cleo: held(ids.cleo) }).toEqual({ code: 6, ada: ['cx1', 'cx3'], cleo: ['cx2'] })
    expect(stderr).not.toContain('--allow-drift')
  })

  it('says who may not change anything', async () => {
    simulator = await startWith({
      world,
      permissions: ['authorization:license:view', 'directory:user:view'],
    })
    await planned('--assign', 'cx2', '--user', ids.ada)
    const { code, stdout } = await seatlens(['apply', 'plan.json', '--yes'])
    expect(code).toBe(4)
    expect(stdout).toContain('authorization:grant:add')
  })

  const tampered: readonly (readonly [string, (plan: string) => string, string])[] = [
    ['tampered with', (plan) => plan.replaceAll('"a1"', '"b1"'), 'the plan was changed after it was made'],
    ['no plan', () => '{"hello": 1}', 'not a plan'],
    ['no JSON', () => 'hello', 'not valid JSON'],
  ]
  it.each(tampered)('refuses a plan that is %s', async (_, change, line) => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    await file('plan.json', change(await read('plan.json')))
    const { code, stderr } = await seatlens(['apply', 'plan.json', '--yes'])
    expect({ code, stderr, writes: writes() }).toEqual({ code: 2, stderr: expect.stringContaining(line), writes: 0 })
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('refuses a plan that is not there, and the journal of another plan', async () => {
    expect(await seatlens(['apply', 'none.json', '--yes'])).toMatchObject({ code: 2, stderr: /no such file/ })
    await planned('--assign', 'cx2', '--user', ids.ada)
    await seatlens(['apply', 'plan.json', '--yes'])
    await planned('--assign', 'cx3', '--user', ids.ada)
    expect(await seatlens(['apply', 'plan.json', '--yes'])).toMatchObject({
      code: 2,
      stderr: 'plan.json.journal: the journal of another plan; give another one with --journal\n',
    })
    expect(await seatlens(['apply', 'plan.json', '--yes', '--journal', 'other'])).toMatchObject({ code: 0 })
    await file('third', 'hello\nworld\n')
    expect(await seatlens(['apply', 'plan.json', '--yes', '--journal', 'third'])).toMatchObject({
      code: 2,
      stderr: 'third: line 1: expected an entry of a journal\n',
    })
  })

  it('takes back by a journal, and says so where it is given the plan', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    expect(await seatlens(['undo', 'plan.json', '--yes'])).toMatchObject({
      code: 2,
      stderr: 'plan.json: it is a plan, and not the journal of one; expected plan.json.journal\n',
    })
  })

  it.each(['apply plan.json', 'undo plan.json.journal'])(
    'refuses a plan for a provider that has another id now, and names no option: %s',
    async (command) => {
      await planned('--assign', 'cx2', '--user', ids.ada)
      if (command.startsWith('undo')) await seatlens(['apply', 'plan.json', '--yes'])
      const providers = ['gen2', 'gen3'].map((id) => ({
        id,
        type: 'genesys',
        displayName: 'genesys',
        ...simulator.configuration,
      }))
      const [verb = '', name = ''] = command.split(' ')
      expect(await seatlens([verb, name, '--yes'], { configuration: { providers } })).toMatchObject({
        code: 2,
        stderr: `${name}: the plan is for the provider "genesys", which is not configured; expected one of gen2, gen3\n`,
      })
    },
  )

  it('says after Ctrl-C before anything was sent how to go on', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada, '--user', ids.cleo)
    let interrupt = () => {}
    simulator.faults.add({
      match: { path: '/api/v2/license/users', times: 1 },
      effect: {
        kind: 'rewrite',
        rewrite: (answer) => {
          interrupt()
          return answer
        },
      },
    })
    const { code, stdout, stderr } = await seatlens(['apply', 'plan.json', '--yes'], {
      onStart: (stop) => {
        interrupt = stop
      },
    })
    expect({ code, writes: writes() }).toEqual({ code: 130, writes: 0 })
    expect(stdout).toContain('2 not sent')
    expect(stderr).toContain('2 changes not sent: run the same command again to go on\n')
  })

  it.each(['apply', 'undo'])('says after Ctrl-C at the question of %s that nothing was changed', async (command) => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    if (command === 'undo') await seatlens(['apply', 'plan.json', '--yes'])
    const before = writes()
    let interrupt = () => {}
    const take = async (text: string) => {
      if (text.includes('[y/N]')) interrupt()
    }
    const { code, stderr } = await seatlens([command, command === 'apply' ? 'plan.json' : 'plan.json.journal'], {
      typed: '',
      stderr: { columns: 80, take },
      onStart: (stop) => {
        interrupt = stop
      },
    })
    expect({ code, writes: writes() }).toEqual({ code: 130, writes: before })
    expect(stderr).toMatch(/nothing was changed\n$/)
  })

  it.skipIf(process.platform !== 'linux')('does not deny a folder that is there and takes no files', async () => {
    const { code, stderr } = await seatlens(['report', '--output', '/proc/x.csv'])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: '--output: cannot write /proc/x.csv: its folder takes no files\n',
    })
  })

  it('refuses a plan for a provider that is another one now', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const configuration = { providers: [{ id: 'genesys', type: 'webex', accessToken: 'x' }] }
    expect(await seatlens(['apply', 'plan.json', '--yes'], { configuration })).toMatchObject({
      code: 2,
      stderr: 'the plan is for genesys (genesys), not for genesys (webex)\n',
    })
  })
})

describe('the journal of seatlens apply', () => {
  it('is that of one run at a time', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const { hostname } = await import('node:os')
    await file('plan.json.journal.lock', JSON.stringify({ host: hostname(), pid: process.ppid }))
    expect(await seatlens(['apply', 'plan.json', '--yes'])).toMatchObject({
      code: 2,
      stderr: /another run is at work with this journal .* delete plan\.json\.journal\.lock/,
    })
    expect(writes()).toBe(0)
  })

  it('is taken over from a run that is gone', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const { hostname } = await import('node:os')
    await file('plan.json.journal.lock', JSON.stringify({ host: hostname(), pid: 2 ** 22 - 1 }))
    expect(await seatlens(['apply', 'plan.json', '--yes'])).toMatchObject({ code: 0 })
    await expect(read('plan.json.journal.lock')).rejects.toThrow('ENOENT')
  })

  it('is of one plan only, though two runs begin at the same time', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const both = await Promise.all([1, 2].map(() => seatlens(['apply', 'plan.json', '--yes'])))
    expect(both.map(({ code }) => code).sort()).toEqual([0, 2])
    expect(writes()).toBe(1)
    expect(await seatlens(['undo', 'plan.json.journal', '--yes'])).toMatchObject({ code: 0 })
    expect(held(ids.ada)).toEqual(['cx1'])
  })

  it('must be writable, and nothing else may take its place or that of the plan', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const code = 2
    expect(await seatlens(['apply', 'plan.json', '--yes', '--journal', 'no/where'])).toMatchObject({
      code,
      stderr: 'no/where: cannot write the journal: there is no folder no\n',
    })
    for (const output of ['plan.json', './plan.json.journal']) {
      const refused = await seatlens(['apply', 'plan.json', '--yes', '--output', output])
      expect(refused).toMatchObject({ code, stderr: /--output: expected another file/ })
    }
    expect(writes()).toBe(0)
  })

  it('brings a plan to its end that has expired meanwhile', async () => {
    const plan = await planned('--assign', 'cx2', '--user', ids.ada)
    await seatlens(['apply', 'plan.json', '--yes'])
    const later = Date.parse(plan.expiresAt) + 1
    vi.useFakeTimers({ now: later, toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    expect(await seatlens(['apply', 'plan.json', '--yes'])).toMatchObject({ code: 0 })
    expect(await seatlens(['apply', 'plan.json', '--yes', '--journal', 'another'])).toMatchObject({
      code: 2,
      stderr: /the plan has expired/,
    })
  })
})

it('keeps the result as JSON beside showing it', async () => {
  await planned('--assign', 'cx2', '--user', ids.ada)
  const { stdout } = await seatlens(['apply', 'plan.json', '--yes', '--output', 'result.json'])
  expect(stdout).toContain('1 applied')
  expect(JSON.parse(await read('result.json'))).toMatchObject({ complete: true, counts: { applied: 1 } })
})

describe('a plan of which all was made', () => {
  const nothingLeft =
    /^nothing is left to do: plan\.json\.journal says that all of plan\.json was made \(\d+ changes?\)$/m

  it('asks for nothing when it is applied again, on a terminal or without one', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    expect((await seatlens(['apply', 'plan.json', '--yes'])).code).toBe(0)
    const sent = writes()
    for (const options of [{}, { typed: '', stderr: { columns: 120 } }]) {
      const again = await seatlens(['apply', 'plan.json'], options)
      expect(again).toMatchObject({ code: 0, stderr: expect.stringMatching(nothingLeft) })
      expect(again.stderr).not.toContain('Go on with')
      expect(again.stdout).toContain('1 applied; all of it is as planned')
    }
    expect(writes()).toBe(sent)
  })

  it('needs no number, though it took many seats away', async () => {
    const agents = Array.from({ length: 12 }, (_, index) => `g${index}`)
    simulator = await startWith({
      world: { ...world, licenseRows: [...world.licenseRows, ...agents.map((id) => ({ id, licenses: ['cx2'] }))] },
    })
    await planned('--remove', 'cx2', ...agents.flatMap((id) => ['--user', id]))
    expect((await seatlens(['apply', 'plan.json', '--yes', '--max-removals', '12'])).code).toBe(0)
    for (const args of [[], ['--yes'], ['--max-removals', '1']]) {
      const again = await seatlens(['apply', 'plan.json', ...args])
      expect(again).toMatchObject({ code: 0, stderr: expect.stringMatching(nothingLeft) })
    }
  })

  it('sends nothing where that is not so any more, and says so', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada, '--user', ids.bob)
    // Bob has it when the plan is applied, and Ada gets it.
    simulator.organization.setLicenses(ids.bob, ['cx3', 'cx2'])
    expect((await seatlens(['apply', 'plan.json', '--yes', '--allow-drift'])).code).toBe(0)
    simulator.organization.setLicenses(ids.bob, ['cx3'])
    const sent = writes()
    const again = await seatlens(['apply', 'plan.json'])
    expect(again).toMatchObject({ code: 6, stdout: expect.stringContaining('make a new plan') })
    expect(writes()).toBe(sent)
  })
})

it('a run that is not agreed to, or is mistaken, leaves no empty journal behind', async () => {
  await planned('--assign', 'cx2', '--user', ids.ada)
  const journals = async () => (await readdir(folder())).filter((name) => name.includes('journal'))
  expect((await seatlens(['apply', 'plan.json'], { typed: 'n\n', stderr: { columns: 80 } })).code).toBe(130)
  expect(await journals()).toEqual([])
  expect((await seatlens(['apply', 'plan.json'])).code).toBe(2)
  expect(await journals()).toEqual([])
  // One that was there before is the user's.
  await file('plan.json.journal', '')
  expect((await seatlens(['apply', 'plan.json'])).code).toBe(2)
  expect(await journals()).toEqual(['plan.json.journal'])
})

describe('the brake', () => {
  const agents = Array.from({ length: 12 }, (_, index) => `g${index}`)

  beforeEach(async () => {
    simulator = await startWith({
      world: { ...world, licenseRows: [...world.licenseRows, ...agents.map((id) => ({ id, licenses: ['cx2'] }))] },
    })
    await planned('--remove', 'cx2', ...agents.flatMap((id) => ['--user', id]))
  })

  it('is told first, with the number and the share', async () => {
    const { stdout } = await seatlens(['plan', '--remove', 'cx2', ...agents.flatMap((id) => ['--user', id])])
    expect(stdout).toMatch(
      /^This plan takes away 12 seats\.\n {2}cx2: 12 of 12 holders lose it \(100%\)\n.*--max-removals 12/,
    )
    expect(JSON.parse(await read('plan.json')).brake).toMatchObject({ removals: 12, licenses: [{ share: 1 }] })
  })

  it.each([
    [['--yes'], '--max-removals 12: needed'],
    [[], '--max-removals 12: needed'],
    [['--yes', '--max-removals', '11'], '--max-removals: expected at least 12, found 11'],
  ])('%j is not enough, and nothing is sent', async (args, line) => {
    const { code, stderr } = await seatlens(['apply', 'plan.json', ...args])
    expect({ code, stderr, writes: writes() }).toEqual({ code: 2, stderr: expect.stringContaining(line), writes: 0 })
  })

  it('is released by the number, on the command line or typed', async () => {
    expect((await seatlens(['apply', 'plan.json', '--yes', '--max-removals', '12'])).code).toBe(0)
    expect(held('g0')).toEqual([])
  })

  it.each([
    ['12\n', 0, []],
    ['y\n', 130, ['cx2']],
    ['11\n', 130, ['cx2']],
  ])('on a terminal %j', async (typed, code, after) => {
    const asked = await seatlens(['apply', 'plan.json'], { typed, stderr: { columns: 80 } })
    expect(asked.stderr).toMatch(/This plan takes away 12 seats[\s\S]*type that number to go on:/)
    expect(asked.stderr.includes('nothing was changed: to go on, type 12')).toBe(code === 130)
    expect({ code: asked.code, after: held('g0') }).toEqual({ code, after })
  })

  it('does not hold up undo', async () => {
    await seatlens(['apply', 'plan.json', '--yes', '--max-removals', '12'])
    expect((await seatlens(['undo', 'plan.json.journal', '--yes'])).code).toBe(0)
    expect(held('g0')).toEqual(['cx2'])
  })
})

describe('seatlens undo', () => {
  describe('and apply of the same plan', () => {
    const taken =
      'undo has taken back 2 changes of plan.json; make a new plan, or run apply on a terminal without --yes to make them again\n'
    const takenBack = async () => {
      await planned('--assign', 'cx2', '--user', ids.ada, '--user', ids.cleo)
      expect((await seatlens(['apply', 'plan.json', '--yes'])).code).toBe(0)
      expect((await seatlens(['undo', 'plan.json.journal', '--yes'])).code).toBe(0)
      return writes()
    }

    it.each([
      ['with --yes', ['--yes']],
      ['without a terminal', []],
    ])('sends nothing %s, so that no schedule undoes the undo', async (_, args) => {
      const sent = await takenBack()
      expect(await seatlens(['apply', 'plan.json', ...args])).toMatchObject({ code: 2, stderr: taken })
      expect({ sent: writes(), ada: held(ids.ada), cleo: held(ids.cleo) }).toEqual({ sent, ada: ['cx1'], cleo: [] })
    })

    it('makes the changes again where the user agrees, and then goes on as ever', async () => {
      const sent = await takenBack()
      const asked = (typed: string) => seatlens(['apply', 'plan.json'], { typed, stderr: { columns: 80 } })
      expect((await asked('n\n')).code).toBe(130)
      expect(writes()).toBe(sent)
      const { code, stderr } = await asked('y\n')
      expect({ code, ada: held(ids.ada), cleo: held(ids.cleo) }).toEqual({
        code: 0,
        ada: ['cx1', 'cx2'],
        cleo: ['cx2'],
      })
      expect(stderr).toContain('undo has taken back 2 changes of plan.json. Make 2 changes in genesys? [y/N]')
      expect(await seatlens(['apply', 'plan.json', '--yes'])).toMatchObject({ code: 0 })
    })
  })

  it('takes back what was applied, and nothing else', async () => {
    await planned('--swap', 'cx3', 'cx2', '--user', ids.bob)
    await seatlens(['apply', 'plan.json', '--yes'])
    const { code, stdout } = await seatlens(['undo', 'plan.json.journal', '--yes'])
    expect({ code, bob: held(ids.bob) }).toEqual({ code: 0, bob: ['cx3'] })
    expect(stdout).toContain('2 taken back')
    expect(await seatlens(['undo', 'plan.json.journal', '--yes'])).toMatchObject({
      code: 0,
      stderr: 'plan.json.journal: all was taken back already\n',
    })
  })

  it('says where nothing was made that there is nothing to take back', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    simulator.organization.setLicenses(ids.ada, ['cx1', 'cx2'])
    await seatlens(['apply', 'plan.json', '--yes'])
    const { code, stderr } = await seatlens(['undo', 'plan.json.journal', '--yes'])
    const told = 'plan.json.journal: nothing was made, so there is nothing to take back\n'
    expect({ code, stderr }).toEqual({ code: 0, stderr: told })
  })

  it('asks on a terminal, and refuses to run where nobody can be asked', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    await seatlens(['apply', 'plan.json', '--yes'])
    expect(await seatlens(['undo', 'plan.json.journal'])).toMatchObject({ code: 2 })
    expect(held(ids.ada)).toEqual(['cx1', 'cx2'])
    const asked = await seatlens(['undo', 'plan.json.journal'], { typed: 'y\n', stderr: { columns: 80 } })
    expect(asked.stderr).toContain('Take back 1 change in genesys? [y/N]')
    expect(asked.stderr).not.toContain('To be applied')
    expect(asked.stdout).not.toContain('as planned')
    expect(held(ids.ada)).toEqual(['cx1'])
  })

  it('leaves alone who has changed since', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    await seatlens(['apply', 'plan.json', '--yes'])
    simulator.organization.setLicenses(ids.ada, ['cx2'])
    const { code, stdout } = await seatlens(['undo', 'plan.json.journal', '--yes'])
    expect(code).toBe(6)
    expect(stdout).toContain('the user no longer holds cx1')
    expect(held(ids.ada)).toEqual(['cx2'])
  })

  it('refuses a journal in which what became of a change was edited', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    await seatlens(['apply', 'plan.json', '--yes'])
    const journal = await read('plan.json.journal')
    const outcome = journal.split('\n').find((line) => line.includes('"applied"')) ?? ''
    await file('plan.json.journal', journal.replace(outcome, outcome.replace('"applied"', '"refused"')))
    const refused = await seatlens(['undo', 'plan.json.journal', '--yes'])
    expect(refused).toMatchObject({
      code: 2,
      stderr:
        /^plan\.json\.journal: line \d: this entry or one before it was changed after it was written; use another/,
    })
    expect(await seatlens(['apply', 'plan.json', '--yes'])).toMatchObject({ code: 2 })
    await file('plan.json.journal', journal)
    expect(await seatlens(['undo', 'plan.json.journal', '--yes'])).toMatchObject({
      code: 0,
      stderr: 'written down in plan.json.journal\n',
    })
  })

  it('warns of a journal without hashes, as version 0.1 has written it', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    await seatlens(['apply', 'plan.json', '--yes'])
    await file('plan.json.journal', (await read('plan.json.journal')).replace(/,"hash":"sha256:\w+"\}$/gm, '}'))
    const { code, stderr } = await seatlens(['undo', 'plan.json.journal', '--yes'])
    expect(code).toBe(0)
    expect(stderr).toContain('plan.json.journal: written by version 0.1, without checksums: edits of it cannot be')
  })

  it('refuses what is no journal, or was tampered with', async () => {
    await file('j', 'hello\nworld\n')
    expect(await seatlens(['undo', 'j', '--yes'])).toMatchObject({ code: 2 })
    expect(await seatlens(['undo', 'none', '--yes'])).toMatchObject({ code: 2 })
    await planned('--assign', 'cx2', '--user', ids.ada)
    await seatlens(['apply', 'plan.json', '--yes'])
    await file('plan.json.journal', (await read('plan.json.journal')).replaceAll('"a1"', '"b1"'))
    expect(await seatlens(['undo', 'plan.json.journal', '--yes'])).toMatchObject({
      code: 2,
      stderr: /was changed after it was made/,
    })
  })
})
