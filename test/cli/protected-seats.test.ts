import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { beforeEach, describe, expect, it } from 'vitest'
import { ids, threeUsers } from './support/three-users.ts'

const { simulator, folder, seatlens, file, read, writes, planned } = threeUsers()

describe('protected seats', () => {
  const line =
    /ada@example\.com: the seat is protected: on call \((?:vip\.csv: line 2|guarded\.json: protected\[0\])\); to change it all the same, delete that entry\n/
  const seats = 'user,license,reason\nADA@example.com,cx2,on call\n'

  it('of a file are not changed by a plan, and not by apply', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    await file('vip.csv', seats)
    for (const args of [
      ['plan', '--assign', 'cx2', '--user', ids.ada],
      ['apply', 'plan.json', '--yes'],
    ]) {
      const { code, stderr } = await seatlens([...args, '--protected', 'vip.csv'])
      expect({ code, stderr, writes: writes() }).toEqual({ code: 2, stderr: expect.stringMatching(line), writes: 0 })
    }
  })

  it('of the configuration are not changed either', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const configuration = JSON.parse(await read('seatlens.json'))
    const seat = { user: 'ada@example.com', license: 'cx2', reason: 'on call' }
    await file('guarded.json', JSON.stringify({ ...configuration, protected: [seat] }))
    for (const args of [
      ['plan', '--assign', 'cx2', '--user', ids.ada],
      ['apply', 'plan.json', '--yes'],
    ]) {
      const { code, stderr } = await seatlens(['--config', 'guarded.json', ...args])
      expect({ code, stderr, writes: writes() }).toEqual({ code: 2, stderr: expect.stringMatching(line), writes: 0 })
    }
  })

  it.each([
    ['user,reason\na1,\n', 'vip.csv: line 2: reason: expected why the seat is protected'],
    ['user,reason\n,x\n', 'vip.csv: line 2: user: expected'],
    ['who,reason\na1,x\n', 'vip.csv: line 1: expected headings'],
  ])('%j is a mistake', async (text, problem) => {
    await file('vip.csv', text)
    const { code, stderr } = await seatlens(['plan', '--assign', 'cx2', '--user', ids.ada, '--protected', 'vip.csv'])
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(problem) })
  })
})

describe('a protected seat that protects nothing is told with file and line', () => {
  const rows = ['user,license,provider,reason', 'ada@example.com,cx9,,x', 'bbo@example.com,,genesys,x', 'c1,,webx,x']
  const warnings = [
    'vip.csv: line 4: a protected seat names the provider "webx", which is not configured; expected one of genesys',
    'vip.csv: line 2: a protected seat names the license "cx9", which genesys does not have',
    'vip.csv: line 3: a protected seat names the user "bbo@example.com", whom genesys does not list',
  ]
  beforeEach(() => file('vip.csv', `${rows.join('\n')}\n`))

  it('by plan: its license, its user or its provider', async () => {
    const { code, stdout, stderr } = await seatlens([
      'plan',
      '--assign',
      'cx2',
      '--user',
      ids.ada,
      '--protected',
      'vip.csv',
    ])
    expect(code).toBe(0)
    const all = `${stderr}${stdout}`
    for (const warning of warnings) expect(all).toContain(warning)
    expect(all.match(/vip\.csv/g)).toHaveLength(3)
  })

  it('by apply: its license and its provider, as not all users are read', async () => {
    await planned('--assign', 'cx2', '--user', ids.ada)
    const { code, stderr } = await seatlens(['apply', 'plan.json', '--yes', '--protected', 'vip.csv'])
    expect(code).toBe(0)
    expect(stderr).toContain(`warning: ${warnings[0]}\n`)
    expect(stderr).toContain(`warning: ${warnings[1]} (protection-without-effect)\n`)
    expect(stderr).not.toContain('bbo@')
  })

  it('of the configuration too', async () => {
    const configuration = JSON.parse(await read('seatlens.json').catch(() => '{}'))
    const providers = [{ id: 'genesys', type: 'genesys', ...simulator().configuration }]
    const seat = { user: 'ada@example.com', license: 'cx9', reason: 'on call' }
    await file('guarded.json', JSON.stringify({ ...configuration, providers, protected: [seat] }))
    const { stdout } = await seatlens(['--config', 'guarded.json', 'plan', '--assign', 'cx2', '--user', ids.bob])
    expect(stdout).toContain('guarded.json: protected[0]: a protected seat names the license "cx9"')
  })

  it.each([
    [80, (length: number) => length <= 80],
    [undefined, (length: number) => length > 80],
  ])('in lines of a terminal of %s columns, cut between words', async (columns, fits) => {
    const terminal = columns === undefined ? {} : { columns }
    const { stderr, stdout } = await seatlens(
      ['plan', '--assign', 'cx2', '--user', ids.ada, '--protected', 'vip.csv', '--output', 'plan.json'],
      { stdout: terminal, stderr: terminal },
    )
    const of = (text: string) =>
      Math.max(
        ...stripVTControlCharacters(text)
          .split('\n')
          .map(({ length }) => length),
      )
    expect(of(stderr.slice(stderr.indexOf('warning:'))), stderr).toSatisfy(fits)
    expect(of(stdout), stdout).toSatisfy(fits)
    for (const warning of warnings) {
      expect(stripVTControlCharacters(`${stderr}${stdout}`).replaceAll('\n  ', ' ')).toContain(warning)
    }
  })
})

describe('protected seats of the configuration', () => {
  const seat = { user: 'ada@example.com', license: 'cx2', reason: 'on call' }
  const from = ['--from', 'kept']

  it('hold for a plan from a snapshot too, whatever else is configured', async () => {
    expect((await seatlens(['snapshot', '--output', 'kept'])).code).toBe(0)
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the configuration
    const providers = [{ id: 'genesys', type: 'genesys', clientSecret: '${NOT_SET}' }]
    const configuration = { providers, protected: [seat] }
    const refused = await seatlens(['plan', '--assign', 'cx2', '--user', ids.ada, ...from], { configuration })
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('the seat is protected: on call') })
    const other = await seatlens(['plan', '--assign', 'cx2', '--user', ids.bob, ...from], { configuration })
    expect(other).toMatchObject({ code: 0 })
    const wrong = { providers, protected: [{ user: 'ada@example.com' }] }
    const mistaken = await seatlens(['plan', '--assign', 'cx2', '--user', ids.bob, ...from], { configuration: wrong })
    expect(mistaken).toMatchObject({ code: 2, stderr: expect.stringContaining('seatlens.json: protected[0].reason') })
  })

  it('do not need to be there', async () => {
    expect((await seatlens(['snapshot', '--output', 'kept'])).code).toBe(0)
    await rm(join(folder(), 'seatlens.json'))
    const made = await seatlens(['plan', '--assign', 'cx2', '--user', ids.ada, ...from], { configuration: null })
    expect(made).toMatchObject({ code: 0 })
  })
})
