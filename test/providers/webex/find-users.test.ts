import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createWebexProvider } from '../../../providers/webex/index.ts'
import { findUsers, toPromise, type UserLookup } from '../../../src/provider-kit/index.ts'
import { failureOf } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import {
  api,
  errorBody,
  holder,
  licenseRecord,
  person,
  serveHolders,
  serveLicenses,
  withToken,
} from './webex-at-http.ts'

withoutNetwork()

const provider = () => createWebexProvider(withToken, stillRuntime())
const kindsOf = (lookups: readonly UserLookup[]) => lookups.map(({ kind }) => kind)

const servePerson = (id: string, status: number, body: nock.Body) => nock(api).get(`/people/${id}`).reply(status, body)
const unknown = (id: string) => servePerson(id, 404, errorBody('no'))

describe('many users of Webex at once', () => {
  test('are found among the people or among the holders, in the order in which they were asked for', async () => {
    unknown('guest')
    servePerson('p1', 200, person('p1'))
    unknown('nobody')
    serveLicenses([licenseRecord('L1')])
    serveHolders('L1', [holder('guest', 'EXTERNAL')])
    expect(await toPromise(findUsers(provider(), [{ id: 'guest' }, { id: 'p1' }, { id: 'nobody' }]))).toMatchObject([
      { kind: 'found', user: { id: 'guest', kind: 'external', licenseIds: ['L1'] } },
      { kind: 'found', user: { id: 'p1' } },
      { kind: 'notFound' },
    ])
  })

  test('are listed where several people have an address', async () => {
    nock(api)
      .get('/people')
      .query({ email: 'both@example.com' })
      .reply(200, { items: ['p1', 'p2'].map((id) => person(id, { emails: ['both@example.com'] })) })
    expect(await toPromise(findUsers(provider(), [{ email: 'both@example.com' }]))).toMatchObject([
      { kind: 'ambiguous', candidates: [{ id: 'p1' }, { id: 'p2' }] },
    ])
  })

  test('are unknown, those alone who are not among the people, where the holders cannot all be read', async () => {
    servePerson('p1', 200, person('p1'))
    for (const id of ['guest', 'nobody']) unknown(id)
    serveLicenses([licenseRecord('L1'), licenseRecord('L2')])
    serveHolders('L1', [holder('guest', 'EXTERNAL')])
    serveHolders('L2', [], () => ({ status: 403, body: errorBody('no') }))
    const lookups = await toPromise(findUsers(provider(), [{ id: 'p1' }, { id: 'guest' }, { id: 'nobody' }]))
    expect(lookups).toMatchObject([
      { kind: 'found' },
      { kind: 'failed', error: { _tag: 'Incomplete', ledger: { gaps: [{ licenseId: 'L2' }] } } },
      { kind: 'failed', error: { _tag: 'Incomplete' } },
    ])
  })

  test('are not walked for after a failure that ends the call', async () => {
    servePerson('p1', 200, person('p1'))
    unknown('p2')
    nock(api).get('/people/p3').reply(429, {}, { 'retry-after': '3600' })
    const lookups = await toPromise(findUsers(provider(), [{ id: 'p1' }, { id: 'p2' }, { id: 'p3' }]))
    expect(kindsOf(lookups)).toEqual(['found', 'failed', 'failed'])
  })

  test('are one failure where nothing could be read at all', async () => {
    nock(api)
      .persist()
      .get(/people/)
      .reply(401, errorBody('no'))
    const failure = await failureOf(findUsers(provider(), [{ id: 'p1' }, { email: 'p2@example.com' }]))
    expect(failure._tag).toBe('AuthenticationFailed')
  })

  test('are told of one by one whose licenses these credentials are not shown', async () => {
    for (const id of ['p1', 'p2']) servePerson(id, 403, errorBody('no'))
    serveLicenses([licenseRecord('L1')])
    serveHolders('L1', [holder('p1')])
    expect(await toPromise(findUsers(provider(), [{ id: 'p1' }, { id: 'p2' }]))).toMatchObject([
      { kind: 'found', user: { id: 'p1', licenseIds: ['L1'] } },
      { kind: 'failed', error: { _tag: 'PermissionDenied' } },
    ])
  })
})
