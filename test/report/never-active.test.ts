import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Activity,
  conditional,
  type FindingOptions,
  type License,
  type LicensedUser,
  notApplicable,
  type Seat,
  unsupported,
} from '../../src/index.ts'
import type { InMemoryOptions } from '../../src/testing/index.ts'
import { reportOn } from './priced.ts'
import { failure, license, organization, user } from './reported-organization.ts'

/** The time of the reports of these tests. */
const NOW = Date.parse('2026-11-20T10:00:00.000Z')
const DAY_MS = 86_400_000
const daysAgo = (days: number, ms = 0): string => new Date(NOW - days * DAY_MS - ms).toISOString()

type User = Omit<LicensedUser, 'provider'>

/** A holder of the license `a` whose account is old, and of whom no time is known. */
const silent = (id: string, more: Partial<LicensedUser> = {}): User =>
  user(id, ['a'], { createdAt: daysAgo(400), ...more })
/** A holder who was active a day ago, by a source that tells of all users. */
const seen = (id: string, more: Partial<LicensedUser> = {}): User =>
  user(id, ['a'], { lastActiveAt: daysAgo(1), activity: [{ at: daysAgo(1), source: 'tokens' }], ...more })
const many = (count: number, of: (id: string) => User): readonly User[] =>
  Array.from({ length: count }, (_, place) => of(`u${place}`))
const seat = (more: Partial<Seat>): readonly Seat[] => [{ licenseId: 'a', assignedBy: 'direct', ...more }]

const applied = async (
  rule: 'never-active' | 'dormant-holder',
  users: readonly User[],
  findings: FindingOptions = {},
  more: Partial<InMemoryOptions> = {},
) => {
  const report = await reportOn([organization('one', { licenses: [license('a')], users, ...more })], { findings })
  const found = (report.findings ?? []).filter((one) => one.rule === rule)
  return {
    findings: found,
    ids: found.map(({ userId }) => userId),
    reasons: (report.abstentions ?? []).filter((one) => one.rule === rule).map(({ reason }) => reason),
  }
}
const never = (users: readonly User[], findings?: FindingOptions, more?: Partial<InMemoryOptions>) =>
  applied('never-active', users, findings, more)

describe('a holder who was never active', () => {
  test('is one of whom no source has a time, though it has those of others', async () => {
    const { findings, reasons } = await never([silent('ann'), seen('bob')])
    expect(findings).toMatchObject([
      {
        userId: 'ann',
        licenseId: 'a',
        message: 'ann@example.com has never been active and holds Name of a',
        evidence: { sources: 'tokens', graceDays: 30, createdAt: daysAgo(400) },
        seats: { kind: 'known', value: 1 },
        removals: [{ provider: 'one', userId: 'ann', licenseId: 'a' }],
      },
    ])
    expect(reasons).toEqual([])
  })

  test('is one of whom the vendor says so, whatever it says of others', async () => {
    const { findings, reasons } = await never([silent('ann', { neverActive: true, status: 'unknown' })])
    expect(findings).toMatchObject([{ userId: 'ann', evidence: { neverActive: true } }])
    expect(findings[0]?.evidence).not.toHaveProperty('sources')
    expect(reasons).toEqual([])
  })

  test('is not also one of whom it is unknown whether they are dormant', async () => {
    expect(await applied('dormant-holder', [silent('ann'), seen('bob')])).toEqual({
      findings: [],
      ids: [],
      reasons: [],
    })
  })

  test.each(['inactive', 'deleted'] as const)('is left to the other rule if the account is %s', async (status) => {
    const { ids, reasons } = await never([silent('ann', { status, neverActive: true }), seen('bob')])
    expect({ ids, reasons }).toEqual({ ids: [], reasons: [] })
  })

  test('has nothing at stake in what comes free, and everything else is one group', async () => {
    const free: Omit<License, 'provider'> = license('free', { purchased: notApplicable })
    const licenses = [license('a'), license('b'), free]
    const users = [user('ann', ['free', 'a', 'b'], { createdAt: daysAgo(60) }), user('carl', ['free']), seen('bob')]
    const report = await reportOn([organization('one', { licenses, users })])
    const groups = report.findingGroups?.filter(({ rule }) => rule === 'never-active')
    expect(groups).toMatchObject([
      { userId: 'ann', message: 'ann@example.com has never been active and holds Name of a and Name of b' },
    ])
    expect(groups?.[0]?.findings).toHaveLength(2)
    expect(report.abstentions?.filter(({ rule }) => rule === 'never-active')).toEqual([])
  })
})

