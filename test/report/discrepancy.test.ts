import { describe, expect, test } from 'vitest'
import { createWebexProvider } from '../../providers/webex/index.ts'
import { createLicenseReport, known, type LicenseMetric, unknown } from '../../src/index.ts'
import { discrepancyOf } from '../../src/report/discrepancy.ts'
import { stillRuntime } from '../providers/still-runtime.ts'
import * as webex from '../providers/webex/webex-at-http.ts'
import { withoutNetwork } from '../providers/without-network.ts'

describe('a discrepancy', () => {
  const named = (consumed: number, consumedByUsers?: number) => ({
    metric: 'named' as const,
    consumed: known(consumed),
    ...(consumedByUsers === undefined ? {} : { consumedByUsers: known(consumedByUsers) }),
  })

  test('is how many users more, or fewer, than were enumerated the vendor counts', () => {
    expect(discrepancyOf(named(12), known(10))).toEqual({ consumedByUsers: 12, assigned: 10, difference: 2 })
    expect(discrepancyOf(named(0), known(10))).toEqual({ consumedByUsers: 0, assigned: 10, difference: -10 })
  })

  test('is none where both say the same', () => {
    expect(discrepancyOf(named(10), known(10))).toBeUndefined()
  })

  test('is none of what rooms and workspaces hold, which no list of holders names', () => {
    expect(discrepancyOf(named(13, 10), known(10))).toBeUndefined()
    expect(discrepancyOf(named(13, 9), known(10))).toMatchObject({ consumedByUsers: 9, difference: -1 })
  })

  test('is none where the vendor does not tell its counter of users apart from that of all', () => {
    expect(discrepancyOf({ ...named(13), consumedByUsers: unknown('not told') }, known(10))).toBeUndefined()
  })

  test('is none where either is not known exactly', () => {
    expect(discrepancyOf({ metric: 'named', consumed: unknown('not told') }, known(10))).toBeUndefined()
    expect(discrepancyOf(named(13), unknown('a gap', 10))).toBeUndefined()
  })

  test.each<LicenseMetric>(['concurrent', 'consumption', 'device', 'unknown'])(
    'is none of the metric "%s", where the two count different things',
    (metric) => {
      expect(discrepancyOf({ ...named(13), metric }, known(10))).toBeUndefined()
    },
  )
})

describe('a report on Webex', () => {
  withoutNetwork()

  test('with a counter that lags, one that counts workspaces too and a hybrid license is complete, and quiet about the rest', async () => {
    webex.serveLicenses([
      webex.licenseRecord('lags', { consumedUnits: 3, consumedByUsers: 3, consumedByWorkspaces: 0 }),
      webex.licenseRecord('workspaces', { consumedUnits: 7, consumedByUsers: 2, consumedByWorkspaces: 5 }),
      webex.licenseRecord('hybrid', { consumedUnits: 0, consumedByUsers: 0, consumedByWorkspaces: 0 }),
      webex.licenseRecord('before-2024', { consumedUnits: 7 }),
    ])
    for (const id of ['lags', 'workspaces', 'hybrid', 'before-2024']) webex.serveHolders(id, webex.holders(2))
    const calling = { type: 'webexCalling', webexCalling: { licenses: ['workspaces'] } }
    webex.serveWorkspaces(Array.from({ length: 5 }, (_, index) => ({ id: `w${index}`, calling })))
    const runtime = stillRuntime()
    const report = await createLicenseReport(runtime)([createWebexProvider(webex.withToken, runtime)])()
    expect(report).toMatchObject({ schemaVersion: 1, complete: true, providers: [{ status: 'complete' }] })
    expect(report.licenses.map(({ id, assigned, discrepancy }) => [id, assigned, discrepancy])).toEqual([
      ['lags', known(2), { consumedByUsers: 3, assigned: 2, difference: 1 }],
      ['workspaces', known(7), undefined],
      ['hybrid', known(2), { consumedByUsers: 0, assigned: 2, difference: -2 }],
      ['before-2024', known(2), undefined],
    ])
    // Where there is none, nothing is said of it.
    expect(report.licenses.map((row) => 'discrepancy' in row)).toEqual([true, false, true, false])
  })
})
