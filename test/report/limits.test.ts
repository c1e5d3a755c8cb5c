import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import {
  createLicenseReport,
  judgeLimits,
  known,
  LicenseReport,
  type LicenseRow,
  type LimitEntry,
  unknown,
} from '../../src/index.ts'
import { reportOn, seatPrice } from './priced.ts'
import { failure, license, organization, user } from './reported-organization.ts'

const suite = license('suite-id', { name: 'Suite', productCode: 'SU' })
const plus = license('plus-id', { name: 'Plus' })
const acme = organization('acme', { licenses: [suite, plus] })
const other = organization('other', { licenses: [license('suite-id', { name: 'Another', productCode: 'su' })] })

const limitsBy = async (limits: readonly LimitEntry[], providers = [acme]) => {
  const report = await createLicenseReport({ limits })(providers)()
  return Object.fromEntries(report.licenses.map(({ provider, id, limits: own }) => [`${provider} ${id}`, own]))
}

const idleIn = async (limits: readonly LimitEntry[], providers = [acme]) =>
  (await createLicenseReport({ limits })(providers)()).idleLimits

describe('the limits of a license', () => {
  it.each(['suite-id', 'SU', 'su', ' Suite '])('are those under %j', async (name) => {
    expect(await limitsBy([{ license: name, maxUtilization: 95 }])).toEqual({
      'acme suite-id': { maxUtilization: 95 },
      'acme plus-id': undefined,
    })
  })

  it('are those of every license that is called so, in every provider', async () => {
    expect(await limitsBy([{ license: 'su', keepFree: 5 }], [acme, other])).toEqual({
      'acme suite-id': { keepFree: 5 },
      'acme plus-id': undefined,
      'other suite-id': { keepFree: 5 },
    })
  })

  it('are field by field those of the most exact entry: id, product code, name, all', async () => {
    const all: readonly LimitEntry[] = [
      { license: '*', maxUtilization: 90, keepFree: 1 },
      { license: 'Suite', maxUtilization: 91, keepFree: 2 },
      { license: 'SU', maxUtilization: 92 },
    ]
    expect(await limitsBy(all)).toEqual({
      'acme suite-id': { maxUtilization: 92, keepFree: 2 },
      'acme plus-id': { maxUtilization: 90, keepFree: 1 },
    })
    const withId = [...all, { license: 'suite-id', keepFree: 0 }]
    for (const entries of [withId, withId.toReversed()]) {
      expect((await limitsBy(entries))['acme suite-id']).toEqual({ maxUtilization: 92, keepFree: 0 })
    }
  })

  it('of a provider come before those of all for what is as exact, and not for what is less exact', async () => {
    const limits = [
      { license: 'SU', maxUtilization: 90 },
      { license: '*', maxUtilization: 80 },
      { license: 'SU', provider: 'other', maxUtilization: 50 },
      { license: '*', provider: 'acme', maxUtilization: 40 },
    ]
    expect(await limitsBy(limits, [acme, other])).toEqual({
      'acme suite-id': { maxUtilization: 90 },
      'acme plus-id': { maxUtilization: 40 },
      'other suite-id': { maxUtilization: 50 },
    })
  })

  it('are none where it is ignored, but what a more exact entry says', async () => {
    const limits: readonly LimitEntry[] = [
      { license: 'suite-id', keepFree: 3 },
      { license: 'Suite', ignore: true },
      { license: 'Plus', ignore: true },
      { license: '*', maxUtilization: 90, keepFree: 1 },
    ]
    expect(await limitsBy(limits)).toEqual({
      'acme suite-id': { keepFree: 3, ignore: true },
      'acme plus-id': { ignore: true },
    })
  })

  it('are not given to what is known from its overrides alone, which has no seats', async () => {
    const declared = { ...acme, declaredLicenses: new Map([['gone', { purchased: known(5) }]]) }
    const report = await createLicenseReport({ limits: [{ license: '*', keepFree: 1 }] })([declared])()
    expect(report.licenses.map(({ id, limits }) => [id, limits])).toEqual([
      ['suite-id', { keepFree: 1 }],
      ['plus-id', { keepFree: 1 }],
      ['gone', undefined],
    ])
  })

  it('are read back from JSON', async () => {
    const report = await createLicenseReport({
      limits: [
        { license: 'SU', maxUtilization: 95 },
        { license: 'SX', keepFree: 1, source: 'here' },
      ],
    })([acme])()
    const read = LicenseReport.decode(JSON.parse(JSON.stringify(report)))
    if (!isRight(read)) throw new Error('not read')
    const { limits, idleLimits, licenses } = read.right
    expect({ limits, idleLimits, own: licenses[0]?.limits }).toEqual({
      limits: report.limits,
      idleLimits: [{ license: 'SX', source: 'here', why: 'not listed', similar: ['SU'] }],
      own: { maxUtilization: 95 },
    })
  })

  it.each([
    ['no percentage', [{ license: '*', maxUtilization: -1 }], 'limits[0].maxUtilization'],
    ['a part of a seat', [{ license: '*', keepFree: 0.5 }], 'limits[0].keepFree'],
    ['no license', [{ keepFree: 1 }], 'limits[0].license'],
    ['no list', { keepFree: 1 }, 'limits'],
  ])('say where they are wrong: %s', (_, limits, path) => {
    expect(() => createLicenseReport({ limits: limits as never })).toThrow(
      expect.objectContaining({ error: expect.objectContaining({ _tag: 'InvalidInput', path }) }),
    )
  })
})

