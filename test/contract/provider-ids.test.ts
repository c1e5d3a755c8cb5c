import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import {
  applyPlan,
  createLicenseReport,
  createPlan,
  type LicenseProvider,
  providerWith,
  takeSnapshot,
  toPromise,
} from '../../src/index.ts'
import { SnapshotManifest } from '../../src/snapshot/manifest.ts'
import { createSnapshotProvider } from '../../src/snapshot/snapshot-provider.ts'
import { assign, keptJournal, organization, planFor } from '../plan/organization.ts'

const withId = (id: unknown): LicenseProvider => providerWith(organization(), { id } as never)

describe.each(['Bad Id', '', '../x', 'a'.repeat(64), 'x#y', 5])('a provider with the id %j', (id) => {
  const provider = withId(id)

  test('is not read by a report, which says why', async () => {
    const report = await createLicenseReport()([organization({ id: 'good' }), provider])()
    expect(report.providers).toMatchObject([
      { id: 'good', status: 'complete' },
      { id: 'provider#2', status: 'failed', error: { _tag: 'Conflict', provider: 'provider#2' } },
    ])
    expect(report.licenses.map((license) => license.provider)).not.toContain(id)
  })

  test('gets no plan, and applies none', async () => {
    const plan = await planFor(organization(), [assign('pro', 'ada')])
    const left = { _tag: 'InvalidInput', path: typeof id === 'string' ? 'provider.id' : 'provider' }
    expect(await createPlan(provider, [assign('pro', 'ada')])()).toMatchObject({ left })
    expect(await applyPlan(plan, provider, { journal: keptJournal() })()).toMatchObject({ left })
  })

  test('is in no snapshot', async () => {
    const { manifest } = await toPromise(takeSnapshot([withId('good')]))
    const resealed = { ...manifest, providers: manifest.providers.map((one) => ({ ...one, id })) }
    expect(E.isLeft(SnapshotManifest.decode(resealed))).toBe(true)
  })
})

test('the id of a wrong length or form is shown, with what is expected', async () => {
  const report = await createLicenseReport()([withId('Bad Id')])()
  expect(report.providers[0]?.error?.message).toBe(
    'the id of a provider: expected a lower-case slug such as "webex-emea", found "Bad Id"',
  )
})

test('a refused provider is read back from a snapshot as it was', async () => {
  const { manifest } = await toPromise(takeSnapshot([withId('Bad Id'), organization({ id: 'same' }), withId('same')]))
  const bytes = new Uint8Array()
  expect(SnapshotManifest.decode(manifest)).toMatchObject({ _tag: 'Right' })
  const kept = manifest.providers.map((one) => createSnapshotProvider(one, { licenses: bytes, users: bytes }))
  const again = await createLicenseReport()(kept)()
  expect(again.providers).toMatchObject([
    { id: 'provider#1', error: { message: expect.stringContaining('found "Bad Id"') } },
    { id: 'same' },
    { id: 'same#2', error: { message: expect.stringContaining('another provider has the id "same"') } },
  ])
})
