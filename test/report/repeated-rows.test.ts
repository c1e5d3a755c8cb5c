import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { toPromise } from '../../src/index.ts'
import { createLicenseReport } from '../../src/report/index.ts'
import { takeSnapshot } from '../../src/snapshot/index.ts'
import {
  api,
  definitions,
  directory,
  directoryRecords,
  licensedRows,
  licenseUsers,
  serveListing,
  withToken,
} from '../providers/genesys/genesys-at-http.ts'
import { readList } from '../providers/read-list.ts'
import { stillRuntime } from '../providers/still-runtime.ts'
import { withoutNetwork } from '../providers/without-network.ts'

withoutNetwork()

const provider = () => createGenesysProvider(withToken, stillRuntime())

/** A hundred users on the first page; on the second one two of them again, who hold something else. The total counts people. */
const serveRepeatedRows = () => {
  nock(api)
    .persist()
    .get(definitions)
    .reply(200, [{ id: 'cloudCX2' }, { id: 'communicate' }, { id: 'wem' }])
  serveListing(directory, directoryRecords(150))
  const rows = [{ id: 'user-1', licenses: [] }, ...licensedRows(150).slice(1)]
  const again = [
    { id: 'user-1', licenses: ['communicate'] },
    { id: 'user-2', licenses: ['wem', 'cloudCX2'] },
    { id: 'user-3', licenses: ['cloudCX2'] },
  ]
  const page = (entities: readonly unknown[], pageNumber: number) =>
    [200, { entities, pageSize: 100, pageNumber, total: 150, pageCount: 2 }] as const
  serveListing(licenseUsers, [], {
    instead: (number) => (number === 1 ? page(rows.slice(0, 100), 1) : page([...again, ...rows.slice(100)], 2)),
  })
}

describe('a user whose row comes again with other licenses', () => {
  test('makes the list a mismatch, though its total is what came, and is not delivered again', async () => {
    serveRepeatedRows()
    const { value, ledger } = await readList(provider().listUsers())
    expect(value).toHaveLength(150)
    expect(ledger).toMatchObject({ items: 150, repeated: 3, total: 150, verdict: 'mismatch' })
  })

  test('holds in a report what both rows say, and the numbers are no more than a lower bound', async () => {
    serveRepeatedRows()
    const report = await createLicenseReport({ detail: true, ...stillRuntime() })([provider()])()
    expect(report.complete).toBe(false)
    const assigned = Object.fromEntries(report.licenses.map((row) => [row.id, row.assigned]))
    expect(assigned).toMatchObject({
      cloudCX2: { kind: 'unknown', atLeast: 149 },
      communicate: { kind: 'unknown', atLeast: 1 },
      wem: { kind: 'unknown', atLeast: 1 },
    })
    expect(report.providers[0]?.licensedUsers).toMatchObject({ kind: 'unknown', atLeast: 150 })
    expect(report.people.total).toMatchObject({ atLeast: 150 })
    const users = report.users?.filter(({ id }) => ['user-1', 'user-2', 'user-3'].includes(id))
    expect(users?.map(({ id, licenseIds, displayName }) => [id, [...licenseIds].sort(), displayName])).toEqual([
      ['user-1', ['communicate'], 'User 1'],
      ['user-2', ['cloudCX2', 'wem'], 'User 2'],
      ['user-3', ['cloudCX2'], 'User 3'],
    ])
    expect(report.users).toHaveLength(150)
  })

  test('is kept in a snapshot with what both rows say', async () => {
    serveRepeatedRows()
    const { files, manifest } = await toPromise(takeSnapshot([provider()], stillRuntime()))
    expect(manifest.complete).toBe(false)
    const text = new TextDecoder().decode(Buffer.concat([...(files.get('genesys.users.ndjson') ?? [])]))
    const users = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(users).toHaveLength(150)
    expect(users.slice(0, 2).map(({ licenseIds }) => licenseIds.sort())).toEqual([['communicate'], ['cloudCX2', 'wem']])
  })
})