describe('it is unknown whether a holder was ever active', () => {
  const one = 'the vendor does not say whether 1 holder of'
  const some = (days: number): Activity => ({ at: daysAgo(days), source: 'passwords', covers: 'some' })

  test.each<[string, User, readonly User[]]>([
    ['if no source has a time of any holder', silent('ann'), []],
    ['if the record of the user was not read', silent('ann', { status: 'unknown' }), [seen('bob')]],
    ['if the user is from outside', silent('ann', { kind: 'external' }), [seen('bob')]],
    ['if the vendor says so of others, and of this one nothing', silent('ann'), [seen('bob', { neverActive: false })]],
    ['if the vendor says that there was some activity', silent('ann', { neverActive: false }), [seen('bob')]],
    ['if there is a time that cannot be read', silent('ann', { lastActiveAt: 'yesterday' }), [seen('bob')]],
    ['if there is a time that cannot be true', silent('ann', { lastActiveAt: '1970-01-02T00:00:00Z' }), [seen('bob')]],
    [
      'if the source sees only some of what users do',
      silent('ann'),
      [user('bob', ['a'], { activity: [some(1)], lastActiveAt: daysAgo(1) })],
    ],
    [
      'if the source is a file, which may have some of the users only',
      silent('ann'),
      [user('bob', ['a'], { activity: [{ at: daysAgo(1), source: 'sign-ins.csv' }], lastActiveAt: daysAgo(1) })],
    ],
    [
      'if the source is a file whose name is not kept',
      silent('ann'),
      [user('bob', ['a'], { activity: [{ at: daysAgo(1), source: 'file' }], lastActiveAt: daysAgo(1) })],
    ],
  ])('%s', async (_, ann, others) => {
    const { ids, reasons } = await never([ann, ...others])
    expect(ids).toEqual([])
    const outside = ann.kind === 'external' ? ' (they are from outside, and only their own organization knows)' : ''
    expect(reasons).toEqual([`${one} ${1 + others.length} was ever active${outside}`])
  })

  test('if the source has stopped', async () => {
    const old = many(20, (id) =>
      seen(id, { activity: [{ at: daysAgo(4), source: 'tokens' }], lastActiveAt: daysAgo(4) }),
    )
    expect((await never([silent('ann'), ...old])).ids).toEqual([])
    expect((await never([silent('ann'), ...old.slice(1)])).ids).toEqual(['ann'])
  })

  test('if the source has times of few holders only: they may be those who share them', async () => {
    const tenth = [...many(9, silent), seen('bob')]
    expect((await never(tenth)).ids).toHaveLength(9)
    const fewer = [...many(10, silent), seen('bob')]
    expect((await never(fewer)).reasons).toEqual(['the vendor does not say whether 10 holders of 11 were ever active'])
    const active = (count: number) => Array.from({ length: count }, (_, place) => seen(`seen${place}`))
    expect((await never([...many(300, silent), ...active(19)])).ids).toEqual([])
    expect((await never([...many(300, silent), ...active(20)])).ids).toHaveLength(300)
  })

  test.each([
    ['cannot tell', { lastActiveAt: unsupported('no API') }, ' (no API)'],
    ['says it of each user alone', { neverActive: conditional('x') }, ''],
  ])('if the provider %s', async (_, fields, more) => {
    const { capabilities } = organization('any')
    const userFields = { ...capabilities.userFields, ...fields }
    const { ids, reasons } = await never(
      [silent('ann'), seen('bob')],
      {},
      {
        capabilities: { ...capabilities, userFields },
      },
    )
    expect(ids).toEqual([])
    expect(reasons).toEqual([`${one} 2 was ever active${more}`])
  })

  test('and a gap in the list of users is told, beside what is known', async () => {
    const page = failure('one', 'GET /users')
    const onRequest: InMemoryOptions['onRequest'] = ({ operation, continuation }) =>
      operation === 'listUsers' && continuation !== undefined ? page : undefined
    const users = await never([silent('ann'), seen('bob'), silent('carl')], {}, { pageSize: 2, onRequest })
    expect(users.ids).toEqual(['ann'])
    expect(users.reasons).toEqual([expect.stringContaining('the credentials may not do this')])
  })
})

