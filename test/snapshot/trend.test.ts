import { describe, expect, it } from 'vitest'
import { createLicenseReport, known, type LicenseProvider, type LicenseRow, unknown } from '../../src/index.ts'
import { createTrend, type TrendReading } from '../../src/snapshot/index.ts'
import { failure, license, organization, user } from '../report/reported-organization.ts'

const row = (id: string, utilization: LicenseRow['utilization'], name = id): LicenseRow => ({
  provider: 'acme',
  id,
  name,
  metric: 'named',
  purchased: known(10),
  consumed: known(1),
  assigned: known(1),
  available: known(9),
  utilization,
})

const reading = (day: string, licenses: readonly LicenseRow[], complete = true): TrendReading => ({
  name: `of ${day}`,
  report: { generatedAt: `2026-11-${day}T00:00:00.000Z`, complete, providers: [], licenses },
})

const readingOf = async (...providers: readonly LicenseProvider[]): Promise<TrendReading> => ({
  name: 'kept',
  report: await createLicenseReport()(providers)(),
})

describe('a trend', () => {
  it('has the snapshots by their time, and not by their names', () => {
    const { snapshots } = createTrend([reading('20', []), reading('01', []), reading('10', [])])
    expect(snapshots.map(({ name }) => name)).toEqual(['of 01', 'of 10', 'of 20'])
  })

  it('has no point where a license is not in a snapshot, and an unknown one where it is not known', () => {
    const notTold = unknown('not told')
    const { licenses } = createTrend([
      reading('01', [row('basic', known(0.5))]),
      reading('02', []),
      reading('03', [row('basic', notTold)]),
      reading('04', [row('basic', known(0.7), 'Basic, as it is called now'), row('new', known(0))]),
    ])
    expect(licenses.map(({ id, name }) => [id, name])).toEqual([
      ['basic', 'Basic, as it is called now'],
      ['new', 'new'],
    ])
    expect(licenses[0]?.points.map(({ snapshot, utilization }) => [snapshot, utilization])).toEqual([
      [0, known(0.5)],
      [2, notTold],
      [3, known(0.7)],
    ])
  })

  it('is complete where every snapshot could be used and is whole', () => {
    const whole = [reading('01', []), reading('02', [])]
    expect(createTrend(whole).complete).toBe(true)
    expect(createTrend(whole, [{ name: 'x', problem: 'it was changed' }]).complete).toBe(false)
    expect(createTrend([...whole, reading('03', [], false)]).complete).toBe(false)
  })
  it('says of every provider of a snapshot how it had been read, and why not as a whole', async () => {
    const kept = await readingOf(
      organization('acme', { licenses: [license('basic')], users: [user('ada', ['basic'])] }),
      organization('torn', {
        licenses: [license('basic')],
        onPage: ({ operation }, page) =>
          operation === 'listUsers' ? { ...page, gaps: [{ what: 'page 3', reason: 'it was not JSON' }] } : page,
      }),
      organization('down', { onRequest: () => failure('down') }),
    )
    const { complete, snapshots } = createTrend([kept])
    expect(complete).toBe(false)
    expect(snapshots[0]?.providers).toEqual([
      { id: 'acme', displayName: 'Display name of acme', status: 'complete', problems: [] },
      {
        id: 'torn',
        displayName: 'Display name of torn',
        status: 'partial',
        problems: ['the list of users lacks page 3: it was not JSON'],
      },
      {
        id: 'down',
        displayName: 'Display name of down',
        status: 'failed',
        problems: ['the credentials may not do this (GET /seats)'],
      },
    ])
  })
})
