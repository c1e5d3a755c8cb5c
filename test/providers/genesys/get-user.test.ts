import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../../providers/genesys/index.ts'
import { toPromise } from '../../../src/provider-kit/index.ts'
import { failureOf } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import { api, directory, errorBody, licenseUsers, serveListing, withToken } from './genesys-at-http.ts'

withoutNetwork()

const provider = () => createGenesysProvider(withToken, stillRuntime())
const notFound = errorBody(404, 'not.found', 'no')
const forbidden = errorBody(403, 'missing.any.permissions', 'no')

const ann = {
  id: 'u1',
  name: 'Ann',
  email: 'Ann@Example.com',
  state: 'active',
  department: 'IT',
  division: { id: 'd1', name: 'EMEA' },
  manager: 'u9',
  dateLastLogin: '2026-11-01T08:00:00Z',
  lastTokenIssued: { dateIssued: '2026-11-02T08:00:00Z' },
}
const vendor = () => nock(api)
const serveLicensesOf = (id: string, licenses: readonly unknown[]) =>
  vendor()
    .get(`${licenseUsers}/${id}`)
    .reply(200, { id, licenses } as nock.Body)
/** A refusal may be about the fields that are asked for: the search is asked for once more without some. */
const serveSearch = (status: number, body: unknown) =>
  vendor()
    .post('/api/v2/users/search')
    .times(status === 400 ? 2 : 1)
    .reply(status, body as nock.Body)

const expand = 'dateLastLogin,lasttokenissued'
const serveActive = (id: string) => vendor().get(`${directory}/${id}`).query({ expand })
const serveDeleted = (id: string) => vendor().get(`${directory}/${id}`).query({ expand, state: 'deleted' })
const serveListed = (id: string) => vendor().get(directory).query({ expand, id, state: 'any' })

const annWithLicenses = {
  provider: 'genesys',
  id: 'u1',
  kind: 'internal',
  status: 'active',
  licenseIds: ['cloudCX2', 'communicate'],
  pendingLicenseIds: [],
  displayName: 'Ann',
  email: 'Ann@Example.com',
  department: 'IT',
  division: 'EMEA',
  manager: 'u9',
  lastActiveAt: '2026-11-02T08:00:00.000Z',
  activity: [
    { at: '2026-11-01T08:00:00.000Z', source: 'dateLastLogin', covers: 'some' },
    { at: '2026-11-02T08:00:00.000Z', source: 'lastTokenIssued' },
  ],
}

