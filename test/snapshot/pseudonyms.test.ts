import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createLicenseReport } from '../../src/index.ts'
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

describe('a pseudonymized snapshot', () => {
  it('has no name, address or user id', async () => {
    const files = await filesOf(providers, { pseudonyms: under('a key that nobody knows') })
    const text = [...files.values()].map((bytes) => new TextDecoder().decode(bytes)).join('')
    expect(text).not.toMatch(/ada|lovelace|id-of|another-id|nobody knows/i)
    expect(text).toContain('Engines')
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
