import { describe, expect, test } from 'vitest'
import {
  everythingSupported,
  type FindingOptions,
  type FindingRule,
  known,
  type License,
  type LicensedUser,
  type LicenseProvider,
  notApplicable,
  unknown,
  unlimited,
  unsupported,
  withDeclaredLicenses,
} from '../../src/index.ts'
import { packPrice, priceTable, reportOn, seatPrice } from './priced.ts'
import { failure, license, organization, user } from './reported-organization.ts'

const prices = priceTable({ one: { a: seatPrice(100), b: seatPrice(30), 'sku:T': seatPrice(2) } })

const applied = async (rule: FindingRule, providers: readonly LicenseProvider[], findings: FindingOptions = {}) => {
  const report = await reportOn(providers, { prices, findings })
  return {
    findings: (report.findings ?? []).filter((finding) => finding.rule === rule),
    groups: (report.findingGroups ?? []).filter((group) => group.rule === rule),
    abstentions: (report.abstentions ?? []).filter((abstention) => abstention.rule === rule),
  }
}

const one = (licenses: readonly Omit<License, 'provider'>[], users: readonly Omit<LicensedUser, 'provider'>[] = []) =>
  organization('one', { licenses, users })

/** Reports are made on 2026-11-20. */
const TODAY = '2026-11-20'

describe('waiting-for-seat', () => {
  const rule = 'waiting-for-seat'
  const full: Partial<License> = { purchased: known(1) }
  const waits = (id: string, ...pendingLicenseIds: readonly string[]) => user(id, [], { pendingLicenseIds })

  test('is a user with a pending license of which no seat is free, once for all of them', async () => {
    const licenses = [license('a', full), license('b', { purchased: known(0), consumed: known(2) }), license('c')]
    const users = [user('ann', ['a']), waits('bob', 'a', 'b', 'c'), waits('eve', 'a')]
    const { findings, groups, abstentions } = await applied(rule, [one(licenses, users)])
    expect(findings).toMatchObject([
      {
        provider: 'one',
        licenseId: 'a',
        userId: 'bob',
        message: 'bob@example.com waits for Name of a, of which no seat is free',
        evidence: { purchased: 1, available: 0, waiting: 2 },
        seats: known(1),
        cost: notApplicable,
      },
      { licenseId: 'b', userId: 'bob', evidence: { purchased: 0, available: -2, waiting: 1 } },
      { licenseId: 'a', userId: 'eve' },
    ])
    expect(findings[0]).not.toHaveProperty('removals')
    expect(groups.map(({ message }) => message)).toEqual([
      'bob@example.com waits for Name of a and Name of b, of which no seat is free',
      'eve@example.com waits for Name of a, of which no seat is free',
    ])
    expect(abstentions).toEqual([])
  })

  test.each<[string, Partial<License>]>([
    ['a seat is free', {}],
    ['there is no limit', { purchased: unlimited }],
    ['it comes free with the organization', { purchased: notApplicable }],
  ])('is nobody if %s: then they wait for something else', async (_, more) => {
    const { findings, abstentions } = await applied(rule, [one([license('a', more)], [waits('bob', 'a')])])
    expect(findings).toEqual([])
    expect(abstentions).toEqual([])
  })

  test('abstains if it is not known whether a seat is free, and where the vendor does not say who waits', async () => {
    const licenses = [license('a', { purchased: unknown('not told') })]
    const { findings, abstentions } = await applied(rule, [one(licenses, [waits('bob', 'a', 'gone')])])
    expect(findings).toEqual([])
    const start = '1 user waits for a seat, and it is not known whether one is free'
    expect(abstentions).toEqual([
      { rule, provider: 'one', licenseId: 'a', reason: `${start}: not told` },
      { rule, provider: 'one', licenseId: 'gone', reason: `${start}: the vendor does not define the license` },
    ])
    const userFields = { ...everythingSupported.userFields, pendingLicenseIds: unsupported('no API') }
    const silent = organization('one', { licenses, capabilities: { ...everythingSupported, userFields } })
    expect((await applied(rule, [silent])).abstentions).toEqual([
      { rule, provider: 'one', reason: 'the vendor does not say who waits for a seat (no API)' },
    ])
  })

  test('is about no seat that a user holds, so that it is in no group of users', async () => {
    const { groups } = await reportOn([one([license('a', full)], [user('ann', ['a']), waits('bob', 'a')])], {
      groupBy: 'provider',
      findings: {},
    })
    expect(groups?.rows[0]?.atStake?.seats).toMatchObject({ kind: 'unknown' })
    expect(groups?.otherFindings).toBe(1)
  })
})

