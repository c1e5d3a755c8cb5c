import * as E from 'fp-ts/lib/Either.js'
import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createWebexProvider } from '../../../providers/webex/index.ts'
import {
  findUsers,
  listHolders,
  type Page,
  type Paged,
  toPromise,
  type UserReference,
} from '../../../src/provider-kit/index.ts'
import { createLicenseReport } from '../../../src/report/index.ts'
import { failureOf } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import {
  api,
  errorBody,
  holder,
  holders,
  licenseRecord,
  person,
  serveHolders,
  servePeople,
  withToken,
} from './webex-at-http.ts'

withoutNetwork()

const countLicenses = (ids: readonly string[]) => {
  const requests: string[] = []
  nock(api)
    .persist()
    .get('/licenses')
    .reply(200, (uri) => {
      requests.push(uri)
      return { items: ids.map((id) => licenseRecord(id)) }
    })
  return requests
}

const report = (userSource: 'licenses' | 'people') => {
  const runtime = stillRuntime()
  return createLicenseReport(runtime)([createWebexProvider({ ...withToken, userSource }, runtime)])()
}

describe('the number of requests for a report on Webex', () => {
  test.each([
    [[], []],
    [[0], [1]],
    [
      [0, 1, 300, 301, 900, 901],
      [1, 1, 1, 2, 3, 4],
    ],
  ])('by way of the licenses is 1 + one page per 300 holders of each license: %j', async (counts, expected) => {
    const ids = counts.map((_, index) => `L${index}`)
    const listings = countLicenses(ids)
    const queries = counts.map((count, index) => serveHolders(`L${index}`, holders(count)))
    expect((await report('licenses')).complete).toBe(true)
    expect(listings).toHaveLength(1)
    expect(queries.map(({ length }) => length)).toEqual(expected)
  })

  test.each([
    [0, 1],
    [1_000, 1],
    [1_001, 2],
    [4_500, 5],
  ])('by way of the people is 1 + %d people / 1000', async (count, expected) => {
    const listings = countLicenses(['L1', 'L2', 'L3'])
    const queries = servePeople(Array.from({ length: count }, (_, index) => person(`p${index}`)))
    expect((await report('people')).complete).toBe(true)
    expect(listings).toHaveLength(1)
    expect(queries).toHaveLength(expected)
  })
})

