import { describe, expect, test } from 'vitest'
import {
  conditional,
  everythingSupported,
  type FindingRule,
  known,
  type License,
  type LicensedUser,
  notApplicable,
  type Suppression,
  unknown,
  unlimited,
  unsupported,
  withDeclaredLicenses,
} from '../../src/index.ts'
import { applied, brokenOff, gap, noDefinitions, prices, withFields } from './applied-rule.ts'
import { packPrice, priceTable, reportOn } from './priced.ts'
import { license, organization, user } from './reported-organization.ts'

describe('unassigned-seats', () => {
  const rule = 'unassigned-seats'

  test('are purchased seats without a holder, at their price', async () => {
    const users = [user('ann', ['a']), user('bob', ['a'])]
    const { findings, abstentions } = await applied(rule, [organization('one', { licenses: [license('a')], users })])
    expect(findings).toMatchObject([
      {
        provider: 'one',
        licenseId: 'a',
        message: 'Name of a: 8 of 10 purchased seats are not in use',
        evidence: { purchased: 10, inUse: 2 },
        seats: known(8),
        cost: { kind: 'known', amounts: [{ amount: 800, currency: 'EUR' }] },
      },
    ])
    expect(abstentions).toEqual([])
  })

  test('cost what is saved by whole packs', async () => {
    const table = priceTable({ one: { a: packPrice(1000, 4) } })
    const users = ['1', '2', '3', '4', '5'].map((id) => user(id, ['a']))
    const report = await reportOn([organization('one', { licenses: [license('a')], users })], { prices: table })
    // 10 seats are three packs, 5 seats are two.
    expect(report.findings?.[0]).toMatchObject({ seats: known(5), cost: { amounts: [{ amount: 1000 }] } })
  })

  test('are not looked for where all are in use, none were bought, or there is no limit', async () => {
    const licenses = [
      license('a', { purchased: known(1), consumed: known(1) }),
      license('b', { purchased: known(0) }),
      license('c', { purchased: unlimited }),
      license('d', { purchased: notApplicable }),
    ]
    expect(await applied(rule, [organization('one', { licenses })])).toMatchObject({ findings: [], abstentions: [] })
  })

  test.each([
    ['it is not known how many were bought', { purchased: unknown('no number') }, 'purchased seats: no number'],
    [
      'seats are shared',
      { metric: 'concurrent' },
      'the license is concurrent: what is free now may be needed in the next hour',
    ],
    ['devices are not counted', { metric: 'device', consumed: unknown('no counter') }, 'seats in use: no counter'],
  ] as const)('abstains where %s', async (_, more, reason) => {
    const result = await applied(rule, [organization('one', { licenses: [license('a', more)] })])
    expect(result).toMatchObject({ findings: [], abstentions: [{ rule, provider: 'one', licenseId: 'a', reason }] })
  })

  test('abstains where holders are missing, for they may have the seats', async () => {
    const users = [user('ann', ['a']), user('bob', ['a'])]
    const { findings, abstentions } = await applied(rule, [
      organization('one', { licenses: [license('a')], users, ...brokenOff }),
    ])
    expect(findings).toEqual([])
    expect(abstentions).toMatchObject([{ licenseId: 'a', reason: expect.stringContaining('seats in use') }])
  })

  test('abstains for a provider whose licenses could not be read', async () => {
    const { findings, abstentions } = await applied(rule, [organization('one', noDefinitions)])
    expect(findings).toEqual([])
    expect(abstentions).toMatchObject([{ rule, provider: 'one' }])
  })
})