describe('renewal-due', () => {
  const rule = 'renewal-due'
  const left = (id: string) => user(id, ['a'], { status: 'inactive' })
  const due = (term: License['term'], more: Partial<License> = {}, users: Parameters<typeof one>[1] = []) =>
    one([license('a', { term, ...more })], users)

  test('says how many seats could be dropped, what that saves, and by when to cancel', async () => {
    const users = [user('ann', ['a']), left('bob'), left('eve')]
    const term = { start: '2026-01-01', end: '2027-01-31', noticeDays: 30 }
    const { findings, abstentions } = await applied(rule, [due(term, {}, users)])
    expect(findings).toMatchObject([
      {
        provider: 'one',
        licenseId: 'a',
        message: 'Name of a: its term ends on 2027-01-31; cancel the renewal by 2027-01-01; 9 seats could be dropped',
        evidence: {
          termStart: '2026-01-01',
          termEnd: '2027-01-31',
          daysLeft: 72,
          cancelBy: '2027-01-01',
          purchased: 10,
          inUse: 3,
          unassigned: 7,
          removable: 2,
        },
        seats: known(9),
        cost: { kind: 'known', amounts: [{ amount: 900, currency: 'EUR' }] },
      },
    ])
    expect(findings[0]).not.toHaveProperty('removals')
    expect(abstentions).toEqual([])
  })

  test.each<[string, NonNullable<License['term']>, number | undefined, boolean]>([
    ['60 days before its end, if no notice is known', { end: '2027-01-19' }, undefined, true],
    ['not earlier', { end: '2027-01-20' }, undefined, false],
    ['as many days before as are asked for', { end: '2027-01-20' }, 61, true],
    ['60 days before the renewal must be canceled', { end: '2027-04-19', noticeDays: 90 }, undefined, true],
    ['not earlier than that', { end: '2027-04-20', noticeDays: 90 }, undefined, false],
    ['when the last day to cancel has passed', { end: '2027-01-31', noticeDays: 90 }, undefined, true],
    ['on its last day', { end: TODAY }, undefined, true],
    ['on the day to cancel, without any days before', { end: '2026-12-20', noticeDays: 30 }, 0, true],
  ])('is due %s', async (_, term, renewalDays, isDue) => {
    const { findings, abstentions } = await applied(rule, [due(term)], { renewalDays })
    expect(findings).toHaveLength(isDue ? 1 : 0)
    expect(abstentions).toEqual([])
  })

  test('says that the last day to cancel has passed, or is not known', async () => {
    const messageOf = async (term: License['term']) => (await applied(rule, [due(term)])).findings[0]?.message
    expect(await messageOf({ end: '2027-01-31', noticeDays: 90 })).toContain(
      'the renewal could be canceled until 2026-11-02',
    )
    expect(await messageOf({ end: '2027-01-10' })).toContain('by when the renewal must be canceled is not known')
  })

  test('abstains where the end of a term is not known, is no day, or is over', async () => {
    const licenses = [
      license('a'),
      license('b', { term: { noticeDays: 30 } }),
      license('c', { term: { end: 'soon' } }),
      license('d', { term: { end: '2026-11-19' } }),
      license('free', { purchased: notApplicable }),
    ]
    const { findings, abstentions } = await applied(rule, [one(licenses)])
    const set = 'in "licenses" of the configuration'
    expect(findings).toEqual([])
    expect(abstentions).toEqual([
      {
        rule,
        provider: 'one',
        reason: `the end of the term of 2 licenses is not known; set "term" of each ${set}`,
      },
      {
        rule,
        provider: 'one',
        licenseId: 'c',
        reason: `its term ends on "soon", which is no day; set "term" ${set}`,
      },
      {
        rule,
        provider: 'one',
        licenseId: 'd',
        reason: `its term ended on 2026-11-19, and whether it was renewed is not known; set "term" ${set}`,
      },
    ])
  })

  const soon = { end: '2026-12-31' }

  test('counts seats that go anyway once, and not those in use beyond what was purchased', async () => {
    const users = [user('ann', ['a', 'b']), left('bob'), user('eve', ['a', 'b'], { status: 'inactive' })]
    const licenses = [license('a', { term: soon, purchased: known(2) }), license('b', { includes: ['a'] })]
    const { findings } = await applied(rule, [one(licenses, users)])
    // Three hold it, two were purchased. All three could go, and the first of them saves at once.
    expect(findings).toMatchObject([{ licenseId: 'a', seats: known(2), evidence: { removable: 3, unassigned: 0 } }])
  })

  test('leaves out seats that a suppression accepts, and is accepted itself', async () => {
    const provider = due(soon, {}, [user('ann', ['a']), left('bob')])
    const accepted = (...rules: readonly string[]) =>
      applied(rule, [provider], { suppressions: rules.map((name) => ({ rule: name, reason: 'spare' })) })
    expect((await accepted('unassigned-seats')).findings).toMatchObject([{ seats: known(1) }])
    expect((await accepted('unassigned-seats', 'inactive-holder')).findings).toMatchObject([
      { seats: known(0), cost: notApplicable, message: expect.stringContaining('no seat is free') },
    ])
    expect((await accepted(rule)).findings).toMatchObject([{ accepted: { reason: 'spare' } }])
  })

  test('saves whole packs', async () => {
    const table = priceTable({ one: { a: packPrice(1000, 4) } })
    const { findings } = await reportOn([due(soon, { purchased: known(8) }, [user('ann', ['a']), left('bob')])], {
      prices: table,
      findings: {},
    })
    const found = findings?.find((finding) => finding.rule === rule)
    expect(found).toMatchObject({ seats: known(7), cost: { amounts: [{ amount: 1000 }] } })
  })

  test.each<[string, Partial<License>, string]>([
    ['how many were purchased', { purchased: unknown('not told') }, 'purchased seats: not told'],
    [
      'how many a shared license needs',
      { metric: 'concurrent' },
      'the license is concurrent: what is free now may be needed in the next hour',
    ],
  ])('does not say how many seats could be dropped if it is not known %s', async (_, more, reason) => {
    const { findings } = await applied(rule, [due(soon, more)])
    expect(findings).toMatchObject([
      { seats: unknown(reason), message: expect.stringContaining('how many seats could be dropped is not known') },
    ])
  })

  test('says at least how many could be dropped while more may be in use', async () => {
    const onRequest = ({ operation, continuation }: { readonly operation: string; readonly continuation?: unknown }) =>
      operation === 'listUsers' && continuation !== undefined ? failure('one', 'GET /users') : undefined
    const licenses = [license('a', { term: soon })]
    const users = [left('ann'), left('bob')]
    const { findings } = await applied(rule, [organization('one', { licenses, users, pageSize: 1, onRequest })])
    expect(findings).toMatchObject([{ seats: { kind: 'unknown' }, cost: { kind: 'unknown' } }])
  })

  test('is about the seats of the term that ends, where a license has several', async () => {
    const from = { source: 'contract', name: 'C-1' }
    const part = (seats: number, end: string) => ({ name: 'Seats', quantity: known(seats), from, term: { end } })
    const more: Partial<License> = {
      purchased: known(10),
      purchasedFrom: from,
      purchases: [part(4, '2026-12-31'), part(6, '2028-12-31')],
    }
    const { findings } = await applied(rule, [due(soon, more, [user('ann', ['a'])])])
    expect(findings).toMatchObject([{ seats: known(4), evidence: { termEnd: '2026-12-31', unassigned: 9 } }])
    const over: Partial<License> = { ...more, purchases: [part(4, '2026-11-01'), part(6, '2026-12-15')] }
    const later = await applied(rule, [due({ end: '2026-11-01' }, over, [user('ann', ['a'])])])
    // Five of the nine are of the term that has ended.
    expect(later.findings).toMatchObject([
      { evidence: { termEnd: '2026-12-15' }, seats: { kind: 'unknown', atLeast: 5 } },
    ])
    expect(later.abstentions).toMatchObject([
      { licenseId: 'a', reason: expect.stringContaining('ended on 2026-11-01') },
    ])
  })

  test('takes the notice from the configuration, and the term from the contract', async () => {
    const declared = withDeclaredLicenses(due({ end: '2027-03-31' }), new Map([['a', { term: { noticeDays: 90 } }]]))
    expect((await applied(rule, [declared])).findings).toMatchObject([{ evidence: { cancelBy: '2026-12-31' } }])
    expect((await applied(rule, [due({ end: '2027-03-31' })])).findings).toEqual([])
  })
})

