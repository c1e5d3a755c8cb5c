import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createWebexProvider, type WebexConfig } from '../../../providers/webex/index.ts'
import { createRequestBudget, toPromise, type UsersRequest } from '../../../src/provider-kit/index.ts'
import { createLicenseReport, problemsOfReport, remarksToTell } from '../../../src/report/index.ts'
import { readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import {
  api,
  errorBody,
  holder,
  holders,
  hydraId,
  licenseRecord,
  nextLink,
  person,
  serveHolders,
  serveLicenses,
  servePeople,
  withToken,
} from './webex-at-http.ts'

withoutNetwork()

const provider = (more: Partial<WebexConfig> = {}, concurrency = 8) => {
  const runtime = stillRuntime()
  return createWebexProvider({ ...withToken, ...more } as WebexConfig, {
    ...runtime,
    budget: createRequestBudget({ concurrency, ...runtime }),
  })
}
const read = (request?: UsersRequest, more?: Partial<WebexConfig>) => readList(provider(more).listUsers(request))
const report = () => createLicenseReport({ ...stillRuntime(), detail: true })([provider()])()

const noScope = {
  status: 403,
  body: { message: 'The access token is missing required scopes.', trackingId: 'ROUTERGW_1' },
}
const gatewayTimeout = { status: 504, body: errorBody('please try to reduce max') }

describe('the users of Webex by default', () => {
  test('are the holders of the licenses, with what the people tell of them', async () => {
    serveLicenses(['L1', 'L2'].map((id) => licenseRecord(id)))
    serveHolders('L1', [holder('a'), holder('guest', 'EXTERNAL')])
    serveHolders('L2', [holder('a')])
    servePeople([
      person('a', {
        emails: ['first@example.com', 'A@example.com'],
        licenses: ['L1', 'L2'],
        department: 'IT',
        locationId: 'location-1',
        created: '2024-05-06T07:08:09.123Z',
        lastActivity: '2026-11-01T08:00:00.000+02:00',
      }),
      person('without-license', { licenses: [] }),
    ])
    const { value, ledger, directory } = await read()
    expect(value).toEqual([
      {
        provider: 'webex',
        id: 'a',
        kind: 'internal',
        status: 'active',
        licenseIds: ['L1', 'L2'],
        pendingLicenseIds: [],
        displayName: 'Name of a',
        email: 'first@example.com',
        otherEmails: ['A@example.com'],
        department: 'IT',
        location: 'location-1',
        createdAt: '2024-05-06T07:08:09.123Z',
        lastActiveAt: '2026-11-01T06:00:00.000Z',
        neverActive: false,
        activity: [{ at: '2026-11-01T06:00:00.000Z', source: 'lastActivity' }],
      },
      {
        provider: 'webex',
        id: 'guest',
        kind: 'external',
        status: 'unknown',
        licenseIds: ['L1'],
        pendingLicenseIds: [],
        displayName: 'Name of guest',
        email: 'guest@example.com',
      },
    ])
    expect(ledger).toMatchObject({ pages: 3, items: 2, verdict: 'unverifiable', gaps: [], omits: [] })
    expect(directory).toMatchObject({ pages: 1, items: 2, verdict: 'unverifiable', gaps: [], supplementary: true })
    expect(directory).not.toHaveProperty('remarks')
  })

  test('have the address of the list of holders too, where the person has others', async () => {
    serveLicenses([licenseRecord('L1')])
    serveHolders('L1', [{ ...holder('a'), email: 'old@example.com' }])
    servePeople([person('a', { licenses: ['L1'], emails: ['new@example.com'] })])
    expect((await read()).value).toMatchObject([{ email: 'new@example.com', otherEmails: ['old@example.com'] }])
  })

  test('are external where the list of holders says so, and internal where it does not say and they are people', async () => {
    serveLicenses([licenseRecord('L1')])
    serveHolders('L1', [holder('a', 'EXTERNAL'), { id: 'b' }])
    servePeople([person('a', { licenses: ['L1'] }), person('b', { licenses: ['L1'] })])
    expect((await read()).value).toMatchObject([
      { id: 'a', kind: 'external', status: 'active' },
      { id: 'b', kind: 'internal', displayName: 'Name of b', email: 'b@example.com' },
    ])
  })

  test('are joined whatever the padding and the alphabet of their ids are', async () => {
    const id = hydraId('PEOPLE', 'f5b3-uuid')
    serveLicenses([licenseRecord('L1')])
    serveHolders('L1', [holder(id)])
    servePeople([person(`${id}==`, { licenses: ['L1'] })])
    expect((await read()).value).toMatchObject([{ id, status: 'active' }])
  })

  test('ask for the presence of people, as excludeStatus would drop their last activity', async () => {
    serveLicenses([])
    const queries = servePeople([])
    await read({}, { orgId: 'o1' }).catch(() => {})
    nock.cleanAll()
    nock(api).get('/licenses').query(true).reply(200, { items: [] })
    const asked = servePeople([])
    await read({}, { orgId: 'o1' })
    expect([...queries, ...asked].every((query) => query === '?max=1000&orgId=o1')).toBe(true)
    expect(asked).toHaveLength(1)
  })

  test('who have not accepted the invitation are inactive, hold what they hold, and are told of', async () => {
    serveLicenses([licenseRecord('L1')])
    serveHolders('L1', [holder('a'), holder('b')])
    servePeople([
      person('a', { licenses: ['L1'], invitePending: true }),
      person('b', { licenses: ['L1'], invitePending: false }),
      person('c', { licenses: [], invitePending: 'true' }),
    ])
    const { value, directory } = await read()
    expect(value).toMatchObject([
      { id: 'a', status: 'inactive', licenseIds: ['L1'], pendingLicenseIds: [] },
      { id: 'b', status: 'active' },
    ])
    expect(directory?.remarks).toEqual([expect.stringMatching(/^1 holder has not accepted the invitation yet/)])
  })

  test('are read beside the people: no list waits for the other one', async () => {
    serveLicenses([licenseRecord('L1')])
    const order: string[] = []
    nock(api)
      .get('/licenses/L1')
      .query(true)
      .delay(30)
      .reply(200, () => {
        order.push('holders answered')
        return { users: [holder('a')] }
      })
    nock(api)
      .get('/people')
      .query(true)
      .reply(200, () => {
        order.push('people asked')
        return { items: [person('a')] }
      })
    await read()
    expect(order).toEqual(['people asked', 'holders answered'])
  })
})

describe('the number of requests for the users of Webex by default', () => {
  test.each([
    [0, 1],
    [1_000, 1],
    [1_001, 2],
    [4_500, 5],
  ])('is that of the licenses and, for %d people, %d more', async (count, more) => {
    const rows = holders(count)
    nock(api)
      .get('/licenses')
      .reply(200, { items: [licenseRecord('L1')] })
    const held = serveHolders('L1', rows)
    const queries = servePeople(rows.map(({ id }) => person(id, { licenses: ['L1'] })))
    const { providers } = await report()
    expect(providers).toMatchObject([{ status: 'complete' }])
    expect(held).toHaveLength(Math.max(1, Math.ceil(count / 300)))
    expect(queries).toHaveLength(more)
    expect(queries.every((query) => query.startsWith('?max=1000'))).toBe(true)
  })
})

describe('holdings of Webex that the people show otherwise', () => {
  const served = (people: readonly ReturnType<typeof person>[]) => {
    serveLicenses(['L1', 'L2'].map((id) => licenseRecord(id)))
    serveHolders('L1', [holder('a'), holder('b')])
    serveHolders('L2', [holder('b')])
    servePeople(people)
  }

  test('are those of the lists of holders, and how many differ is said', async () => {
    served([
      person('a', { licenses: ['L1', 'L2'] }),
      person('b', { licenses: ['L2,L1'] }),
      person('c', { licenses: ['L2'] }),
    ])
    const { value, ledger, directory } = await read()
    expect(value.map(({ id, licenseIds }) => [id, licenseIds])).toEqual([
      ['a', ['L1']],
      ['b', ['L1', 'L2']],
    ])
    expect(ledger.verdict).toBe('unverifiable')
    expect(directory).toMatchObject({ gaps: [], verdict: 'unverifiable' })
    expect(directory?.remarks).toEqual([
      'the list of people shows other licenses for 2 people than the lists of holders; seats are counted by the lists of holders',
    ])
  })

  test('leave the report complete', async () => {
    served([person('a', { licenses: [] }), person('b', { licenses: ['L1', 'L2'] })])
    const { complete, providers, licenses } = await report()
    expect([complete, providers[0]?.status]).toEqual([true, 'complete'])
    expect(licenses.map(({ assigned }) => assigned)).toEqual([
      { kind: 'known', value: 2 },
      { kind: 'known', value: 1 },
    ])
    expect(providers[0]?.ledgers.directory?.remarks).toHaveLength(1)
  })

  test('are no difference where the licenses of people are not shown', async () => {
    served([person('a', { licenses: null }), person('b', { licenses: undefined })])
    const { value, directory } = await read()
    expect(value).toMatchObject([{ status: 'active' }, { status: 'active' }])
    expect(directory).not.toHaveProperty('remarks')
    expect(directory?.gaps).toEqual([])
  })

  test('are not compared with holders that could not all be read', async () => {
    serveLicenses(['L1', 'L2'].map((id) => licenseRecord(id)))
    serveHolders('L1', [holder('a')])
    serveHolders('L2', [], () => ({ status: 403, body: errorBody('no') }))
    servePeople([person('a', { licenses: ['L1', 'L2'] })])
    expect((await read()).directory).not.toHaveProperty('remarks')
  })
})

describe('people of Webex who cannot be read', () => {
  const served = (instead: Parameters<typeof servePeople>[1], count = 2) => {
    const rows = holders(count)
    serveLicenses([licenseRecord('L1')])
    serveHolders('L1', rows)
    return servePeople(
      rows.map(({ id }) => person(id, { licenses: ['L1'] })),
      instead,
    )
  }

  test.each([
    ['the scope is missing', noScope, 'PermissionDenied'],
    ['the vendor fails', { status: 500, body: errorBody('no') }, 'Unavailable'],
    ['the answer is none', { status: 200, body: { message: 'Service degraded' } }, 'InvalidResponse'],
  ])('are a gap of the directory, said once, where %s, and the provider is complete', async (_, answer, tag) => {
    served(() => answer)
    const found = await report()
    expect([found.complete, found.providers[0]?.status]).toEqual([true, 'complete'])
    expect(found.providers[0]?.ledgers).toMatchObject({
      assignments: { verdict: 'unverifiable', gaps: [] },
      directory: { verdict: 'partial', supplementary: true, gaps: [{ what: 'the list', error: { _tag: tag } }] },
    })
    expect(problemsOfReport(found)).toEqual([])
    expect(remarksToTell(found)).toEqual([
      expect.stringMatching(/^webex: the list of people in the directory could not be read: /),
    ])
    expect(found.licenses[0]?.assigned).toEqual({ kind: 'known', value: 2 })
    expect(found.people).toMatchObject({
      total: { kind: 'known', value: 2 },
      withoutEmail: { kind: 'known', value: 0 },
    })
    expect(found.users).toMatchObject([
      { status: 'unknown', email: 'p00001@example.com' },
      { status: 'unknown', email: 'p00002@example.com' },
    ])
    for (const user of found.users ?? []) expect(user).not.toHaveProperty('department')
  })

  test('say which scope is missing', async () => {
    served(() => noScope)
    const { directory } = await read()
    expect(directory?.gaps[0]?.error).toMatchObject({ missing: ['spark-admin:people_read'] })
  })

  test('are those who came before a page that failed', async () => {
    served((page) => (page === 2 ? { status: 404, body: errorBody('gone') } : undefined), 1_100)
    const { value, directory } = await read()
    expect(value).toHaveLength(1_100)
    expect(value.filter(({ status }) => status === 'active')).toHaveLength(1_000)
    expect(directory).toMatchObject({ verdict: 'partial', gaps: [{ what: 'the rest of the list' }] })
  })

  test('are asked for in halves after a 504, with pages that the vendor can bear', async () => {
    serveLicenses([licenseRecord('L1')])
    serveHolders('L1', holders(3))
    const asked: string[] = []
    nock(api)
      .persist()
      .get('/people')
      .query(true)
      .reply((uri) => {
        const max = Number(new URL(uri, api).searchParams.get('max'))
        asked.push(String(max))
        return max > 250
          ? [gatewayTimeout.status, gatewayTimeout.body]
          : [200, { items: holders(3).map(({ id }) => person(id, { licenses: ['L1'] })) }]
      })
    const { value, directory } = await read()
    expect(asked).toEqual(['1000', '1000', '500', '500', '250'])
    expect(value.map(({ status }) => status)).toEqual(['active', 'active', 'active'])
    expect(directory).toMatchObject({ gaps: [], verdict: 'unverifiable' })
  })

  test('are partly unknown where a record cannot be decoded', async () => {
    serveLicenses([licenseRecord('L1')])
    serveHolders('L1', holders(2))
    servePeople([{ id: 7 }, person('p00002', { licenses: ['L1'] })])
    const { value, ledger, directory } = await read()
    expect(value.map(({ status }) => status)).toEqual(['unknown', 'active'])
    expect(ledger.verdict).toBe('unverifiable')
    expect(directory).toMatchObject({ undecodable: 1, verdict: 'partial' })
  })

  test('are not read where the licenses cannot be', async () => {
    nock(api).get('/licenses').reply(403, errorBody('no'))
    const queries = servePeople([])
    expect((await read()).error?._tag).toBe('PermissionDenied')
    expect(queries).toEqual([])
  })

  test('are no longer read where the holders of no license can be', async () => {
    serveLicenses([licenseRecord('L1')])
    serveHolders('L1', [], () => ({ status: 403, body: errorBody('no') }))
    const queries = servePeople([], (page) => ({
      status: 200,
      body: { items: [person(`p${page}`)] },
      headers: nextLink(`${api}/people?max=1000&cursor=${page + 1}`),
    }))
    expect((await read()).error?._tag).toBe('PermissionDenied')
    await new Promise((resolve) => setTimeout(resolve, 50))
    const asked = queries.length
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(queries).toHaveLength(asked)
  })
})

describe('one user of Webex by default', () => {
  test('is told as in the list, also where only the holders tell what the user holds', async () => {
    const record = person('a', {
      licenses: null,
      department: 'IT',
      emails: ['a@example.com', 'other@example.com'],
      lastActivity: '2026-11-01T06:00:00.000Z',
    })
    const served = () => {
      serveLicenses([licenseRecord('L1')])
      serveHolders('L1', [holder('a')])
      servePeople([record])
      nock(api).persist().get('/people/a').reply(200, record)
    }
    served()
    const [listed] = (await read()).value
    for (const reference of [{ id: 'a' }, { email: 'other@example.com' }]) {
      nock.cleanAll()
      served()
      expect(await toPromise(provider().getUser(reference))).toEqual(listed)
    }
  })
})

describe('what the capabilities of Webex say', () => {
  const fieldsOf = (more: Partial<WebexConfig>) => provider(more).capabilities.userFields

  test.each([
    [{}, 'grant the scope `spark-admin:people_read`'],
    [{ userSource: 'licenses' }, 'set `"userSource": "both"`'],
  ] as const)('with %j: status, department and last activity take %j', (more, toGet) => {
    const conditional = { support: 'conditional', toGet }
    expect(fieldsOf(more)).toMatchObject({ status: conditional, department: conditional, lastActiveAt: conditional })
    expect(fieldsOf(more)).toMatchObject({ createdAt: conditional, hiredAt: { support: 'unsupported' } })
  })

  test('with the people: they have status, department and last activity', () => {
    const supported = { support: 'supported' }
    expect(fieldsOf({ userSource: 'people' })).toMatchObject({
      status: supported,
      lastActiveAt: supported,
      createdAt: supported,
    })
  })

  test.each([
    [{}, expect.stringContaining('"scim": true')],
    [{ scim: true }, 'grant the scope `identity:people_read`'],
  ])('with %j: cost center, division, manager and employee number take more', (more, toGet) => {
    const conditional = { support: 'conditional', toGet }
    expect(fieldsOf(more)).toMatchObject({
      costCenter: conditional,
      division: conditional,
      manager: conditional,
      employeeNumber: conditional,
    })
  })
})