describe('over-assigned', () => {
  const rule = 'over-assigned'
  const users = [user('ann', ['a']), user('bob', ['a']), user('carl', ['a'])]

  test('is a license with more seats in use than were bought', async () => {
    const licenses = [license('a', { purchased: known(1) })]
    expect((await applied(rule, [organization('one', { licenses, users })])).findings).toMatchObject([
      {
        message: 'Name of a: 3 in use, 1 purchased',
        evidence: { purchased: 1, inUse: 3 },
        seats: known(2),
        cost: { amounts: [{ amount: 200 }] },
      },
    ])
  })

  test('costs what is billed beyond the purchased seats, and not what is held', async () => {
    const origin = { source: 'contract', period: { start: '2026-11-01', end: '2026-11-30', status: 'open' } } as const
    const costOf = async (more: Partial<License>) => {
      const licenses = [license('a', { purchased: known(1), consumedFrom: origin, ...more })]
      const { findings } = await applied(rule, [organization('one', { licenses, users })])
      expect(findings).toMatchObject([{ seats: known(2) }])
      return findings[0]?.cost
    }
    expect(await costOf({ consumed: known(1) })).toMatchObject({ kind: 'known', amounts: [{ amount: 0 }] })
    expect(await costOf({ consumed: known(2) })).toMatchObject({ kind: 'known', amounts: [{ amount: 100 }] })
    expect(await costOf({ consumed: unknown('the bill was not read') })).toMatchObject({ kind: 'unknown' })
    const overagePrices = [{ amount: '99.00', currency: 'EUR' }]
    expect(await costOf({ consumed: known(2), overagePrices })).toMatchObject({ kind: 'unknown' })
  })

  test('is certain by what could be read, where that is more than was bought', async () => {
    const licenses = [license('a', { purchased: known(0) })]
    const { findings, abstentions } = await applied(rule, [organization('one', { licenses, users, ...brokenOff })])
    expect(findings).toMatchObject([
      {
        message: 'Name of a: at least 1 in use, 0 purchased',
        seats: { kind: 'unknown', atLeast: 1 },
        cost: { kind: 'unknown', atLeast: [{ amount: 100 }] },
      },
    ])
    expect(abstentions).toEqual([])
  })

  test('abstains where what could be read is not', async () => {
    const { findings, abstentions } = await applied(rule, [
      organization('one', { licenses: [license('a')], users, ...brokenOff }),
    ])
    expect(findings).toEqual([])
    expect(abstentions).toMatchObject([{ rule, licenseId: 'a' }])
  })

  test('is told of shared seats by the vendor’s counter only', async () => {
    const shared = (more: object) =>
      organization('one', {
        licenses: [license('a', { metric: 'concurrent', purchased: known(1), ...more })],
        users,
      })
    expect((await applied(rule, [shared({ consumed: known(1) })])).findings).toEqual([])
    expect((await applied(rule, [shared({ consumed: known(4) })])).findings).toMatchObject([{ seats: known(3) }])
    expect(await applied(rule, [shared({ consumed: unknown('no counter') })])).toMatchObject({
      findings: [],
      abstentions: [{ reason: 'the license is concurrent; seats in use: no counter' }],
    })
  })

  test('abstains where it is not known how many were bought', async () => {
    const licenses = [license('a', { purchased: unknown('no number') })]
    expect(await applied(rule, [organization('one', { licenses, users })])).toMatchObject({
      findings: [],
      abstentions: [{ licenseId: 'a', reason: 'purchased seats: no number' }],
    })
  })
})

describe('what to do to know more of holders', () => {
  const capabilities = withFields({
    status: conditional('grant the scope people:read'),
    lastActiveAt: conditional('grant the scope people:read'),
  })
  const reasonsOf = async (rule: FindingRule, kinds: readonly LicensedUser['kind'][]) => {
    const users = kinds.map((kind, place) => user(`u${place}`, ['a'], { kind, status: 'unknown' }))
    const { abstentions } = await applied(rule, [
      organization('one', { licenses: [license('a')], users, capabilities }),
    ])
    return abstentions.map(({ reason }) => reason).join('\n')
  }

  test.each<FindingRule>(['inactive-holder', 'dormant-holder', 'never-active'])(
    'is not said by %s where all are from outside, as no scope would show them',
    async (rule) => {
      expect(await reasonsOf(rule, ['external', 'internal'])).toContain('grant the scope people:read')
      const outside = await reasonsOf(rule, ['external', 'external'])
      expect(outside).toContain('(they are from outside, and only their own organization knows)')
      expect(outside).not.toContain('grant')
    },
  )
})