describe('billed-not-held', () => {
  const rule = 'billed-not-held'
  const period = { start: '2026-11-01', end: '2026-11-30', status: 'open' } as const
  const consumedFrom = { source: 'contract', name: 'C-1', period }
  const billed = (more: Partial<License> = {}) => license('a', { consumed: known(5), consumedFrom, ...more })
  const held = [user('ann', ['a']), user('bob', ['a'])]

  test('is a license of which more is billed than is held', async () => {
    const { findings, abstentions } = await applied(rule, [one([billed()], held)])
    expect(findings).toMatchObject([
      {
        licenseId: 'a',
        message: 'Name of a: 5 billed, 2 held',
        evidence: {
          billed: 5,
          held: 2,
          consumedFrom: 'contract C-1',
          consumedAsOf: '2026-11-01 to 2026-11-30',
        },
        seats: known(3),
        cost: { kind: 'known', amounts: [{ amount: 300 }] },
      },
    ])
    expect(abstentions).toEqual([])
  })

  test.each<[string, Partial<License>]>([
    ['no more is billed', { consumed: known(2) }],
    ['it is not billed: the number is the vendor’s own counter', { consumedFrom: undefined }],
    ['it is metered, so that its numbers are no seats', { metric: 'consumption' }],
    ['it is mapped to no license, so that nobody could hold it', { boughtOnly: true }],
  ])('is none if %s', async (_, more) => {
    expect(await applied(rule, [one([billed(more)], held)])).toMatchObject({ findings: [], abstentions: [] })
  })

  test('is at least what is known of the bill, and abstains if that is not more', async () => {
    const { findings } = await applied(rule, [one([billed({ consumed: unknown('a line is odd', 4) })], held)])
    expect(findings).toMatchObject([
      {
        message: 'Name of a: at least 4 billed, 2 held',
        seats: unknown('a line is odd', 2),
        cost: { kind: 'unknown' },
      },
    ])
    const { abstentions } = await applied(rule, [one([billed({ consumed: unknown('a line is odd', 1) })], held)])
    expect(abstentions).toEqual([{ rule, provider: 'one', licenseId: 'a', reason: 'billed seats: a line is odd' }])
  })

  test('abstains if more may hold it than are known', async () => {
    const { findings, abstentions } = await applied(rule, [
      one([billed({ holders: 'notTold', metric: 'device', consumed: known(3) })], held),
    ])
    expect(findings).toEqual([])
    expect(abstentions).toMatchObject([{ licenseId: 'a', reason: expect.stringMatching(/^holders: /) }])
    const enough = one([billed({ holders: 'notTold', metric: 'device', consumed: known(2) })], held)
    expect((await applied(rule, [enough])).abstentions).toEqual([])
  })
})