describe('the number of requests for finding users of Webex', () => {
  /** Two licenses of 301 and of 2 holders: a walk is one listing and three pages. */
  const WALK = 1 + 2 + 1
  const served = () => {
    const listings = countLicenses(['L1', 'L2'])
    const walked = [
      serveHolders('L1', holders(301)),
      serveHolders('L2', [holder('guest-1', 'EXTERNAL'), holder('guest-2', 'EXTERNAL')]),
    ]
    const asked: string[] = []
    nock(api)
      .persist()
      .get(/^\/v1\/people(\/|\?)/)
      .reply((uri) => {
        asked.push(uri)
        return uri.startsWith('/v1/people/') ? [404, errorBody('no')] : [200, { items: [] }]
      })
    return { asked, walk: () => listings.length + walked.flat().length }
  }
  const provider = () => createWebexProvider(withToken, stillRuntime())
  const strangers = (count: number): readonly UserReference[] =>
    Array.from({ length: count }, (_, index) => ({ email: `stranger-${index}@example.com` }))

  test('is one look-up for each whom the people do not know, and one walk for all of them', async () => {
    const requests = served()
    const guests = [{ email: 'GUEST-1@example.com' }, { id: 'guest-2' }, { id: 'nobody' }]
    const found = await toPromise(findUsers(provider(), [...strangers(27), ...guests]))
    expect(found.slice(0, 27)).toEqual(Array.from({ length: 27 }, () => ({ kind: 'notFound' })))
    expect(found.slice(27)).toMatchObject([
      { kind: 'found', user: { id: 'guest-1', kind: 'external', licenseIds: ['L2'] } },
      { kind: 'found', user: { id: 'guest-2' } },
      { kind: 'notFound' },
    ])
    expect([requests.asked.length, requests.walk()]).toEqual([30, WALK])
  })

  test('is one look-up for a user who is named several times', async () => {
    const requests = served()
    const same = [{ email: 'stranger@example.com' }, { email: ' STRANGER@example.com' }]
    expect(await toPromise(findUsers(provider(), same))).toEqual([{ kind: 'notFound' }, { kind: 'notFound' }])
    expect([requests.asked.length, requests.walk()]).toEqual([1, WALK])
  })

  test.each([{ email: 'stranger@example.com' }, { id: 'nobody' }])(
    'is one look-up and one walk for one who is unknown: %j',
    async (reference) => {
      const requests = served()
      expect((await failureOf(provider().getUser(reference)))._tag).toBe('NotFound')
      expect([requests.asked.length, requests.walk()]).toEqual([1, WALK])
    },
  )

  test('is no walk if all users are among the people', async () => {
    nock(api)
      .persist()
      .get(/^\/v1\/people\//)
      .reply((uri) => [200, person(uri.slice('/v1/people/'.length))])
    const found = await toPromise(findUsers(provider(), [{ id: 'p1' }, { id: 'p2' }]))
    expect(found.map(({ kind }) => kind)).toEqual(['found', 'found'])
  })
})

describe('the number of requests for finding many users of Webex by their addresses', () => {
  const peopleOf = (count: number) => Array.from({ length: count }, (_, index) => person(`p${index}`))
  const addresses = (count: number, of = 'p'): readonly UserReference[] =>
    Array.from({ length: count }, (_, index) => ({ email: `${of}${index}@example.com` }))
  const provider = () => createWebexProvider(withToken, stillRuntime())

  test('is that of the list of all people, where that takes less: all who have an address are found', async () => {
    const twin = person('twin', { emails: ['other@example.com', 'P7@example.com'] })
    const queries = servePeople([...peopleOf(2_500), twin])
    const found = await toPromise(findUsers(provider(), addresses(300)))
    expect(found.map((lookup) => (lookup.kind === 'found' ? lookup.user.id : lookup.kind))).toEqual(
      Array.from({ length: 300 }, (_, index) => (index === 7 ? 'ambiguous' : `p${index}`)),
    )
    expect(found[7]).toMatchObject({ candidates: [{ id: 'p7' }, { id: 'twin' }] })
    expect(queries).toHaveLength(3)
  })

  test('is one walk over the holders besides, for those who are not among the people', async () => {
    const queries = servePeople(peopleOf(10))
    const listings = countLicenses(['L1'])
    const walked = serveHolders('L1', [{ ...holder('guest', 'EXTERNAL'), email: 's0@example.com' }])
    const found = await toPromise(findUsers(provider(), addresses(100, 's')))
    expect(found.map(({ kind }) => kind)).toEqual(['found', ...Array.from({ length: 99 }, () => 'notFound')])
    expect([queries.length, listings.length, walked.length]).toEqual([1, 1, 1])
  })

  test('is a search for each where the list is longer, and no more than an eighth besides', async () => {
    const queries = servePeople(peopleOf(20_000))
    const found = await toPromise(findUsers(provider(), addresses(104)))
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['found']))
    expect(queries).toHaveLength(104 + 13)
  })

  test('is a search for each where a record of the list cannot be read, as it may be theirs', async () => {
    const queries = servePeople([...peopleOf(200), { emails: [] }])
    const found = await toPromise(findUsers(provider(), addresses(100)))
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['found']))
    expect(queries).toHaveLength(1 + 100)
  })

  test('is one, and a walk over the holders, where these credentials are not shown people', async () => {
    const queries = servePeople([], () => ({ status: 403, body: errorBody('the access token is missing scopes') }))
    const listings = countLicenses(['L1'])
    const walked = serveHolders('L1', [{ ...holder('h'), email: 'p0@example.com' }])
    const found = await toPromise(findUsers(provider(), addresses(100)))
    expect(found[0]).toMatchObject({ kind: 'found', user: { id: 'h' } })
    expect(found[1]).toMatchObject({ kind: 'failed', error: { _tag: 'PermissionDenied' } })
    expect([queries.length, listings.length, walked.length]).toEqual([1, 1, 1])
  })
})

describe('the number of requests for a page of Webex', () => {
  const provider = (userSource: 'licenses' | 'people') =>
    createWebexProvider({ ...withToken, userSource }, stillRuntime())
  const firstOf = async <A>(list: Paged<A>): Promise<Page<A>> => {
    for await (const page of list.pages()) if (E.isRight(page)) return page.right
    throw new Error('there is no page')
  }

  test('of the people that is gone on with is one, wherever it begins', async () => {
    const queries = servePeople(Array.from({ length: 2_500 }, (_, index) => person(`p${index}`)))
    let continuation: string | undefined
    const seen: string[] = []
    for (let page = 0; page < 26; page++) {
      const { items, ...next } = await firstOf(provider('people').listUsers({ pageSize: 100, continuation }))
      seen.push(...items.map(({ id }) => id))
      continuation = next.continuation
      if (continuation === undefined) break
    }
    expect(seen).toEqual(Array.from({ length: 2_500 }, (_, index) => `p${index}`))
    expect(queries).toHaveLength(25)
  })

  test('of the holders of a license that is gone on with is one, wherever it begins', async () => {
    const queries = serveHolders('L1', holders(700))
    const { continuation } = await firstOf(listHolders(provider('licenses'), 'L1', { pageSize: 50 }))
    const next = await firstOf(listHolders(provider('licenses'), 'L1', { pageSize: 50, continuation }))
    expect(next.items[0]?.userId).toBe('p00051')
    expect(queries).toHaveLength(2)
  })

  test.each(['licenses', 'people'] as const)('is no more for smaller pages of one iteration, by %s', async (source) => {
    const asked = [
      () => countLicenses(['L1']),
      () => serveHolders('L1', holders(700)),
      () => servePeople(Array.from({ length: 700 }, (_, index) => person(`p${index}`))),
    ].map((serve) => serve())
    let pages = 0
    for await (const page of provider(source).listUsers({ pageSize: 10 }).pages()) pages += E.isRight(page) ? 1 : 0
    expect(pages).toBe(70)
    expect(asked.map(({ length }) => length)).toEqual(source === 'licenses' ? [1, 3, 0] : [0, 0, 1])
  })
})