describe('inactive-holder', () => {
  const rule = 'inactive-holder'
  const licenses = [license('a'), license('b')]

  test('is each seat of an inactive or deleted user', async () => {
    const users = [
      user('ann', ['a', 'b'], { status: 'inactive', displayName: 'Ann' }),
      user('bob', ['a'], { status: 'deleted' }),
      user('carl', ['a']),
      user('dora', [], { status: 'deleted' }),
    ]
    const { findings, abstentions } = await applied(rule, [organization('one', { licenses, users })])
    expect(findings).toMatchObject([
      {
        message: 'Ann <ann@example.com> is inactive and holds Name of a',
        licenseId: 'a',
        userId: 'ann',
        evidence: { status: 'inactive' },
        seats: known(1),
        cost: { amounts: [{ amount: 100 }] },
      },
      { licenseId: 'b', userId: 'ann', cost: { amounts: [{ amount: 30 }] } },
      { licenseId: 'a', userId: 'bob', evidence: { status: 'deleted' } },
    ])
    expect(abstentions).toEqual([])
  })

  test('abstains for those of whom the vendor does not tell, and finds the others', async () => {
    const users = [user('ann', ['a'], { status: 'inactive' }), user('bob', ['a'], { status: 'unknown' })]
    const capabilities = withFields({ status: unsupported('not part of it') })
    const { findings, abstentions } = await applied(rule, [organization('one', { licenses, users, capabilities })])
    expect(findings).toHaveLength(1)
    expect(abstentions).toEqual([
      {
        rule,
        provider: 'one',
        reason: 'the vendor does not say whether 1 holder of 2 is active (not part of it)',
      },
    ])
  })

  test('abstains where the directory or the holders could not be read as a whole', async () => {
    const users = [user('ann', ['a']), user('bob', ['a'])]
    const unreadable = await applied(rule, [organization('one', { licenses, users, directory: gap })])
    expect(unreadable.abstentions).toMatchObject([
      { provider: 'one', reason: 'the list of people in the directory lacks page 2: refused' },
    ])
    const short = await applied(rule, [organization('one', { licenses, users, ...brokenOff })])
    expect(short.abstentions).toMatchObject([{ provider: 'one' }])
  })

  test('frees no seat of a shared license', async () => {
    const shared = [license('a', { metric: 'concurrent' })]
    const users = [user('ann', ['a'], { status: 'inactive' })]
    expect((await applied(rule, [organization('one', { licenses: shared, users })])).findings).toMatchObject([
      { seats: notApplicable, cost: { kind: 'unknown' } },
    ])
  })
})

describe('the seat of an inactive holder', () => {
  const yesterday = '2026-11-19T00:00:00.000Z'
  const old = '2025-01-01T00:00:00.000Z'
  const tomorrow = '2026-11-21T00:00:00.000Z'
  const seats = [{ licenseId: 'a', assignedBy: 'direct', assignedAt: yesterday }] as const
  test.each<[string, Partial<LicensedUser>, boolean]>([
    ['was invited yesterday', { invitePending: true, createdAt: yesterday }, false],
    ['was invited at an unknown time', { invitePending: true }, false],
    ['was invited long ago', { invitePending: true, createdAt: old }, true],
    ['is still to be hired', { createdAt: old, hiredAt: tomorrow }, false],
    ['got the seat yesterday', { createdAt: old, seats }, false],
    ['has been there for long', { createdAt: old }, true],
    ['has an unknown start', {}, true],
    ['got the seat yesterday and was deleted', { status: 'deleted', seats }, true],
  ])('is found, and can be given up only by one who has left for certain: one who %s', async (_, more, isRemovable) => {
    const users = [user('ann', ['a'], { status: 'inactive', ...more })]
    const { findings } = await applied('inactive-holder', [organization('one', { licenses: [license('a')], users })])
    expect(findings).toHaveLength(1)
    expect(findings[0]?.removals).toEqual(
      isRemovable ? [{ provider: 'one', userId: 'ann', licenseId: 'a' }] : undefined,
    )
  })
})

