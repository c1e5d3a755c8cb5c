import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { LicenseReport, personMapping, unknown } from '../../src/index.ts'
import { priceTable, reportOn, seatPrice } from './priced.ts'
import { failure, license, organization, user } from './reported-organization.ts'

/** A report with everything in it that a report can have. */
const full = async (): Promise<LicenseReport> => {
  const one = organization('one', {
    licenses: [license('a'), license('b', { purchased: unknown('no one says') })],
    users: [
      user('ann', ['a', 'c'], { email: 'x@example.com', status: 'inactive' }),
      user('bob', ['a'], { email: 'x@example.com' }),
    ],
  })
  const two = organization('two', {
    licenses: [license('x')],
    users: [user('ann', ['x'], { email: 'x@example.com' })],
    pageSize: 1,
  })
  const down = organization('down', { onRequest: () => failure('down') })
  return reportOn([one, two, down], {
    prices: priceTable({ one: { a: seatPrice(100) } }),
    mapping: personMapping([{ person: 'p', provider: 'one', user: 'nobody' }]),
    findings: { suppressions: [{ rule: 'dormant-holder', id: undefined, reason: 'tried' }] },
  })
}

const decoded = (value: unknown): LicenseReport => {
  const result = LicenseReport.decode(value)
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}

describe('the codec of a report', () => {
  it('recognizes a report that was made, and reads it back from JSON as it was', async () => {
    const report = await full()
    for (const part of [
      'users',
      'overlaps',
      'ambiguousLinks',
      'idleMappings',
      'findings',
      'abstentions',
      'cost',
    ] as const) {
      expect(report[part], part).toBeDefined()
    }
    expect(LicenseReport.is(report)).toBe(true)
    const parsed: unknown = JSON.parse(JSON.stringify(report))
    expect(decoded(parsed)).toBe(parsed)
  })

  it('says what is wrong with a report, and where', async () => {
    const { licenses, ...report } = await full()
    const wrong = { ...report, schemaVersion: 2, licenses: [{ ...licenses[0], assigned: 7 }] }
    expect(LicenseReport.decode(wrong)).toEqual(
      E.left([
        { path: 'schemaVersion', expected: '1' },
        { path: 'licenses[0].assigned', expected: expect.any(String) },
      ]),
    )
  })

  it('copes with a report of a later version', async () => {
    const report = await full()
    const [provider, ...providers] = report.providers
    const [finding, ...findings] = report.findings ?? []
    const later = {
      ...report,
      currency: 'EUR',
      providers: [
        { ...provider, status: 'stale', region: 'eu' },
        { ...providers.at(-1), error: { _tag: 'QuotaExceeded', provider: 'down', operation: 'GET', message: 'no' } },
      ],
      findings: [{ ...finding, rule: 'shared-seat' }, ...findings],
      licenses: report.licenses.map((row) => ({
        ...row,
        metric: 'per-core',
        services: ['calling', 'whiteboard'],
        available: { kind: 'pooled' },
      })),
    }
    const read = decoded(later)
    expect(read).toMatchObject({
      currency: 'EUR',
      providers: [{ status: 'partial', region: 'eu' }, { error: { _tag: 'Unavailable' } }],
    })
    expect(read.findings).toHaveLength(findings.length)
    expect(read.licenses.every(({ metric, available }) => metric === 'unknown' && available.kind === 'unknown')).toBe(
      true,
    )
    // It may be for anything else too.
    expect(read.licenses[0]?.services).toEqual(['calling', 'other'])
    expect(LicenseReport.is(read)).toBe(true)
  })

  it('refuses a time that is none, and numbers that are none', async () => {
    const report: LicenseReport = JSON.parse(JSON.stringify(await full()))
    expect(LicenseReport.is(report)).toBe(true)
    expect(LicenseReport.is({ ...report, generatedAt: 'not a date' })).toBe(false)
    const [row, ...rows] = report.licenses
    const available = { kind: 'known', value: Number.POSITIVE_INFINITY }
    expect(LicenseReport.is({ ...report, licenses: [{ ...row, available }, ...rows] })).toBe(false)
  })
})