describe('a seat that is too new to judge', () => {
  const fields = ['assignedAt', 'createdAt', 'hiredAt'] as const
  const begun = (field: (typeof fields)[number], at: string): Partial<LicensedUser> =>
    field === 'assignedAt'
      ? { createdAt: undefined, seats: seat({ assignedAt: at }) }
      : { createdAt: undefined, [field]: at }
  const NEW = '1 holder is too new to judge: the seat, account or employment began less than 30 days ago'

  test.each(fields)('is one that by %s began less than 30 days ago, to the millisecond', async (field) => {
    const old = await never([silent('ann', begun(field, daysAgo(30))), seen('bob')])
    expect(old.findings).toMatchObject([{ userId: 'ann', evidence: { [field]: daysAgo(30) } }])
    expect(old.reasons).toEqual([])
    const young = await never([silent('ann', begun(field, daysAgo(30, -1))), seen('bob')])
    expect(young).toEqual({ findings: [], ids: [], reasons: [NEW] })
  })

  test.each(fields)('is not found by the rule of dormant holders either, by %s', async (field) => {
    const away = (at: string) => [seen('ann', { lastActiveAt: daysAgo(100), activity: undefined, ...begun(field, at) })]
    expect((await applied('dormant-holder', away(daysAgo(30)))).ids).toEqual(['ann'])
    expect(await applied('dormant-holder', away(daysAgo(30, -1)))).toEqual({ findings: [], ids: [], reasons: [NEW] })
  })

  test('is one whose newest date is new, and one that is still to begin', async () => {
    const users = [
      silent('ann', { createdAt: daysAgo(400), hiredAt: daysAgo(300), seats: seat({ assignedAt: daysAgo(3) }) }),
      silent('carl', { createdAt: daysAgo(400), hiredAt: daysAgo(-20) }),
      seen('bob'),
    ]
    const { ids, reasons } = await never(users)
    expect(ids).toEqual([])
    expect(reasons).toEqual([
      '2 holders are too new to judge: their seat, account or employment began less than 30 days ago',
    ])
  })

  test('is judged by itself: an older seat of the same user is found', async () => {
    const seats: readonly Seat[] = [
      { licenseId: 'a', assignedBy: 'direct', assignedAt: daysAgo(200) },
      { licenseId: 'b', assignedBy: 'direct', assignedAt: daysAgo(2) },
    ]
    const licenses = [license('a'), license('b')]
    const users = [user('ann', ['a', 'b'], { seats }), seen('bob')]
    const { findings, reasons } = await never(users, {}, { licenses })
    expect(findings.map(({ licenseId }) => licenseId)).toEqual(['a'])
    expect(reasons).toEqual([NEW])
    const dormant = [user('ann', ['a', 'b'], { seats, lastActiveAt: daysAgo(150) }), seen('bob')]
    const away = await applied('dormant-holder', dormant, {}, { licenses })
    expect(away.findings.map(({ licenseId }) => licenseId)).toEqual(['a'])
    expect(away.reasons).toEqual([NEW])
  })

  test('takes another number of days, and 0 is no grace', async () => {
    const users = [silent('ann', { createdAt: daysAgo(10) }), seen('bob')]
    expect((await never(users, { graceDays: 10 })).ids).toEqual(['ann'])
    expect((await never(users, { graceDays: 11 })).reasons).toEqual([NEW.replace('30', '11')])
    const undated = [user('ann', ['a']), seen('bob')]
    expect((await never(undated, { graceDays: 0 })).findings).toMatchObject([{ userId: 'ann', removals: [{}] }])
    const future = [silent('ann', { hiredAt: daysAgo(-1) }), seen('bob')]
    expect((await never(future, { graceDays: 0 })).reasons).toEqual([
      '1 holder is too new to judge: the seat, account or employment is still to begin',
    ])
  })

  test.each([{ graceDays: -1 }, { graceDays: Number.NaN }, { graceDays: '30' }])('takes no %j', (findings) => {
    expect(() => reportOn([], { findings: findings as FindingOptions })).toThrow('graceDays')
  })
})