describe('dormant-holder', () => {
  const rule = 'dormant-holder'
  const licenses = [license('a')]
  const seen = (id: string, lastActiveAt: string, more = {}) => user(id, ['a'], { lastActiveAt, ...more })

  test('is a seat of a user who has not been active for 90 days', async () => {
    const users = [
      seen('ann', '2026-08-22T10:00:00.000Z'),
      seen('bob', '2026-08-22T10:00:00.001Z'),
      seen('carl', '2026-11-20T10:00:00.000Z'),
    ]
    const { findings, abstentions } = await applied(rule, [organization('one', { licenses, users })])
    expect(findings).toMatchObject([
      {
        userId: 'ann',
        message: 'ann@example.com has not been active for 90 days and holds Name of a',
        evidence: { lastActiveAt: '2026-08-22T10:00:00.000Z', days: 90, dormantAfterDays: 90 },
      },
    ])
    expect(abstentions).toEqual([])
  })

  test('takes another number of days', async () => {
    const users = [seen('ann', '2026-11-10T10:00:00.000Z')]
    const provider = organization('one', { licenses, users })
    expect((await applied(rule, [provider], { dormantAfterDays: 10 })).findings).toHaveLength(1)
    expect((await applied(rule, [provider], { dormantAfterDays: 11 })).findings).toHaveLength(0)
  })

  test('leaves accounts that are switched off to the other rule', async () => {
    const users = [seen('ann', '2020-01-01T00:00:00.000Z', { status: 'inactive' })]
    expect((await applied(rule, [organization('one', { licenses, users })])).findings).toEqual([])
  })

  test('abstains for those of whom the vendor does not tell, and does not take them for dormant', async () => {
    const users = [user('ann', ['a']), seen('bob', 'yesterday'), seen('carl', '2026-11-19T10:00:00.000Z')]
    const capabilities = withFields({ lastActiveAt: unsupported('not told') })
    const { findings, abstentions } = await applied(rule, [organization('one', { licenses, users, capabilities })])
    expect(findings).toEqual([])
    expect(abstentions).toMatchObject([
      { provider: 'one', reason: 'the vendor does not say when 2 holders of 3 were last active (not told)' },
    ])
  })

  test('says what to do where the vendor provides it under a condition', async () => {
    const capabilities = withFields({ lastActiveAt: conditional('set `"userSource": "people"`') })
    const { abstentions } = await applied(rule, [
      organization('one', { licenses, users: [user('ann', ['a'])], capabilities }),
    ])
    expect(abstentions).toMatchObject([
      {
        reason: 'the vendor does not say when 1 holder of 1 was last active. To get this, set `"userSource": "people"`',
      },
    ])
  })

  test('says nothing of a condition that an earlier version stated in other words', async () => {
    const earlier = { support: 'conditional', on: 'the directory' } as const
    const capabilities = withFields({ lastActiveAt: earlier })
    const { abstentions } = await applied(rule, [
      organization('one', { licenses, users: [user('ann', ['a'])], capabilities }),
    ])
    expect(abstentions).toMatchObject([{ reason: 'the vendor does not say when 1 holder of 1 was last active' }])
  })
})

