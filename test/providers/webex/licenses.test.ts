import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createWebexProvider } from '../../../providers/webex/index.ts'
import { listHolders, type PageRequest } from '../../../src/provider-kit/index.ts'
import { readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import { api, licenseId, licenseRecord, nextLink, origin, serveLicenses, withToken } from './webex-at-http.ts'

withoutNetwork()

const provider = () => createWebexProvider({ ...withToken, id: 'webex-emea' }, stillRuntime())
const mapped = async (record: unknown) => {
  serveLicenses([record])
  return (await readList(provider().listLicenses())).value[0]
}

const known = (value: number) => ({ kind: 'known', value })

describe('a license of Webex', () => {
  test('has all that the vendor tells', async () => {
    const id = licenseId('EE')
    const record = { ...licenseRecord(id), name: 'Webex Meetings Suite', siteUrl: 'acme.webex.com', consumedUnits: 3 }
    expect(await mapped({ ...record, consumedByUsers: 2 })).toEqual({
      provider: 'webex-emea',
      id,
      name: 'Webex Meetings Suite',
      productCode: 'EE',
      metric: 'named',
      services: ['meetings'],
      purchased: known(100),
      consumed: known(3),
      consumedByUsers: known(2),
      subscriptionId: 'Sub1',
      siteUrl: 'acme.webex.com',
      includes: [],
      requires: [],
    })
  })

  test.each([
    ['BCSTD', ['calling']],
    ['CJPPRM', ['contactCenter']],
    ['MS', ['messaging']],
    // An add-on does nothing by itself.
    ['RTT', []],
    ['XYZ', undefined],
  ])('with the offer code %s is for %j', async (offerCode, services) => {
    expect((await mapped(licenseRecord(licenseId(offerCode))))?.services).toEqual(services)
  })

  test.each([
    ['a number', 5, known(5)],
    ['zero', 0, known(0)],
    ['a number in a text', '5', known(5)],
    ['a number in a text with spaces', ' 5 ', known(5)],
    ['null', null, { kind: 'unknown', reason: expect.stringContaining('consumedUnits') }],
    ['absent', undefined, { kind: 'unknown', reason: expect.stringContaining('consumedUnits') }],
    ['another text', 'many', { kind: 'unknown', reason: expect.stringContaining('consumedUnits') }],
    ['negative', -1, { kind: 'unknown', reason: expect.stringContaining('consumedUnits') }],
    ['negative zero', -0, known(0)],
    ['half a seat', 10.5, { kind: 'unknown', reason: expect.stringContaining('consumedUnits') }],
    ['half a seat in a text', '10.5', { kind: 'unknown', reason: expect.stringContaining('consumedUnits') }],
    ['more than can be counted', 1e305, { kind: 'unknown', reason: expect.stringContaining('consumedUnits') }],
    ['too large to be exact', 9007199254740992, { kind: 'unknown', reason: expect.stringContaining('consumedUnits') }],
    ['too large to be exact, in a text', '9007199254740993', { kind: 'unknown', reason: expect.any(String) }],
    ['a text that is no count', '1e3', { kind: 'unknown', reason: expect.stringContaining('consumedUnits') }],
    ['a thousand, or one', '1.000', { kind: 'unknown', reason: expect.stringContaining('consumedUnits') }],
    ['in the digits of another script', '١٢', { kind: 'unknown', reason: expect.any(String) }],
  ])('has a vendor counter that may be %s', async (_, consumedUnits, count) => {
    expect((await mapped(licenseRecord('L1', { consumedUnits })))?.consumed).toEqual(count)
  })

  test.each([null, undefined, 'many'])('has no usable counter of users where that is %j', async (consumedByUsers) => {
    expect((await mapped(licenseRecord('L1', { consumedByUsers })))?.consumedByUsers).toEqual({
      kind: 'unknown',
      reason: expect.stringContaining('consumedByUsers'),
    })
  })

  test.each([
    ['a number in a text', '100', known(100)],
    ['zero', 0, known(0)],
    ['null', null, { kind: 'unknown', reason: expect.stringContaining('totalUnits') }],
    ['-1', -1, { kind: 'unknown', reason: expect.stringContaining('totalUnits') }],
    ['10.5', 10.5, { kind: 'unknown', reason: expect.stringContaining('totalUnits') }],
    ['1e305', 1e305, { kind: 'unknown', reason: expect.stringContaining('totalUnits') }],
  ])('with a subscription has a purchased number that may be %s', async (_, totalUnits, count) => {
    expect((await mapped(licenseRecord('L1', { totalUnits })))?.purchased).toEqual(count)
  })

  test.each([
    ['absent', undefined],
    ['null', null],
    ['empty', ''],
  ])('whose subscription is %s is not measured against a purchased number', async (_, subscriptionId) => {
    const license = await mapped(licenseRecord('L1', { subscriptionId, totalUnits: 44, consumedUnits: 44 }))
    expect(license).toMatchObject({ purchased: { kind: 'notApplicable' }, consumed: known(44) })
    expect(license).not.toHaveProperty('subscriptionId')
  })

  test.each([
    ['absent', undefined],
    ['null', null],
    ['blank', ' '],
  ])('whose name is %s has its id for a name', async (_, name) => {
    expect((await mapped(licenseRecord('L1', { name })))?.name).toBe('L1')
  })

  test('of an id without offer code has no product code', async () => {
    expect(await mapped(licenseRecord('L1'))).not.toHaveProperty('productCode')
  })

  test.each([
    ['people hold', 'BCSTD', {}, 'named'],
    ['rooms hold', 'SD', {}, 'device'],
    ['workspaces hold', 'BCCA', {}, 'device'],
    ['without a counter of users', 'BCRLC', { consumedByUsers: null }, 'unknown'],
  ])('that %s is measured accordingly', async (_, offerCode, more, metric) => {
    expect((await mapped(licenseRecord(licenseId(offerCode), more)))?.metric).toBe(metric)
  })

  test('keeps the record of the vendor, untouched, where that is asked for', async () => {
    const record = licenseRecord('L1', { siteType: 'Control Hub managed site' })
    serveLicenses([record])
    expect((await readList(provider().listLicenses({ includeRaw: true }))).value[0]?.raw).toEqual(record)
  })
})

describe('the licenses of Webex', () => {
  test('are a list without a total', async () => {
    serveLicenses([licenseRecord('L1'), licenseRecord('L2')])
    expect((await readList(provider().listLicenses())).ledger).toMatchObject({
      pages: 1,
      items: 2,
      verdict: 'unverifiable',
    })
  })

  test('may have the same name', async () => {
    serveLicenses([licenseRecord('L1', { name: 'Calling' }), licenseRecord('L2', { name: 'Calling' })])
    expect((await readList(provider().listLicenses())).value).toHaveLength(2)
  })

  test('are followed to further pages, should the vendor ever give some', async () => {
    nock(api)
      .get('/licenses')
      .reply(200, { items: [licenseRecord('L1')] }, nextLink('/v1/licenses?page=2'))
    nock(api)
      .get('/licenses?page=2')
      .reply(200, { items: [licenseRecord('L2')] })
    expect((await readList(provider().listLicenses())).value.map(({ id }) => id)).toEqual(['L1', 'L2'])
  })

  test('that cannot be decoded are counted and named, and the others are delivered', async () => {
    serveLicenses([licenseRecord('L1'), { name: 's3cret' }, licenseRecord('L2', { totalUnits: ['s3cret'] })])
    const { value, ledger } = await readList(provider().listLicenses())
    expect(value.map(({ id }) => id)).toEqual(['L1'])
    expect(ledger).toMatchObject({ undecodable: 2, verdict: 'partial', gaps: [{ what: '2 records of the licenses' }] })
    expect(JSON.stringify(ledger)).not.toContain('s3cret')
  })

  test.each([
    ['an error body', { message: 'Service degraded', errors: [], trackingId: 't' }],
    ['a body without items', { licenses: [] }],
    ['items that are no list', { items: {} }],
  ])('are not none where the answer is %s', async (_, body) => {
    nock(api).get('/licenses').reply(200, body)
    const { ledger, error } = await readList(provider().listLicenses())
    expect(error?._tag).toBe('InvalidResponse')
    expect(ledger.verdict).toBe('partial')
  })

  test('are not asked for with a continuation of something else', async () => {
    expect((await readList(provider().listLicenses({ continuation: '2/100' }))).error?._tag).toBe('RequestRejected')
  })
})

describe('the holders of one license of Webex', () => {
  const read = (request: PageRequest = {}) => readList(listHolders(provider(), 'L1', request))

  test.each([
    [undefined, '300'],
    [4, '4'],
    [2.9, '2'],
    [0, '1'],
    [1_000, '300'],
  ])(
    'are asked for by the page size of the configuration, %s, within what the vendor accepts',
    async (pageSize, limit) => {
      nock(api).get('/licenses/L1').query({ includeAssignedTo: 'user', limit }).reply(200, { id: 'L1' })
      const configured = createWebexProvider(
        { ...withToken, ...(pageSize === undefined ? {} : { pageSize }) },
        stillRuntime(),
      )
      expect((await readList(listHolders(configured, 'L1', { pageSize: 3 }))).value).toEqual([])
    },
  )

  test('come page by page, each once, with the license that they hold', async () => {
    const path = '/licenses/L1'
    const first = [
      { id: 'p1', type: 'INTERNAL', email: 'p1@example.com' },
      { id: 'p2', type: 'external' },
    ]
    const query = { includeAssignedTo: 'user', limit: '300' }
    nock(api)
      .get(path)
      .query(query)
      .reply(200, { id: 'L1', users: first }, nextLink(`${api}${path}?next=c2`))
    nock(api)
      .get(path)
      .query({ ...query, next: 'c2' })
      .reply(200, {
        users: [
          { id: 'p2', type: 'EXTERNAL' },
          { id: 'p3', type: 'ROBOT', displayName: 'Three' },
        ],
      })
    const { value, ledger } = await read()
    expect(value).toEqual([
      {
        provider: 'webex-emea',
        licenseId: 'L1',
        userId: 'p1',
        kind: 'internal',
        status: 'unknown',
        email: 'p1@example.com',
      },
      { provider: 'webex-emea', licenseId: 'L1', userId: 'p2', kind: 'external', status: 'unknown' },
      {
        provider: 'webex-emea',
        licenseId: 'L1',
        userId: 'p3',
        kind: 'unknown',
        status: 'unknown',
        displayName: 'Three',
      },
    ])
    expect(ledger).toMatchObject({ pages: 2, repeated: 1 })
  })

  const once = (body: object, headers: Readonly<Record<string, string>> = {}) =>
    nock(api).get('/licenses/L1').query(true).reply(200, body, headers)

  test.each([
    ['it has no users', {}],
    ['its users are null', { users: null }],
    ['its counter says so too', { consumedByUsers: 0 }],
    ['its counter is none', { consumedByUsers: null }],
  ])('are none if the only page is of that license and %s', async (_, more) => {
    once({ id: 'L1', ...more })
    expect(await read()).toMatchObject({ value: [], ledger: { pages: 1, gaps: [], verdict: 'unverifiable' } })
  })

  test.each([
    ['is the body of an error', { message: 'Service degraded', errors: [{ description: 'x' }], trackingId: 't' }],
    ['is the body of an error with an id', { id: 'L1', message: 'Service degraded' }],
    ['is the body of an error without a message', { id: 'L1', errors: [], trackingId: 't' }],
    ['is empty', {}],
    ['is a list', []],
    ['is nothing', null],
    ['has users that are no list', { id: 'L1', users: 'none' }],
    ['has no users, and counts some', { id: 'L1', consumedByUsers: 4 }],
    ['has no users, and counts some in a text', { id: 'L1', consumedByUsers: '4' }],
  ])('are unknown, not none, if the answer %s', async (_, body) => {
    once(body as object)
    const { value, ledger, error } = await read()
    expect(value).toEqual([])
    expect(error?._tag).toBe('InvalidResponse')
    expect(ledger).toMatchObject({ verdict: 'partial', gaps: [{ error: { _tag: 'InvalidResponse' } }] })
  })

  test.each([
    ['has no users', { id: 'L1' }],
    ['has null for users', { id: 'L1', users: null }],
    ['is the body of an error', { message: 'Service degraded', errors: [{ description: 'x' }], trackingId: 't' }],
  ])('are not all where a further page %s', async (_, body) => {
    once({ id: 'L1', users: [{ id: 'p1' }] }, nextLink(`${api}/licenses/L1?next=c2`))
    once(body)
    const { value, ledger } = await read()
    expect(value.map(({ userId }) => userId)).toEqual(['p1'])
    expect(ledger).toMatchObject({ verdict: 'partial', gaps: [{ error: { _tag: 'InvalidResponse' } }] })
  })

  test('are not those of the further pages alone where the first page has no users and leads on', async () => {
    once({ id: 'L1' }, nextLink(`${api}/licenses/L1?next=c2`))
    once({ id: 'L1', users: [{ id: 'p2' }] })
    const { value, ledger } = await read()
    expect(value.map(({ userId }) => userId)).toEqual(['p2'])
    expect(ledger).toMatchObject({ verdict: 'partial', gaps: [{ licenseId: 'L1' }] })
  })

  test('are kept where the header after them is not understood, and the list is not whole', async () => {
    once({ id: 'L1', users: [{ id: 'p1' }] }, { link: `<${api}/licenses/L1?next=c2>; rel="next-page"` })
    const { value, ledger, error } = await read()
    expect(value.map(({ userId }) => userId)).toEqual(['p1'])
    expect(error?._tag).toBe('InvalidResponse')
    expect(ledger).toMatchObject({ verdict: 'partial', gaps: [{ reason: expect.stringContaining('Link header') }] })
  })

  test('go on after an empty page that is not the last, and say that missing rows would not show', async () => {
    nock(api)
      .get('/licenses/L1')
      .query(true)
      .reply(200, { id: 'L1', users: [] }, nextLink(`${api}/licenses/L1?next=c2`))
    nock(api)
      .get('/licenses/L1')
      .query(true)
      .reply(200, { id: 'L1', users: [{ id: 'p1' }] })
    const { value, ledger } = await read()
    expect(value.map(({ userId }) => userId)).toEqual(['p1'])
    expect(ledger).toMatchObject({ verdict: 'unverifiable', remarks: [expect.stringContaining('a page came empty')] })
  })

  test('lose a page that is not JSON and no other where its header leads on', async () => {
    nock(api)
      .get('/licenses/L1')
      .query(true)
      .reply(200, { id: 'L1', users: [{ id: 'p1' }] }, nextLink(`${api}/licenses/L1?next=c2`))
    nock(api)
      .get('/licenses/L1')
      .query(({ next }) => next === 'c2')
      .times(5)
      .reply(200, '<html>', nextLink(`${api}/licenses/L1?next=c3`))
    nock(api)
      .get('/licenses/L1')
      .query(({ next }) => next === 'c3')
      .reply(200, { users: [{ id: 'p3' }] })
    const { value, ledger, error } = await read()
    expect(error).toBeUndefined()
    expect(value.map(({ userId }) => userId)).toEqual(['p1', 'p3'])
    expect(ledger).toMatchObject({
      verdict: 'partial',
      gaps: [{ licenseId: 'L1', error: { _tag: 'InvalidResponse' } }],
    })
  })

  test.each([
    ['to where it was', `<${api}/licenses/L1?next=c2>; rel="next"`, 'InvalidResponse'],
    ['to nowhere', '<>; rel="next"', 'InvalidResponse'],
    ['to another origin', '<https://evil.example/v1/licenses/L1?next=c3>; rel="next"', 'Untrusted'],
    ['to an address of two schemes', '<https,https://webexapis.com/v1/licenses/L1?next=c3>; rel="next"', 'Untrusted'],
    ['to another resource', `<${api}/people?next=c3>; rel="next"`, 'Untrusted'],
  ])('end with a failure after the page that leads %s', async (_, link, tag) => {
    nock(api)
      .get('/licenses/L1')
      .query(true)
      .reply(200, { id: 'L1', users: [{ id: 'p1' }] }, nextLink(`${api}/licenses/L1?next=c2`))
    nock(api)
      .get('/licenses/L1')
      .query(({ next }) => next === 'c2')
      .reply(200, { users: [{ id: 'p2' }] }, { link })
    nock(origin)
      .get(/https,https/)
      .reply(404)
    const evil = nock('https://evil.example').get(/.*/).reply(200, { users: [] })
    const { value, error } = await read()
    expect(value.map(({ userId }) => userId)).toEqual(['p1', 'p2'])
    expect(error?._tag).toBe(tag)
    expect(evil.isDone()).toBe(false)
  })
})

describe('a continuation of Webex', () => {
  test.each([
    `${api}/people?max=1000`,
    `${api}/organizations`,
    `${api}/licenses/L1?includeAssignedTo=user`,
    'https://evil.example/v1/licenses',
  ])('does not lead the licenses to %s', async (continuation) => {
    const trap = nock(/.*/).get(/.*/).reply(200, { items: [] })
    const { error } = await readList(createWebexProvider(withToken, stillRuntime()).listLicenses({ continuation }))
    expect(error?._tag).toBe('Untrusted')
    expect(trap.isDone()).toBe(false)
  })
})
