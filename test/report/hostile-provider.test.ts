import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { createWebexProvider } from '../../providers/webex/index.ts'
import {
  createLicenseReport,
  everythingSupported,
  known,
  type LicenseProvider,
  soundProvider,
  supportOf,
  unknown,
} from '../../src/index.ts'
import { createInMemoryProvider } from '../../src/testing/index.ts'
import { snapshotOf } from '../snapshot/in-memory-folder.ts'
import { license, organization, user } from './reported-organization.ts'

/** What a provider written without types, or against them, may give. */
const untyped = (value: unknown): LicenseProvider => value as LicenseProvider

const good = () => organization('good', { licenses: [license('a')], users: [user('ann', ['a'])] })

const reportOn = (...providers: readonly unknown[]) =>
  createLicenseReport({ detail: true, findings: {} })(providers.map(untyped))()

/** The organization with pages of its own making. */
const giving = (list: 'listLicenses' | 'listUsers', pages: () => unknown) => ({
  ...good(),
  id: 'bad',
  [list]: () => ({ pages }),
})

const ledger = {
  pages: 1,
  items: 1,
  repeated: 0,
  undecodable: 0,
  gaps: [],
  omits: [],
  verdict: 'complete',
}
const pageOf = (items: unknown, more: object = {}) =>
  async function* () {
    yield E.right({ items, ledger, ...more })
  }

const hostile: readonly (readonly [string, unknown])[] = [
  ['nothing', undefined],
  ['null', null],
  ['a text', 'provider'],
  ['an empty object', {}],
  ['no id', { ...good(), id: undefined }],
  ['an id that is a number', { ...good(), id: 7 }],
  [
    'getters that throw',
    Object.defineProperty({ ...good() }, 'id', {
      get: () => {
        throw new Error('no')
      },
    }),
  ],
  ['no lists', { ...good(), id: 'bad', listLicenses: undefined, listUsers: undefined }],
  [
    'lists that throw',
    {
      ...good(),
      id: 'bad',
      listUsers: () => {
        throw new Error('it broke: password=s3cret')
      },
    },
  ],
  [
    'pages that throw',
    giving('listUsers', () => {
      throw new Error('it broke: password=s3cret')
    }),
  ],
  [
    'pages that reject',
    giving('listUsers', () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(undefined) }) })),
  ],
  ['no pages', giving('listLicenses', () => undefined)],
  [
    'pages that are nothing',
    giving('listUsers', async function* () {
      yield undefined
    }),
  ],
  ['pages without items', giving('listUsers', pageOf(undefined))],
  ['pages without a ledger', giving('listUsers', pageOf([], { ledger: undefined }))],
  ['a ledger without gaps', giving('listUsers', pageOf([], { ledger: { ...ledger, gaps: undefined } }))],
  ['a ledger of odd numbers', giving('listUsers', pageOf([], { ledger: { ...ledger, items: Number.NaN } }))],
  ['a ledger with an odd verdict', giving('listUsers', pageOf([], { ledger: { ...ledger, verdict: 'fine' } }))],
  ['an odd directory', giving('listUsers', pageOf([], { directory: 'none' }))],
  [
    'a failure that is none',
    giving('listUsers', async function* () {
      yield E.left(undefined)
    }),
  ],
  [
    'a failure of an unknown kind',
    giving('listUsers', async function* () {
      yield E.left({ _tag: 'Odd', message: 'odd' })
    }),
  ],
  [
    'a failure without what it must have',
    giving('listUsers', async function* () {
      yield E.left({ _tag: 'Incomplete', message: 'odd' })
    }),
  ],
  ['users that are nothing', giving('listUsers', pageOf([undefined, null, 7, [], {}]))],
  [
    'users without licenses',
    giving('listUsers', pageOf([{ id: 'u' }, { id: 'v', licenseIds: 'a' }, { id: 'w', licenseIds: [null] }])),
  ],
  ['licenses that are nothing', giving('listLicenses', pageOf([undefined, null, 7, [], {}]))],
]

