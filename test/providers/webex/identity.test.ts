import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { idKey } from '../../../providers/webex/hydra-id.ts'
import { createWebexProvider, type WebexConfig } from '../../../providers/webex/index.ts'
import { createReview } from '../../../providers/webex/review-changes.ts'
import { type AssignmentOutcome, findUsers, listHolders, toPromise } from '../../../src/provider-kit/index.ts'
import { createLicenseReport } from '../../../src/report/index.ts'
import { readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import {
  api,
  holder,
  hydraId,
  licenseRecord,
  person,
  serveHolders,
  serveLicenses,
  servePeople,
  withToken,
} from './webex-at-http.ts'

withoutNetwork()

/** Its base64 has what differs between the two alphabets, and would have padding. */
const inner = '96abc2aa-3dcc-11e5-a152-fe34819cdc9a:EE_1_~~~>>>??'
const plain = hydraId('LICENSE', inner)
const padded = `${plain}${'='.repeat((4 - (plain.length % 4)) % 4)}`
const urlSafe = plain.replaceAll('+', '-').replaceAll('/', '_')

const provider = (source: 'licenses' | 'people' = 'licenses') =>
  createWebexProvider({ ...withToken, userSource: source } as WebexConfig, stillRuntime())

test('the ids of this test are written in three ways', () => {
  expect(new Set([plain, padded, urlSafe]).size).toBe(3)
  expect(idKey(padded)).toBe(idKey(urlSafe))
})

describe('license ids of Webex that differ in their padding or alphabet only', () => {
  test.each([plain, padded, urlSafe])(
    'are one license of people, named as the list of licenses does: %s',
    async (listed) => {
      serveLicenses([licenseRecord(listed)])
      servePeople([
        person('p1', { licenses: [plain] }),
        person('p2', { licenses: [padded, urlSafe] }),
        person('p3', { licenses: [`${urlSafe},${plain}`] }),
      ])
      const { licenses } = await createLicenseReport(stillRuntime())([provider('people')])()
      expect(licenses.map(({ id, assigned }) => [id, assigned])).toEqual([
        [listed, expect.objectContaining({ atLeast: 3 })],
      ])
    },
  )

  test('are what the vendor gives where licenses were not listed', async () => {
    servePeople([person('p1', { licenses: [padded, plain] })])
    expect((await readList(provider('people').listUsers())).value[0]?.licenseIds).toEqual([padded])
  })

  test('are sent as they are given, and are one license in the answer', async () => {
    nock(api)
      .get('/people/p1')
      .reply(200, person('p1', { licenses: [] }))
    nock(api)
      .get('/people/p1')
      .reply(200, person('p1', { licenses: [plain] }))
    const bodies: nock.Body[] = []
    nock(api)
      .patch('/licenses/users', (body) => bodies.push(body) > 0)
      .reply(200, { personId: 'p1', licenses: [urlSafe] })
    const outcomes: AssignmentOutcome[] = []
    const changes = [padded, plain].map((licenseId) => ({ action: 'assign' as const, userId: 'p1', licenseId }))
    for await (const outcome of provider().changeAssignments?.(changes) ?? []) outcomes.push(outcome)
    expect(outcomes.map(({ result }) => result)).toEqual(['applied', 'applied'])
    expect(bodies).toEqual([{ personId: 'p1', licenses: [{ id: padded, operation: 'add' }] }])
  })

  test('are held already, whichever way they are written', async () => {
    nock(api)
      .get('/people/p1')
      .reply(200, person('p1', { licenses: [padded] }))
    const outcomes: AssignmentOutcome[] = []
    const change = { action: 'assign', userId: 'p1', licenseId: urlSafe } as const
    for await (const outcome of provider().changeAssignments?.([change]) ?? []) outcomes.push(outcome)
    expect(outcomes).toEqual([{ change, result: 'alreadySo' }])
  })

  test('contradict each other where one is assigned and the other removed', () => {
    const remarks = createReview()(
      [
        { action: 'assign', userId: 'p1', licenseId: plain },
        { action: 'remove', userId: 'p1', licenseId: padded },
      ],
      { licenses: new Map(), users: new Map() },
    )
    expect(remarks.map(({ rule }) => rule)).toEqual(['contradicting-changes', 'contradicting-changes'])
  })

  test('are one row of the list of licenses, and the other a repetition', async () => {
    serveLicenses([licenseRecord(plain), licenseRecord(padded)])
    const { value, ledger } = await readList(provider().listLicenses())
    expect(value.map(({ id }) => id)).toEqual([plain])
    expect(ledger).toMatchObject({ repeated: 1, verdict: 'mismatch' })
  })

  test('have one product', async () => {
    serveLicenses([licenseRecord(padded)])
    expect((await readList(provider().listLicenses())).value[0]?.productCode).toBe('EE')
  })
})

test('ids that are not of the kind that is base64 are different licenses where they differ at all', async () => {
  serveLicenses(['L-1', 'L_1', 'L+1', 'L/1', 'L-1='].map((id) => licenseRecord(id)))
  expect((await readList(provider().listLicenses())).value).toHaveLength(5)
})

test('holders whose ids differ in padding only are one person', async () => {
  const one = hydraId('PEOPLE', 'a-person-of-whom-the-id-has-padding')
  serveLicenses([licenseRecord('L1'), licenseRecord('L2')])
  serveHolders('L1', [holder(one)])
  serveHolders('L2', [holder(`${one}=`)])
  const { value } = await readList(provider().listUsers())
  expect(value.map(({ licenseIds }) => licenseIds)).toEqual([['L1', 'L2']])
})

describe('a record of Webex whose id names nothing', () => {
  const bad = ['', ' ', '\n', null, undefined, 7, ['L1']]

  test.each(bad)('is counted among the licenses, and costs no other: %j', async (id) => {
    serveLicenses([licenseRecord('L1'), { ...licenseRecord('x'), id }])
    const { value, ledger } = await readList(provider().listLicenses())
    expect(value.map((license) => license.id)).toEqual(['L1'])
    expect(ledger).toMatchObject({ undecodable: 1, verdict: 'partial' })
  })

  test.each(bad)('is counted among the holders: %j', async (id) => {
    serveHolders('L1', [holder('a'), { ...holder('x'), id }])
    const { value, ledger } = await readList(listHolders(provider(), 'L1'))
    expect(value.map(({ userId }) => userId)).toEqual(['a'])
    expect(ledger).toMatchObject({ undecodable: 1, verdict: 'partial' })
  })

  test('is no holder who is gone without a word: the count of the license is not known', async () => {
    serveLicenses([licenseRecord('L1'), licenseRecord('L2')])
    serveHolders('L1', [holder('a'), holder('')])
    serveHolders('L2', [holder('a')])
    const { licenses, providers } = await createLicenseReport(stillRuntime())([provider()])()
    expect(providers[0]?.status).toBe('partial')
    expect(licenses.map(({ assigned }) => assigned)).toMatchObject([
      { kind: 'unknown', atLeast: 1 },
      { kind: 'known', value: 1 },
    ])
  })

  test.each(bad)('is counted among the people: %j', async (id) => {
    servePeople([person('a'), { ...person('x'), id }])
    const { value, ledger } = await readList(provider('people').listUsers())
    expect(value.map((user) => user.id)).toEqual(['a'])
    expect(ledger).toMatchObject({ undecodable: 1, verdict: 'partial' })
  })
})

test.each(['\ud800', 'x\ud800', ''])('an id that cannot be asked for is refused: %j', async (id) => {
  const found = await Promise.all([provider().getUser({ id })(), provider().getLicense(id)()])
  expect(found).toMatchObject([{ left: { _tag: 'RequestRejected' } }, { left: { _tag: 'RequestRejected' } }])
  expect((await readList(listHolders(provider(), id))).error?._tag).toBe('RequestRejected')
  expect(await toPromise(findUsers(provider(), [{ id }]))).toMatchObject([{ kind: 'failed' }])
})