describe('bought-not-mapped', () => {
  const rule = 'bought-not-mapped'
  const tokens = (more: Partial<License> = {}) =>
    license('sku:T', {
      name: 'Tokens',
      purchased: known(5005),
      consumed: known(12),
      boughtOnly: true,
      purchases: [{ sku: 'T', name: 'Tokens', quantity: known(5005), from: { source: 'contract' } }],
      ...more,
    })

  test('is what was bought and is seats of no license, with what to do', async () => {
    const { findings } = await applied(rule, [one([tokens(), license('a')])])
    expect(findings).toMatchObject([
      {
        licenseId: 'sku:T',
        message:
          'Tokens: 5,005 bought, 12 billed, and mapped to no license; name "T" under "sku" of a license in the configuration',
        evidence: { name: 'Tokens', sku: 'T', quantity: 5005 },
        seats: known(5005),
        cost: { amounts: [{ amount: 10_010 }] },
      },
    ])
  })

  test('of a file may name a license in place of a product', async () => {
    const purchases = [{ name: 'Lisence a', quantity: known(5), from: { source: 'file', name: 'seats.csv' } }]
    const { findings } = await applied(rule, [one([tokens({ purchases, consumed: unknown('not told') })])])
    expect(findings[0]?.message).toBe(
      'Tokens: 5,005 bought, and mapped to no license; give the id of a license in the file',
    )
    expect(findings[0]?.evidence).not.toHaveProperty('sku')
  })

  test('is not what nothing was bought or billed of', async () => {
    const none = tokens({ purchased: known(0), consumed: known(0) })
    expect((await applied(rule, [one([none])])).findings).toEqual([])
    const billed = tokens({ purchased: known(0), consumed: known(3) })
    expect((await applied(rule, [one([billed])])).findings).toHaveLength(1)
  })

  test('ends with the mapping of its product', async () => {
    const mapped = withDeclaredLicenses(one([license('a'), tokens()]), new Map([['a', { sku: ['T'] }]]))
    expect((await applied(rule, [mapped])).findings).toEqual([])
  })
})