describe('a report never fails, and what is wrong is data in it', () => {
  test.each(hostile)('where a provider is %s, which costs no other one anything', async (_, bad) => {
    const report = await reportOn(good(), bad)
    expect(report.providers).toMatchObject([
      { id: 'good', status: 'complete' },
      { status: expect.stringMatching(/failed|partial/) },
    ])
    expect(report.licenses[0]).toMatchObject({ provider: 'good', id: 'a', assigned: known(1) })
    expect(JSON.stringify(report)).not.toContain('s3cret')
    const snapshot = await snapshotOf([good(), untyped(bad)])
    expect(snapshot.manifest.providers.map(({ status }) => status)).toEqual(
      report.providers.map(({ status }) => status),
    )
  })

  test('where a license has no number, or what is none', async () => {
    const licenses = [
      license('nothing', { purchased: untyped(undefined) as never, consumed: untyped(null) as never }),
      license('half', { purchased: known(10.5), consumed: known(-1) }),
      license('huge', { purchased: known(1e305), consumed: known(Number.NaN) }),
      { ...license('bare'), name: 7, metric: 'odd', includes: undefined, requires: null },
    ]
    const provider = untyped({ ...giving('listLicenses', pageOf(licenses)), id: 'odd' })
    const report = await reportOn(provider)
    expect(report.licenses.slice(0, 3).map(({ purchased, consumed }) => [purchased.kind, consumed.kind])).toEqual(
      Array.from({ length: 3 }, () => ['unknown', 'unknown']),
    )
    expect(report.licenses[3]).toMatchObject({ id: 'bare', name: 'bare', metric: 'unknown', purchased: known(10) })
    expect((await reportOn(...(await snapshotOf([provider])).providers)).licenses).toEqual(report.licenses)
  })

  test('where a user is told of in an odd way: what they hold counts, the rest is not known', async () => {
    const odd = {
      id: 'u',
      licenseIds: ['a'],
      kind: 7,
      status: 'gone',
      email: 7,
      otherEmails: [7, 'x@x.com'],
      displayName: {},
    }
    const report = await reportOn(untyped(giving('listUsers', pageOf([odd]))))
    expect(report.users).toMatchObject([
      { provider: 'bad', id: 'u', kind: 'unknown', status: 'unknown', otherEmails: ['x@x.com'], pendingLicenseIds: [] },
    ])
    expect(report.users?.[0]).not.toHaveProperty('email')
  })

  test('counts the records that nothing could be made of', async () => {
    const report = await reportOn(untyped(giving('listUsers', pageOf([user('u', ['a']), {}, { id: 'v' }]))))
    expect(report.providers[0]).toMatchObject({
      status: 'partial',
      ledgers: { assignments: { undecodable: 2, verdict: 'partial', gaps: [{ what: '2 records' }] } },
    })
  })

  test('where capabilities are missing: nothing is stated of them', async () => {
    const { licenseFields: _, ...capabilities } = everythingSupported
    const operations = { ...capabilities.operations, changeAssignments: undefined }
    for (const stated of [
      undefined,
      {},
      { ...capabilities, operations },
      { operations: 'all', userFields: { email: {} } },
      { ...capabilities, licenseFields: { includes: { support: 'sometimes', when: 'full moon' } } },
    ]) {
      const provider = untyped({ ...good(), capabilities: stated })
      expect((await reportOn(provider)).providers).toMatchObject([{ id: 'good', status: 'complete' }])
      const [kept] = (await snapshotOf([provider])).providers
      expect(supportOf(kept?.capabilities, 'licenseFields', 'includes')).toEqual({ support: 'unknown' })
    }
  })
})

describe('a member that the contract does not know', () => {
  test('spoils no snapshot, although no JSON has it', async () => {
    const endless: Record<string, unknown> = { of: 1n }
    endless.self = endless
    const odd = organization('odd', { licenses: [license('a')], users: [user('ann', ['a'])] })
    const provider = {
      ...odd,
      listLicenses: () => ({
        ...odd.listLicenses(),
        ...giving('listLicenses', pageOf([{ ...license('a'), endless }])).listLicenses(),
      }),
      listUsers: () => ({
        ...odd.listUsers(),
        ...giving('listUsers', pageOf([{ ...user('ann', ['a']), endless }])).listUsers(),
      }),
    }
    const { providers } = await snapshotOf([good(), untyped(provider)])
    const report = await reportOn(...providers)
    expect(report.providers.map(({ status }) => status)).toEqual(['complete', 'complete'])
    expect(report.licenses).toMatchObject([{ assigned: known(1) }, { assigned: known(1) }])
  })
})

describe('providers with one id', () => {
  test('are the first of them, and failures that say so', async () => {
    const other = organization('good', { licenses: [license('b')], users: [user('bob', ['b'])] })
    const [alone, report] = [await reportOn(good()), await reportOn(good(), other, other)]
    expect(report.providers.map(({ id, status }) => [id, status])).toEqual([
      ['good', 'complete'],
      ['good#2', 'failed'],
      ['good#3', 'failed'],
    ])
    expect(report.providers[1]?.error).toMatchObject({
      _tag: 'Conflict',
      message: 'another provider has the id "good"; give each an id of its own',
    })
    expect({ licenses: report.licenses, users: report.users }).toEqual({ licenses: alone.licenses, users: alone.users })
    expect(report.complete).toBe(false)
    const { manifest } = await snapshotOf([good(), other])
    expect(manifest.providers.map(({ id, status }) => [id, status])).toEqual([
      ['good', 'complete'],
      ['good#2', 'failed'],
    ])
  })
})

