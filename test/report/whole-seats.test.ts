import { describe, expect, it } from 'vitest'
import { createLicenseReport, known, toPromise, unknown } from '../../src/index.ts'
import { allowedSeats, isAboveShare } from '../../src/report/limits/allowed-seats.ts'
import { takeSnapshot } from '../../src/snapshot/index.ts'
import { license, organization, user } from './reported-organization.ts'

const NO_SEATS = [0.5, 10.5, -1, 1e21, 1e305, Number.POSITIVE_INFINITY, Number.NaN, 9_007_199_254_740_992]

const prices = new Map([['acme', new Map([['L', [{ amount: 1_000, currency: 'EUR', per: 'seat-month' }]]])]])

const reportOf = (purchased: number, consumed = 0) =>
  createLicenseReport({ detail: true, prices, findings: {} })([
    organization('acme', {
      licenses: [license('L', { purchased: known(purchased), consumed: known(consumed) })],
      users: [user('ada', ['L'])],
    }),
  ])()

const NOT_SEATS = { kind: 'unknown', reason: 'the number that was given is not a number of seats' }

describe('what a provider gives as a number of seats', () => {
  it.each(NO_SEATS)('is not known where it is %d, and neither is anything that follows from it', async (value) => {
    const { licenses, cost, findings } = await reportOf(value)
    expect(licenses[0]).toMatchObject({
      purchased: NOT_SEATS,
      available: { kind: 'unknown' },
      utilization: { kind: 'unknown' },
      cost: { kind: 'unknown' },
    })
    expect(cost?.total.kind).toBe('unknown')
    expect(findings).toEqual([])
  })

  it.each(NO_SEATS)('is no counter where it is %d: the holders that were listed count', async (value) => {
    const { licenses } = await reportOf(10, value)
    expect(licenses[0]).toMatchObject({ consumed: NOT_SEATS, assigned: known(1), available: known(9) })
  })

  it('is kept by no snapshot where it is none', async () => {
    const acme = organization('acme', {
      licenses: [license('L', { purchased: known(10.5), consumed: unknown('?', 0.5) })],
    })
    const { files } = await toPromise(takeSnapshot([acme]))
    const [line = ''] = (files.get('acme.licenses.ndjson') ?? []).map((part) => new TextDecoder().decode(part))
    expect(JSON.parse(line)).toMatchObject({ purchased: NOT_SEATS, consumed: { kind: 'unknown', reason: '?' } })
    expect(JSON.parse(line).consumed).not.toHaveProperty('atLeast')
  })

  it('has no sign where it is nothing', async () => {
    const { licenses } = await reportOf(-0)
    expect(Object.is(licenses[0]?.purchased.kind === 'known' && licenses[0].purchased.value, 0)).toBe(true)
  })

  it('costs what cannot be told where the amount is too large to be exact', async () => {
    const { licenses } = await reportOf(Number.MAX_SAFE_INTEGER)
    expect(licenses[0]?.cost).toEqual({ kind: 'unknown', reason: 'more than can be counted exactly' })
  })

  it('is compared to the seat, however large', () => {
    const most = Number.MAX_SAFE_INTEGER
    expect(isAboveShare(most, most, 100)).toBe(false)
    expect(isAboveShare(most, most - 1, 100)).toBe(true)
    expect(allowedSeats(most, 100)).toBe(most)
  })
})

describe('a license that contains very many', () => {
  it('is looked into', async () => {
    const contents = Array.from({ length: 200_000 }, (_, index) => `i${index}`)
    const { findings = [] } = await createLicenseReport({ findings: {} })([
      organization('acme', {
        licenses: [license('all', { includes: ['most'] }), license('most', { includes: contents }), license('i7')],
        users: [user('ada', ['all', 'i7'])],
      }),
    ])()
    expect(findings.map(({ rule, licenseId }) => [rule, licenseId])).toContainEqual(['included-license', 'i7'])
  })
})