describe('included-license', () => {
  const rule = 'included-license'

  test('is one whose holder also holds one that includes it, also by way of another', async () => {
    const licenses = [license('a', { includes: ['m'] }), license('m', { includes: ['b'] }), license('b')]
    const users = [user('ann', ['a', 'b']), user('bob', ['b']), user('carl', ['a'])]
    const { findings, abstentions } = await applied(rule, [organization('one', { licenses, users })])
    expect(findings).toMatchObject([
      {
        userId: 'ann',
        licenseId: 'b',
        message: 'ann@example.com holds Name of b besides Name of a, which includes it',
        evidence: { includedIn: 'a' },
        cost: { amounts: [{ amount: 30 }] },
      },
    ])
    expect(abstentions).toEqual([])
  })

  test('is neither of two that include each other', async () => {
    const licenses = [license('a', { includes: ['b'] }), license('b', { includes: ['a'] })]
    expect(
      (await applied(rule, [organization('one', { licenses, users: [user('ann', ['a', 'b'])] })])).findings,
    ).toEqual([])
  })

  test('abstains where the vendor does not tell what licenses include', async () => {
    const { licenseFields } = everythingSupported
    const capabilities = {
      ...everythingSupported,
      licenseFields: { ...licenseFields, includes: unsupported('no API') },
    }
    expect(await applied(rule, [organization('one', { licenses: [license('a')], capabilities })])).toMatchObject({
      findings: [],
      abstentions: [{ provider: 'one', reason: 'the vendor does not say what licenses contain (no API)' }],
    })
  })

  test('abstains where licenses could not be read', async () => {
    expect((await applied(rule, [organization('one', noDefinitions)])).abstentions).toMatchObject([{ provider: 'one' }])
  })
})

test('licenses that several others include are one group of their user, as every group has its own id', async () => {
  const licenses = [license('a'), license('b'), license('x', { includes: ['a'] }), license('y', { includes: ['b'] })]
  const users = [user('ann', ['a', 'b', 'x', 'y'])]
  const { findingGroups = [] } = await reportOn([organization('one', { licenses, users })], { prices, findings: {} })
  expect(new Set(findingGroups.map(({ id }) => id)).size).toBe(findingGroups.length)
  expect(findingGroups.filter(({ rule }) => rule === 'included-license')).toMatchObject([
    {
      message:
        'ann@example.com holds Name of a besides Name of x, which includes it; ann@example.com holds Name of b besides Name of y, which includes it',
      seats: known(2),
      findings: [expect.any(String), expect.any(String)],
    },
  ])
})

describe('undefined-license', () => {
  const rule = 'undefined-license'
  const users = [user('ann', ['b']), user('bob', ['a', 'b'])]

  test('is held and not defined', async () => {
    const { findings } = await applied(rule, [organization('one', { licenses: [license('a')], users })])
    expect(findings).toMatchObject([
      {
        licenseId: 'b',
        message: 'b: held by 2 holders, but the vendor defines no such license',
        seats: known(2),
        cost: { amounts: [{ amount: 60 }] },
      },
    ])
  })

  test('is also what is declared and not listed, held or not', async () => {
    const declared = new Map([
      ['b', { name: 'Bee' }],
      ['mistyped', { name: 'Unheld' }],
    ])
    const provider = withDeclaredLicenses(organization('one', { licenses: [license('a')], users }), declared)
    const { findings } = await applied(rule, [provider])
    expect(findings).toMatchObject([
      { licenseId: 'b', seats: known(2) },
      {
        licenseId: 'mistyped',
        message: 'Unheld: it has overrides, but the vendor does not define it; check its id',
        seats: { kind: 'notApplicable' },
        cost: { kind: 'notApplicable' },
      },
    ])
  })

  test('abstains where the definitions could not be read', async () => {
    expect(await applied(rule, [organization('one', { users, ...noDefinitions })])).toMatchObject({
      findings: [],
      abstentions: [{ provider: 'one' }],
    })
  })
})

