import * as E from 'fp-ts/lib/Either.js'
import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createWebexProvider, type WebexConfig } from '../../../providers/webex/index.ts'
import { createRequestBudget, type UsersRequest } from '../../../src/provider-kit/index.ts'
import { createLicenseReport } from '../../../src/report/index.ts'
import { readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import {
  api,
  errorBody,
  holder,
  holders,
  licenseRecord,
  serveHolders,
  serveLicenses,
  withToken,
} from './webex-at-http.ts'

withoutNetwork()

const provider = (concurrency = 8, config: WebexConfig = withToken) => {
  const runtime = stillRuntime()
  return createWebexProvider(
    { ...config, userSource: 'licenses' },
    { ...runtime, budget: createRequestBudget({ concurrency, ...runtime }) },
  )
}
const read = (request?: UsersRequest) => readList(provider().listUsers(request))

const forbidden = { status: 403, body: errorBody('no') }
const gone = { status: 404, body: errorBody('gone') }

describe('the users of Webex by way of the licenses', () => {
  test('come once, with all the licenses that they hold, in the order of the licenses', async () => {
    serveLicenses(['L2', 'L1', 'L3'].map((id) => licenseRecord(id)))
    serveHolders('L1', [holder('a'), holder('b')])
    serveHolders('L2', [holder('b')])
    serveHolders('L3', [holder('b'), holder('c', 'EXTERNAL')])
    const { value, ledger } = await read()
    expect(value.map(({ id, kind, licenseIds }) => [id, kind, licenseIds])).toEqual([
      ['a', 'internal', ['L1']],
      ['b', 'internal', ['L2', 'L1', 'L3']],
      ['c', 'external', ['L3']],
    ])
    expect(value[0]).toEqual({
      provider: 'webex',
      id: 'a',
      kind: 'internal',
      status: 'unknown',
      licenseIds: ['L1'],
      pendingLicenseIds: [],
      displayName: 'Name of a',
      email: 'a@example.com',
    })
    expect(ledger).toMatchObject({ pages: 4, items: 3, verdict: 'unverifiable', gaps: [] })
  })

  test('a page of holders that comes empty before others is told, as rows that are missing would not show', async () => {
    serveLicenses([licenseRecord('L1')])
    const link = { link: `<${api}/licenses/L1?next=cursor-1>; rel="next"` }
    nock(api).get('/licenses/L1').query(true).reply(200, { id: 'L1', users: [] }, link)
    serveHolders('L1', [holder('a')])
    const { value, ledger } = await read()
    expect(value.map(({ id }) => id)).toEqual(['a'])
    const { name } = licenseRecord('L1')
    expect(ledger).toMatchObject({
      verdict: 'unverifiable',
      remarks: [expect.stringMatching(`^holders of ${name}: a page came empty`)],
    })
  })

  test('half a character in an id costs that license, and nothing else', async () => {
    serveLicenses([licenseRecord('L1'), licenseRecord('L\ud800', { name: 'Broken' })])
    serveHolders('L1', [holder('a')])
    const { value, ledger } = await read()
    expect(value.map(({ id, licenseIds }) => [id, licenseIds])).toEqual([['a', ['L1']]])
    expect(ledger).toMatchObject({
      verdict: 'partial',
      gaps: [{ licenseId: 'L\ud800', what: expect.stringContaining('holders of Broken') }],
    })
  })

  test.each([
    ['the first license answers first', 0, 20],
    ['the second license answers first', 20, 0],
  ])('are described the same when %s', async (_, firstMs, secondMs) => {
    serveLicenses([licenseRecord('L1'), licenseRecord('L2')])
    const serve = (id: string, ms: number, users: readonly unknown[]) =>
      nock(api)
        .get(`/licenses/${id}`)
        .query(true)
        .delay(ms)
        .reply(200, { users } as nock.Body)
    serve('L1', firstMs, [{ id: 'u' }])
    serve('L2', secondMs, [{ id: 'u', type: 'EXTERNAL', displayName: 'Ada', email: 'ada@partner.example' }])
    expect((await read()).value).toMatchObject([
      { id: 'u', kind: 'external', displayName: 'Ada', email: 'ada@partner.example', licenseIds: ['L1', 'L2'] },
    ])
  })

  test('are unknown for the one license whose list changed while it was read, and exact for the others', async () => {
    serveLicenses([licenseRecord('L1'), licenseRecord('L2')])
    serveHolders('L1', holders(301), (page) =>
      page === 2 ? { status: 200, body: { users: [holder('p00001'), holder('p00301')] } } : undefined,
    )
    serveHolders('L2', [holder('a')])
    const report = await createLicenseReport()([provider()])()
    expect(report.licenses).toMatchObject([
      { id: 'L1', assigned: { kind: 'unknown', atLeast: 301 } },
      { id: 'L2', assigned: { kind: 'known', value: 1 } },
    ])
    expect(report.providers[0]?.status).toBe('partial')
  })

  test('come after a first page that is not JSON where its header leads on', async () => {
    serveLicenses([licenseRecord('L1')])
    const headers = { link: `<${api}/licenses/L1?includeAssignedTo=user&limit=300&next=cursor-2>; rel="next"` }
    serveHolders('L1', holders(301), (page) => (page === 1 ? { status: 200, body: '<html>', headers } : undefined))
    const { value, ledger } = await read()
    expect(value.map(({ id }) => id)).toEqual(['p00301'])
    expect(ledger).toMatchObject({
      verdict: 'partial',
      gaps: [{ licenseId: 'L1', error: { _tag: 'InvalidResponse' } }],
    })
  })

  test('are a mismatch where the list of licenses moved, as a license may have been missed', async () => {
    nock(api)
      .persist()
      .get('/licenses')
      .query(true)
      .reply((uri) => [
        200,
        { items: [licenseRecord('L1')] },
        uri.includes('next') ? {} : { link: `<${api}/licenses?next=2>; rel="next"` },
      ])
    serveHolders('L1', [holder('a')])
    const { value, ledger } = await read()
    expect(value.map(({ id }) => id)).toEqual(['a'])
    expect(ledger.verdict).toBe('mismatch')
  })

  test('are read from the longest list first, and from one whose length is not known before that', async () => {
    const asked: string[] = []
    const runtime = stillRuntime()
    const inTurn = createWebexProvider(
      { ...withToken, userSource: 'licenses' },
      {
        ...runtime,
        budget: createRequestBudget({ concurrency: 1, ...runtime }),
        fetch: async (url, init) => {
          asked.push(new URL(url).pathname.split('/').at(-1) ?? '')
          return fetch(url, init)
        },
      },
    )
    serveLicenses([
      licenseRecord('short', { consumedUnits: 3 }),
      licenseRecord('rooms', { consumedUnits: 900, consumedByUsers: 1 }),
      licenseRecord('long', { consumedUnits: 700 }),
      licenseRecord('unknown', { consumedUnits: null }),
      licenseRecord('asShort', { consumedUnits: 3 }),
    ])
    for (const id of ['short', 'rooms', 'long', 'unknown', 'asShort']) serveHolders(id, [holder('a')])
    const { value } = await readList(inTurn.listUsers())
    expect(asked.filter((name) => name !== 'licenses')).toEqual(['unknown', 'long', 'short', 'asShort', 'rooms'])
    expect(value[0]?.licenseIds).toEqual(['short', 'rooms', 'long', 'unknown', 'asShort'])
  })

  test('come in the order of their ids', async () => {
    serveLicenses([licenseRecord('L1')])
    serveHolders(
      'L1',
      ['c', 'B', 'a', 'ä'].map((id) => holder(id)),
    )
    expect((await read()).value.map(({ id }) => id)).toEqual(['B', 'a', 'c', 'ä'])
  })

  test('come in that order however alike their ids are', async () => {
    const ids = [
      'same',
      'same-1',
      'same-12345678',
      'same-12345679',
      'same-1234567',
      'same-ß',
      'same-é',
      'same-ü1',
      'same-ü0',
    ]
    serveLicenses([licenseRecord('L1')])
    serveHolders(
      'L1',
      ids.map((id) => holder(id)),
    )
    expect((await read()).value.map(({ id }) => id)).toEqual(ids.toSorted())
  })

  test('come without licenses being listed where the caller has done that', async () => {
    const { value: licenses } = await (async () => {
      serveLicenses([licenseRecord('L1')])
      return readList(provider().listLicenses())
    })()
    serveHolders('L1', [holder('a')])
    const { value, ledger, error } = await read({ licenses })
    expect(error).toBeUndefined()
    expect(value).toHaveLength(1)
    expect(ledger.pages).toBe(1)
  })

  test('are none where there are no licenses', async () => {
    serveLicenses([])
    expect(await read()).toMatchObject({ value: [], ledger: { verdict: 'unverifiable' } })
  })

  test('keep the first record of the vendor where that is asked for', async () => {
    serveLicenses([licenseRecord('L1')])
    serveHolders('L1', [holder('a')])
    expect((await read({ includeRaw: true })).value[0]?.raw).toEqual(holder('a'))
  })

  test('ask for the licenses of the organization that is configured', async () => {
    nock(api)
      .get('/licenses')
      .query({ orgId: 'o1' })
      .reply(200, { items: [licenseRecord('L1')] })
    const queries = serveHolders('L1', [holder('a')])
    expect((await readList(provider(8, { ...withToken, orgId: 'o1' }).listUsers())).value).toHaveLength(1)
    expect(queries).toEqual(['?includeAssignedTo=user&limit=300'])
  })
})

describe('the users of Webex when something cannot be read', () => {
  test('are those of the other licenses when the holders of one license cannot be read', async () => {
    serveLicenses([licenseRecord('L1'), licenseRecord('L2')])
    serveHolders('L1', [], () => forbidden)
    serveHolders('L2', [holder('a')])
    const { value, ledger, error } = await read()
    expect(error).toBeUndefined()
    expect(value).toMatchObject([{ id: 'a', licenseIds: ['L2'] }])
    expect(ledger).toMatchObject({
      verdict: 'partial',
      gaps: [{ licenseId: 'L1', error: { _tag: 'PermissionDenied' } }],
    })
    expect(ledger.gaps[0]?.what).toContain('Name of L1')
  })

  test('make only the number of the license unknown whose holders could not be read', async () => {
    serveLicenses([licenseRecord('L1'), licenseRecord('L2')])
    serveHolders('L1', holders(301), (page) => (page === 2 ? gone : undefined))
    serveHolders('L2', [holder('a')])
    const report = await createLicenseReport(stillRuntime())([provider()])()
    expect(report.providers[0]?.status).toBe('partial')
    expect(report.licenses.map(({ id, assigned }) => [id, assigned])).toMatchObject([
      ['L1', { kind: 'unknown', atLeast: 300 }],
      ['L2', { kind: 'known', value: 1 }],
    ])
  })

  test('name a record that cannot be decoded with its license', async () => {
    serveLicenses([licenseRecord('L1'), licenseRecord('L2')])
    serveHolders('L1', [holder('a'), { type: 'INTERNAL', email: 's3cret@example.com' }])
    serveHolders('L2', [holder('b')])
    const { value, ledger } = await read()
    expect(value.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(ledger).toMatchObject({ undecodable: 1, verdict: 'partial', gaps: [{ licenseId: 'L1' }] })
    expect(JSON.stringify(ledger)).not.toContain('s3cret')
  })

  test('are a failure when the holders of no license can be read', async () => {
    serveLicenses([licenseRecord('L1'), licenseRecord('L2')])
    serveHolders('L1', [], () => forbidden)
    serveHolders('L2', [], () => forbidden)
    expect(await read()).toMatchObject({ value: [], error: { _tag: 'PermissionDenied' } })
  })

  test('are a failure when the licenses cannot be listed', async () => {
    nock(api).get('/licenses').reply(403, errorBody('no'))
    expect((await read()).error).toMatchObject({ _tag: 'PermissionDenied', operation: 'GET /v1/licenses' })
  })

  test('are partial when a license could not be decoded, as its holders are not walked', async () => {
    serveLicenses([licenseRecord('L1'), { name: 'no id' }])
    serveHolders('L1', [holder('a')])
    const { value, ledger } = await read()
    expect(value).toHaveLength(1)
    expect(ledger).toMatchObject({ undecodable: 1, verdict: 'partial' })
  })

  test.each([
    ['the token is refused', { status: 401, body: errorBody('no') }, 'AuthenticationFailed'],
    ['the vendor wants an hour', { status: 429, headers: { 'retry-after': '3600' } }, 'RateLimited'],
  ])('stop with the first license when %s, and keep what came before', async (_, answer, tag) => {
    const ids = ['L1', 'L2', 'L3', 'L4', 'L5']
    serveLicenses(ids.map((id) => licenseRecord(id)))
    serveHolders('L1', [holder('a')])
    serveHolders('L2', [], () => answer)
    const later = ['L3', 'L4', 'L5'].map((id) => serveHolders(id, [holder('z')]))
    const { value, error, ledger } = await readList(provider(1).listUsers())
    expect(value.map(({ id }) => id)).toEqual(['a'])
    expect(error?._tag).toBe(tag)
    expect(ledger.verdict).toBe('partial')
    expect(later).toEqual([[], [], []])
  })

  test('stop without minting a token for every license that is left when no token is to be had', async () => {
    let minted = 0
    const accessToken = async () => {
      if (++minted > 1) throw new Error('revoked')
      return { token: 't1', mayBeOld: true }
    }
    serveLicenses(Array.from({ length: 20 }, (_, index) => licenseRecord(`L${index}`)))
    nock(api)
      .persist()
      .get(/^\/v1\/licenses\/L/)
      .query(true)
      .reply(401, errorBody('no'))
    const { error } = await readList(provider(1, { accessToken }).listUsers())
    expect(error?._tag).toBe('AuthenticationFailed')
    expect(minted).toBe(2)
  })
})

describe('the users of Webex by way of the licenses cannot be gone on with', () => {
  const served = (instead?: Parameters<typeof serveHolders>[2]) => {
    serveLicenses([licenseRecord('L1'), licenseRecord('L2')])
    return [serveHolders('L1', holders(2_500)), serveHolders('L2', [holder('p00001'), holder('p02500')], instead)]
  }
  const pagesOf = async (request: UsersRequest) => {
    const pages = []
    for await (const page of provider(1).listUsers(request).pages()) pages.push(page)
    return pages
  }

  test('so that no page has a continuation, and the capabilities say so', async () => {
    const queries = served()
    const pages = await pagesOf({ pageSize: 400 })
    expect(pages.map((page) => E.isRight(page) && page.right.items.length)).toEqual([
      400, 400, 200, 400, 400, 200, 400, 100,
    ])
    expect(pages.map((page) => E.isRight(page) && 'continuation' in page.right)).not.toContain(true)
    expect(pages.map((page) => E.isRight(page) && page.right.ledger.verdict)).toEqual([
      ...Array.from({ length: 7 }, () => 'partial'),
      'unverifiable',
    ])
    expect(queries.flat()).toHaveLength(Math.ceil(2_500 / 300) + 1)
    const resumeUsers = provider().capabilities.operations?.resumeUsers
    expect(resumeUsers).toMatchObject({ support: 'unsupported', reason: expect.stringContaining('userSource') })
    expect(createWebexProvider({ ...withToken, userSource: 'people' }).capabilities.operations?.resumeUsers).toEqual({
      support: 'supported',
    })
  })

  test('so that none is promised after a failure either', async () => {
    served(() => ({ status: 429, headers: { 'retry-after': '3600' } }))
    const pages = await pagesOf({})
    expect(pages.map((page) => (E.isRight(page) ? page.right.continuation : page.left._tag))).toEqual([
      undefined,
      undefined,
      undefined,
      'RateLimited',
    ])
  })

  test.each(['after:p00001', `${api}/people?max=1000&cursor=2`, '', 'nonsense'])(
    'so that %j is Unsupported, without a request',
    async (continuation) => {
      expect((await read({ continuation })).error).toMatchObject({
        _tag: 'Unsupported',
        operation: 'listUsers',
        message: expect.stringContaining('list the holders of a license'),
      })
    },
  )
})
