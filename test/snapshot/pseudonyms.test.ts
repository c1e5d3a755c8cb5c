import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createLicenseReport, type LicenseError } from '../../src/index.ts'
import type { Pseudonyms } from '../../src/snapshot/index.ts'
import { license, nameless, organization, user } from '../report/reported-organization.ts'
import { filesOf, opened, snapshotOf } from './in-memory-folder.ts'

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
  const files = await filesOf(some, { pseudonyms: under('a key that nobody knows') })
  const text = new TextDecoder().decode(files.get('one.users.ndjson'))
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

describe('a pseudonymized snapshot', () => {
  it('has no name, address or user id', async () => {
    const files = await filesOf(providers, { pseudonyms: under('a key that nobody knows') })
    const text = [...files.values()].map((bytes) => new TextDecoder().decode(bytes)).join('')
    expect(text).not.toMatch(/ada|lovelace|id-of|another-id|engines|nobody knows/i)
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

  it('has every address of somebody under the name that it has wherever it is the first one', async () => {
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

  it('tells the day on which somebody was last active, and not the time', async () => {
    const people = [
      user('a', [], { lastActiveAt: '2026-11-19T23:59:58.765Z' }),
      user('b', [], { lastActiveAt: 'last week' }),
    ]
    const lines = await usersOf([organization('one', { users: people })])
    expect(lines.map(({ lastActiveAt }) => lastActiveAt).sort()).toEqual(['2026-11-19T00:00:00.000Z', undefined])
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

  it('keeps nothing of what the vendor said of a failure, and how many are missing for what kind of reason', async () => {
    const text = 'Ada Lovelace (id-of-ada, +44 20 7946 0018) is locked'
    const error: LicenseError = {
      _tag: 'InvalidResponse',
      provider: 'one',
      operation: 'GET /seats',
      message: text,
      status: 502,
      vendorCode: 'locked',
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
    const files = await filesOf(providers, { pseudonyms: under('a key that nobody knows') })
    const kept = [...files.values()].map((bytes) => new TextDecoder().decode(bytes)).join('')
    expect(kept).not.toMatch(/ada|lovelace|id-of|7946|c-1/i)
    const { manifest } = await opened(files)
    expect(manifest.providers[0]?.users.ledger.gaps).toEqual([
      { what: 'a part of the list', reason: 'why is not kept, as it may name somebody' },
      {
        what: 'holders of Name of basic',
        reason: 'the answer is not what the vendor documents',
        licenseId: 'basic',
        error: expect.objectContaining({ _tag: 'InvalidResponse', status: 502, vendorCode: 'locked' }),
      },
      { what: '2 records of page 3', reason: 'why is not kept, as it may name somebody' },
    ])
    expect(manifest.providers[1]).toMatchObject({ status: 'failed', users: { error: { _tag: 'InvalidResponse' } } })
  })

  it('keeps what the vendor said where people keep their names', async () => {
    const text = 'the seats of Ada are locked'
    const error: LicenseError = { _tag: 'NotFound', provider: 'one', operation: 'GET /seats', message: text }
    const { manifest } = await snapshotOf([organization('one', { onRequest: () => error })])
    expect(manifest.providers[0]?.users.error?.message).toBe(text)
  })

  it('still tells who is one person, and what each of them holds', async () => {
    const snapshot = await snapshotOf(providers, { pseudonyms: under('a key that nobody knows') })
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
})
