import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../../providers/genesys/index.ts'
import { readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import {
  api,
  directory,
  directoryRecords,
  errorBody,
  licensedRows,
  licenseUsers,
  serveListing,
  withToken,
} from './genesys-at-http.ts'

withoutNetwork()

const read = () => readList(createGenesysProvider(withToken, stillRuntime()).listUsers())

const cursor = '/api/v2/users/query'

/** Serves a directory by cursor; returns the queries that came. */
const serveCursor = (rows: readonly unknown[]): string[] => {
  const queries: string[] = []
  nock(api)
    .persist()
    .get(cursor)
    .query(true)
    .reply((uri) => {
      const { search, searchParams } = new URL(uri, api)
      queries.push(search)
      const from = Number(searchParams.get('cursor') ?? 0)
      const to = from + Number(searchParams.get('pageSize'))
      const next = to < rows.length ? { cursor: String(to) } : {}
      return [200, { entities: rows.slice(from, to), ...next } as nock.Body]
    })
  return queries
}

/** Refuses as some organizations do. */
const refusedAfter =
  (rows: number) =>
  (pageNumber: number): readonly [number, unknown] | undefined =>
    pageNumber * 500 > rows ? [400, errorBody(400, 'bad.request', 'Only the first 10000 results')] : undefined

describe('the directory of Genesys', () => {
  test('is read by five hundred in any state, and tells who the users are', async () => {
    const queries = serveListing(directory, directoryRecords(2))
    serveListing(licenseUsers, licensedRows(2))
    const { value, directory: ledger } = await read()
    expect(queries).toEqual(['?state=any&expand=dateLastLogin%2Clasttokenissued&pageSize=500&pageNumber=1'])
    expect(value[1]).toEqual({
      provider: 'genesys',
      id: 'user-2',
      kind: 'internal',
      status: 'active',
      licenseIds: ['cloudCX2'],
      pendingLicenseIds: [],
      displayName: 'User 2',
      email: 'user-2@example.com',
      department: null,
      division: null,
      manager: null,
    })
    expect(ledger).toMatchObject({ items: 2, verdict: 'complete' })
  })

  test.each([
    ['active', 'active'],
    ['inactive', 'inactive'],
    ['deleted', 'deleted'],
    ['on-sabbatical', 'unknown'],
    [null, 'unknown'],
    [undefined, 'unknown'],
  ])('keeps a holder whose state is %s', async (state, status) => {
    serveListing(directory, [{ id: 'user-1', name: 'Ann', state }])
    serveListing(licenseUsers, licensedRows(1))
    expect((await read()).value).toMatchObject([{ displayName: 'Ann', status, licenseIds: ['cloudCX2'] }])
  })

  test('need not know a holder, who then has a status that is unknown and no name', async () => {
    serveListing(directory, directoryRecords(1))
    serveListing(licenseUsers, licensedRows(2))
    const { value, ledger, directory: joined } = await read()
    expect(value[1]).toEqual({
      provider: 'genesys',
      id: 'user-2',
      kind: 'internal',
      status: 'unknown',
      licenseIds: ['cloudCX2'],
      pendingLicenseIds: [],
    })
    expect([ledger.verdict, joined?.verdict]).toEqual(['complete', 'complete'])
  })

  test.each([
    ['nulls', { id: 'user-1', name: null, email: null, state: 'active' }],
    ['empty texts', { id: 'user-1', name: '', email: '', state: 'active' }],
    ['nothing', { id: 'user-1', state: 'active' }],
  ])('may have %s for name and address, which are then absent', async (_, record) => {
    serveListing(directory, [record])
    serveListing(licenseUsers, licensedRows(1))
    const { value } = await read()
    expect(value[0]).not.toHaveProperty('displayName')
    expect(value[0]).not.toHaveProperty('email')
    expect(value[0]?.status).toBe('active')
  })

  test('may name people without a license, who are not listed', async () => {
    serveListing(directory, directoryRecords(10))
    serveListing(licenseUsers, licensedRows(1))
    expect((await read()).value).toHaveLength(1)
  })

  test.each([
    ['is forbidden', 403, errorBody(403, 'missing.any.permissions', 'no'), 'PermissionDenied'],
    ['is down', 503, errorBody(503, 'service.unavailable', 'no'), 'Unavailable'],
    ['answers with a page', 200, '<html>', 'InvalidResponse'],
    ['refuses its first page', 400, errorBody(400, 'bad.request', 'no'), 'RequestRejected'],
  ])('leaves the assignments exact and complete where it %s', async (_, status, body, tag) => {
    serveListing(directory, [], { instead: () => [status, body] })
    serveListing(licenseUsers, licensedRows(3))
    const { value, ledger, directory: joined } = await read()
    expect(value.map(({ id, licenseIds }) => [id, licenseIds])).toEqual(
      licensedRows(3).map(({ id, licenses }) => [id, licenses]),
    )
    expect(value.every((user) => user.status === 'unknown' && !('displayName' in user) && !('email' in user))).toBe(
      true,
    )
    expect(ledger.verdict).toBe('complete')
    expect(joined).toMatchObject({ verdict: 'partial', gaps: [{ error: { _tag: tag } }] })
  })

  test('with a record that cannot be decoded tells of the others, and is partial', async () => {
    serveListing(directory, [{ id: 'user-1', name: ['s3cret'] }, ...directoryRecords(2).slice(1)])
    serveListing(licenseUsers, licensedRows(2))
    const { value, ledger, directory: joined } = await read()
    expect(value.map(({ displayName }) => displayName)).toEqual([undefined, 'User 2'])
    expect(ledger.verdict).toBe('complete')
    expect(joined).toMatchObject({
      undecodable: 1,
      verdict: 'partial',
      gaps: [{ what: '1 record of page 1 of the directory' }],
    })
    expect(JSON.stringify(joined)).not.toContain('s3cret')
  })

  test('with a page that is not JSON in its middle tells of the other pages', async () => {
    serveListing(directory, directoryRecords(1_200), { instead: (page) => (page === 2 ? [200, 'oops'] : undefined) })
    serveListing(licenseUsers, licensedRows(1_200))
    const { value, ledger, directory: joined } = await read()
    expect(value.filter(({ displayName }) => displayName !== undefined)).toHaveLength(700)
    expect(ledger.verdict).toBe('complete')
    expect(joined).toMatchObject({ verdict: 'partial', gaps: [{ what: 'page 2' }] })
  })

  test('tells where people belong and when they last logged in, where it can be read', async () => {
    const told = [
      { id: 'user-1', name: 'A', state: 'active', department: 'IT', dateLastLogin: '2026-11-01T08:00:00Z' },
      { id: 'user-2', name: 'B', state: 'active', department: null, dateLastLogin: 'yesterday' },
      { id: 'user-3', name: 'C', state: 'active', department: '', dateLastLogin: { day: 1 } },
    ]
    serveListing(directory, told)
    serveListing(licenseUsers, licensedRows(3))
    const { value, directory: ledger } = await read()
    expect(value[0]).toMatchObject({ department: 'IT', lastActiveAt: '2026-11-01T08:00:00.000Z' })
    for (const user of value.slice(1)) {
      expect(user).toMatchObject({ status: 'active', department: null })
      for (const field of ['activity', 'lastActiveAt']) expect(user).not.toHaveProperty(field)
    }
    expect(ledger).toMatchObject({ verdict: 'complete' })
  })

  test.each([
    'never 1',
    'n/a 3',
    '0',
    '5',
    'Fri 20 Nov',
    '2026-11-20',
    '2026-11-20T10:00:00',
    '2026-02-30T10:00:00Z',
    '2026-11-20T24:00:00Z',
    '0001-01-01T00:00:00Z',
    '1970-01-01T00:00:00.000Z',
    1764324000,
  ])('does not take %j for a last login', async (dateLastLogin) => {
    serveListing(directory, [{ id: 'user-1', name: 'A', state: 'active', dateLastLogin }])
    serveListing(licenseUsers, licensedRows(1))
    const { value } = await read()
    expect(value).toMatchObject([{ displayName: 'A' }])
    expect(value[0]).not.toHaveProperty('lastActiveAt')
  })

  test('that is refused past 10,000 rows is read by cursor, from its start to its end', async () => {
    serveListing(directory, directoryRecords(10_750), { instead: refusedAfter(10_000) })
    const queries = serveCursor(directoryRecords(10_750))
    serveListing(licenseUsers, [{ id: 'user-10750', licenses: [] }])
    const { value, directory: joined } = await read()
    expect(value[0]?.displayName).toBe('User 10750')
    expect(queries).toHaveLength(22)
    expect(queries.slice(0, 2)).toEqual([
      '?state=any&expand=dateLastLogin%2Clasttokenissued&pageSize=500',
      '?state=any&expand=dateLastLogin%2Clasttokenissued&pageSize=500&cursor=500',
    ])
    expect(joined).toMatchObject({ items: 10_750, total: 10_750, verdict: 'complete' })
  })

  test('that is refused past 10,000 rows and has no cursor either still tells of the first 10,000', async () => {
    serveListing(directory, directoryRecords(10_750), { instead: refusedAfter(10_000) })
    nock(api)
      .get(cursor)
      .query(true)
      .reply(403, errorBody(403, 'missing.any.permissions', 'no'))
    serveListing(licenseUsers, [
      { id: 'user-9999', licenses: [] },
      { id: 'user-10001', licenses: [] },
    ])
    const { value, ledger, directory: joined } = await read()
    expect(value.map(({ displayName }) => displayName)).toEqual(['User 9999', undefined])
    expect(ledger.verdict).toBe('complete')
    expect(joined).toMatchObject({
      items: 10_000,
      verdict: 'partial',
      gaps: [{ error: { _tag: 'RequestRejected' } }, { error: { _tag: 'PermissionDenied' } }],
    })
  })

  test('by cursor whose next link leads back to where it was is partial, not endless', async () => {
    serveListing(directory, directoryRecords(10_750), { instead: refusedAfter(10_000) })
    nock(api)
      .persist()
      .get(cursor)
      .query(true)
      .reply(200, { entities: directoryRecords(500), cursor: 'same' })
    serveListing(licenseUsers, licensedRows(1))
    const { directory: joined } = await read()
    expect(joined).toMatchObject({ pages: 22, verdict: 'partial' })
    expect(joined?.gaps.at(-1)?.error?._tag).toBe('InvalidResponse')
  })
})
