import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../../providers/genesys/index.ts'
import { findUsers, type PageRequest, toPromise } from '../../../src/provider-kit/index.ts'
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

const provider = () => createGenesysProvider(withToken, stillRuntime())
const read = (request?: PageRequest) => readList(provider().listUsers(request))

type Holding = (userId: string) => unknown

/** Answers what users hold, 300 at once; returns how many were asked for in each request. */
const serveHeld = (held: Holding): number[] => {
  const asked: number[] = []
  nock(api)
    .persist()
    .post(licenseUsers)
    .reply((_, ids) => {
      if (!Array.isArray(ids)) return [400]
      asked.push(ids.length)
      const answers = ids.map((id): [string, unknown] => [id, held(id)])
      return [200, Object.fromEntries(answers.filter(([, licenses]) => licenses !== undefined)) as nock.Body]
    })
  return asked
}

const untold = (id: string, details: object = {}) => ({ id, ...details })

describe('rows of license users that leave out what the user holds', () => {
  test('are settled by asking for all of a page in one request', async () => {
    serveListing(directory, directoryRecords(150))
    const rows = licensedRows(150).map(({ id, licenses }, index) => {
      if (index % 3 === 0) return untold(id)
      return index % 3 === 1 ? untold(id, { licenses: null }) : { id, licenses }
    })
    const pages = serveListing(licenseUsers, rows)
    const asked = serveHeld(() => ['wem'])
    const { value, ledger } = await read()
    expect(ledger).toMatchObject({ items: 150, undecodable: 0, gaps: [], total: 150, verdict: 'complete' })
    expect(value.filter(({ licenseIds }) => licenseIds.join() === 'wem')).toHaveLength(100)
    expect(value.every(({ displayName }) => displayName !== undefined)).toBe(true)
    // Requests: one for each page, and one for each page that has such rows.
    expect([pages.length, asked]).toEqual([2, [67, 33]])
  })

  test.each([
    ['a license without id', { licenses: [{ name: 's3cret' }] }],
    ['a text', { licenses: 's3cret' }],
    ['a number', { licenses: 7 }],
  ])('are settled too where they have %s in its place', async (_, details) => {
    serveListing(directory, [])
    serveListing(licenseUsers, [untold('user-1', details)])
    serveHeld(() => ({ licenses: ['wem'] }))
    expect((await read()).value).toMatchObject([{ id: 'user-1', licenseIds: ['wem'] }])
  })

  test('keep the record of the vendor as it is', async () => {
    serveListing(directory, [])
    serveListing(licenseUsers, [untold('user-1', { licenses: null, selfUri: '/x' })])
    serveHeld(() => ['wem'])
    const { value } = await read({ includeRaw: true })
    expect(value).toMatchObject([{ licenseIds: ['wem'], raw: { id: 'user-1', licenses: null, selfUri: '/x' } }])
  })

  test('are asked for by themselves where the answer leaves them out or does not say either', async () => {
    serveListing(directory, directoryRecords(3))
    serveListing(licenseUsers, [untold('user-1'), untold('user-2'), untold('user-3')])
    serveHeld((id) => ({ 'user-1': ['wem'], 'user-2': null })[id])
    for (const id of ['user-2', 'user-3'])
      nock(api)
        .get(`${licenseUsers}/${id}`)
        .reply(200, { id, licenses: ['gc1'] })
    const { value, ledger } = await read()
    expect(value.map(({ id, licenseIds }) => [id, licenseIds])).toEqual([
      ['user-1', ['wem']],
      ['user-2', ['gc1']],
      ['user-3', ['gc1']],
    ])
    expect(ledger.verdict).toBe('complete')
  })

  test('are not settled by the record of another user', async () => {
    serveListing(directory, directoryRecords(2))
    serveListing(licenseUsers, [untold('user-1'), { id: 'user-2', licenses: ['wem'] }])
    serveHeld(() => undefined)
    nock(api)
      .get(`${licenseUsers}/user-1`)
      .reply(200, { id: 'user-2', licenses: ['wem'] })
    const { value, ledger } = await read()
    expect(value.map(({ id }) => id)).toEqual(['user-2'])
    expect(ledger).toMatchObject({ undecodable: 1, verdict: 'partial' })
  })

  test('are counted and named, and cost no other, where it cannot be read what they hold', async () => {
    serveListing(directory, directoryRecords(3))
    serveListing(licenseUsers, [untold('user-1'), untold('user-2'), { id: 'user-3', licenses: ['cloudCX2'] }])
    nock(api)
      .persist()
      .post(licenseUsers)
      .reply(403, errorBody(403, 'missing.any.permissions', 'no'))
    const { value, ledger } = await read()
    expect(value.map(({ id }) => id)).toEqual(['user-3'])
    expect(ledger).toMatchObject({
      undecodable: 2,
      gaps: [{ what: 'the licenses of 2 users of page 1', error: { _tag: 'PermissionDenied' } }],
      verdict: 'partial',
    })
  })
})