describe('a limit that fits no license', () => {
  it('is told with what it may mean', async () => {
    expect(await idleIn([{ license: 'Siute', keepFree: 1, source: 'limits.Siute' }])).toEqual([
      { license: 'Siute', source: 'limits.Siute', why: 'not listed', similar: ['Suite'] },
    ])
    expect(await idleIn([{ license: 'Siute', provider: 'gone', keepFree: 1 }])).toEqual([
      { license: 'Siute', provider: 'gone', why: 'no such provider' },
    ])
  })

  it('is none where one provider has the license, or it is about all of them', async () => {
    expect(await idleIn([{ license: 'Plus', keepFree: 1 }], [acme, other])).toBeUndefined()
    expect(await idleIn([{ license: '*', keepFree: 1 }], [organization('empty')])).toBeUndefined()
  })

  it('is not told where the license may be in a list that has a gap, or in a provider that is not read', async () => {
    const failed = organization('failed', { onRequest: () => failure('failed') })
    const entry = { license: 'gone', keepFree: 1 }
    expect(await idleIn([entry], [acme, failed])).toBeUndefined()
    expect(await idleIn([{ ...entry, mayBeElsewhere: true }])).toBeUndefined()
    expect(await idleIn([{ ...entry, provider: 'acme' }], [acme, failed])).toHaveLength(1)
  })
})

describe('whether a license keeps its limits', () => {
  const row = (more: Partial<LicenseRow>): LicenseRow => ({
    provider: 'acme',
    id: 'a',
    name: 'A',
    metric: 'named',
    purchased: known(10),
    consumed: known(9),
    assigned: known(9),
    available: known(1),
    utilization: known(0.9),
    ...more,
  })
  const verdicts = (...given: Parameters<typeof judgeLimits>) =>
    judgeLimits(...given).map(({ kind, limit, verdict }) => [kind, limit, verdict])

  it('is told for each of them', () => {
    expect(verdicts(row({ limits: { maxUtilization: 90, keepFree: 2 } }))).toEqual([
      ['maxUtilization', 90, 'passed'],
      ['keepFree', 2, 'breached'],
    ])
    expect(verdicts(row({ limits: { keepFree: 1 }, purchased: unknown('no contract') }))).toEqual([
      ['keepFree', 1, 'unknown'],
    ])
    expect(verdicts(row({}))).toEqual([])
  })

  it('goes by general limits only for what the license has none of, and not where it is ignored', () => {
    const general = { maxUtilization: 50, keepFree: 5 }
    expect(verdicts(row({ limits: { maxUtilization: 95 } }), general)).toEqual([
      ['maxUtilization', 95, 'passed'],
      ['keepFree', 5, 'breached'],
    ])
    expect(verdicts(row({ limits: { maxUtilization: 95, ignore: true } }), general)).toEqual([
      ['maxUtilization', 95, 'passed'],
    ])
    expect(verdicts(row({ limits: { ignore: true } }), general)).toEqual([])
  })

  it('is no question where nothing is purchased and nothing in use, or the license has no seats of its own', () => {
    const general = { maxUtilization: 50, keepFree: 5 }
    const none = { purchased: known(0), consumed: known(0), assigned: known(0) }
    expect(verdicts(row(none), general)).toEqual([])
    expect(verdicts(row({ ...none, assigned: known(1) }), general)).toEqual([
      ['maxUtilization', 50, 'breached'],
      ['keepFree', 5, 'breached'],
    ])
    expect(verdicts(row({ declaredOnly: true }), general)).toEqual([])
  })
})

describe('rules about seats that were purchased', () => {
  const priced = {
    ...organization('acme', {
      licenses: [license('free', { purchased: known(10) }), license('over', { purchased: known(1) })],
      users: [user('ada', ['free', 'over']), user('bob', ['free', 'over'])],
    }),
    declaredLicenses: new Map([['free', { prices: [seatPrice(100)] }]]),
  }
  const found = async (limits: readonly LimitEntry[]) => {
    const { findings = [], savings } = await reportOn([priced], { findings: {}, limits })
    return { all: findings.map(({ rule, licenseId, seats }) => [rule, licenseId, seats]), findings, savings }
  }

  it('do not call seats a waste that are to be kept free', async () => {
    const { all, findings, savings } = await found([{ license: 'free', keepFree: 3 }])
    expect(all).toContainEqual(['unassigned-seats', 'free', known(5)])
    expect(findings.find(({ licenseId }) => licenseId === 'free')).toMatchObject({
      message: 'Name of free: 8 of 10 purchased seats are not in use, and 3 of them are to be kept free',
      evidence: { purchased: 10, inUse: 2, keepFree: 3 },
      cost: { kind: 'known', amounts: [{ amount: 500, currency: 'EUR' }] },
    })
    expect(savings?.unassigned.seats).toEqual(known(5))
    expect((await found([{ license: 'free', keepFree: 8 }])).all).not.toContainEqual(
      expect.arrayContaining(['unassigned-seats']),
    )
  })

  it('do not look at what is ignored', async () => {
    expect((await found([])).all).toEqual([
      ['unassigned-seats', 'free', known(8)],
      ['over-assigned', 'over', known(1)],
    ])
    const ignored = { license: '*', ignore: true } as const
    expect((await found([ignored])).all).toEqual([])
    expect((await found([ignored, { license: 'free', keepFree: 3 }])).all).toEqual([
      ['unassigned-seats', 'free', known(5)],
    ])
  })
})
