import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Activity, type FindingOptions, unsupported } from '../../src/index.ts'
import { reportOn } from './priced.ts'
import { license, organization, user } from './reported-organization.ts'

/** The time of the reports of these tests. */
const NOW = Date.parse('2026-11-20T10:00:00.000Z')
const DAY_MS = 86_400_000
const daysAgo = (days: number): string => new Date(NOW - days * DAY_MS).toISOString()

type User = ReturnType<typeof user>

const holder = (id: string, activity: readonly Activity[], more: Parameters<typeof user>[2] = {}): User => {
  const last = activity
    .map(({ at }) => at)
    .sort()
    .at(-1)
  return user(id, ['a'], { activity, ...(last === undefined ? {} : { lastActiveAt: last }), ...more })
}
const by = (source: string, days: number): Activity => ({ source, at: daysAgo(days) })
const many = (count: number, of: (place: number) => User): readonly User[] =>
  Array.from({ length: count }, (_, i) => of(i))

const dormant = async (users: readonly User[], findings: FindingOptions = {}) => {
  const report = await reportOn([organization('one', { licenses: [license('a')], users })], { findings })
  const ofRule = (report.findings ?? []).filter(({ rule }) => rule === 'dormant-holder')
  return {
    ids: ofRule.map(({ userId }) => userId),
    findings: ofRule,
    reasons: (report.abstentions ?? []).filter(({ rule }) => rule === 'dormant-holder').map(({ reason }) => reason),
    staleSources: report.staleSources,
  }
}

describe('a dormant holder', () => {
  test('is one of whom every source that tells is old, and the evidence names each with its time', async () => {
    const { findings, reasons } = await dormant([
      holder('ann', [by('logins', 400), by('tokens', 100)]),
      holder('bob', [by('logins', 400), by('tokens', 89)]),
      holder('carl', [by('logins', 10), by('tokens', 300)]),
    ])
    expect(findings).toMatchObject([
      {
        userId: 'ann',
        message: 'ann@example.com has not been active for 100 days and holds Name of a',
        evidence: {
          lastActiveAt: daysAgo(100),
          days: 100,
          dormantAfterDays: 90,
          sources: `logins ${daysAgo(400)}, tokens ${daysAgo(100)}`,
        },
      },
    ])
    expect(reasons).toEqual([])
  })

  test('is told by the only time there is, if the provider names no source', async () => {
    const { findings } = await dormant([user('ann', ['a'], { lastActiveAt: daysAgo(100) })])
    expect(findings).toMatchObject([{ userId: 'ann', evidence: { lastActiveAt: daysAgo(100) } }])
    expect(findings[0]?.evidence).not.toHaveProperty('sources')
  })

  test('is not one of whom only an old time is known by a source that sees some of what users do', async () => {
    const some = (days: number): Activity => ({ ...by('passwords', days), covers: 'some' })
    const { ids, reasons, findings } = await dormant([
      holder('ann', [some(400)]),
      holder('bob', [some(400), by('tokens', 200)]),
      holder('carl', [some(1), by('tokens', 200)]),
    ])
    expect(ids).toEqual(['bob'])
    expect(findings[0]?.evidence.days).toBe(200)
    expect(reasons).toEqual([
      'the last activity of 1 holder is known only from passwords, which sees only some of what users do',
    ])
  })

  test.each([
    ['1999-12-31T23:59:59.999Z'],
    ['1970-01-02T00:00:00.000Z'],
    ['2026-11-21T00:00:00.000Z'],
    ['2099-01-01T00:00:00.000Z'],
  ])('is not one of whom only %s is told, which cannot be true', async (at) => {
    const { ids, reasons } = await dormant([holder('ann', [{ at, source: 'logins' }])])
    expect(ids).toEqual([])
    expect(reasons).toEqual(['the last activity of 1 holder is before 2000 or in the future, and is not believed'])
  })

  test('is not one of whom a time that is still to come is told beside an old one: it may be the newest', async () => {
    const { findings, reasons } = await dormant([
      holder('ann', [{ at: '2099-01-01T00:00:00.000Z', source: 'logins' }, by('tokens', 200)]),
    ])
    expect(findings).toEqual([])
    expect(reasons).toEqual(['the last activity of 1 holder is before 2000 or in the future, and is not believed'])
  })

  test('is not one whom a vendor with a clock that is fast by a minute has just seen', async () => {
    const { ids, reasons } = await dormant([
      holder('ann', [{ at: new Date(NOW + 60_000).toISOString(), source: 'tokens' }, by('logins', 400)]),
    ])
    expect({ ids, reasons }).toEqual({ ids: [], reasons: [] })
  })
})