/** A directory by page number that leaves out the deleted, and tells of them where it is asked by id. */
const serveWithoutDeleted = (present: readonly unknown[], deleted: readonly { readonly id: string }[]) => {
  const asked: string[][] = []
  nock(api)
    .persist()
    .get(directory)
    .query(({ state }) => state === 'deleted')
    .reply((uri) => {
      const ids = new URL(uri, api).searchParams.get('id')?.split(',') ?? []
      asked.push(ids)
      return [200, { entities: deleted.filter(({ id }) => ids.includes(id)) } as nock.Body]
    })
  nock(api)
    .persist()
    .get(directory)
    .query(({ state }) => state === 'any')
    .reply(200, { entities: present, pageCount: 1, pageSize: 500, total: present.length } as nock.Body)
  return asked
}

describe('holders whom the directory of Genesys leaves out', () => {
  const deleted = directoryRecords(60, 'deleted')

  test('are looked up among the deleted: one request for 50 of those on one page', async () => {
    const asked = serveWithoutDeleted(directoryRecords(200).slice(60), deleted.slice(0, 59))
    const pages = serveListing(licenseUsers, licensedRows(200))
    const { value, directory: ledger } = await read()
    expect(value.filter(({ status }) => status === 'deleted').map(({ displayName }) => displayName)).toEqual(
      deleted.slice(0, 59).map(({ name }) => name),
    )
    expect(value.find(({ id }) => id === 'user-60')).toMatchObject({ status: 'unknown' })
    expect(ledger?.verdict).toBe('complete')
    expect([pages.length, asked.map(({ length }) => length)]).toEqual([2, [50, 10]])
  })

  test('are not looked up where the directory names deleted users itself', async () => {
    const asked = serveWithoutDeleted([{ id: 'user-2', state: 'deleted' }], [])
    serveListing(licenseUsers, licensedRows(3))
    expect((await read()).value.map(({ status }) => status)).toEqual(['unknown', 'deleted', 'unknown'])
    expect(asked).toEqual([])
  })

  test('are not looked up where the directory cannot be read, as it would tell no more of them', async () => {
    serveListing(directory, [], { instead: () => [403, errorBody(403, 'missing.any.permissions', 'no')] })
    serveListing(licenseUsers, licensedRows(3))
    const { value, directory: ledger } = await read()
    expect(value).toHaveLength(3)
    expect(ledger).toMatchObject({ gaps: [{ error: { _tag: 'PermissionDenied' } }] })
  })

  test('leave the assignments exact, and are a gap of the directory, where looking them up fails', async () => {
    nock(api)
      .persist()
      .get(directory)
      .query(({ state }) => state === 'deleted')
      .reply(403, errorBody(403, 'missing.any.permissions', 'no'))
    serveListing(directory, directoryRecords(1))
    serveListing(licenseUsers, licensedRows(150))
    const { value, ledger, directory: joined } = await read()
    expect(value).toHaveLength(150)
    expect(ledger.verdict).toBe('complete')
    expect(joined).toMatchObject({ verdict: 'partial' })
    expect(joined?.gaps).toMatchObject([{ what: '149 people who may be deleted', error: { _tag: 'PermissionDenied' } }])
  })

  test('are told of by the others, where the vendor takes offence at one of the ids', async () => {
    nock(api)
      .persist()
      .get(directory)
      .query(({ state, id }) => state === 'deleted' && String(id).includes('user-2'))
      .reply(400, errorBody(400, 'invalid.value', 'no'))
    serveWithoutDeleted([], deleted.slice(0, 3))
    serveListing(licenseUsers, licensedRows(3))
    const { value, directory: joined } = await read()
    expect(value.map(({ status }) => status)).toEqual(['deleted', 'unknown', 'deleted'])
    expect(joined?.verdict).toBe('complete')
  })

  test('are found by their ids among many, too', async () => {
    serveWithoutDeleted(directoryRecords(60).slice(30), deleted)
    serveHeld(() => ['cloudCX2'])
    const references = directoryRecords(60).map(({ id }) => ({ id }))
    const lookups = await toPromise(findUsers(provider(), references))
    const statuses = lookups.map((lookup) => (lookup.kind === 'found' ? lookup.user.status : lookup.kind))
    expect(statuses).toEqual([...Array(30).fill('deleted'), ...Array(30).fill('active')])
  })
})
