import { describe, expect, it } from 'vitest'
import { createLicenseReport, supportOf, toPromise, toReadonlyArray } from '../../src/index.ts'
import { createTrend, diffSnapshots, MANIFEST_FILE, type Snapshot, takeSnapshot } from '../../src/snapshot/index.ts'
import { manifestSeal } from '../../src/snapshot/manifest-text.ts'
import { failure, license, organization, user } from '../report/reported-organization.ts'
import { type Files, filesOf, opened, snapshotOf, standing } from './in-memory-folder.ts'

const providers = () => [
  organization('acme', { licenses: [license('a')], users: [user('ann', ['a'], { email: 'ann@example.com' })] }),
  organization('down', { onRequest: () => failure('down') }),
]

const textOf = (files: Files, name: string): string => new TextDecoder().decode(files.get(name))

const later = {
  _tag: 'QuotaExceeded',
  provider: 'down',
  operation: 'GET /seats',
  message: 'the quota is used up',
  quota: 5,
}

/** The same, as a version that knows more would have written it: sealed as it should be. */
const writtenLater = async (): Promise<Files> => {
  const files = new Map(await filesOf(providers()))
  const sizes = new Map<string, object>()
  const rewrite = async (name: string, more: object) => {
    const text = `${JSON.stringify({ ...JSON.parse(textOf(files, name)), ...more })}\n`
    const bytes = new TextEncoder().encode(text)
    const digest = await crypto.subtle.digest('SHA-256', bytes)
    files.set(name, bytes)
    sizes.set(name, { bytes: bytes.length, sha256: Buffer.from(digest).toString('hex') })
  }
  await rewrite('acme.licenses.ndjson', {
    metric: 'per-core',
    tier: { of: 'gold' },
    consumed: { kind: 'sampled', of: 9 },
  })
  await rewrite('acme.users.ndjson', { status: 'on-leave', costCenter: '42' })
  const { hash: _, ...manifest } = JSON.parse(textOf(files, MANIFEST_FILE))
  const [acme, down] = manifest.providers
  const gaps = [{ what: 'the list', reason: later.message, error: later }]
  const content = {
    ...manifest,
    tool: { name: 'seatlens', version: '9.9.9' },
    providers: [
      {
        ...acme,
        region: 'eu',
        capabilities: {
          operations: { ...acme.capabilities.operations, auditSeats: { support: 'supported' }, listHolders: undefined },
          userFields: { ...acme.capabilities.userFields, email: { support: 'sampled', share: 0.5 } },
          deviceFields: {},
        },
        users: { ...acme.users, ledger: { ...acme.users.ledger, tookMs: 5 } },
      },
      {
        ...down,
        licenses: { ...down.licenses, error: later, ledger: { ...down.licenses.ledger, gaps } },
        users: { ...down.users, error: later, ledger: { ...down.users.ledger, verdict: 'sampled', gaps } },
      },
    ],
    files: manifest.files.map((file: { readonly name: string }) => ({ ...file, ...sizes.get(file.name) })),
  }
  const text = `${JSON.stringify(await manifestSeal.sealed(content), undefined, 2)}\n`
  return files.set(MANIFEST_FILE, new TextEncoder().encode(text))
}

const reportOf = ({ providers: kept, clock }: Snapshot) =>
  createLicenseReport({ clock, detail: true, findings: {} })(kept)()

describe('a snapshot of a later version', () => {
  it('can be read, and what is not known here is kept', async () => {
    const snapshot = await opened(await writtenLater())
    expect(snapshot.manifest).toMatchObject({ tool: { version: '9.9.9' }, providers: [{ region: 'eu' }, {}] })
    const [acme] = snapshot.providers
    if (acme === undefined) throw new Error('there is no provider')
    const { items: licenses } = await toPromise(toReadonlyArray(acme.listLicenses()))
    expect(licenses).toMatchObject([
      { id: 'a', metric: 'unknown', tier: { of: 'gold' }, consumed: { kind: 'unknown' } },
    ])
    const { items: users, ledger } = await toPromise(toReadonlyArray(acme.listUsers()))
    expect(users).toMatchObject([{ id: 'ann', status: 'unknown', costCenter: '42' }])
    expect(ledger).toHaveProperty('tookMs', 5)
    expect(supportOf(acme.capabilities, 'userFields', 'email')).toEqual({ support: 'unknown' })
  })

  it('is reported on, compared and put into a trend, and a failure of a kind that is not known here is told', async () => {
    const snapshot = await opened(await writtenLater())
    const report = await reportOf(snapshot)
    expect(report.providers).toMatchObject([
      { id: 'acme', status: 'complete' },
      {
        id: 'down',
        status: 'failed',
        error: { _tag: 'Unavailable', message: expect.stringMatching(/^the quota is used up .*QuotaExceeded/) },
      },
    ])
    expect(createTrend([{ name: 'later', report }]).complete).toBe(false)
    const diff = await toPromise(diffSnapshots(await snapshotOf(providers()), snapshot))
    expect(diff.after.providers).toMatchObject([{ id: 'acme' }, { id: 'down', status: 'failed' }])
  })

  it('is kept in a snapshot of it with all that it has', async () => {
    const first = await opened(await writtenLater())
    const { manifest, files } = await toPromise(takeSnapshot(first.providers, { clock: standing }))
    const textIn = (name: string) => new TextDecoder().decode(Buffer.concat(files.get(name) ?? []))
    expect(textIn('acme.licenses.ndjson')).toContain('"tier":{"of":"gold"}')
    expect(textIn('acme.users.ndjson')).toContain('"costCenter":"42"')
    expect(manifest.providers[0]?.capabilities).toMatchObject({
      operations: { auditSeats: { support: 'supported' } },
      userFields: { email: { support: 'sampled', share: 0.5 } },
    })
    expect((await reportOf(first)).licenses).toEqual((await reportOf(await snapshotOf(first.providers))).licenses)
  })
})
