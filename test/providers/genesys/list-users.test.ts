import * as E from 'fp-ts/lib/Either.js'
import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../../providers/genesys/index.ts'
import { createRequestBudget, type PageRequest } from '../../../src/provider-kit/index.ts'
import { readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import { directory, licensedRows, licenseUsers, serveListing, withToken } from './genesys-at-http.ts'

withoutNetwork()

const provider = (concurrency = 8, pageSize?: number) => {
  const runtime = stillRuntime()
  const config = { ...withToken, ...(pageSize === undefined ? {} : { pageSize }) }
  return createGenesysProvider(config, { ...runtime, budget: createRequestBudget({ concurrency, ...runtime }) })
}
const read = (request?: PageRequest) => readList(provider().listUsers(request))
/** By pages of so many rows. */
const readBy = (pageSize: number) => readList(provider(8, pageSize).listUsers())

const pageNumbersIn = (queries: readonly string[]) =>
  queries.map((query) => Number(new URLSearchParams(query).get('pageNumber')))

describe('the licensed users of Genesys', () => {
  test('are asked for by a hundred, and their list is complete when its total is what came', async () => {
    serveListing(directory, [])
    const queries = serveListing(licenseUsers, licensedRows(250))
    const { value, ledger } = await read()
    expect(value.map(({ id }) => id)).toEqual(licensedRows(250).map(({ id }) => id))
    expect(ledger).toMatchObject({ pages: 3, items: 250, total: 250, verdict: 'complete' })
    expect(queries.sort()).toEqual([
      '?pageSize=100&pageNumber=1',
      '?pageSize=100&pageNumber=2',
      '?pageSize=100&pageNumber=3',
    ])
  })

  test.each([
    [7, '7'],
    [2.9, '2'],
    [0, '1'],
    [100_000, '500'],
  ])('are asked for by the page size of the configuration, %d, within reason', async (pageSize, sent) => {
    serveListing(directory, [])
    const queries = serveListing(licenseUsers, licensedRows(1))
    await readBy(pageSize)
    expect(queries).toEqual([`?pageSize=${sent}&pageNumber=1`])
  })

  test('all come where the vendor caps the page size silently', async () => {
    serveListing(directory, [])
    const queries = serveListing(licenseUsers, licensedRows(250), { maxPageSize: 100 })
    const { value, ledger } = await readBy(500)
    expect(value).toHaveLength(250)
    expect(ledger.verdict).toBe('complete')
    expect(pageNumbersIn(queries).sort()).toEqual([1, 2, 3])
  })

  test('of an organization without any are none, completely', async () => {
    serveListing(directory, [])
    serveListing(licenseUsers, [])
    const { value, ledger } = await read()
    expect(value).toEqual([])
    expect(ledger).toMatchObject({ pages: 1, total: 0, verdict: 'complete' })
  })

  test('go on after a page, with the page size that it had', async () => {
    serveListing(directory, [])
    const queries = serveListing(licenseUsers, licensedRows(250))
    let continuation: string | undefined
    for await (const page of provider(8, 50).listUsers().pages()) {
      if (E.isRight(page)) continuation = page.right.continuation
      break
    }
    queries.length = 0
    const { value, ledger } = await read({ ...(continuation === undefined ? {} : { continuation }), pageSize: 10 })
    expect(value).toHaveLength(200)
    expect(queries[0]).toBe('?pageSize=50&pageNumber=2')
    expect(ledger.verdict).toBe('unverifiable')
  })
})

describe('a row of the licensed users of Genesys', () => {
  const userOf = async (row: unknown, request?: PageRequest) => {
    serveListing(directory, [])
    serveListing(licenseUsers, [row])
    const { value, ledger } = await read(request)
    return { user: value[0], ledger }
  }

  test.each([
    ['by its own id', { id: 'u1', licenses: ['cloudCX2'] }],
    ['by the id of a user in it', { user: { id: 'u1' }, licenses: ['cloudCX2'] }],
    ['by the id of a user in it before its own', { id: 'row-1', user: { id: 'u1' }, licenses: ['cloudCX2'] }],
    ['by its own id where the user in it is null', { id: 'u1', user: null, licenses: ['cloudCX2'] }],
    ['by its own id where the user in it has none', { id: 'u1', user: { name: 'Ann' }, licenses: ['cloudCX2'] }],
  ])('names the user %s', async (_, row) => {
    expect((await userOf(row)).user).toMatchObject({ id: 'u1', licenseIds: ['cloudCX2'] })
  })

  test.each([
    ['ids', ['cloudCX2', 'communicate']],
    ['definitions', [{ id: 'cloudCX2', permissions: { ids: [] } }, { id: 'communicate' }]],
    ['both', ['cloudCX2', { id: 'communicate' }]],
    ['repeated ids', ['cloudCX2', 'communicate', 'cloudCX2']],
  ])('names the licenses as %s', async (_, licenses) => {
    expect((await userOf({ id: 'u1', licenses })).user?.licenseIds).toEqual(['cloudCX2', 'communicate'])
  })

  test('may say that the user holds nothing', async () => {
    const { user, ledger } = await userOf({ id: 'u1', licenses: [] })
    expect(user?.licenseIds).toEqual([])
    expect(ledger.verdict).toBe('complete')
  })

  test.each([
    ['no id', { licenses: ['cloudCX2'] }],
    ['an id that is no text', { id: 42, licenses: ['cloudCX2'] }],
  ])('with %s is a gap, not a user without licenses', async (_, row) => {
    const { user, ledger } = await userOf(row)
    expect(user).toBeUndefined()
    expect(ledger).toMatchObject({ undecodable: 1, verdict: 'partial', gaps: [{ what: '1 record of page 1' }] })
    expect(JSON.stringify(ledger)).not.toContain('s3cret')
  })

  test('is kept untouched where that is asked for', async () => {
    const row = { id: 'u1', licenses: ['cloudCX2'], selfUri: '/api/v2/license/users/u1' }
    expect((await userOf(row, { includeRaw: true })).user?.raw).toEqual(row)
    nock.cleanAll()
    expect((await userOf(row)).user).not.toHaveProperty('raw')
  })
})

describe('a page of the licensed users of Genesys', () => {
  test('with a record that cannot be decoded delivers the others, and does not end the list for being short', async () => {
    serveListing(directory, [])
    const rows = [...licensedRows(5), { id: 7 }, ...licensedRows(9).slice(5)]
    serveListing(licenseUsers, rows, { tells: { pageSize: true, pageCount: false } })
    const { value, ledger } = await readBy(2)
    expect(value).toHaveLength(9)
    expect(ledger).toMatchObject({ undecodable: 1, verdict: 'partial' })
    expect(ledger.gaps).toMatchObject([
      { what: '1 record of page 3', reason: expect.stringContaining('1.id: expected string') },
    ])
  })

  test('that is not JSON is a gap where the page count says what comes after it', async () => {
    serveListing(directory, [])
    serveListing(licenseUsers, licensedRows(250), { instead: (page) => (page === 2 ? [200, '<html>'] : undefined) })
    const { value, ledger, error } = await read()
    expect(error).toBeUndefined()
    expect(value.map(({ id }) => id)).toEqual(
      [...licensedRows(100), ...licensedRows(250).slice(200)].map(({ id }) => id),
    )
    expect(ledger).toMatchObject({
      pages: 3,
      verdict: 'partial',
      gaps: [{ what: 'page 2', error: { _tag: 'InvalidResponse', issues: ['the body is HTML or XML, not JSON'] } }],
    })
  })
})