describe('a finding', () => {
  test('tells licenses of one name apart', async () => {
    const licenses = [license('a', { name: 'Gold' }), license('b', { name: 'Gold' })]
    const { findings } = await applied('unassigned-seats', [organization('one', { licenses })])
    expect(findings.map(({ message }) => message)).toEqual([
      'Gold (a): 10 of 10 purchased seats are not in use',
      'Gold (b): 10 of 10 purchased seats are not in use',
    ])
  })

  const provider = (extra: readonly ReturnType<typeof user>[] = []) =>
    organization('one', {
      licenses: [license('b'), license('a')],
      users: [...extra, user('ann', ['a'], { status: 'inactive' }), user('bob', ['a', 'b'], { status: 'deleted' })],
    })

  test('has an id of its own that does not change with what is around it', async () => {
    const before = await reportOn([provider()], { prices })
    const after = await reportOn([provider([user('new', ['a'], { status: 'deleted' })])])
    const ids = (before.findings ?? []).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^f[0-9a-f]{16}$/)
    expect((after.findings ?? []).map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
  })

  test('has the id that it has always had', async () => {
    const { findings } = await applied('inactive-holder', [provider()])
    expect(findings[0]?.id).toMatchInlineSnapshot(`"facdde9a7c4d85c8b"`)
  })

  test('is looked for without the users being shown, where only findings are asked for', async () => {
    const report = await reportOn([provider()], { detail: false, findings: {} })
    expect(report.findings?.length).toBeGreaterThan(0)
    expect(report).not.toHaveProperty('users')
  })

  test('is not looked for unless the caller asks', async () => {
    expect(await reportOn([provider()], { detail: false })).not.toHaveProperty('findings')
  })
})

describe('a suppression', () => {
  const rule = 'inactive-holder'
  const provider = organization('one', {
    licenses: [license('a'), license('b')],
    users: [user('ann', ['a', 'b'], { status: 'inactive' }), user('bob', ['a'], { status: 'inactive' })],
  })
  const acceptedBy = async (...suppressions: readonly Suppression[]) => {
    const { findings, idle } = await applied(rule, [provider], { suppressions })
    return {
      accepted: findings.filter(({ accepted }) => accepted).map(({ userId, licenseId }) => [userId, licenseId]),
      idle,
    }
  }

  test.each<[string, Omit<Suppression, 'reason'>, readonly (readonly string[])[]]>([
    [
      'a rule',
      { rule },
      [
        ['ann', 'a'],
        ['ann', 'b'],
        ['bob', 'a'],
      ],
    ],
    [
      'a license',
      { rule, license: 'a' },
      [
        ['ann', 'a'],
        ['bob', 'a'],
      ],
    ],
    [
      'a user',
      { rule, user: 'ann' },
      [
        ['ann', 'a'],
        ['ann', 'b'],
      ],
    ],
    ['an address, however it is written', { rule, user: 'BOB@example.com' }, [['bob', 'a']]],
    ['a user and a license', { rule, provider: 'one', user: 'ann', license: 'b' }, [['ann', 'b']]],
  ])('accepts what it names by %s', async (_, suppression, accepted) => {
    expect(await acceptedBy({ ...suppression, reason: 'on leave' })).toEqual({ accepted, idle: [] })
  })

  test('accepts one finding by its id, which stays visible with the reason', async () => {
    const [first] = (await applied(rule, [provider])).findings
    const until = '2026-11-20'
    const { findings } = await applied(rule, [provider], {
      suppressions: [{ id: first?.id, reason: 'on leave', until }],
    })
    expect(findings.map(({ accepted }) => accepted)).toEqual([{ reason: 'on leave', until }, undefined, undefined])
  })

  test('does not apply after its last day, and is named', async () => {
    const expired = { rule, reason: 'on leave', until: '2026-11-19' }
    expect(await acceptedBy(expired)).toEqual({ accepted: [], idle: [{ ...expired, why: 'expired' }] })
  })

  test('that matches nothing is named', async () => {
    const idle = { rule, provider: 'two', reason: 'on leave' }
    expect(await acceptedBy(idle)).toEqual({ accepted: [], idle: [{ ...idle, why: 'matches nothing' }] })
  })
})
