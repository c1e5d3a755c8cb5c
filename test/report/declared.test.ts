import { describe, expect, test } from 'vitest'
import {
  type DeclaredLicense,
  diffSnapshots,
  known,
  type LicenseProvider,
  notApplicable,
  toPromise,
  toReadonlyArray,
  withDeclaredLicenses,
} from '../../src/index.ts'
import { createSnapshotProvider } from '../../src/snapshot/snapshot-provider.ts'
import { snapshotOf } from '../snapshot/in-memory-folder.ts'
import { reportOn, seatPrice } from './priced.ts'
import { failure, license, organization, user } from './reported-organization.ts'

const declaring = (provider: LicenseProvider, declared: Readonly<Record<string, DeclaredLicense>>) =>
  withDeclaredLicenses(provider, new Map(Object.entries(declared)))

const suite = license('suite-id', { name: 'Suite', productCode: 'KX', purchased: known(10) })
const one = (more = {}) => organization('one', { licenses: [suite], users: [user('ann', ['suite-id'])], ...more })

const bought: DeclaredLicense = { purchased: known(300), prices: [seatPrice(11_000)] }

describe('a license that is known by its declaration alone', () => {
  const mistyped = () => declaring(one(), { 'suite-id': { prices: [seatPrice(100)] }, 'siute-id': bought })

  test('is a row that says so, and in no total and no finding but one', async () => {
    const report = await reportOn([mistyped()], { findings: {} })
    expect(report.licenses).toMatchObject([
      { id: 'suite-id', purchased: known(10) },
      { id: 'siute-id', declaredOnly: true, purchased: notApplicable, assigned: notApplicable, cost: notApplicable },
    ])
    const costs = { kind: 'known', amounts: [{ amount: 1_000, currency: 'EUR' }] }
    expect(report.cost).toMatchObject({ total: costs, unpriced: [] })
    expect(report.providers[0]?.cost).toEqual(costs)
    expect(report.findings?.filter(({ licenseId }) => licenseId === 'siute-id').map(({ rule }) => rule)).toEqual([
      'undefined-license',
    ])
    expect(report.abstentions?.filter(({ licenseId }) => licenseId === 'siute-id')).toEqual([])
    expect(report.idleDeclarations).toEqual([{ provider: 'one', key: 'siute-id', why: 'not listed' }])
  })

  test('is not known to be one where not all licenses could be read, which is what is said', async () => {
    const failing = one({
      onRequest: ({ operation }: { operation: string }) => (operation === 'listLicenses' ? failure('one') : undefined),
    })
    const report = await reportOn([declaring(failing, { 'siute-id': bought })], { findings: {} })
    expect(report.idleDeclarations).toBeUndefined()
    expect(report.licenses.map(({ id }) => id)).toEqual(['suite-id'])
    expect(report.abstentions).toContainEqual({
      rule: 'undefined-license',
      provider: 'one',
      reason: expect.stringContaining('the credentials may not do this'),
    })
  })

  test('is certain if a user holds it', async () => {
    const users = [user('ann', ['retired'])]
    const report = await reportOn([declaring(one({ users }), { retired: bought })], { findings: {} })
    expect(report.licenses.at(-1)).toMatchObject({ id: 'retired', purchased: known(300), assigned: known(1) })
    expect(report.licenses.at(-1)?.declaredOnly).toBeUndefined()
    expect(report.idleDeclarations).toBeUndefined()
  })

  test('has neither come nor gone between two snapshots', async () => {
    const [before, after] = [await snapshotOf([one()]), await snapshotOf([mistyped()])]
    const diff = await diffSnapshots(before, after)()
    expect(diff).toMatchObject({ _tag: 'Right', right: { unchanged: 0, licenses: [{ id: 'suite-id' }] } })
  })

  test('is left out of a snapshot that lists it, as those of version 0.1 did', async () => {
    const [kept] = (await snapshotOf([{ ...one(), declaredLicenses: new Map([['siute-id', bought]]) }])).manifest
      .providers
    if (kept === undefined) throw new Error('nothing was kept')
    const records = [suite, { ...license('siute-id', { purchased: known(300) }), declaredOnly: true }]
    const licenses = new TextEncoder().encode(
      records.map((record) => `${JSON.stringify({ ...record, provider: 'one' })}\n`).join(''),
    )
    const provider = createSnapshotProvider(kept, { licenses, users: new Uint8Array() })
    expect((await toPromise(toReadonlyArray(provider.listLicenses()))).items.map(({ id }) => id)).toEqual(['suite-id'])
    expect(await provider.getLicense('siute-id')()).toMatchObject({ _tag: 'Left' })
    const report = await reportOn([provider])
    expect(report.licenses.map(({ id, declaredOnly, purchased }) => [id, declaredOnly, purchased])).toEqual([
      ['suite-id', undefined, known(10)],
      ['siute-id', true, notApplicable],
    ])
  })
})

describe('a license that is declared by its product code or name', () => {
  test.each(['KX', 'kx', 'SUITE', 'suite-id'])(
    'as %s has what is declared, also read back from a snapshot',
    async (key) => {
      const provider = declaring(one(), { [key]: { prices: [seatPrice(100)], name: 'Renamed' } })
      const snapshot = await snapshotOf([provider])
      for (const providers of [[provider], snapshot.providers]) {
        const report = await reportOn(providers)
        expect(report.licenses).toMatchObject([{ id: 'suite-id', name: 'Renamed', purchased: known(10) }])
        expect(report.cost?.total).toEqual({ kind: 'known', amounts: [{ amount: 1_000, currency: 'EUR' }] })
        expect(report.idleDeclarations).toBeUndefined()
      }
      const diff = await diffSnapshots(snapshot, snapshot)()
      expect(diff).toMatchObject({
        right: { cost: { after: { kind: 'known', amounts: [{ amount: 1_000 }] }, notCompared: 0 } },
      })
    },
  )

  test('that several have is declared of none of them, and that is said', async () => {
    const licenses = [suite, license('other', { name: 'suite' })]
    const report = await reportOn([declaring(one({ licenses }), { Suite: bought })])
    expect(report.licenses).toMatchObject([
      { id: 'suite-id', purchased: known(10), cost: { kind: 'unknown' } },
      { id: 'other', purchased: known(10), cost: { kind: 'unknown' } },
    ])
    expect(report.idleDeclarations).toEqual([
      {
        provider: 'one',
        key: 'Suite',
        why: 'not one license',
        licenses: ['suite-id', 'other'],
        names: ['suite-id', 'other'],
      },
    ])
  })
})
