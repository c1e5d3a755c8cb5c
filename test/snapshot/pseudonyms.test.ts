import { createHmac } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { createLicenseReport, known, type LicenseError, toPromise, unknown } from '../../src/index.ts'
import { diffSnapshots, MANIFEST_FILE, type Pseudonyms } from '../../src/snapshot/index.ts'
import { manifestSeal, manifestText } from '../../src/snapshot/manifest-text.ts'
import { slowKeyId } from '../../src/snapshot/pseudonyms.ts'
import { failure, license, nameless, organization, user } from '../report/reported-organization.ts'
import { type Files, filesOf, opened, snapshotOf } from './in-memory-folder.ts'

const under = (key: string): Pseudonyms => ({
  digest: (text) => createHmac('sha256', key).update(text).digest('hex'),
})

const ada = user('id-of-ada', ['basic'], {
  email: 'Ada@Example.com',
  displayName: 'Ada Lovelace',
  department: 'Engines',
})
const providers = [
  organization('one', { licenses: [license('basic')], users: [ada, nameless('id-of-cyd', ['basic'])] }),
  organization('other', { users: [user('another-id', ['x'], { email: ' ada@example.COM' })] }),
]

const whole = { pages: 1, items: 1, repeated: 0, undecodable: 0, gaps: [], omits: [], verdict: 'complete' } as const

/** The lines of the first provider's users. */
const usersOf = async (some: typeof providers): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const files = await filesOf(some, { pseudonyms: under('a key that is a secret') })
  const text = new TextDecoder().decode(files.get('one.users.ndjson'))
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** A snapshot as version 0.1 made it, with an id of its key that is a digest of a word. */
const asOfVersion01 = async (pseudonyms: Pseudonyms): Promise<Files> => {
  const files = await filesOf(providers, { pseudonyms })
  const { manifest } = await opened(files)
  const { hash: _, ...content } = manifest
  const old = { method: 'HMAC-SHA-256', keyId: pseudonyms.digest('key').slice(0, 32) } as const
  const text = manifestText(await manifestSeal.sealed({ ...content, pseudonyms: old }))
  return new Map([...files, [MANIFEST_FILE, new TextEncoder().encode(text)]])
}

