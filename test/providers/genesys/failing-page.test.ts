import nock from 'nock'
import { expect, test } from 'vitest'
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
  withToken,
} from './genesys-at-http.ts'

withoutNetwork()

/** Serves a listing whose second page of two rows fails again and again. */
const serveWithBadPage = (path: string, rows: readonly unknown[]): void => {
  nock(api)
    .persist()
    .get(path)
    .query(true)
    .reply((uri) => {
      const pageNumber = Number(new URL(uri, api).searchParams.get('pageNumber'))
      const entities = rows.slice(2 * pageNumber - 2, 2 * pageNumber)
      const body = { entities, pageSize: 2, pageNumber, total: rows.length, pageCount: Math.ceil(rows.length / 2) }
      return pageNumber === 2 ? [500, errorBody(500, 'internal', 'no')] : [200, body as nock.Body]
    })
}

test('a page at which the vendor fails again and again costs its own users and names, and no others', async () => {
  serveWithBadPage(licenseUsers, licensedRows(7))
  serveWithBadPage(directory, directoryRecords(7))
  const provider = createGenesysProvider({ ...withToken, pageSize: 2 }, stillRuntime())
  const { value, ledger, directory: people, error } = await readList(provider.listUsers())
  expect(error).toBeUndefined()
  expect(value).toHaveLength(5)
  expect(value.every(({ displayName }) => displayName !== undefined)).toBe(true)
  const gap = { what: 'page 2', error: { _tag: 'Unavailable', status: 500 } }
  expect(ledger).toMatchObject({ verdict: 'partial', total: 7, items: 5, gaps: [gap] })
  expect(people).toMatchObject({ verdict: 'partial', total: 7, items: 5, gaps: [{ error: gap.error }] })
})
