import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../../providers/genesys/index.ts'
import { readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import { api, definitions, withToken } from './genesys-at-http.ts'

withoutNetwork()

const provider = () => createGenesysProvider({ ...withToken, id: 'genesys-emea' }, stillRuntime())
const serveDefinitions = (body: unknown) =>
  nock(api)
    .get(definitions)
    .reply(200, body as nock.Body)

const notProvided = { kind: 'unknown', reason: expect.stringContaining('does not provide it') }

describe('the licenses of Genesys', () => {
  test('have all that the definitions tell, and nothing that they do not', async () => {
    serveDefinitions([
      {
        id: 'cloudCX3',
        description: 'Genesys Cloud CX 3',
        permissions: { ids: ['routing:queue:view'] },
        prerequisites: [{ id: 'communicate', selfUri: '/api/v2/license/definitions/communicate' }],
        comprises: [{ id: 'cloudCX2', comprises: [{ id: 'cloudCX1' }] }],
        selfUri: '/api/v2/license/definitions/cloudCX3',
      },
    ])
    const { value, ledger } = await readList(provider().listLicenses())
    expect(value).toEqual([
      {
        provider: 'genesys-emea',
        id: 'cloudCX3',
        name: 'Genesys Cloud CX 3',
        metric: 'unknown',
        services: ['contactCenter', 'other'],
        purchased: notProvided,
        consumed: notProvided,
        includes: ['cloudCX2'],
        requires: ['communicate'],
      },
    ])
    expect(ledger).toMatchObject({ pages: 1, items: 1, verdict: 'unverifiable' })
  })

  test.each([
    ['an id alone', { id: 'cloudCX2' }],
    ['nulls', { id: 'cloudCX2', description: null, prerequisites: null, comprises: null }],
    ['a blank description', { id: 'cloudCX2', description: '  ' }],
  ])('may be defined by %s; then the id is the name', async (_, definition) => {
    serveDefinitions([definition])
    const { value } = await readList(provider().listLicenses())
    expect(value).toMatchObject([{ id: 'cloudCX2', name: 'cloudCX2', includes: [], requires: [] }])
  })

  test('are for what is certain of their ids, and nothing is said of others', async () => {
    serveDefinitions(['cloudCX1', 'gc1WEMupgrade', 'communicate', 'cloudcx1'].map((id) => ({ id })))
    const { value } = await readList(provider().listLicenses())
    expect(value.map(({ services }) => services)).toEqual([['contactCenter', 'other'], [], undefined, undefined])
  })

  test('carry the record of the vendor, untouched, where that is asked for', async () => {
    const record = { id: 'cloudCX2', description: 'CX 2', somethingNew: { a: 1 } }
    serveDefinitions([record])
    const { value } = await readList(provider().listLicenses({ includeRaw: true }))
    expect(value[0]?.raw).toEqual(record)
  })

  test('that cannot be decoded are counted and named without their values, and the others are delivered', async () => {
    serveDefinitions([{ id: 'cloudCX1' }, { id: 42, description: 's3cret' }, null, { id: 'cloudCX2' }])
    const { value, ledger } = await readList(provider().listLicenses())
    expect(value.map(({ id }) => id)).toEqual(['cloudCX1', 'cloudCX2'])
    expect(ledger).toMatchObject({ undecodable: 2, verdict: 'partial' })
    expect(ledger.gaps).toMatchObject([{ what: '2 records of the license definitions' }])
    expect(JSON.stringify(ledger)).not.toContain('s3cret')
  })

  test('that are no list are an InvalidResponse', async () => {
    serveDefinitions({ entities: [] })
    expect((await readList(provider().listLicenses())).error).toMatchObject({ _tag: 'InvalidResponse', status: 200 })
  })

  test('are not resumed, as they come on one page', async () => {
    expect((await readList(provider().listLicenses({ continuation: '2/100' }))).error?._tag).toBe('RequestRejected')
  })
})