describe('of a seat whose beginning is not known', () => {
  const undated = (more: Partial<LicensedUser> = {}) => [user('ann', ['a'], more), seen('bob')]

  test.each([
    ['nothing', {}],
    ['a text', { createdAt: 'long ago' }],
    ['the zero of a clock', { createdAt: '0001-01-01T00:00:00Z', hiredAt: '1970-01-01T00:00:00Z' }],
    ['that it was first seen a week ago', { seats: seat({ firstSeenAt: daysAgo(7) }) }],
  ])('the rule abstains, and says what to do: %s', async (_, more) => {
    expect(await never(undated(more))).toEqual({
      findings: [],
      ids: [],
      reasons: [
        'since when 1 holder without any activity has had the seats is not known. To know it, keep snapshots, and make the report with their history (`--history`)',
      ],
    })
  })

  test('the vendor may have what is missing', async () => {
    const { capabilities } = organization('any')
    const userFields = { ...capabilities.userFields, hiredAt: conditional('set `"directory": "extended"`') }
    const { reasons } = await never(undated(), {}, { capabilities: { ...capabilities, userFields } })
    expect(reasons[0]).toContain('To know it, set `"directory": "extended"`, or keep snapshots')
  })

  test('a dormant holder is found all the same', async () => {
    const away = undated({ lastActiveAt: daysAgo(100), seats: seat({ firstSeenAt: daysAgo(7) }) })
    expect((await applied('dormant-holder', away)).ids).toEqual(['ann'])
  })
})

describe('a seat that was seen in a snapshot long ago', () => {
  const kept = (firstSeenAt: string, more: Partial<LicensedUser> = {}) => [
    user('ann', ['a'], { seats: seat({ firstSeenAt }), ...more }),
    seen('bob'),
  ]

  test('is old', async () => {
    const { findings } = await never(kept(daysAgo(30)))
    expect(findings).toMatchObject([{ userId: 'ann', evidence: { firstSeenAt: daysAgo(30) }, removals: [{}] }])
  })

  test('is old though the vendor has a newer date of assignment, but not if the person was hired lately', async () => {
    const renewed = seat({ firstSeenAt: daysAgo(90), assignedAt: daysAgo(2) })
    expect((await never([user('ann', ['a'], { seats: renewed }), seen('bob')])).ids).toEqual(['ann'])
    expect((await never(kept(daysAgo(90), { hiredAt: daysAgo(2) }))).ids).toEqual([])
  })

  test('can be given up; one of which only the day of hire is known cannot be for certain', async () => {
    const hired = await never([user('ann', ['a'], { hiredAt: daysAgo(4_000) }), seen('bob')])
    expect(hired.findings).toMatchObject([{ userId: 'ann', evidence: { hiredAt: daysAgo(4_000) } }])
    expect(hired.findings[0]).not.toHaveProperty('removals')
    const both = await never(kept(daysAgo(60), { hiredAt: daysAgo(4_000) }))
    expect(both.findings).toMatchObject([{ userId: 'ann', removals: [{ licenseId: 'a' }] }])
  })
})

describe('for any dates', () => {
  const days = fc.option(fc.integer({ min: -40, max: 400 }), { nil: undefined })
  const at = (ago: number | undefined) => (ago === undefined ? undefined : daysAgo(ago))

  test('no seat is found that may be newer than the grace days, and none can be given up without proof of its age', async () => {
    await fc.assert(
      fc.asyncProperty(days, days, days, days, fc.integer({ min: 1, max: 90 }), async (...dates) => {
        const [assigned, created, hired, first, graceDays] = dates
        const firstSeen = first === undefined ? undefined : Math.abs(first)
        const ann = user('ann', ['a'], {
          createdAt: at(created),
          hiredAt: at(hired),
          seats: seat({ assignedAt: at(assigned), firstSeenAt: at(firstSeen) }),
        })
        const { findings, reasons } = await never([ann, seen('bob')], { graceDays })
        const isOld = (ago: number | undefined) => ago !== undefined && ago >= graceDays
        const isNew = (ago: number | undefined) => ago !== undefined && ago < graceDays
        const isTooNew = isNew(hired) || (!isOld(firstSeen) && (isNew(assigned) || isNew(created)))
        const isKnown = [assigned, created, hired].some((ago) => ago !== undefined) || isOld(firstSeen)
        expect(findings).toHaveLength(!isTooNew && isKnown ? 1 : 0)
        expect(reasons).toHaveLength(1 - findings.length)
        const isHeld = isOld(assigned) || isOld(created) || isOld(firstSeen)
        expect(findings.filter(({ removals }) => removals !== undefined)).toHaveLength(
          findings.length > 0 && isHeld ? 1 : 0,
        )
      }),
      { numRuns: 300 },
    )
  })
})
