import { describe, expect, test } from 'vitest'
import {
  known,
  type License,
  type LicensedUser,
  type LicenseService,
  notApplicable,
  type Suppression,
  withDeclaredLicenses,
} from '../../src/index.ts'
import { applied, brokenOff, gap, noDefinitions } from './applied-rule.ts'
import { priceTable, reportOn, seatPrice } from './priced.ts'
import { license, nameless, organization, user } from './reported-organization.ts'

describe('several-providers', () => {
  const rule = 'several-providers'
  const calling: Partial<License> = { services: ['calling'] }
  const one = (more = {}) =>
    organization('one', { licenses: [license('a', calling)], users: [user('ann', ['a'])], ...more })
  const two = (...users: readonly ReturnType<typeof user>[]) =>
    organization('two', {
      licenses: [license('x', calling)],
      users: [user('2', ['x'], { email: 'ann@example.com' }), ...users],
    })
  const withLicenses = (id: string, licenses: readonly Omit<License, 'provider'>[], more: Partial<LicensedUser> = {}) =>
    organization(id, {
      licenses,
      users: [
        user(
          'ann',
          licenses.map((of) => of.id),
          more,
        ),
      ],
    })

  test('is a person who is paid for the same service in two, and can give up the cheaper seat', async () => {
    const { findings, abstentions } = await applied(rule, [one(), two(user('bob', ['x']))])
    expect(findings).toMatchObject([
      {
        provider: 'one',
        userId: 'ann',
        message:
          'ann@example.com has two calling seats: Name of a in one (last active: unknown) and Name of x in two (last active: unknown); the cheaper seat is Name of x in two',
        evidence: {
          providers: 'one, two',
          link: 'email',
          services: 'calling',
          lastActive: 'one unknown, two unknown',
          cheaper: 'Name of x in two',
        },
        accounts: [
          { provider: 'one', id: 'ann', licenseIds: ['a'] },
          { provider: 'two', id: '2', licenseIds: ['x'] },
        ],
        seats: known(1),
        cost: { amounts: [{ amount: 1 }] },
        removals: [{ provider: 'two', userId: '2', licenseId: 'x' }],
      },
    ])
    expect(abstentions).toEqual([])
  })

  test('is no person who is paid for other services in each of them', async () => {
    const other = withLicenses('two', [
      license('x', { services: ['meetings', 'other'] }),
      license('y', { services: [] }),
    ])
    const { findings, abstentions } = await applied(rule, [
      withLicenses('one', [license('a', { services: ['calling', 'other'] })]),
      other,
    ])
    expect(findings).toEqual([])
    expect(abstentions).toEqual([])
  })

  test('abstains where it is not known what licenses are for that may be for the same', async () => {
    const { findings, abstentions } = await applied(rule, [
      withLicenses('one', [license('a'), license('b', { services: [] }), license('c')]),
      withLicenses('two', [license('x', calling)]),
    ])
    expect(findings).toEqual([])
    expect(abstentions).toEqual([
      {
        rule,
        provider: 'one',
        reason:
          'what 2 licenses are for is not known: Name of a and Name of c; set "services" of each in "licenses" of the configuration',
      },
    ])
  })

  test('does not ask what a license is for if the other provider is paid for nothing that could be the same', async () => {
    const providers = [withLicenses('one', [license('a')]), withLicenses('two', [license('x', { services: [] })])]
    expect(await applied(rule, providers)).toMatchObject({ findings: [], abstentions: [] })
  })

  test('knows by an override what a license is for', async () => {
    const declared = (services: readonly LicenseService[]) =>
      withDeclaredLicenses(withLicenses('two', [license('x')]), new Map([['x', { services }]]))
    expect((await applied(rule, [one(), declared(['calling'])])).findings).toHaveLength(1)
    expect(await applied(rule, [one(), declared([])])).toMatchObject({ findings: [], abstentions: [] })
  })

  test.each<[string, Partial<License>, Partial<LicensedUser>]>([
    ['is also for something else', { services: ['calling', 'meetings'] }, {}],
    ['is for something that is not certain', { services: ['calling', 'other'] }, {}],
    ['contains what it is not known for', { ...calling, includes: ['y'] }, {}],
    ['has no price', { ...calling, id: 'z' }, {}],
  ])('is at stake with all seats for the service if the cheaper one %s', async (_, more) => {
    const cheap = license('x', more)
    const { findings } = await applied(rule, [one(), withLicenses('two', [cheap])])
    expect(findings).toMatchObject([{ seats: known(2) }])
    expect(findings[0]).not.toHaveProperty('removals')
  })

  test('takes no seat that another license of the user requires', async () => {
    const licenses = [license('x', calling), license('y', { services: [], requires: ['x'] })]
    const { findings } = await applied(rule, [one(), withLicenses('two', licenses)])
    expect(findings).toMatchObject([{ seats: known(2) }])
    expect(findings[0]).not.toHaveProperty('removals')
  })

  const old = '2025-01-01T00:00:00.000Z'
  const recent = '2026-11-19T00:00:00.000Z'
  test.each<[string, Partial<LicensedUser>, readonly string[]]>([
    ['is inactive', { status: 'inactive' }, []],
    ['is deleted', { status: 'deleted' }, []],
    ['has not been used for long', { lastActiveAt: old }, []],
    ['has never been used', { neverActive: true }, []],
    ['was active at a time that is ahead', { lastActiveAt: '2030-01-01T00:00:00.000Z' }, []],
    ['is in use', { lastActiveAt: recent }, ['x']],
  ])('takes the cheaper seat only if the account that stays is of use: it %s', async (_, more, taken) => {
    const stays = one({ users: [user('ann', ['a'], more)] })
    const { findings } = await applied(rule, [stays, two()])
    expect((findings[0]?.removals ?? []).map(({ licenseId }) => licenseId)).toEqual(taken)
  })

  test('takes no seat if the provider tells of others when they were active, and not of the account that stays', async () => {
    const users = [user('ann', ['a']), user('bob', ['a'], { lastActiveAt: recent })]
    const { findings } = await applied(rule, [one({ users }), two()])
    expect(findings[0]?.message).toContain('one (last active: unknown)')
    expect(findings[0]).not.toHaveProperty('removals')
  })

  test('takes no seat of a person who may hold more than was read', async () => {
    const users = [user('ann', ['a']), user('bob', ['a'])]
    const { findings } = await applied(rule, [one({ users, ...brokenOff }), two()])
    expect(findings).toMatchObject([{ seats: known(2) }])
    expect(findings[0]).not.toHaveProperty('removals')
  })

  test('says that seats cost the same, and takes none', async () => {
    const same = { prices: priceTable({ one: { a: seatPrice(5) }, two: { x: seatPrice(5) } }) }
    const { findings } = await reportOn([one(), two()], { ...same, findings: {} })
    expect(findings?.find((finding) => finding.rule === rule)).toMatchObject({
      message: expect.stringMatching(/; the seats cost the same$/),
      seats: known(2),
      cost: { amounts: [{ amount: 10 }] },
    })
  })

  test('does not compare amounts of two currencies', async () => {
    const two_ = { x: seatPrice(5, { currency: 'USD' }) }
    const table = priceTable({ one: { a: seatPrice(500) }, two: two_ })
    const { findings } = await reportOn([one(), two()], { prices: table, findings: {} })
    const found = findings?.find((finding) => finding.rule === rule)
    expect(found?.message).toMatch(/; it is not known which seat is cheaper$/)
    expect(found).not.toHaveProperty('removals')
  })

  test('in three providers leaves the dearest seat, if it serves all that the others do', async () => {
    const both: Partial<License> = { services: ['calling', 'meetings'] }
    const table = priceTable({ one: { a: seatPrice(9) }, two: { x: seatPrice(5) }, three: { y: seatPrice(3) } })
    const found = async (dearest: Partial<License>) => {
      const providers = [
        withLicenses('one', [license('a', dearest)]),
        withLicenses('two', [license('x', both)]),
        withLicenses('three', [license('y', { services: ['meetings'] })]),
      ]
      const { findings } = await reportOn(providers, { prices: table, findings: {} })
      return findings?.find((finding) => finding.rule === rule)
    }
    const taken = [
      { provider: 'three', userId: 'ann', licenseId: 'y' },
      { provider: 'two', userId: 'ann', licenseId: 'x' },
    ]
    expect(await found(both)).toMatchObject({ seats: known(2), cost: { amounts: [{ amount: 8 }] }, removals: taken })
    expect(await found(calling)).not.toHaveProperty('removals')
  })

  test('is no person who has only free licenses in one of them', async () => {
    const licenses = [license('free', { purchased: notApplicable })]
    const two = organization('two', { licenses, users: [user('ann', ['free'])] })
    const { findings } = await applied(rule, [one(), two])
    expect(findings).toEqual([])
  })

  test('counts neither what comes free nor shared licenses as seats', async () => {
    const licenses = [
      license('x', calling),
      license('free', { purchased: notApplicable, ...calling }),
      license('s', { metric: 'concurrent', ...calling }),
    ]
    const users = [user('ann', ['x', 'free', 's'])]
    const { findings } = await applied(rule, [one(), organization('two', { licenses, users })])
    expect(findings).toMatchObject([{ seats: known(2) }])
  })

  test('is no person whose seats may be free, as the licenses could not be read', async () => {
    const { findings, abstentions } = await applied(rule, [
      one(),
      organization('two', { users: [user('ann', ['free'])], ...noDefinitions }),
    ])
    expect(findings).toEqual([])
    expect(abstentions).toMatchObject([{ provider: 'two' }])
  })

  test('is accepted by a suppression of any of its accounts', async () => {
    const acceptedBy = async (suppression: Omit<Suppression, 'reason'>) => {
      const suppressions = [{ ...suppression, reason: 'needs both' }]
      return (await applied(rule, [one(), two()], { suppressions })).findings[0]?.accepted?.reason
    }
    expect(await acceptedBy({ user: 'ann' })).toBe('needs both')
    expect(await acceptedBy({ user: '2' })).toBe('needs both')
    expect(await acceptedBy({ provider: 'two', user: 'ANN@example.com' })).toBe('needs both')
    expect(await acceptedBy({ provider: 'two' })).toBe('needs both')
    expect(await acceptedBy({ provider: 'three' })).toBeUndefined()
  })

  test('has the same id whichever provider is read first', async () => {
    const [first, second] = [await applied(rule, [one(), two()]), await applied(rule, [two(), one()])]
    expect(first.findings.map(({ id }) => id)).toEqual(second.findings.map(({ id }) => id))
  })

  test('is no question of one provider', async () => {
    const users = [user('ann', ['a']), nameless('n', ['a'])]
    expect(await applied(rule, [one({ users })])).toMatchObject({ findings: [], abstentions: [] })
  })

  test('abstains for those without an address, for addresses that do not tell, and where the directory was not read', async () => {
    const twins = [user('3', ['x'], { email: 'bob@example.com' }), user('4', ['x'], { email: 'bob@example.com' })]
    const users = [user('bob', ['a']), nameless('n', ['a'])]
    const { abstentions } = await applied(rule, [one({ users, directory: gap }), two(...twins)])
    expect(abstentions).toEqual([
      { rule, provider: 'one', reason: 'the list of people in the directory lacks page 2: refused' },
      { rule, provider: 'one', reason: '1 holder without an e-mail address cannot be matched' },
      { rule, reason: '1 e-mail address is ambiguous' },
    ])
  })
})
