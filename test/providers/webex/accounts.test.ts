import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createWebexProvider, type WebexConfig } from '../../../providers/webex/index.ts'
import { findUsers, toPromise } from '../../../src/provider-kit/index.ts'
import { createLicenseReport, problemsOfReport, remarksToTell } from '../../../src/report/index.ts'
import { readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import {
  holder,
  hydraId,
  licenseRecord,
  origin,
  type PageAnswer,
  person,
  serveHolders,
  serveLicenses,
  servePeople,
  withToken,
} from './webex-at-http.ts'

withoutNetwork()

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const CISCO = 'urn:scim:schemas:extension:cisco:webexidentity:2.0:User'

const ORGANIZATION = '0ae87ade-8c8a-4952-af08-318798958d0c'
const uuidAt = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
const personId = (index: number) => hydraId('PEOPLE', uuidAt(index))
/** The identity service writes uuids as it likes. */
const account = (index: number, more: object = {}) => ({ id: uuidAt(index).toUpperCase(), active: true, ...more })

const provider = (more: Partial<WebexConfig> = {}) =>
  createWebexProvider({ ...withToken, scim: true, ...more } as WebexConfig, stillRuntime())

/** `indexes`: of the people, who all hold one license. */
const serveHolding = (indexes: readonly number[], of: (index: number) => object = () => ({})) => {
  serveLicenses([licenseRecord('L1')])
  serveHolders(
    'L1',
    indexes.map((index) => holder(personId(index))),
  )
  return servePeople(
    indexes.map((index) =>
      person(personId(index), {
        licenses: ['L1'],
        orgId: hydraId('ORGANIZATION', ORGANIZATION),
        ...of(index),
      }),
    ),
  )
}

const path = `/identity/scim/${ORGANIZATION}/v2/Users`
const searchIn = (uri: string) => new URL(uri, origin).searchParams

interface Serving {
  /** Accounts on a page, at most, whatever is asked for. */
  readonly most?: number
  readonly instead?: (startIndex: number) => PageAnswer | undefined
}

/** Serves accounts by `startIndex` and `count`; returns the queries that came. */
const serveAccounts = (accounts: readonly unknown[], { most = 1_000, instead }: Serving = {}) => {
  const queries: URLSearchParams[] = []
  nock(origin)
    .persist()
    .get(path)
    .query(true)
    .reply((uri) => {
      const query = searchIn(uri)
      queries.push(query)
      const startIndex = Number(query.get('startIndex'))
      const other = instead?.(startIndex)
      if (other !== undefined) return [other.status, other.body as nock.Body]
      const Resources = accounts.slice(startIndex - 1, startIndex - 1 + Math.min(most, Number(query.get('count'))))
      const body = { totalResults: accounts.length, itemsPerPage: Resources.length, startIndex, Resources }
      return [200, JSON.stringify(body), { 'content-type': 'application/scim+json' }]
    })
  return queries
}

describe('the accounts of the identity service', () => {
  test('give cost center, division, manager and employee number, by the uuid inside of the id of a person', async () => {
    serveHolding([1])
    serveAccounts([
      account(1, {
        [ENTERPRISE]: {
          costCenter: 'CC-7',
          division: 'Service',
          department: 'Care',
          employeeNumber: 4711,
          manager: { value: uuidAt(9), displayName: 'Ada Lovelace' },
        },
        [CISCO]: { accountStatus: ['active'] },
      }),
    ])
    const { value, directory } = await readList(provider().listUsers())
    expect(value).toMatchObject([
      {
        id: personId(1),
        status: 'active',
        costCenter: 'CC-7',
        division: 'Service',
        department: 'Care',
        employeeNumber: '4711',
        manager: 'Ada Lovelace',
        licenseIds: ['L1'],
      },
    ])
    expect(directory).toMatchObject({ pages: 2, gaps: [], verdict: 'unverifiable', supplementary: true })
  })

  test('are asked for with no more attributes than are used', async () => {
    serveHolding([1])
    const queries = serveAccounts([account(1)])
    await readList(provider().listUsers())
    expect(queries.map((query) => Object.fromEntries(query))).toEqual([
      { startIndex: '1', count: '100', attributes: `active,${ENTERPRISE},${CISCO}` },
    ])
  })

  test.each([
    ['no enterprise extension', account(1)],
    ['an extension that is null', account(1, { [ENTERPRISE]: null })],
    ['an extension of another kind', account(1, { [ENTERPRISE]: 'none' })],
    ['empty texts', account(1, { [ENTERPRISE]: { costCenter: ' ', division: '', employeeNumber: null, manager: [] } })],
  ])('with %s have none of its properties, which is null', async (_, record) => {
    serveHolding([1])
    serveAccounts([record])
    expect((await readList(provider().listUsers())).value).toMatchObject([
      { status: 'active', costCenter: null, division: null, employeeNumber: null, manager: null, department: null },
    ])
  })

  test('leave a user whom they do not have without these facts, which is not null', async () => {
    serveHolding([1])
    serveAccounts([account(2)])
    const [user] = (await readList(provider().listUsers())).value
    expect(user).toMatchObject({ status: 'active' })
    for (const field of ['costCenter', 'division', 'manager', 'employeeNumber']) {
      expect(user).not.toHaveProperty(field)
    }
  })

  test('keep the department of the person, and have the id of a manager without a name', async () => {
    serveHolding([1], () => ({ department: 'Sales' }))
    serveAccounts([account(1, { [ENTERPRISE]: { department: 'Care', manager: { value: uuidAt(9) } } })])
    expect((await readList(provider().listUsers())).value).toMatchObject([{ department: 'Sales', manager: uuidAt(9) }])
  })

  test.each([
    [true, { accountStatus: ['active'] }, true, 'active'],
    [true, { accountStatus: 'active' }, true, 'active'],
    [true, { accountStatus: ['disabled'] }, true, 'inactive'],
    [true, { accountStatus: 'DISABLED' }, true, 'inactive'],
    [true, { accountStatus: ['active', 'pending'] }, true, 'inactive'],
    [false, {}, true, 'inactive'],
    [true, { accountStatus: ['active'] }, false, 'inactive'],
    [true, { accountStatus: ['active'] }, undefined, 'active'],
    [true, undefined, undefined, 'active'],
    [undefined, undefined, undefined, 'unknown'],
    [true, { accountStatus: ['transient'] }, true, 'active'],
    [true, { accountStatus: ['something-new'] }, undefined, 'unknown'],
    [true, { accountStatus: 7 }, undefined, 'unknown'],
  ])('with active %j and %j, of a person with loginEnabled %j, are %s', async (active, cisco, loginEnabled, status) => {
    serveHolding([1], () => ({ loginEnabled }))
    serveAccounts([account(1, { active, [CISCO]: cisco })])
    expect((await readList(provider().listUsers())).value).toMatchObject([{ status }])
  })

  test('are those of the organization that is configured, and need no person to tell it', async () => {
    const orgId = hydraId('ORGANIZATION', ORGANIZATION)
    nock(`${origin}/v1`)
      .get('/licenses')
      .query({ orgId })
      .reply(200, { items: [licenseRecord('L1')] })
    serveHolders('L1', [holder(personId(1))])
    servePeople([], () => ({ status: 403, body: { message: 'missing required scopes' } }))
    serveAccounts([account(1, { [CISCO]: { accountStatus: ['disabled'] } })])
    expect((await readList(provider({ orgId }).listUsers())).value).toMatchObject([
      { id: personId(1), status: 'inactive' },
    ])
  })

  test('are a gap of the directory where no person tells which organization it is', async () => {
    serveHolding([])
    const { value, directory } = await readList(provider().listUsers())
    expect(value).toEqual([])
    expect(directory?.gaps).toMatchObject([{ reason: expect.stringContaining('orgId') }])
  })

  test('are beside a gateway of the API, too', async () => {
    const gateway = 'https://gateway.example/webex'
    nock(`${gateway}/v1`)
      .get('/licenses')
      .reply(200, { items: [licenseRecord('L1')] })
    nock(`${gateway}/v1`)
      .get('/licenses/L1')
      .query(true)
      .reply(200, { users: [holder(personId(1))] })
    nock(`${gateway}/v1`)
      .get('/people')
      .query(true)
      .reply(200, { items: [person(personId(1), { orgId: ORGANIZATION })] })
    nock(gateway)
      .get(path)
      .query(true)
      .reply(200, { totalResults: 1, Resources: [account(1, { [ENTERPRISE]: { costCenter: 'CC-1' } })] })
    const { value } = await readList(provider({ apiUrl: `${gateway}/v1` }).listUsers())
    expect(value).toMatchObject([{ costCenter: 'CC-1' }])
  })
})

describe('the number of requests for accounts', () => {
  const indexes = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

  test.each([
    [0, 1],
    [1, 1],
    [100, 1],
    [101, 2],
    [950, 10],
  ])('is that of 100 on a page: %d accounts, %d requests', async (count, expected) => {
    serveHolding([1])
    const queries = serveAccounts(indexes(count).map((index) => account(index)))
    const { directory } = await readList(provider().listUsers())
    expect(queries).toHaveLength(expected)
    expect(directory?.gaps).toEqual([])
  })

  test('follows what came, where pages are shorter than was asked for', async () => {
    serveHolding(indexes(7))
    const queries = serveAccounts(
      indexes(7).map((index) => account(index, { [ENTERPRISE]: { costCenter: `CC-${index}` } })),
      { most: 3 },
    )
    const { value, directory } = await readList(provider().listUsers())
    expect(queries.map((query) => query.get('startIndex'))).toEqual(['1', '4', '7'])
    expect(value.map(({ costCenter }) => costCenter)).toEqual(indexes(7).map((index) => `CC-${index}`))
    expect(directory).toMatchObject({ gaps: [], verdict: 'unverifiable' })
  })

  test.each([
    ['says how many there are', { totalResults: 1_000_000_000 }],
    ['does not say how many there are', {}],
  ])('ends where every page is the first one, and the vendor %s', async (_, more) => {
    serveHolding([1, 2])
    const queries = serveAccounts([], {
      instead: () => ({
        status: 200,
        body: { ...more, Resources: [account(1, { [ENTERPRISE]: { costCenter: 'A' } })] },
      }),
    })
    const { value, directory } = await readList(provider().listUsers())
    expect(queries.length).toBeLessThan(20)
    expect(directory?.gaps).toMatchObject([{ reason: expect.stringContaining('brought nothing new') }])
    expect(value.map(({ costCenter }) => costCenter)).toEqual(['A', undefined])
  })

  test('has one account for one person: where two contradict each other, the list is not whole', async () => {
    serveHolding([1])
    serveAccounts(['A', 'B'].map((costCenter) => account(1, { [ENTERPRISE]: { costCenter } })))
    const report = await createLicenseReport({ ...stillRuntime(), detail: true })([provider()])()
    expect(report.complete).toBe(true)
    expect(report.providers[0]?.ledgers.directory?.gaps).toEqual([
      { what: 'accounts of the identity service', reason: 'the list changed while it was read' },
    ])
  })

  test('is none without the setting', async () => {
    serveHolding([1])
    const queries = serveAccounts([account(1)])
    const [user] = (await readList(provider({ scim: false }).listUsers())).value
    expect(user).not.toHaveProperty('costCenter')
    expect(queries).toEqual([])
  })
})

describe('accounts that cannot be read', () => {
  test.each([
    [
      'the scope is missing',
      { status: 403, body: { message: 'The access token is missing required scopes.' } },
      'PermissionDenied',
    ],
    ['the service fails', { status: 503, body: {} }, 'Unavailable'],
    [
      'the service answers in its own way',
      { status: 400, body: { detail: 'bad filter', status: '400' } },
      'RequestRejected',
    ],
    ['the answer is no list', { status: 200, body: { message: 'Service degraded' } }, 'InvalidResponse'],
  ])('are one gap of the directory where %s: people and report are what they are without', async (_, answer, tag) => {
    serveHolding([1, 2])
    serveAccounts([], { instead: () => answer })
    const report = await createLicenseReport({ ...stillRuntime(), detail: true })([provider()])()
    expect([report.complete, report.providers[0]?.status]).toEqual([true, 'complete'])
    expect(report.providers[0]?.ledgers.directory).toMatchObject({
      verdict: 'partial',
      gaps: [{ what: expect.stringContaining('accounts of the identity service'), error: { _tag: tag } }],
    })
    expect(problemsOfReport(report)).toEqual([])
    expect(remarksToTell(report)).toEqual([expect.stringContaining('accounts of the identity service')])
    expect(report.users).toMatchObject([{ status: 'active' }, { status: 'active' }])
    for (const user of report.users ?? []) expect(user).not.toHaveProperty('costCenter')
  })

  test('say which scope is missing', async () => {
    serveHolding([1])
    serveAccounts([], { instead: () => ({ status: 403, body: {} }) })
    const { directory } = await readList(provider().listUsers())
    expect(directory?.gaps[0]?.error).toMatchObject({ missing: ['identity:people_read'] })
  })

  test('are those before a page that failed', async () => {
    serveHolding([1, 150])
    serveAccounts(
      Array.from({ length: 150 }, (_, index) => account(index + 1, { [ENTERPRISE]: { costCenter: 'CC' } })),
      { instead: (startIndex) => (startIndex > 1 ? { status: 404, body: {} } : undefined) },
    )
    const { value, directory } = await readList(provider().listUsers())
    expect(value.map(({ costCenter }) => costCenter)).toEqual(['CC', undefined])
    expect(directory?.verdict).toBe('partial')
  })

  test('are a gap where fewer came than there are', async () => {
    serveHolding([1])
    nock(origin)
      .persist()
      .get(path)
      .query(true)
      .reply((uri) => [
        200,
        { totalResults: 5, Resources: searchIn(uri).get('startIndex') === '1' ? [account(1)] : [] },
      ])
    const { value, directory } = await readList(provider().listUsers())
    expect(value).toMatchObject([{ costCenter: null }])
    expect(directory?.gaps).toHaveLength(1)
  })

  test('are a gap for the record that cannot be decoded', async () => {
    serveHolding([1])
    serveAccounts([account(1), { userName: 'no id' }])
    const { value, directory } = await readList(provider().listUsers())
    expect(value).toMatchObject([{ costCenter: null }])
    expect(directory?.gaps).toMatchObject([{ what: expect.stringContaining('1 record') }])
  })
})

describe('one user of Webex, with the account', () => {
  const people = (count: number) => {
    const records = Array.from({ length: count }, (_, index) =>
      person(personId(index + 1), { orgId: ORGANIZATION, emails: [`p${index + 1}@example.com`], licenses: ['L1'] }),
    )
    for (const record of records) {
      nock(`${origin}/v1`).persist().get(`/people/${record.id}`).reply(200, record)
    }
    servePeople(records)
    return records
  }

  test('has the same facts as in the list, by id and by address', async () => {
    const served = () => {
      nock.cleanAll()
      serveLicenses([licenseRecord('L1')])
      serveHolders('L1', [
        { id: personId(1), displayName: `Name of ${personId(1)}`, email: 'p1@example.com', type: 'INTERNAL' },
      ])
      people(1)
      return serveAccounts([account(1, { [ENTERPRISE]: { costCenter: 'CC-1', employeeNumber: '7' } })])
    }
    served()
    const [listed] = (await readList(provider().listUsers())).value
    expect(listed).toMatchObject({ costCenter: 'CC-1', employeeNumber: '7' })
    for (const reference of [{ id: personId(1) }, { email: 'p1@example.com' }]) {
      const queries = served()
      expect(await toPromise(provider().getUser(reference))).toEqual(listed)
      expect(queries.map((query) => query.get('filter'))).toEqual([`id eq "${uuidAt(1)}"`])
    }
  })

  test('costs one request for 50 users', async () => {
    const records = people(60)
    const queries = serveAccounts([])
    const found = await toPromise(
      findUsers(
        provider(),
        records.map(({ id }) => ({ id })),
      ),
    )
    expect(found.every(({ kind }) => kind === 'found')).toBe(true)
    expect(queries.map((query) => query.get('filter')?.split(' or ').length)).toEqual([50, 10])
  })

  test('is found without the account where that cannot be read', async () => {
    people(1)
    serveAccounts([], { instead: () => ({ status: 403, body: {} }) })
    const user = await toPromise(provider().getUser({ id: personId(1) }))
    expect(user).toMatchObject({ status: 'active', licenseIds: ['L1'] })
    expect(user).not.toHaveProperty('costCenter')
  })
})
