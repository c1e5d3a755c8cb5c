import { describe, expect, it } from 'vitest'
import { said } from './support/said.ts'
import { threeUsers } from './support/three-users.ts'

const { startWith, seatlens, file, read } = threeUsers()

const DAY_MS = 86_400_000
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString()
const dayAgo = (days: number): string => daysAgo(days).slice(0, 10)

/** Ada works, Bob has been away, the door phone has never signed in, Cleo begins next week. */
const world = {
  definitions: [{ id: 'cx1' }, { id: 'cx2' }],
  licenseRows: ['ada', 'bob', 'door', 'cleo'].map((id) => ({ id, licenses: ['cx1'] })),
  directory: [
    { id: 'ada', name: 'Ada', email: 'ada@example.com', lastTokenIssued: daysAgo(1), dateHire: dayAgo(2_000) },
    { id: 'bob', name: 'Bob', email: 'bob@example.com', lastTokenIssued: daysAgo(200), dateHire: dayAgo(2_000) },
    { id: 'door', name: 'Door phone', email: 'door@example.com', dateHire: dayAgo(50) },
    { id: 'cleo', name: 'Cleo', email: 'cleo@example.com', dateHire: dayAgo(-7) },
  ],
}

const configured = async (more: object, licenses: object = {}) => {
  const { configuration } = await startWith({ world })
  const providers = [{ id: 'genesys', type: 'genesys', ...configuration, directory: 'extended', licenses }]
  await file('people.json', JSON.stringify({ providers, ...more }))
}

const found = async (...args: readonly string[]) => {
  const { code, stdout, stderr } = await seatlens(['--config', 'people.json', 'report', '--format', 'json', ...args])
  const { findings = [], abstentions = [] } = JSON.parse(stdout)
  const of = (rule: string) => (one: { rule: string }) => one.rule === rule
  return {
    code,
    stderr: said(stderr),
    dormant: findings.filter(of('dormant-holder')).map(({ userId }: { userId: string }) => userId),
    never: findings.filter(of('never-active')).map(({ userId }: { userId: string }) => userId),
    reasons: abstentions.filter(of('never-active')).map(({ reason }: { reason: string }) => reason),
  }
}

describe('seatlens report', () => {
  it('finds who was away, and who was never there; who begins next week is too new', async () => {
    await configured({})
    expect(await found('--detail')).toMatchObject({
      dormant: ['bob'],
      never: ['door'],
      reasons: ['1 holder is too new to judge: the seat, account or employment began less than 30 days ago'],
    })
  })

  it('takes other days of grace', async () => {
    await configured({})
    const { never, reasons } = await found('--grace-days', '60')
    expect({ never, reasons }).toEqual({
      never: [],
      reasons: ['2 holders are too new to judge: their seat, account or employment began less than 60 days ago'],
    })
  })

  it('leaves out what is exempt, also of a snapshot, and tells what exempts nothing', async () => {
    await configured({ exempt: [{ user: 'door *' }, { license: 'cx2', user: 'svc-*' }, { license: 'cx7' }] })
    const told =
      'people.json: exempt[1]: exemption of license "cx2", user "svc-*": no such seat; check the spelling, or take it out\n' +
      'people.json: exempt[2]: exemption of license "cx7": no such license; check the spelling, or take it out\n'
    expect(await found('--detail')).toMatchObject({
      dormant: ['bob'],
      never: [],
      stderr: expect.stringContaining(told),
    })
    expect((await seatlens(['--config', 'people.json', 'snapshot', '--output', 'kept'])).code).toBe(0)
    expect(await found('--detail', '--from', 'kept')).toMatchObject({
      never: [],
      stderr: expect.stringContaining(told),
    })
    // The others may be for another provider.
    expect((await found('--detail', '--provider', 'genesys')).stderr).not.toContain('exempt[')
  })

  it('takes other days of notice for renewals, and so do check and plan', async () => {
    const end = new Date(Date.now() + 70 * 86_400_000).toISOString().slice(0, 10)
    await configured({}, { cx1: { purchased: 9, term: { end } } })
    const due = async (...args: readonly string[]) => {
      const { stdout } = await seatlens(['--config', 'people.json', 'report', '--format', 'json', '--detail', ...args])
      const { findings = [] } = JSON.parse(stdout)
      return findings.filter(({ rule }: { rule: string }) => rule === 'renewal-due').length
    }
    expect([await due(), await due('--renewal-days', '69'), await due('--renewal-days', '70')]).toEqual([0, 0, 1])
    const check = ['--config', 'people.json', 'check', '--fail-on', 'renewal-due', '--renewal-days']
    expect((await seatlens([...check, '69'])).code).toBe(0)
    expect((await seatlens([...check, '70'])).code).toBe(3)
    expect(await seatlens(['plan', '--remove', 'cx1', '--user', 'a', '--renewal-days', '9'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--renewal-days: expected with --fix or --finding'),
    })
  })

  it.each(['-1', '1.5', 'x', '36501'])('takes no --grace-days and --renewal-days %s', async (days) => {
    expect((await seatlens(['report', '--renewal-days', days])).code).toBe(2)
    expect((await seatlens(['report', '--grace-days', days])).code).toBe(2)
    expect((await seatlens(['check', '--fail-on', 'any', '--grace-days', days])).code).toBe(2)
  })
})

describe('seatlens check', () => {
  it('fails for a holder who was never active, but for one who is new or exempt', async () => {
    await configured({ exempt: [{ user: 'svc-*' }] })
    const checked = (...args: readonly string[]) =>
      seatlens(['--config', 'people.json', 'check', '--fail-on', 'never-active', ...args])
    const { code, stdout, stderr } = await checked()
    expect(code).toBe(3)
    expect(stdout).toContain('Door phone <door@example.com> has never been active and holds cx1')
    expect(stderr).toContain('people.json: exempt[0]: exemption of user "svc-*": no such seat')
    expect((await checked('--grace-days', '60')).code).toBe(0)
    await configured({ exempt: [{ license: 'CX1' }] })
    expect(await checked()).toMatchObject({ code: 0, stderr: expect.not.stringContaining('exempt') })
    expect(await read('people.json')).toContain('exempt')
  })
})

describe('a configuration whose exemptions are malformed', () => {
  it.each<[unknown, string]>([
    [{}, 'people.json: exempt: expected a list of exemptions'],
    [[{}], 'people.json: exempt[0]: expected an object with license or user, or both'],
    [[{ provider: 'genesys' }], 'people.json: exempt[0]: expected an object with license or user, or both'],
    [[{ user: 7 }], 'people.json: exempt[0].user: expected a text'],
    [[{ user: '' }], 'people.json: exempt[0].user: expected'],
    [[{ user: 'x', provider: 'webex' }], 'people.json: exempt[0].provider: expected one of genesys, found "webex"'],
    [[{ user: 'x', lisence: 'cx1' }], 'people.json: exempt[0].lisence: expected one of license, user, provider'],
    [['svc-*'], 'people.json: exempt[0]: expected an object with license or user, or both'],
  ])('is told with each field: %j', async (exempt, problem) => {
    await configured({ exempt })
    const { code, stderr } = await seatlens(['--config', 'people.json', 'report'])
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(problem) })
  })
})
