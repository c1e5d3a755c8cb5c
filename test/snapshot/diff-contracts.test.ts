import { describe, expect, it } from 'vitest'
import { type DeclaredLicense, known, type License, toPromise, withDeclaredLicenses } from '../../src/index.ts'
import { renderDiff, textOf } from '../../src/render/index.ts'
import { diffSnapshots, type SnapshotDiff } from '../../src/snapshot/index.ts'
import { license, organization, user } from '../report/reported-organization.ts'
import { snapshotOf } from './in-memory-folder.ts'

const contract = { source: 'contract', name: 'C-1', at: '2026-10-01' } as const

const suite: Partial<License> = {
  name: 'Suite',
  purchased: known(300),
  purchasedFrom: contract,
  consumedFrom: {
    source: 'partner overview',
    period: { start: '2026-10-01', end: '2026-10-31', status: 'closed' },
  },
  committedPrices: [{ amount: '75.00', currency: 'EUR' }],
  overagePrices: [{ amount: '99.00', currency: 'EUR', per: 'seat-month' }],
  term: { start: '2026-01-01', end: '2026-12-31' },
}

const side = (more: Partial<License>, declared: DeclaredLicense = {}) =>
  snapshotOf([
    withDeclaredLicenses(
      organization('acme', { licenses: [license('suite', { ...suite, ...more })], users: [user('ada', ['suite'])] }),
      new Map([['suite', declared]]),
    ),
  ])

const between = async (
  before: Partial<License>,
  after: Partial<License>,
  declared?: DeclaredLicense,
): Promise<SnapshotDiff> => toPromise(diffSnapshots(await side(before), await side(after, declared)))

describe('what differs between two snapshots', () => {
  it('is the term, and it is the only difference that is listed', async () => {
    const term = { start: '2026-01-01', end: '2027-12-31', noticeDays: 30 }
    const { licenses, unchanged } = await between({}, { term })
    expect(unchanged).toBe(0)
    expect(licenses).toHaveLength(1)
    expect(licenses[0]).toMatchObject({ change: 'changed', term: { before: suite.term, after: term } })
    expect(licenses[0]).not.toHaveProperty('purchasedFrom')
    expect(licenses[0]).not.toHaveProperty('committedPrices')
  })

  it('is what a seat costs by contract', async () => {
    const committedPrices = [{ amount: '80.00', currency: 'EUR' }]
    const diff = await between({}, { committedPrices, overagePrices: undefined })
    expect(diff.licenses[0]).toMatchObject({
      committedPrices: { before: suite.committedPrices, after: committedPrices },
      overagePrices: { before: suite.overagePrices },
    })
    const [table, markdown] = [await renderDiff(diff, { format: 'table' }), await renderDiff(diff, { format: 'md' })]
    const unit = 'per unit of the contract, not certain to be per month'
    expect(textOf(table)).toContain(`acme: Suite: committed price: EUR 75.00 ${unit} → EUR 80.00 ${unit}`)
    expect(textOf(table)).toContain('acme: Suite: overage price: EUR 99.00 per seat and month → unknown')
    expect(textOf(markdown)).toContain('EUR 75.00')
    expect(textOf(markdown)).toContain('→ EUR 80.00')
  })

  it('is what a license is for, where both snapshots tell it', async () => {
    const diff = await between({ services: ['meetings'] }, { services: ['meetings', 'calling'] })
    expect(diff.licenses[0]).toMatchObject({
      services: { before: ['meetings'], after: ['meetings', 'calling'] },
    })
    const lines = textOf(await renderDiff(diff, { format: 'table' }))
    expect(lines).toContain('acme: Suite: services: meetings → meetings, calling')
    expect((await between({ services: ['meetings'] }, { services: [] })).licenses).toHaveLength(1)
    expect(
      (await between({ services: ['meetings', 'calling'] }, { services: ['calling', 'meetings'] })).unchanged,
    ).toBe(1)
    // A snapshot of an older version tells none.
    expect((await between({}, { services: ['meetings'] })).unchanged).toBe(1)
  })

  it('is that the number comes from another source', async () => {
    const diff = await between({}, {}, { purchased: known(280) })
    expect(diff.licenses[0]).toMatchObject({
      purchased: { difference: known(-20) },
      purchasedFrom: { before: contract, after: { source: 'configuration' } },
    })
    expect(textOf(await renderDiff(diff, { format: 'table' }))).toContain(
      'acme: Suite: purchased is now from the configuration, before from contract C-1',
    )
  })

  it('is not that the same source was read on another day, for another period', async () => {
    const { licenses, unchanged } = await between(
      {},
      {
        purchasedFrom: { ...contract, at: '2026-11-01' },
        consumedFrom: {
          source: 'partner overview',
          period: { start: '2026-11-01', end: '2026-11-30', status: 'open' },
        },
      },
    )
    expect({ licenses, unchanged }).toEqual({ licenses: [], unchanged: 1 })
  })
})