describe('a source of activity that has stopped', () => {
  const signedOn = (more: (place: number) => readonly Activity[]) =>
    many(25, (place) => holder(`u${place}`, [by('passwords', 700 + place), ...more(place)]))

  test('is named, and proves no holder to be dormant', async () => {
    const { ids, reasons, staleSources } = await dormant(signedOn(() => []))
    expect(ids).toEqual([])
    expect(staleSources).toEqual([{ provider: 'one', source: 'passwords', newest: daysAgo(700), holders: 25 }])
    expect(reasons).toEqual([
      `the last activity of 25 holders is known only from passwords, which has stopped (its newest time is of ${daysAgo(700).slice(0, 10)})`,
    ])
  })

  test('leaves those to another source of whom that tells too', async () => {
    const { ids, reasons, findings } = await dormant(
      signedOn((place) => (place === 24 ? [] : [by('tokens', place === 0 ? 100 : 1)])),
    )
    expect(ids).toEqual(['u0'])
    expect(findings[0]?.evidence.sources).toBe(`passwords ${daysAgo(700)} (has stopped), tokens ${daysAgo(100)}`)
    expect(reasons).toHaveLength(1)
    expect(reasons[0]).toMatch(/^the last activity of 1 holder is known only from passwords, which has stopped/)
  })

  test('still shows who was active while it ran', async () => {
    const users = many(25, (place) =>
      holder(`u${place}`, [by('badges', 10 + place), by('tokens', place < 2 ? 1 : 200)]),
    )
    const { ids, staleSources } = await dormant(users)
    expect(staleSources).toMatchObject([{ source: 'badges', newest: daysAgo(10) }])
    expect(ids).toEqual([])
  })

  test.each([
    ['of fewer than 20 holders', many(19, (place) => holder(`u${place}`, [by('passwords', 700)]))],
    [
      'whose newest time is three days old',
      many(20, (place) => holder(`u${place}`, [by('passwords', place === 0 ? 3 : 700)])),
    ],
    [
      'without a source',
      many(20, (place) => user(`u${place}`, ['a'], { lastActiveAt: daysAgo(place === 0 ? 0 : 700) })),
    ],
  ])('is none %s', async (_, users) => {
    const { ids, staleSources } = await dormant(users)
    expect(staleSources).toBeUndefined()
    expect(ids.length).toBeGreaterThan(18)
  })

  test('is one from three days on, and of 20 holders, each counted once', async () => {
    const twice = (count: number) => many(count, (place) => holder(`u${place}`, [by('lists', 700), by('lists', 4)]))
    expect((await dormant(twice(19))).staleSources).toBeUndefined()
    expect((await dormant(twice(20))).staleSources).toMatchObject([{ newest: daysAgo(4), holders: 20 }])
  })

  test('is judged by times that can be true, and by users who hold something', async () => {
    const future = { at: '2099-01-01T00:00:00.000Z', source: 'passwords' }
    const idle = user('idle', [], { activity: [by('passwords', 0)], lastActiveAt: daysAgo(0) })
    const users = [idle, ...many(20, (place) => holder(`u${place}`, [by('passwords', 700), future]))]
    expect((await dormant(users)).staleSources).toMatchObject([{ newest: daysAgo(700), holders: 20 }])
  })

  test('is one of its own provider', async () => {
    const old = many(20, (place) => holder(`u${place}`, [by('tokens', 700)]))
    const provider = (id: string, users: readonly User[]) => organization(id, { licenses: [license('a')], users })
    const report = await reportOn(
      [provider('one', old), provider('two', [...old, holder('new', [by('tokens', 0)])])],
      {},
    )
    expect(report.staleSources).toMatchObject([{ provider: 'one' }])
    const found = (report.findings ?? []).filter(({ rule }) => rule === 'dormant-holder')
    expect(found.map(({ provider }) => provider)).toEqual(old.map(() => 'two'))
  })
})

describe('for any sources and times', () => {
  const activity = fc.record(
    {
      source: fc.constantFrom('passwords', 'tokens', 'file'),
      at: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: -400, max: 400 }).map((days) => daysAgo(Math.abs(days))) },
        { weight: 1, arbitrary: fc.constantFrom('yesterday', '1999-01-01T00:00:00Z', '2031-01-01T00:00:00Z') },
      ),
      covers: fc.constant<'some'>('some'),
    },
    { requiredKeys: ['source', 'at'] },
  )
  const credible = (at: string) => Date.parse(at) >= Date.UTC(2000, 0, 1) && Date.parse(at) <= NOW

  test('a holder is found exactly if all credible times are old, none is still to come, and a sound source tells one of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(activity, { maxLength: 4 }), { minLength: 1, maxLength: 40 }), async (all) => {
        const users = all.map((times, place) => holder(`u${place}`, times))
        const stopped = ['passwords', 'tokens', 'file'].filter((source) => {
          const told = all.map((times) => times.filter((one) => one.source === source && credible(one.at)))
          const newest = Math.max(...told.flat().map(({ at }) => Date.parse(at)))
          return told.filter(({ length }) => length > 0).length >= 20 && NOW - newest > 3 * DAY_MS
        })
        const expected = all.flatMap((times, place) => {
          const told = times.filter(({ at }) => credible(at))
          const isOld = told.every(({ at }) => NOW - Date.parse(at) >= 90 * DAY_MS)
          const isProven = told.some(({ source, covers }) => covers === undefined && !stopped.includes(source))
          const isAhead = times.some(({ at }) => Date.parse(at) > NOW + 5 * 60_000)
          return isOld && isProven && !isAhead ? [`u${place}`] : []
        })
        const { ids, staleSources = [] } = await dormant(users)
        expect(ids).toEqual(expected)
        expect(staleSources.map(({ source }) => source).sort()).toEqual([...stopped].sort())
      }),
      { numRuns: 200 },
    )
  })
})

test('a provider that cannot tell is said to be unable, not to have stopped', async () => {
  const users = many(30, (place) => user(`u${place}`, ['a']))
  const provider = organization('one', { licenses: [license('a')], users })
  const capabilities = { ...provider.capabilities, userFields: { lastActiveAt: unsupported('no API') } }
  const report = await reportOn([{ ...provider, capabilities }], {})
  expect(report.staleSources).toBeUndefined()
  expect(report.abstentions?.find(({ rule }) => rule === 'dormant-holder')?.reason).toBe(
    'the vendor does not say when 30 holders of 30 were last active (no API)',
  )
})
