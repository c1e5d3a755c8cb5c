import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createWebexProvider } from '../../../providers/webex/index.ts'
import { toPromise } from '../../../src/provider-kit/index.ts'
import { failureOf } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import {
  api,
  errorBody,
  holder,
  hydraId,
  licenseId,
  licenseRecord,
  person,
  serveHolders,
  serveLicenses,
  withToken,
} from './webex-at-http.ts'

withoutNetwork()

const provider = () => createWebexProvider(withToken, stillRuntime())

const servePerson = (status: number, body: nock.Body) => nock(api).get('/people/p1').reply(status, body)
const serveSearch = (status: number, body: nock.Body) =>
  nock(api).get('/people').query({ email: 'p1@example.com' }).reply(status, body)
const serveOneLicense = (users: readonly unknown[], instead?: Parameters<typeof serveHolders>[2]) => {
  serveLicenses([licenseRecord('L1')])
  return serveHolders('L1', users, instead)
}

const byId = { id: 'p1' }
const byEmail = { email: 'p1@example.com' }

test('a person whose record names no organization is told to be of another one by the licenses in it', async () => {
  const own = '00000000-0000-4000-8000-00000000000a'
  const bound = createWebexProvider({ ...withToken, orgId: own }, stillRuntime())
  servePerson(200, person('p1', { orgId: undefined, licenses: [licenseId('MS')] }))
  nock(api).get('/licenses').query({ orgId: own }).reply(200, { items: [] })
  expect((await failureOf(bound.getUser({ id: 'p1' })))._tag).toBe('NotFound')
})

describe('one user of Webex by id', () => {
  test('is what the People API tells, in one request', async () => {
    servePerson(200, person('p1'))
    expect(await toPromise(provider().getUser(byId))).toMatchObject({
      id: 'p1',
      kind: 'internal',
      status: 'active',
      licenseIds: ['license-1'],
    })
  })

  test.each([
    ['does not know them', 404, errorBody('no')],
    ['may not be asked', 403, errorBody('no')],
    ['does not show their licenses', 200, person('p1', { licenses: null })],
  ])('is looked for among the holders where the People API %s', async (_, status, body) => {
    servePerson(status, body)
    serveOneLicense([holder('p1', 'EXTERNAL'), holder('p2')])
    expect(await toPromise(provider().getUser(byId))).toMatchObject({ id: 'p1', kind: 'external', licenseIds: ['L1'] })
  })

  test('is not the user of another answer: `me` is the owner of the token', async () => {
    nock(api).get('/people/me').reply(200, person('p9'))
    expect((await failureOf(provider().getUser({ id: 'me' })))._tag).toBe('InvalidResponse')
  })

  test('is the person whose id has other padding, or has this id inside', async () => {
    const id = hydraId('PEOPLE', 'f5b3-uuid')
    for (const asked of [id, `${id}==`, 'f5b3-uuid']) {
      nock(api)
        .get(`/people/${encodeURIComponent(asked)}`)
        .reply(200, person(id))
      expect(await toPromise(provider().getUser({ id: asked }))).toMatchObject({ id })
    }
  })

  test('is the holder from outside whose id has other padding', async () => {
    const id = hydraId('PEOPLE', 'f5b3-uuid')
    nock(api)
      .get(`/people/${encodeURIComponent(`${id}==`)}`)
      .reply(404, errorBody('no'))
    serveOneLicense([holder(id, 'EXTERNAL')])
    expect(await toPromise(provider().getUser({ id: `${id}==` }))).toMatchObject({ id, kind: 'external' })
  })

  test('is NotFound where neither the people nor the holders know them', async () => {
    servePerson(404, errorBody('no'))
    serveOneLicense([holder('p2')])
    expect((await failureOf(provider().getUser(byId)))._tag).toBe('NotFound')
  })

  test.each([
    ['may not be asked', 403, errorBody('no')],
    ['does not show their licenses', 200, person('p1', { licenses: null })],
  ])('is unknown, not NotFound, where they hold nothing and the People API %s', async (_, status, body) => {
    servePerson(status, body)
    serveOneLicense([holder('p2')])
    expect(await failureOf(provider().getUser(byId))).toMatchObject({
      _tag: 'PermissionDenied',
      missing: ['spark-admin:people_read'],
    })
  })

  test('is unknown, not NotFound, where the holders of a license cannot be read', async () => {
    servePerson(404, errorBody('no'))
    serveLicenses([licenseRecord('L1'), licenseRecord('L2')])
    serveHolders('L1', [holder('p2')])
    serveHolders('L2', [], () => ({ status: 403, body: errorBody('no') }))
    expect(await failureOf(provider().getUser(byId))).toMatchObject({
      _tag: 'Incomplete',
      ledger: { verdict: 'partial' },
    })
  })

  test('fails where the People API fails, without a walk over all holders', async () => {
    nock(api).get('/people/p1').times(5).reply(500)
    expect((await failureOf(provider().getUser(byId)))._tag).toBe('Unavailable')
  })
})