describe('a pseudonymized snapshot', () => {
  it('has no name, address or user id', async () => {
    const files = await filesOf(providers, { pseudonyms: under('a key that is a secret') })
    const text = [...files.values()].map((bytes) => new TextDecoder().decode(bytes)).join('')
    expect(text).not.toMatch(/ada|lovelace|id-of|another-id|engines|is a secret/i)
  })

  it('calls a department by another name, which is the same wherever it is named', async () => {
    const people = [
      user('a', [], { department: 'Engines' }),
      user('b', [], { department: ' Engines ' }),
      user('c', [], { department: 'Looms' }),
    ]
    const lines = await usersOf([organization('one', { users: people })])
    const names = lines.map(({ department }) => department)
    expect(new Set(names).size).toBe(2)
    for (const name of names) expect(name).toMatch(/^Department [0-9a-f]{12}$/)
  })

  it('gives every address of a user the name that it has as a first address', async () => {
    const lines = await usersOf([
      organization('one', {
        users: [
          user('a', [], { email: 'new@x.com', otherEmails: ['Old@x.com\u200b', ' '] }),
          user('b', [], { email: 'old@X.com' }),
        ],
      }),
    ])
    const withTwo = lines.find((line) => 'otherEmails' in line)
    const withOne = lines.find((line) => !('otherEmails' in line))
    expect(withTwo?.otherEmails).toEqual([withOne?.email, ''])
    expect(JSON.stringify(lines)).not.toMatch(/old|new/i)
  })

  it('has the day on which a user was last active, and not the time', async () => {
    const people = [
      user('a', [], { lastActiveAt: '2026-11-19T23:59:58.765Z' }),
      user('b', [], { lastActiveAt: 'last week' }),
    ]
    const lines = await usersOf([organization('one', { users: people })])
    expect(lines.map(({ lastActiveAt }) => lastActiveAt).sort()).toEqual(['2026-11-19T00:00:00.000Z', undefined])
  })

  it('has the days on which a user was created and hired, and not the times', async () => {
    const times = { createdAt: '2024-05-06T07:08:09.000Z', hiredAt: '2024-05-01T10:00:00.000Z' }
    const people = [user('a', [], times), user('b', [], { createdAt: 'Ann knows', hiredAt: '2024' })]
    const lines = await usersOf([organization('one', { users: people })])
    const told = lines.map(({ createdAt, hiredAt }) => ({ createdAt, hiredAt }))
    expect(told).toContainEqual({ createdAt: '2024-05-06T00:00:00.000Z', hiredAt: '2024-05-01T00:00:00.000Z' })
    expect(told).toContainEqual({ createdAt: undefined, hiredAt: undefined })
  })

  it('has people in the order of their new ids, and not in that of the vendor', async () => {
    const people = Array.from({ length: 20 }, (_, index) => user(`id ${index}`, ['basic']))
    const ids = (await usersOf([organization('one', { users: people })])).map(({ id }) => id)
    expect(ids).toEqual([...ids].sort())
    const reversed = await usersOf([organization('one', { users: [...people].reverse() })])
    expect(reversed.map(({ id }) => id)).toEqual(ids)
  })

  it('keeps no field of a user that it does not know', async () => {
    const people = [{ ...ada, nickname: 'Countess' }]
    const [line] = await usersOf([organization('one', { users: people })])
    expect(Object.keys(line ?? {}).sort()).toEqual([
      'department',
      'displayName',
      'email',
      'id',
      'kind',
      'licenseIds',
      'pendingLicenseIds',
      'provider',
      'status',
    ])
  })

  it('has no name of a file and no number of a contract, and still the numbers and what kind of source they have', async () => {
    const contract = { source: 'contract', name: 'C-4711' }
    const file = { source: 'file', name: 'ada-lovelace.csv', at: '2026-11-01' }
    const basic = license('basic', {
      purchased: unknown('ada-lovelace.csv: line 2 is no number', 7),
      purchasedFrom: file,
      consumed: known(3),
      consumedFrom: contract,
      purchases: [
        { sku: 'S', name: 'Seat', quantity: unknown('contract C-4711 says -3'), from: contract },
        { name: 'basic', quantity: known(7), from: file },
      ],
      overridden: [{ field: 'purchased', value: unknown('contract C-4711 says -3'), from: contract }],
    })
    const files = await filesOf([organization('one', { licenses: [basic], users: [ada] })], {
      pseudonyms: under('a key that is a secret'),
    })
    const text = [...files.values()].map((bytes) => new TextDecoder().decode(bytes)).join('')
    expect(text).not.toMatch(/4711|lovelace/i)
    const [provider] = (await opened(files)).providers
    const kept = provider === undefined ? undefined : await toPromise(provider.getLicense('basic'))
    expect(kept).toMatchObject({
      purchased: { kind: 'unknown', atLeast: 7 },
      purchasedFrom: { source: 'file', at: '2026-11-01' },
      consumed: known(3),
      consumedFrom: { source: 'contract' },
      purchases: [
        { sku: 'S', name: 'Seat' },
        { quantity: known(7), from: { source: 'file' } },
      ],
    })
  })

  it('keeps nothing of what the vendor said of a failure, and how many are missing for what kind of reason', async () => {
    const text = 'Ada Lovelace (id-of-ada, +44 20 7946 0018) is locked'
    const error: LicenseError = {
      _tag: 'InvalidResponse',
      provider: 'one',
      operation: 'GET /seats',
      message: text,
      status: 502,
      vendorCode: 'user.id-of-ada.locked',
      vendorMessage: text,
      correlationId: 'c-1',
      issues: [text],
    }
    const gaps = [
      { what: text, reason: text },
      { what: `holders of ${text}`, reason: text, licenseId: 'basic', error },
      { what: '2 records of page 3', reason: text },
    ]
    const providers = [
      organization('one', {
        licenses: [license('basic')],
        users: [ada],
        directory: { ...whole, verdict: 'partial', gaps },
        pageSize: 1,
        onPage: (_, page) => ({ ...page, gaps }),
      }),
      organization('two', { onRequest: () => error }),
      organization('three', {
        onRequest: () => ({ ...error, _tag: 'Incomplete', ledger: { ...whole, verdict: 'partial', gaps } }),
      }),
    ]
    const files = await filesOf(providers, { pseudonyms: under('a key that is a secret') })
    const kept = [...files.values()].map((bytes) => new TextDecoder().decode(bytes)).join('')
    expect(kept).not.toMatch(/ada|lovelace|id-of|7946|c-1/i)
    const { manifest } = await opened(files)
    expect(manifest.providers[0]?.users.ledger.gaps).toEqual([
      { what: 'a part of the list', reason: 'the reason is not kept: it may name a person' },
      {
        what: 'holders of Name of basic',
        reason: 'the answer is not what the vendor documents',
        licenseId: 'basic',
        error: {
          _tag: 'InvalidResponse',
          provider: 'one',
          operation: 'GET /seats',
          message: 'the answer is not what the vendor documents',
          status: 502,
          issues: [],
        },
      },
      { what: '2 records of page 3', reason: 'the reason is not kept: it may name a person' },
    ])
    expect(manifest.providers[1]).toMatchObject({ status: 'failed', users: { error: { _tag: 'InvalidResponse' } } })
  })

  it('keeps the permissions that are missing, and nothing that only stands in their place', async () => {
    const missing = ['directory:user:view', 'spark-admin:licenses_read', 'id-of-ada', 'user:4711', 'ada.lovelace']
    const denied: LicenseError = { ...failure('one'), _tag: 'PermissionDenied', missing }
    const files = await filesOf([organization('one', { onRequest: () => denied })], { pseudonyms: under('any key') })
    const { manifest } = await opened(files)
    expect(manifest.providers[0]?.users.error).toMatchObject({
      missing: ['directory:user:view', 'spark-admin:licenses_read'],
    })
  })

  it('keeps what the vendor said where people keep their names', async () => {
    const text = 'the seats of Ada are locked'
    const error: LicenseError = { _tag: 'NotFound', provider: 'one', operation: 'GET /seats', message: text }
    const { manifest } = await snapshotOf([organization('one', { onRequest: () => error })])
    expect(manifest.providers[0]?.users.error?.message).toBe(text)
  })

  it('still tells who is one person, and what each of them holds', async () => {
    const snapshot = await snapshotOf(providers, { pseudonyms: under('a key that is a secret') })
    const report = (from: typeof providers) => createLicenseReport()(from)()
    const { people, licenses } = await report([...snapshot.providers])
    const live = await report(providers)
    expect(people).toEqual(live.people)
    expect(licenses).toEqual(live.licenses)
    expect(people.inSeveralProviders).toEqual({ kind: 'known', value: 1 })
  })

  it('is the same with the same key, another with another one, and says which', async () => {
    const first = await filesOf(providers, { pseudonyms: under('key one') })
    expect(await filesOf(providers, { pseudonyms: under('key one') })).toEqual(first)
    const other = await filesOf(providers, { pseudonyms: under('key two') })
    expect(other.get('one.users.ndjson')).not.toEqual(first.get('one.users.ndjson'))
    const { manifest } = await opened(first)
    expect(manifest.pseudonyms).toMatchObject({ method: 'HMAC-SHA-256' })
    expect((await opened(other)).manifest.pseudonyms?.keyId).not.toBe(manifest.pseudonyms?.keyId)
    expect((await snapshotOf(providers)).manifest.pseudonyms).toBeUndefined()
  })

  it('has an id of its key that does not confirm a guess at once', async () => {
    const key = under('a key that can be guessed')
    const { manifest } = await opened(await filesOf(providers, { pseudonyms: key }))
    expect(manifest.pseudonyms?.keyIdBy).toBe('PBKDF2-SHA-256')
    // Neither is it a digest of something, nor the beginning of one.
    expect(manifest.pseudonyms?.keyId).not.toBe(key.digest('key').slice(0, 32))
    expect(await slowKeyId(key.digest('key').slice(0, 32))).toBe(manifest.pseudonyms?.keyId)
  })

  it('of version 0.1 can be read, and compared with one of now under the same key only', async () => {
    const now = await snapshotOf(providers, { pseudonyms: under('key one') })
    const old = await opened(await asOfVersion01(under('key one')))
    const another = await opened(await asOfVersion01(under('key two')))
    expect(old.manifest.pseudonyms).not.toHaveProperty('keyIdBy')
    expect(E.isRight(await diffSnapshots(old, now)())).toBe(true)
    expect(await diffSnapshots(another, now)()).toMatchObject({
      left: { message: expect.stringContaining('different keys') },
    })
  })
})
