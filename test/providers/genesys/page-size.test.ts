import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../../providers/genesys/index.ts'
import { timersThatGoByTurns } from '../../timers-that-stand-still.ts'
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
  withToken,
} from './genesys-at-http.ts'

withoutNetwork()

const gatewayTimeout = [504, errorBody(504, 'request.timeout', 'The request timed out.')] as const
const tooLarge = [413, errorBody(413, 'request.entity.too.large', 'no')] as const

/** Serves a listing that fails where more rows are asked for than it bears; returns the pages that were asked for. */
const serveWeak = (
  path: string,
  rows: readonly unknown[],
  bears: number,
  failure: readonly [number, unknown] | 'never' = gatewayTimeout,
): string[] => {
  const asked: string[] = []
  const partOf = (uri: string) => {
    const { searchParams } = new URL(uri, api)
    const pageNumber = Number(searchParams.get('pageNumber'))
    const pageSize = Number(searchParams.get('pageSize'))
    return { pageNumber, pageSize }
  }
  const isTooMuch = (uri: string) => partOf(uri).pageSize > bears
  nock(api)
    .persist()
    .get(path)
    .query(true)
    .reply((uri) => {
      const { pageNumber, pageSize } = partOf(uri)
      const isRefused = isTooMuch(uri)
      asked.push(`${pageNumber}/${pageSize}${isRefused && failure === 'never' ? ' in vain' : ''}`)
      if (isRefused) return failure === 'never' ? new Promise(() => {}) : [failure[0], failure[1] as nock.Body]
      return [
        200,
        {
          entities: rows.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
          pageSize,
          pageNumber,
          total: rows.length,
          pageCount: Math.ceil(rows.length / pageSize),
        } as nock.Body,
      ]
    })
  return asked
}

const read = (config: { readonly pageSize?: number } = {}, retry = {}) =>
  readList(createGenesysProvider({ ...withToken, ...config, retry }, stillRuntime()).listUsers())

describe('a page of Genesys that is too much for the vendor', () => {
  test.each([
    ['504', gatewayTimeout, ['1/100', '1/100', '1/50', '2/50', '3/50']],
    ['413', tooLarge, ['1/100', '1/50', '2/50', '3/50']],
  ])('of license users is asked for in halves after a %s, not five times', async (_, failure, expected) => {
    serveWeak(directory, directoryRecords(120), 500)
    const asked = serveWeak(licenseUsers, licensedRows(120), 50, failure)
    const { value, ledger } = await read()
    expect(value.map(({ id }) => id)).toEqual(licensedRows(120).map(({ id }) => id))
    expect(ledger).toMatchObject({ items: 120, repeated: 0, verdict: 'complete' })
    expect(asked).toEqual(expected)
  })

  test('of license users is asked for in halves where it does not come in time', async () => {
    serveWeak(directory, directoryRecords(60), 500)
    const asked = serveWeak(licenseUsers, licensedRows(60), 50, 'never')
    const { value, ledger } = await timersThatGoByTurns()(read({}, { timeoutMs: 1_000 }))
    expect(value).toHaveLength(60)
    expect(ledger.verdict).toBe('complete')
    expect(asked).toEqual(['1/100 in vain', '1/100 in vain', '1/50', '2/50'])
  })

  test('of the directory is asked for in halves, so that the people have names', async () => {
    const asked = serveWeak(directory, directoryRecords(600), 250)
    serveWeak(licenseUsers, licensedRows(1), 500)
    const { value, directory: ledger } = await read()
    expect(value[0]?.displayName).toBe('User 1')
    expect(ledger).toMatchObject({ items: 600, repeated: 0, verdict: 'complete' })
    expect(asked).toEqual(['1/500', '1/500', '1/250', '2/250', '3/250'])
  })

  test('of the directory by cursor is asked for in halves with the same cursor', async () => {
    const people = directoryRecords(10_750)
    nock(api)
      .persist()
      .get(directory)
      .query(true)
      .reply((uri) => {
        const pageNumber = Number(new URL(uri, api).searchParams.get('pageNumber'))
        if (pageNumber > 20) return [400, errorBody(400, 'bad.request', 'Only the first 10000 results')]
        return [200, { entities: people.slice((pageNumber - 1) * 500, pageNumber * 500), pageCount: 22 } as nock.Body]
      })
    const asked: string[] = []
    nock(api)
      .persist()
      .get(`${directory}/query`)
      .query(true)
      .reply((uri) => {
        const { searchParams } = new URL(uri, api)
        const size = Number(searchParams.get('pageSize'))
        const from = Number(searchParams.get('cursor') ?? 0)
        asked.push(`${from}/${size}`)
        if (from >= 9_500 && size > 250) return [504]
        const next = from + size < people.length ? { cursor: String(from + size) } : {}
        return [200, { entities: people.slice(from, from + size), ...next } as nock.Body]
      })
    serveWeak(licenseUsers, [{ id: 'user-10750', licenses: [] }], 500)
    const { value, directory: ledger } = await read()
    expect(value[0]?.displayName).toBe('User 10750')
    expect(ledger).toMatchObject({ items: 10_750, repeated: 0, verdict: 'unverifiable' })
    expect(asked.slice(-7)).toEqual([
      '9500/500',
      '9500/500',
      '9500/250',
      '9750/250',
      '10000/250',
      '10250/250',
      '10500/250',
    ])
  })

  test('is a failure where the least that is asked for is too much', async () => {
    serveWeak(directory, [], 500)
    const asked = serveWeak(licenseUsers, licensedRows(100), 0)
    expect((await read()).error).toMatchObject({ _tag: 'Unavailable', status: 504, attempts: 5 })
    expect(asked).toEqual([
      ...['1/100', '1/100', '1/50', '1/50', '1/25', '1/25', '1/12', '1/12'],
      ...['1/6', '1/6', '1/6', '1/6', '1/6'],
    ])
  })
})

describe('the page size of the configuration', () => {
  test('is asked for of license users and of the directory', async () => {
    const people = serveWeak(directory, directoryRecords(30), 500)
    const users = serveWeak(licenseUsers, licensedRows(30), 500)
    await read({ pageSize: 20 })
    expect([people, users]).toEqual([
      ['1/20', '2/20'],
      ['1/20', '2/20'],
    ])
  })

  test('does not give way to the one of a call, but to the most that the vendor gives', async () => {
    const people = serveWeak(directory, directoryRecords(1), 1_000)
    const users = serveWeak(licenseUsers, licensedRows(1), 1_000)
    const provider = createGenesysProvider({ ...withToken, pageSize: 5_000 }, stillRuntime())
    await readList(provider.listUsers())
    await readList(provider.listUsers({ pageSize: 10 }))
    expect([people, users]).toEqual([
      ['1/500', '1/500'],
      ['1/500', '1/500'],
    ])
  })
})