describe('one user of Webex by e-mail address', () => {
  test('is listed, without regard to case', async () => {
    nock(api)
      .get('/people')
      .query({ email: 'P1@Example.COM' })
      .reply(200, { items: [person('p1')] })
    expect(await toPromise(provider().getUser({ email: 'P1@Example.COM' }))).toMatchObject({
      id: 'p1',
      licenseIds: ['license-1'],
    })
  })

  test('may have it as one of several addresses', async () => {
    serveSearch(200, { items: [person('p1', { emails: ['first@example.com', 'p1@example.com'] })] })
    expect(await toPromise(provider().getUser(byEmail))).toMatchObject({ id: 'p1' })
  })

  test('is given with all of their addresses', async () => {
    serveSearch(200, { items: [person('p1', { emails: ['first@example.com', 'p1@example.com', ' '] })] })
    expect(await toPromise(provider().getUser(byEmail))).toMatchObject({
      email: 'first@example.com',
      otherEmails: ['p1@example.com'],
    })
  })

  test('is looked up by id where the list gives them twice, which may be with other licenses', async () => {
    const next = `${api}/people?email=p1%40example.com&cursor=2`
    nock(api)
      .persist()
      .get('/people')
      .query({ email: 'p1@example.com' })
      .reply(200, { items: [person('p1')] }, { link: `<${next}>; rel="next"` })
    nock(api)
      .persist()
      .get('/people')
      .query({ email: 'p1@example.com', cursor: '2' })
      .reply(200, { items: [person('p1', { licenses: ['license-2'] })] })
    servePerson(200, person('p1', { licenses: ['license-1', 'license-2'] }))
    expect(await toPromise(provider().getUser(byEmail))).toMatchObject({ licenseIds: ['license-1', 'license-2'] })
    nock.cleanAll()
  })

  test('is looked up by id where the list does not show licenses', async () => {
    serveSearch(200, { items: [person('p1', { licenses: undefined })] })
    servePerson(200, person('p1', { licenses: ['L9'] }))
    expect(await toPromise(provider().getUser(byEmail))).toMatchObject({ licenseIds: ['L9'] })
  })

  test('is looked up among the holders if no user of the organization has it', async () => {
    serveSearch(200, { items: [] })
    serveOneLicense([{ ...holder('x', 'EXTERNAL'), email: 'P1@example.com' }])
    expect(await toPromise(provider().getUser(byEmail))).toMatchObject({
      id: 'x',
      kind: 'external',
      licenseIds: ['L1'],
    })
  })

  test('is not the user that the list gives for another address', async () => {
    serveSearch(200, { items: [person('p2')] })
    serveOneLicense([holder('p2')])
    const failure = await failureOf(provider().getUser(byEmail))
    expect(failure._tag).toBe('NotFound')
    expect(JSON.stringify(failure)).not.toContain('@')
  })

  test('is a Conflict where several people have it', async () => {
    serveSearch(200, { items: [person('p1'), person('p2', { emails: ['P1@example.com'] })] })
    expect((await failureOf(provider().getUser(byEmail)))._tag).toBe('Conflict')
  })

  test('is the one who may sign in, where another one who has it may not', async () => {
    const gone = person('p2', { emails: ['P1@example.com'], loginEnabled: false })
    serveSearch(200, { items: [gone, person('p1')] })
    expect(await toPromise(provider().getUser(byEmail))).toMatchObject({ id: 'p1', status: 'active' })
  })

  test('is a Conflict where several holders have it', async () => {
    serveSearch(200, { items: [] })
    serveOneLicense([holder('p1'), { ...holder('p2'), email: 'P1@example.com' }])
    expect((await failureOf(provider().getUser(byEmail)))._tag).toBe('Conflict')
  })

  test('is unknown, not NotFound, where they hold nothing and the people may not be listed', async () => {
    serveSearch(403, errorBody('no'))
    serveOneLicense([holder('p2')])
    expect((await failureOf(provider().getUser(byEmail)))._tag).toBe('PermissionDenied')
  })

  test('is unknown, not NotFound, where the record of the person cannot be decoded', async () => {
    serveSearch(200, { items: [{ id: 7, emails: ['p1@example.com'] }] })
    serveOneLicense([holder('p2')])
    const failure = await failureOf(provider().getUser(byEmail))
    expect(failure._tag).toBe('Incomplete')
    expect(JSON.stringify(failure)).not.toContain('@')
  })
})