describe('one user of Genesys by id', () => {
  test('is what the license listing and the directory tell, in two requests', async () => {
    serveLicensesOf('u1', [{ id: 'cloudCX2', permissions: { ids: [] } }, { id: 'communicate' }])
    serveListed('u1').reply(200, { entities: [ann] })
    expect(await toPromise(provider().getUser({ id: 'u1' }))).toEqual(annWithLicenses)
  })

  test.each([
    ['does not know them', 404, notFound],
    ['is forbidden', 403, forbidden],
  ])('holds their licenses though the directory %s', async (_, status, body) => {
    serveLicensesOf('u1', ['cloudCX2'])
    serveListed('u1').reply(status, body)
    serveActive('u1').reply(status, body)
    serveDeleted('u1').reply(status, body)
    expect(await toPromise(provider().getUser({ id: 'u1' }))).toMatchObject({
      status: 'unknown',
      licenseIds: ['cloudCX2'],
    })
  })

  test('is found where they are inactive, as the list of users is asked, and not the record of active ones', async () => {
    serveLicensesOf('u1', ['cloudCX2', 'communicate'])
    serveListed('u1').reply(200, { entities: [{ ...ann, state: 'inactive' }] })
    expect(await toPromise(provider().getUser({ id: 'u1' }))).toEqual({ ...annWithLicenses, status: 'inactive' })
  })

  test.each([
    ['names none', []],
    ['names another', [{ ...ann, id: 'u2' }]],
  ])('is looked up among the deleted where the list of users %s', async (_, entities) => {
    serveLicensesOf('u1', ['cloudCX2', 'communicate'])
    serveListed('u1').reply(200, { entities })
    serveDeleted('u1').reply(200, { ...ann, state: 'deleted' })
    expect(await toPromise(provider().getUser({ id: 'u1' }))).toEqual({ ...annWithLicenses, status: 'deleted' })
  })

  test.each([
    ['refuses the id', 400, errorBody(400, 'bad.request', 'no')],
    ['has a record that cannot be read', 200, { entities: [{ id: 7 }] }],
  ])('is looked up alone, active or deleted, where the list of users %s', async (_, status, body) => {
    for (const state of ['active', 'deleted']) {
      serveLicensesOf('u1', ['cloudCX2', 'communicate'])
      serveListed('u1').reply(status, body)
      if (state === 'active') serveActive('u1').reply(200, ann)
      else {
        serveActive('u1').reply(404, notFound)
        serveDeleted('u1').reply(200, { ...ann, state })
      }
      expect(await toPromise(provider().getUser({ id: 'u1' }))).toEqual({ ...annWithLicenses, status: state })
    }
  })

  test('whose record does not say what they hold is asked for with the operation for many', async () => {
    vendor().get(`${licenseUsers}/u1`).reply(200, { id: 'u1', licenses: null })
    vendor()
      .post(licenseUsers, ['u1'])
      .reply(200, { u1: { licenses: ['cloudCX2', 'communicate'] } })
    serveListed('u1').reply(200, { entities: [ann] })
    expect(await toPromise(provider().getUser({ id: 'u1' }))).toEqual(annWithLicenses)
  })

  test('whose record never states licenses is not a user without licenses', async () => {
    vendor().get(`${licenseUsers}/u1`).reply(200, { id: 'u1' })
    vendor()
      .post(licenseUsers)
      .reply(200, { u1: { licenses: null } })
    expect((await failureOf(provider().getUser({ id: 'u1' })))._tag).toBe('InvalidResponse')
  })

  test('holds nothing where only the directory knows them', async () => {
    vendor().get(`${licenseUsers}/u1`).reply(404, notFound)
    serveListed('u1').reply(200, { entities: [ann] })
    expect(await toPromise(provider().getUser({ id: 'u1' }))).toEqual({ ...annWithLicenses, licenseIds: [] })
  })

  test.each([
    ['is unknown to the directory too', 404, notFound],
    ['cannot be looked up in the directory', 403, forbidden],
  ])('is NotFound where the license listing does not know them and who %s', async (_, status, body) => {
    vendor().get(`${licenseUsers}/none`).reply(404, notFound)
    serveListed('none').reply(status, body)
    serveActive('none').reply(status, body)
    serveDeleted('none').reply(status, body)
    expect(await failureOf(provider().getUser({ id: 'none' }))).toMatchObject({
      _tag: 'NotFound',
      operation: 'GET /api/v2/license/users/{userId}',
    })
  })

  test('fails where the directory is down, as it is not known then who they are', async () => {
    serveLicensesOf('u1', ['cloudCX2'])
    vendor().persist().get(directory).query(true).reply(503)
    expect((await failureOf(provider().getUser({ id: 'u1' })))._tag).toBe('Unavailable')
  })
})