describe('a mapping that fails', () => {
  test('costs no report: it tells nothing of the users that it fails of', async () => {
    const throwing = () => {
      throw new Error('no')
    }
    const mapping = { rows: [], personOf: throwing }
    const report = await createLicenseReport({ detail: true, mapping })([good()])()
    expect(report.people.total).toEqual(known(1))
    expect(report.users).toMatchObject([{ id: 'ann', link: 'none' }])
  })
})

describe('an id that is no slug', () => {
  test('makes no provider', () => {
    const message = 'the id of a provider: expected a lower-case slug such as "webex-emea", found "Webex_EMEA"'
    const id = 'Webex_EMEA'
    expect(() => createWebexProvider({ id, accessToken: 't' })).toThrow(message)
    expect(() => createGenesysProvider({ id, accessToken: 't', region: 'mypurecloud.ie' })).toThrow(message)
    expect(() => createInMemoryProvider({ id, licenses: [], users: [] })).toThrow(message)
  })

  test.each(['Webex_EMEA', '../x', 'a/b', '\ud800', 'x'.repeat(300)])(
    'is not read and fails with that reason, and its snapshot can be read back: %j',
    async (id) => {
      const provider = { ...good(), id }
      const message = expect.stringContaining('expected a lower-case slug such as "webex-emea"')
      const failed = [{ id: 'provider#1', status: 'failed', error: { _tag: 'Conflict', message } }]
      const report = await reportOn(provider)
      expect(report.providers).toMatchObject(failed)
      const snapshot = await snapshotOf([provider, organization('provider-1')])
      expect((await reportOn(...snapshot.providers)).providers).toMatchObject([...failed, { status: 'complete' }])
    },
  )
})

describe('a provider that breaks its contract in a way that could look complete', () => {
  const ann = { ...user('ann', ['a']), provider: 'bad' }
  const gapsOf = (
    { ledgers }: { readonly ledgers: Record<string, { readonly gaps: readonly object[] }> },
    list: string,
  ) => ledgers[list]?.gaps

  // It had counted both, and called the report complete.
  test('and gives a user twice has that user counted once, with all that both rows show, and is partial', async () => {
    const again = { ...ann, licenseIds: ['a', 'b'] }
    const { providers, licenses, users, complete } = await reportOn(giving('listUsers', pageOf([ann, ann, again])))
    const why = 'the list of users lacks 2 records: the provider gave them twice'
    expect(complete).toBe(false)
    expect(providers[0]?.licensedUsers).toEqual(unknown(why, 1))
    expect(licenses.map(({ id, assigned }) => [id, assigned])).toEqual([
      ['a', unknown(why, 1)],
      ['b', unknown(why, 1)],
    ])
    expect(users).toHaveLength(1)
  })

  test('and gives a license twice has one row of it, and is partial', async () => {
    const a = { ...license('a'), provider: 'bad' }
    const { providers, licenses } = await reportOn(giving('listLicenses', pageOf([a, a])))
    expect(licenses.map(({ id }) => id)).toEqual(['a'])
    expect(gapsOf(providers[0] as never, 'licenses')).toMatchObject([{ what: '1 record' }])
  })

  test('and calls a list complete that is not as long as the vendor says is a mismatch', async () => {
    const { providers, complete } = await reportOn(
      giving('listUsers', pageOf([ann], { ledger: { ...ledger, total: 2 } })),
    )
    expect(complete).toBe(false)
    expect(providers[0]?.ledgers.assignments.verdict).toBe('mismatch')
  })

  test('and gives an array in place of a list, or a promise in place of a task, is told what the contract wants', async () => {
    const { providers } = await reportOn({ ...good(), listUsers: () => [] })
    expect(providers[0]?.ledgers.assignments.gaps[0]?.reason).toContain('expected a list with `pages`')
    const sound = soundProvider(untyped({ ...good(), getUser: async () => E.right(ann) }))
    expect(await sound.getUser({ id: 'ann' })()).toMatchObject({
      left: { message: expect.stringContaining('expected a TaskEither, a function that starts the call') },
    })
  })
})
