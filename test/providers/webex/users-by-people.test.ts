import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createWebexProvider, type WebexConfig } from '../../../providers/webex/index.ts'
import type { PageRequest } from '../../../src/provider-kit/index.ts'
import { createLicenseReport } from '../../../src/report/index.ts'
import { readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import {
  api,
  errorBody,
  licenseRecord,
  nextLink,
  person,
  serveLicenses,
  servePeople,
  withToken,
} from './webex-at-http.ts'

withoutNetwork()

const provider = (more: Partial<WebexConfig> = {}) =>
  createWebexProvider({ ...withToken, userSource: 'people', ...more } as WebexConfig, stillRuntime())
const read = (request?: PageRequest) => readList(provider().listUsers(request))

const people = (count: number, more = {}) => Array.from({ length: count }, (_, index) => person(`p${index + 1}`, more))

describe('the users of Webex by way of the people', () => {
  test('have all that the People API tells of them', async () => {
    servePeople([
      person('p1', { licenses: ['L1', 'L2'], lastActivity: '2026-11-01T08:00:00.000+02:00', department: 'IT' }),
    ])
    expect((await read()).value).toEqual([
      {
        provider: 'webex',
        id: 'p1',
        kind: 'internal',
        status: 'active',
        licenseIds: ['L1', 'L2'],
        pendingLicenseIds: [],
        displayName: 'Name of p1',
        email: 'p1@example.com',
        department: 'IT',
        lastActiveAt: '2026-11-01T06:00:00.000Z',
        neverActive: false,
        activity: [{ at: '2026-11-01T06:00:00.000Z', source: 'lastActivity' }],
      },
    ])
  })

  test.each([
    ['pending', true],
    ['Pending', true],
    ['inactive', false],
    ['OutOfOffice', false],
    ['DoNotDisturb', false],
    ['unknown', undefined],
    ['asleep', undefined],
    [undefined, undefined],
    [null, undefined],
    [7, undefined],
  ])(
    'were never active if their status is pending, and nothing is known if it is not shared: %s',
    async (status, is) => {
      servePeople([
        person('p1', { licenses: ['L1'], status }),
        person('p2', { licenses: ['L1'], lastActivity: 'soon' }),
      ])
      const [first, second] = (await read()).value
      expect(first?.neverActive).toBe(is)
      expect(first).not.toHaveProperty('activity')
      // There is some time, whatever it is.
      expect(second?.neverActive).toBe(false)
    },
  )

  test('are swept by a thousand, following the links', async () => {
    const queries = servePeople(people(2_100))
    const { value, ledger } = await read()
    expect(value).toHaveLength(2_100)
    expect(queries).toEqual(['?max=1000', '?max=1000&cursor=2', '?max=1000&cursor=3'])
    expect(ledger).toMatchObject({ pages: 3, items: 2_100, verdict: 'unverifiable' })
  })

  test.each([
    [7, '?max=7'],
    [5_000, '?max=1000'],
  ])('are swept by the page size of the configuration, %d, within what the vendor accepts', async (pageSize, query) => {
    const queries = servePeople([])
    await readList(provider({ pageSize }).listUsers({ pageSize: 3 }))
    expect(queries).toEqual([query])
  })

  test('are those of the organization that is configured, on every page', async () => {
    const queries: string[] = []
    nock(api)
      .get('/people')
      .query({ max: '1000', orgId: 'o1' })
      .reply(200, { items: [person('p1')] }, nextLink(`${api}/people?max=1000&cursor=2`))
    nock(api)
      .get('/people')
      .query({ max: '1000', cursor: '2', orgId: 'o1' })
      .reply(200, { items: [person('p2')] })
    const { value } = await readList(provider({ orgId: 'o1' }).listUsers())
    expect(value).toHaveLength(2)
    expect(queries).toEqual([])
  })

  test('include people without a license', async () => {
    servePeople([person('p1'), person('p2', { licenses: [] })])
    expect((await read()).value.map(({ licenseIds }) => licenseIds)).toEqual([['license-1'], []])
  })

  test('say that external holders are never among them', async () => {
    servePeople(people(1))
    expect((await read()).ledger).toMatchObject({ omits: [expect.stringContaining('external')], gaps: [] })
  })

  test.each([
    [true, 'active'],
    [false, 'inactive'],
    ['true', 'active'],
    ['false', 'inactive'],
    ['TRUE', 'active'],
    [null, 'unknown'],
    [undefined, 'unknown'],
    ['', 'unknown'],
    ['perhaps', 'unknown'],
  ])('have a status where loginEnabled is %j', async (loginEnabled, status) => {
    servePeople([person('p1', { loginEnabled })])
    expect((await read()).value[0]?.status).toBe(status)
  })

  test('have all of their addresses', async () => {
    servePeople([person('p1', { emails: ['', 'new@example.com', 'old@example.com'] }), person('p2')])
    const { value } = await read()
    expect(value.map(({ email, otherEmails }) => [email, otherEmails])).toEqual([
      ['new@example.com', ['old@example.com']],
      ['p2@example.com', undefined],
    ])
  })

  test.each([
    [true, true, 'inactive'],
    ['true', true, 'inactive'],
    ['True', 'true', 'inactive'],
    [true, undefined, 'inactive'],
    [false, true, 'active'],
    ['false', 'true', 'active'],
    [null, true, 'active'],
    [false, false, 'inactive'],
    ['', true, 'unknown'],
    [1, true, 'unknown'],
    [{ toString: 1 }, true, 'unknown'],
  ])(
    'with invitePending %j and loginEnabled %j are %s, and hold what they hold',
    async (invitePending, loginEnabled, status) => {
      servePeople([person('p1', { invitePending, loginEnabled, licenses: ['L1'] })])
      expect((await read()).value).toMatchObject([{ status, licenseIds: ['L1'], pendingLicenseIds: [] }])
    },
  )

  test.each([
    ['an error body', { message: 'Service degraded', errors: [], trackingId: 't' }],
    ['a body without items', { notFoundIds: null }],
  ])('are not all where a further page is %s', async (_, body) => {
    servePeople(people(1_001), (page) => (page === 2 ? { status: 200, body } : undefined))
    const { value, ledger } = await read()
    expect(value).toHaveLength(1_000)
    expect(ledger).toMatchObject({ verdict: 'partial', gaps: [{ error: { _tag: 'InvalidResponse' } }] })
  })

  test('may have their license ids joined in one text', async () => {
    servePeople([person('p1', { licenses: ['L1,L2', 'L3', 'L1'] })])
    expect((await read()).value[0]?.licenseIds).toEqual(['L1', 'L2', 'L3'])
  })

  test('are not whole where a license of a person has no id', async () => {
    servePeople([person('p1', { licenses: ['L1', ''] }), person('p2', { licenses: ['L1'] })])
    const { value, ledger } = await read()
    expect(value.map(({ id }) => id)).toEqual(['p2'])
    expect(ledger).toMatchObject({ undecodable: 1, verdict: 'partial' })
  })

  test.each([
    ['nulls', { displayName: null, emails: null, lastActivity: null }],
    ['nothing', { displayName: undefined, emails: [], lastActivity: 'some day' }],
  ])('may have %s in place of name, address and last activity', async (_, more) => {
    servePeople([person('p1', more)])
    const [user] = (await read()).value
    for (const field of ['displayName', 'email', 'lastActiveAt', 'activity']) expect(user).not.toHaveProperty(field)
  })

  test.each([
    ['Sales', 'Sales'],
    ['', null],
    [null, null],
    [undefined, null],
  ])('have no department, which is null, where the record has none: %j', async (department, told) => {
    servePeople([person('p1', { department })])
    expect((await read()).value[0]).toHaveProperty('department', told)
  })

  test.each([
    ['location-1', 'location-1'],
    ['', null],
    [null, null],
  ])('have the location of Webex Calling that their record names: %j', async (locationId, told) => {
    servePeople([person('p1', { locationId })])
    expect((await read()).value[0]).toHaveProperty('location', told)
  })

  test('have no known location where their record does not say, as without callingData it may be left out', async () => {
    servePeople([person('p1')])
    expect((await read()).value[0]).not.toHaveProperty('location')
  })

  test.each([
    ['null', null],
    ['absent', undefined],
  ])("are a gap when all users' licenses are %s, as only administrators are shown them", async (_, licenses) => {
    servePeople(people(3, { licenses }))
    const { value, ledger } = await read()
    expect(value).toHaveLength(3)
    expect(ledger).toMatchObject({ verdict: 'partial', gaps: [{ what: 'the licenses of 3 people' }] })
    expect(ledger.gaps[0]?.reason).toContain('spark-admin:people_read')
  })

  test('are a gap for users whose licenses are not shown, whatever the others show: absent is not none', async () => {
    servePeople([...people(1_000, { licenses: null }), person('last')])
    expect((await read()).ledger.gaps).toMatchObject([{ what: 'the licenses of 1000 people' }])
  })

  test('are no gap if a user is shown to hold nothing', async () => {
    servePeople(people(2, { licenses: [] }))
    expect((await read()).ledger).toMatchObject({ gaps: [], verdict: 'unverifiable' })
  })

  test('lose a page that is not JSON and no other where its header leads on', async () => {
    const headers = nextLink(`${api}/people?max=1000&cursor=3`)
    servePeople(people(2_500), (page) => (page === 2 ? { status: 200, body: '<html>', headers } : undefined))
    const { value, ledger, error } = await read()
    expect(error).toBeUndefined()
    expect(value).toHaveLength(1_500)
    expect(ledger).toMatchObject({ verdict: 'partial', gaps: [{ error: { _tag: 'InvalidResponse' } }] })
  })

  test('keep the record of the vendor, untouched, where that is asked for', async () => {
    servePeople([person('p1', { title: 'Boss' })])
    expect((await read({ includeRaw: true })).value[0]?.raw).toEqual(person('p1', { title: 'Boss' }))
  })

  test('are not asked for from another origin, and the token is not sent there', async () => {
    const evil = nock('https://evil.example')
      .get(/.*/)
      .reply(200, { items: [person('evil')] })
    nock(api)
      .get('/people?max=1000')
      .reply(200, { items: [person('p1')] }, nextLink('https://evil.example/v1/people?cursor=2'))
    const { value, error } = await read()
    expect(value.map(({ id }) => id)).toEqual(['p1'])
    expect(error?._tag).toBe('Untrusted')
    expect(evil.isDone()).toBe(false)
  })
})

describe('a report on Webex by way of the people', () => {
  const report = () => createLicenseReport(stillRuntime())([provider()])()

  test('has counts that external holders could change unknown, with what there is at least, and is complete', async () => {
    serveLicenses([licenseRecord('L1')])
    servePeople([
      person('p1', { licenses: ['L1'] }),
      person('p2', { licenses: ['L1'] }),
      person('p3', { licenses: [] }),
    ])
    const { complete, providers, licenses, people: summary } = await report()
    const reason = expect.stringContaining('external holders are not listed')
    expect(complete).toBe(true)
    expect(providers[0]).toMatchObject({
      status: 'complete',
      licensedUsers: { kind: 'unknown', atLeast: 2, reason },
    })
    expect(licenses[0]).toMatchObject({ assigned: { kind: 'unknown', atLeast: 2, reason } })
    expect(summary.total).toMatchObject({ kind: 'unknown', atLeast: 2, reason })
  })

  test('has no zeros if the licenses of all users are hidden', async () => {
    serveLicenses([licenseRecord('L1')])
    servePeople(people(3, { licenses: null }))
    const { providers, licenses } = await report()
    expect(providers[0]).toMatchObject({ status: 'partial', licensedUsers: { kind: 'unknown' } })
    expect(licenses[0]?.assigned).toEqual({ kind: 'unknown', reason: expect.stringContaining('administrator') })
  })

  test('has the people when the licenses may not be listed', async () => {
    nock(api).get('/licenses').reply(403, errorBody('no'))
    servePeople([person('p1', { licenses: ['L1'] })])
    const { providers, licenses } = await report()
    expect(providers[0]?.status).toBe('partial')
    expect(licenses).toMatchObject([{ id: 'L1', name: 'L1', purchased: { kind: 'unknown' } }])
  })
})