describe('one user of Genesys by e-mail address', () => {
  test('is searched without regard to case', async () => {
    serveSearch(200, { results: [ann] })
    serveLicensesOf('u1', ['cloudCX2', 'communicate'])
    expect(await toPromise(provider().getUser({ email: 'ann@example.COM' }))).toEqual(annWithLicenses)
  })

  test('is searched by what is seen of the address', async () => {
    vendor()
      .post('/api/v2/users/search', ({ query }) => query[0].value === 'ann@example.com')
      .reply(200, { results: [ann] })
    serveLicensesOf('u1', ['cloudCX2'])
    expect(await toPromise(provider().getUser({ email: '\u200bann@example.com\u00a0' }))).toMatchObject({ id: 'u1' })
  })

  test('is not the user that the search finds by a similar address', async () => {
    serveSearch(200, { results: [{ ...ann, email: 'joann@example.com' }] })
    const failure = await failureOf(provider().getUser({ email: 'ann@example.com' }))
    expect(failure._tag).toBe('NotFound')
    expect(JSON.stringify(failure)).not.toContain('ann@example.com')
  })

  test('holds nothing where the license listing does not know them', async () => {
    serveSearch(200, { results: [ann] })
    vendor().get(`${licenseUsers}/u1`).reply(404, notFound)
    expect(await toPromise(provider().getUser({ email: 'ann@example.com' }))).toMatchObject({
      id: 'u1',
      licenseIds: [],
    })
  })

  test('is the active one of several accounts', async () => {
    serveSearch(200, {
      results: [{ ...ann, id: 'u0', state: 'deleted' }, ann, { ...ann, id: 'u2', state: 'inactive' }],
    })
    serveLicensesOf('u1', ['cloudCX2'])
    expect(await toPromise(provider().getUser({ email: 'ann@example.com' }))).toMatchObject({ id: 'u1' })
  })

  test.each(['active', 'deleted'])('is a Conflict that names the ids where several are %s', async (state) => {
    serveSearch(200, {
      results: [
        { ...ann, state },
        { ...ann, id: 'u2', state },
      ],
    })
    const failure = await failureOf(provider().getUser({ email: 'ann@example.com' }))
    expect(failure).toMatchObject({ _tag: 'Conflict', message: expect.stringContaining('u1, u2') })
    expect(JSON.stringify(failure)).not.toContain('@')
  })

  test('is unknown, not NotFound, where a record that the search found cannot be decoded', async () => {
    serveSearch(200, { results: [{ id: 7, email: 'ann@example.com' }] })
    const failure = await failureOf(provider().getUser({ email: 'ann@example.com' }))
    expect(failure._tag).toBe('InvalidResponse')
    expect(JSON.stringify(failure)).not.toContain('@')
  })

  test.each([
    ['forbidden', 403, forbidden],
    ['refused', 400, errorBody(400, 'bad.request', 'no')],
    ['not there', 404, notFound],
  ])('is looked for in the whole directory where the search is %s', async (_, status, body) => {
    serveSearch(status, body)
    const queries = serveListing(directory, [{ id: 'u0', email: 'bob@example.com', state: 'active' }, ann])
    serveLicensesOf('u1', ['cloudCX2', 'communicate'])
    expect(await toPromise(provider().getUser({ email: 'ann@example.com' }))).toEqual(annWithLicenses)
    expect(queries).toEqual(['?state=any&expand=dateLastLogin%2Clasttokenissued&pageSize=500&pageNumber=1'])
  })

  test('is NotFound where the whole directory does not know them', async () => {
    serveSearch(403, forbidden)
    serveListing(directory, [ann])
    expect((await failureOf(provider().getUser({ email: 'bob@example.com' })))._tag).toBe('NotFound')
  })

  test('is unknown, not NotFound, where the directory cannot be read either', async () => {
    serveSearch(403, forbidden)
    serveListing(directory, [], { instead: () => [403, forbidden] })
    expect((await failureOf(provider().getUser({ email: 'ann@example.com' })))._tag).toBe('PermissionDenied')
  })

  test('is unknown, not NotFound, where a record of the directory cannot be decoded', async () => {
    serveSearch(403, forbidden)
    serveListing(directory, [{ id: 7, email: 'ann@example.com' }])
    expect(await failureOf(provider().getUser({ email: 'ann@example.com' }))).toMatchObject({
      _tag: 'Incomplete',
      ledger: { undecodable: 1 },
    })
  })

  test('fails where the search fails', async () => {
    vendor().persist().post('/api/v2/users/search').reply(500)
    expect((await failureOf(provider().getUser({ email: 'ann@example.com' })))._tag).toBe('Unavailable')
  })
})
