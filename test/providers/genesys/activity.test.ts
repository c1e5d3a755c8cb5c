import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysProvider, type GenesysConfig } from '../../../providers/genesys/index.ts'
import { toPromise } from '../../../src/provider-kit/index.ts'
import { createLicenseReport } from '../../../src/report/index.ts'
import { readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import {
  api,
  definitions,
  directory,
  directoryRecords,
  errorBody,
  licensedRows,
  licenseUsers,
  serveListing,
  withToken,
} from './genesys-at-http.ts'

withoutNetwork()

/** The time of these tests. */
const NOW = '2026-11-20T10:00:00.000Z'

type Reading = Pick<GenesysConfig, 'directory' | 'activity' | 'pageSize'>

const provider = (reading: Reading = {}) => createGenesysProvider({ ...withToken, ...reading }, stillRuntime(NOW))
const read = (reading?: Reading, continuation?: string) => readList(provider(reading).listUsers({ continuation }))

const SIGN_INS = 'dateLastLogin,lasttokenissued'
const EXTENDED = `${SIGN_INS},employerInfo,locations`

const NOT_VALID = [400, errorBody(400, 'bad.request', 'expand is not valid')] as const

/** Serves the directory to requests for these fields and to those for fewer, and refuses others. Returns what was asked for. */
const serveDirectory = (
  rows: readonly unknown[],
  accepted: string,
  path = directory,
  [status, body]: readonly [number, ReturnType<typeof errorBody>] = NOT_VALID,
): string[] => {
  const asked: string[] = []
  nock(api)
    .persist()
    .get(path)
    .query(true)
    .reply((uri) => {
      const { searchParams } = new URL(uri, api)
      const expand = searchParams.get('expand') ?? ''
      asked.push(expand)
      if (!accepted.startsWith(expand)) return [status, body]
      const pageNumber = Number(searchParams.get('pageNumber') ?? 1)
      const pageSize = Number(searchParams.get('pageSize') ?? 25)
      const entities = rows.slice((pageNumber - 1) * pageSize, pageNumber * pageSize)
      return [
        200,
        { entities, total: rows.length, pageSize, pageCount: Math.ceil(rows.length / pageSize) } as nock.Body,
      ]
    })
  return asked
}

const told = {
  id: 'user-1',
  name: 'Ann',
  state: 'active',
  department: 'Sales',
  division: { id: 'd1', name: 'EMEA', selfUri: '/api/v2/authorization/divisions/d1' },
  manager: 'user-2',
  dateLastLogin: '2021-03-01T08:00:00Z',
  lastTokenIssued: { dateIssued: '2026-11-19T08:00:00+01:00' },
  employerInfo: { officialName: 'Ann A.', employeeId: '00042', dateHire: '2019-01-01' },
  locations: [
    { id: 'l1', floorplanId: 'f' },
    { id: 'l2', locationDefinition: { id: 'l2', name: 'Head Office' } },
  ],
}

describe('the activity of users of Genesys', () => {
  test('is told by logins with a password and by tokens, in the same requests, and the newest counts', async () => {
    const asked = serveDirectory([told], SIGN_INS)
    serveListing(licenseUsers, licensedRows(1))
    const { value, directory: ledger } = await read()
    expect(asked).toEqual([SIGN_INS])
    expect(value[0]).toMatchObject({
      lastActiveAt: '2026-11-19T07:00:00.000Z',
      activity: [
        { at: '2021-03-01T08:00:00.000Z', source: 'dateLastLogin', covers: 'some' },
        { at: '2026-11-19T07:00:00.000Z', source: 'lastTokenIssued' },
      ],
    })
    expect(ledger).not.toHaveProperty('remarks')
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', '2026-11-19T08:00:00Z'],
    ['an empty object', {}],
    ['a date that is none', { dateIssued: 'yesterday' }],
    ['a number', { dateIssued: 1_764_324_000 }],
    ['the zero of a clock', { dateIssued: '1970-01-01T00:00:00Z' }],
  ])('is told by logins alone where the last token is %s', async (_, lastTokenIssued) => {
    serveDirectory([{ ...told, lastTokenIssued }], SIGN_INS)
    serveListing(licenseUsers, licensedRows(1))
    expect((await read()).value[0]).toMatchObject({
      lastActiveAt: '2021-03-01T08:00:00.000Z',
      activity: [{ source: 'dateLastLogin' }],
    })
  })

  test('is told by logins alone where the vendor refuses to tell of tokens, which is a remark and no gap', async () => {
    const asked = serveDirectory(directoryRecords(1_100), 'dateLastLogin')
    serveListing(licenseUsers, licensedRows(1))
    const { value, ledger, directory: joined } = await read()
    expect(value).toMatchObject([{ displayName: 'User 1' }])
    expect(asked).toEqual([SIGN_INS, 'dateLastLogin', 'dateLastLogin', 'dateLastLogin'])
    expect([ledger.verdict, joined?.verdict, joined?.gaps]).toEqual(['complete', 'complete', []])
    expect(joined?.remarks).toEqual([expect.stringContaining('refused `expand=lasttokenissued`')])
  })

  test.each([
    ['oauth:token:view', 'dateLastLogin', [SIGN_INS, 'dateLastLogin'], 'complete'],
    ['directory:user:view', 'nothing', [SIGN_INS], 'partial'],
  ])(
    'takes no more where %s is missing than what is refused without it',
    async (permission, accepted, all, verdict) => {
      const words = `You must have at least one of the following permissions assigned: [${permission}]`
      const refusal = [403, errorBody(403, 'missing.any.permissions', words)] as const
      const asked = serveDirectory([told], accepted, directory, refusal)
      serveListing(licenseUsers, licensedRows(1))
      const { directory: joined } = await read()
      expect(asked).toEqual(all)
      expect(joined?.verdict).toBe(verdict)
    },
  )

  test('leaves a report complete where tokens are refused, and the report has the remark', async () => {
    nock(api)
      .get(definitions)
      .reply(200, [{ id: 'cloudCX2' }])
    serveDirectory([{ ...told, lastTokenIssued: undefined }], 'dateLastLogin')
    serveListing(licenseUsers, licensedRows(1))
    const report = await createLicenseReport({ ...stillRuntime(NOW), detail: true })([provider()])()
    expect(report.complete).toBe(true)
    expect(report.providers[0]?.ledgers.directory?.remarks).toHaveLength(1)
    expect(report.findings?.filter(({ rule }) => rule === 'dormant-holder')).toEqual([])
    expect(report.abstentions?.filter(({ rule }) => rule === 'dormant-holder')).toMatchObject([
      { reason: expect.stringMatching(/known only from dateLastLogin, which sees only some of what users do$/) },
    ])
  })

  test('is asked for once more where the directory is refused for another reason, which is said as it is', async () => {
    const asked = serveDirectory([told], 'nothing')
    serveListing(licenseUsers, licensedRows(1))
    const { directory: joined } = await read()
    expect(asked).toEqual([SIGN_INS, 'dateLastLogin'])
    expect(joined).toMatchObject({ verdict: 'partial', gaps: [{ error: { _tag: 'RequestRejected' } }] })
    expect(joined).not.toHaveProperty('remarks')
  })

  test('is asked for in full at the next reading', async () => {
    const asked = serveDirectory([told], 'dateLastLogin')
    serveListing(licenseUsers, licensedRows(1))
    const one = provider()
    await readList(one.listUsers())
    await readList(one.listUsers())
    expect(asked).toEqual([SIGN_INS, 'dateLastLogin', SIGN_INS, 'dateLastLogin'])
  })

  test('of one user is asked for in the same way', async () => {
    nock(api).get(`${licenseUsers}/user-1`).reply(200, { id: 'user-1', licenses: [] })
    const asked = serveDirectory([told], 'dateLastLogin')
    nock(api)
      .get(`${directory}/user-1`)
      .query({ expand: SIGN_INS })
      .reply(400, errorBody(400, 'bad.request', 'expand is not valid'))
    expect(await toPromise(provider().getUser({ id: 'user-1' }))).toMatchObject({
      displayName: 'Ann',
      division: 'EMEA',
    })
    expect(asked).toEqual([SIGN_INS, 'dateLastLogin'])
  })

  test('of users whose list is continued is asked for in the same way, by their ids', async () => {
    const asked = serveDirectory(directoryRecords(50), 'dateLastLogin')
    serveListing(licenseUsers, licensedRows(150))
    const { directory: joined } = await read({}, '2/100')
    expect(new Set(asked)).toEqual(new Set([SIGN_INS, 'dateLastLogin']))
    expect(joined?.remarks).toEqual([expect.stringContaining('refused `expand=lasttokenissued`')])
  })
})

describe('where users of Genesys belong', () => {
  test('is told by name, and by id where there is no name', async () => {
    serveDirectory(
      [told, { ...told, id: 'user-2', division: { id: 'd2' }, manager: { id: 'user-1', name: 'Ann' } }],
      SIGN_INS,
    )
    serveListing(licenseUsers, licensedRows(2))
    expect((await read()).value).toMatchObject([
      { department: 'Sales', division: 'EMEA', manager: 'user-2' },
      { department: 'Sales', division: 'd2', manager: 'Ann' },
    ])
  })

  test.each([
    ['nothing', {}],
    ['nulls', { department: null, division: null, manager: null }],
    ['empty texts', { department: ' ', division: { id: '', name: '' }, manager: '' }],
    ['something else', { division: 7, manager: ['x'] }],
  ])('is null where the record has %s, and absent where there is no record', async (_, fields) => {
    serveDirectory([{ id: 'user-1', name: 'A', state: 'active', ...fields }], SIGN_INS)
    serveListing(licenseUsers, licensedRows(2))
    const [first, second] = (await read()).value
    expect(first).toMatchObject({ displayName: 'A', department: null, division: null, manager: null })
    for (const field of ['department', 'division', 'manager', 'location', 'employeeNumber']) {
      expect(second).not.toHaveProperty(field)
    }
    for (const field of ['location', 'employeeNumber']) expect(first).not.toHaveProperty(field)
  })

  test('is told with location and employee number where the configuration asks for them', async () => {
    const asked = serveDirectory(
      [told, { ...told, id: 'user-2', employerInfo: {}, locations: [] }, { id: 'user-3', state: 'active' }],
      EXTENDED,
    )
    serveListing(licenseUsers, licensedRows(3))
    const { value } = await read({ directory: 'extended' })
    expect(asked).toEqual([EXTENDED])
    expect(value[0]).toMatchObject({
      location: 'Head Office',
      employeeNumber: '00042',
      hiredAt: '2019-01-01T00:00:00.000Z',
    })
    expect(value[1]).toMatchObject({ location: null, employeeNumber: null })
    // The vendor sends them as far as it can: what did not come is not known.
    for (const field of ['location', 'employeeNumber']) expect(value[2]).not.toHaveProperty(field)
    for (const user of value.slice(1)) expect(user).not.toHaveProperty('hiredAt')
  })

  test.each([
    ['2026-11-19', '2026-11-19T00:00:00.000Z'],
    ['2027-01-02T08:00:00+01:00', '2027-01-02T07:00:00.000Z'],
    ['2026-02-30', undefined],
    ['0001-01-01', undefined],
    ['1970-01-01', undefined],
    ['soon', undefined],
    [null, undefined],
    [20_190_101, undefined],
  ])('is told with the day of hire, and without it where that is no day: %s', async (dateHire, hiredAt) => {
    serveDirectory([{ ...told, employerInfo: { employeeId: '7', dateHire } }], EXTENDED)
    serveListing(licenseUsers, licensedRows(1))
    const [first] = (await read({ directory: 'extended' })).value
    expect(first?.employeeNumber).toBe('7')
    expect(first?.hiredAt).toBe(hiredAt)
  })

  test.each([
    [SIGN_INS, [EXTENDED, SIGN_INS], ['employerInfo,locations']],
    ['dateLastLogin', [EXTENDED, SIGN_INS, 'dateLastLogin'], ['employerInfo,locations', 'lasttokenissued']],
  ])('is read without what the vendor refuses: it takes %s', async (accepted, expected, refused) => {
    const asked = serveDirectory([told], accepted)
    serveListing(licenseUsers, licensedRows(1))
    const { value, directory: joined } = await read({ directory: 'extended' })
    expect(asked).toEqual(expected)
    expect(value).toMatchObject([{ division: 'EMEA' }])
    expect(joined?.verdict).toBe('complete')
    expect(joined?.remarks).toEqual(refused.map((field) => expect.stringContaining(`expand=${field}`)))
  })
})

describe('the presence of users of Genesys', () => {
  const aggregates = '/api/v2/analytics/users/aggregates/query'

  interface Asked {
    readonly interval: string
    readonly userIds: readonly string[]
  }

  type Metric = readonly [qualifier: unknown, sum: unknown]

  /** One day of one user. */
  const dayOf = (day: string, ...metrics: readonly Metric[]) => ({
    interval: `${day}T00:00:00.000Z/${new Date(Date.parse(day) + 86_400_000).toISOString()}`,
    metrics: metrics.map(([qualifier, sum]) => ({ metric: 'tSystemPresence', qualifier, stats: { sum } })),
  })

  /** Serves presences: of each user, the days in the interval that is asked for. Returns what was asked for. */
  const servePresence = (
    days: Readonly<Record<string, readonly ReturnType<typeof dayOf>[]>>,
    instead?: (request: Asked, place: number) => readonly [number, unknown] | undefined,
  ): Asked[] => {
    const requests: Asked[] = []
    nock(api)
      .persist()
      .post(aggregates)
      .reply((_, body) => {
        const { interval, filter, ...rest } = typeof body === 'string' ? JSON.parse(body) : body
        expect(rest).toEqual({ granularity: 'P1D', groupBy: ['userId'], metrics: ['tSystemPresence'] })
        expect(filter.type).toBe('or')
        const predicates: readonly { dimension: string; value: string }[] = filter.predicates
        expect(new Set(predicates.map(({ dimension }) => dimension))).toEqual(new Set(['userId']))
        const request = { interval, userIds: predicates.map(({ value }) => value) }
        requests.push(request)
        const other = instead?.(request, requests.length - 1)
        if (other !== undefined) return [other[0], other[1] as nock.Body]
        const [from = '', to = ''] = String(interval).split('/')
        const results = request.userIds.flatMap((userId) => {
          const data = (days[userId] ?? []).filter((one) => one.interval >= from && one.interval < to)
          return data.length === 0 ? [] : [{ group: { userId, mediaType: null }, data }]
        })
        return [200, { results } as nock.Body]
      })
    return requests
  }

  const withPresence = { activity: 'presence' } as const

  test('is not asked for unless the configuration does', async () => {
    const requests = servePresence({})
    serveDirectory([told], SIGN_INS)
    serveListing(licenseUsers, licensedRows(1))
    await read()
    expect(requests).toEqual([])
  })

  test('is one more source, with the end of the last day in which they were online', async () => {
    servePresence({
      'user-1': [dayOf('2026-11-03', ['AVAILABLE', 5_000]), dayOf('2026-11-09', ['OFFLINE', 80_000], ['ON_QUEUE', 1])],
    })
    serveDirectory([{ ...told, lastTokenIssued: undefined }], SIGN_INS)
    serveListing(licenseUsers, licensedRows(1))
    expect((await read(withPresence)).value[0]).toMatchObject({
      lastActiveAt: '2026-11-10T00:00:00.000Z',
      activity: [{ source: 'dateLastLogin' }, { at: '2026-11-10T00:00:00.000Z', source: 'presence' }],
    })
  })

  test('shows nothing of users without a time once a request for it has failed', async () => {
    servePresence({ 'user-1': [dayOf('2026-11-09', ['AVAILABLE', 5_000])] }, (_, place) =>
      place === 1 ? [403, errorBody(403, 'missing.any.permissions', 'x')] : undefined,
    )
    serveDirectory(directoryRecords(2), SIGN_INS)
    serveListing(licenseUsers, licensedRows(2))
    const [first, second] = (await read(withPresence)).value
    expect(first?.activity).toEqual([{ at: '2026-11-10T00:00:00.000Z', source: 'presence', covers: 'some' }])
    expect(second).not.toHaveProperty('activity')
  })

  test('is never later than now', async () => {
    servePresence({ 'user-1': [dayOf('2026-11-20', ['BREAK', 1])] })
    serveDirectory([told], SIGN_INS)
    serveListing(licenseUsers, licensedRows(1))
    expect((await read(withPresence)).value[0]).toMatchObject({ lastActiveAt: NOW })
  })

  test.each<[string, readonly Metric[]]>([
    ['offline', [['OFFLINE', 86_400_000]]],
    ['offline, in small letters', [['offline', 86_400_000]]],
    ['online for no time', [['AVAILABLE', 0]]],
    ['online for what is no time', [['AVAILABLE', 'long']]],
    ['online for less than no time', [['AVAILABLE', -5_000]]],
    ['in no presence', [[null, 5_000]]],
  ])('is not that of users who were %s', async (_, metrics) => {
    servePresence({ 'user-1': [dayOf('2026-11-09', ...metrics)] })
    serveDirectory([told], SIGN_INS)
    serveListing(licenseUsers, licensedRows(1))
    const { value, directory: joined } = await read(withPresence)
    expect(value[0]?.activity?.map(({ source }) => source)).toEqual(['dateLastLogin', 'lastTokenIssued'])
    expect(joined).not.toHaveProperty('remarks')
  })

  test('may have times as decimal text', async () => {
    servePresence({ 'user-1': [dayOf('2026-11-09', ['AVAILABLE', '5000'])] })
    serveDirectory([{ ...told, lastTokenIssued: undefined }], SIGN_INS)
    serveListing(licenseUsers, licensedRows(1))
    expect((await read(withPresence)).value[0]).toMatchObject({ lastActiveAt: '2026-11-10T00:00:00.000Z' })
  })

  test('is the end of what was asked for where the answer does not say of which day it is', async () => {
    servePresence({}, () => [
      200,
      { results: [{ group: { userId: 'user-1' }, data: [{ metrics: dayOf('2026-11-01', ['AWAY', 1]).metrics }] }] },
    ])
    serveDirectory([told], SIGN_INS)
    serveListing(licenseUsers, licensedRows(1))
    expect((await read(withPresence)).value[0]).toMatchObject({ lastActiveAt: NOW })
  })

  test('takes users / 100 requests, and for each month before, up to a year, those not found / 100', async () => {
    const people = directoryRecords(250)
    const online = Object.fromEntries(
      people.map(({ id }, place) => [
        id,
        place < 130
          ? [dayOf('2026-11-01', ['AVAILABLE', 1])]
          : place < 245
            ? [dayOf('2026-09-01', ['AVAILABLE', 1])]
            : [],
      ]),
    )
    const requests = servePresence(online)
    serveDirectory([...people, ...directoryRecords(1, 'inactive').map((one) => ({ ...one, id: 'gone' }))], SIGN_INS)
    serveListing(licenseUsers, licensedRows(250))
    const { value } = await read(withPresence)
    expect(value.filter(({ activity }) => activity?.some(({ source }) => source === 'presence'))).toHaveLength(245)
    // Three for all, two for 120 users in each of the two months before, and one for five in each of the other nine.
    expect(requests.map(({ userIds }) => userIds.length)).toEqual([100, 100, 50, 100, 20, 100, 20, ...Array(9).fill(5)])
    expect(requests.some(({ userIds }) => userIds.includes('gone'))).toBe(false)
    const intervals = [...new Set(requests.map(({ interval }) => interval))]
    expect(intervals.slice(0, 2)).toEqual([
      `2026-10-21T00:00:00.000Z/${NOW}`,
      '2026-09-20T00:00:00.000Z/2026-10-21T00:00:00.000Z',
    ])
    expect(intervals).toHaveLength(12)
    for (const [place, interval] of intervals.entries()) {
      const [from = '', to = ''] = interval.split('/')
      expect(Date.parse(to) - Date.parse(from)).toBeLessThanOrEqual(31 * 86_400_000)
      if (place > 0) expect(to).toBe(intervals[place - 1]?.split('/')[0])
    }
  })

  test.each([
    ['refused', 403, errorBody(403, 'missing.any.permissions', 'permission: [analytics:userAggregate:view]')],
    ['rejected', 400, errorBody(400, 'bad.request', 'no')],
    ['answered with something else', 200, { message: 'later' }],
    ['answered with records that cannot be read', 200, { results: [{ group: {} }] }],
  ])('that is %s is a remark: the other sources stay, and no more is asked for', async (_, status, body) => {
    const requests = servePresence({}, () => [status, body])
    serveDirectory([told, ...directoryRecords(250).slice(1)], SIGN_INS)
    serveListing(licenseUsers, licensedRows(250))
    const { value, ledger, directory: joined } = await read(withPresence)
    expect(requests.length).toBeLessThanOrEqual(3)
    expect(value[0]).toMatchObject({ lastActiveAt: '2026-11-19T07:00:00.000Z' })
    expect([ledger.verdict, joined?.verdict]).toEqual(['complete', 'complete'])
    expect(joined?.remarks).toEqual([
      expect.stringMatching(
        /^When 250 of 250 users were last online could not be read from `POST .*aggregates\/query`: /,
      ),
    ])
  })

  test('that breaks off leaves what was read, and says of how many it could not be', async () => {
    const online = {
      'user-1': [dayOf('2026-11-09', ['AVAILABLE', 1])],
      'user-2': [dayOf('2026-09-01', ['AVAILABLE', 1])],
    }
    servePresence(online, (_, place) => (place === 1 ? [400, errorBody(400, 'bad.request', 'no')] : undefined))
    serveDirectory(directoryRecords(3), SIGN_INS)
    serveListing(licenseUsers, licensedRows(3))
    const { value, directory: joined } = await read(withPresence)
    expect(value.map(({ lastActiveAt }) => lastActiveAt)).toEqual(['2026-11-10T00:00:00.000Z', undefined, undefined])
    expect(joined?.remarks).toEqual([expect.stringMatching(/^When 2 of 3 users were last online/)])
  })

  test('is the same in a list that is continued', async () => {
    const rows = licensedRows(150)
    const online = Object.fromEntries(rows.map(({ id }) => [id, [dayOf('2026-11-09', ['AVAILABLE', 1])]]))
    const requests = servePresence(online)
    nock(api)
      .persist()
      .get(directory)
      .query(({ id }) => id !== undefined)
      .reply((uri) => {
        const ids = new URL(uri, api).searchParams.get('id')?.split(',') ?? []
        return [200, { entities: ids.map((id) => ({ id, name: id, state: 'active' })) }]
      })
    serveListing(licenseUsers, rows)
    const { value } = await read(withPresence, '2/100')
    expect(value.map(({ lastActiveAt }) => lastActiveAt)).toEqual(Array(50).fill('2026-11-10T00:00:00.000Z'))
    expect(requests).toHaveLength(1)
  })
})
