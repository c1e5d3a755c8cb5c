import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../../providers/genesys/index.ts'
import { readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import { api, directory, licenseUsers, serveListing, withToken } from './genesys-at-http.ts'

withoutNetwork()

const provider = () => createGenesysProvider(withToken, stillRuntime())

const bad = ['', ' ', '\n', null, undefined, 7, ['u1']]

describe('a record of Genesys whose id names nothing', () => {
  test.each(bad)('is counted among the licensed users, and costs no other: %j', async (id) => {
    serveListing(directory, [])
    serveListing(licenseUsers, [
      { id: 'u1', licenses: ['L1'] },
      { id, licenses: ['L1'] },
    ])
    const { value, ledger } = await readList(provider().listUsers())
    expect(value.map((user) => user.id)).toEqual(['u1'])
    expect(ledger).toMatchObject({ undecodable: 1, verdict: 'partial' })
  })

  test.each(bad)('is counted among the licenses: %j', async (id) => {
    nock(api)
      .get('/api/v2/license/definitions')
      .reply(200, [{ id: 'L1' }, { id }])
    const { value, ledger } = await readList(provider().listLicenses())
    expect(value.map((license) => license.id)).toEqual(['L1'])
    expect(ledger).toMatchObject({ undecodable: 1, verdict: 'partial' })
  })

  test.each(bad)('is counted in the directory, and no user loses assignments: %j', async (id) => {
    serveListing(directory, [
      { id: 'u1', name: 'Ann' },
      { id, name: 'Nobody' },
    ])
    serveListing(licenseUsers, [{ id: 'u1', licenses: ['L1'] }])
    const { value, ledger, directory: people } = await readList(provider().listUsers())
    expect(value).toMatchObject([{ id: 'u1', displayName: 'Ann' }])
    expect(ledger.verdict).toBe('complete')
    expect(people).toMatchObject({ undecodable: 1, verdict: 'partial' })
  })
})

test.each(['', '\ud800', 'x\ud800'])('an id that cannot be asked for is refused: %j', async (id) => {
  const found = await Promise.all([provider().getUser({ id })(), provider().getLicense(id)()])
  expect(found).toMatchObject([{ left: { _tag: 'RequestRejected' } }, { left: { _tag: 'RequestRejected' } }])
})
