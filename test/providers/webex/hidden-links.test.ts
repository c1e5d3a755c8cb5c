import { describe, expect, test } from 'vitest'
import { createWebexProvider, type WebexConfig } from '../../../providers/webex/index.ts'
import { isWhole, listHolders, type Paged } from '../../../src/provider-kit/index.ts'
import { readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { api, holders, licenseRecord, nextLink, person, withToken } from './webex-at-http.ts'

interface Shown {
  readonly body: unknown
  readonly link?: string
}

/** As a browser shows answers from another origin: of their headers, those that the vendor exposes. */
const inBrowser =
  (type: Response['type'], answer: (url: URL) => Shown): typeof globalThis.fetch =>
  async (input) => {
    const { body, link } = answer(new URL(input instanceof Request ? input.url : input))
    const response = Response.json(body, link === undefined ? {} : { headers: { link } })
    return Object.defineProperty(response, 'type', { value: type })
  }

const providerOver = (fetch: typeof globalThis.fetch, pageSize?: number) =>
  createWebexProvider(
    { ...withToken, userSource: 'people', ...(pageSize === undefined ? {} : { pageSize }) } as WebexConfig,
    { ...stillRuntime(), fetch },
  )

const people = (count: number) => Array.from({ length: count }, (_, index) => person(`p${index}`))

const verdictOf = async (list: Paged<unknown>) => {
  const { value, ledger, error } = await readList(list)
  return { rows: value.length, isWhole: error === undefined && isWhole(ledger), reason: ledger.gaps[0]?.reason }
}

describe('in a browser that is not shown the Link header', () => {
  test.each([
    ['as was asked for', 1_000, undefined],
    ['as was asked for, few', 7, 7],
    ['as the vendor gives by itself', 100, undefined],
  ])('a page of as many people %s is not the end of a whole list', async (_, count, pageSize) => {
    const fetch = inBrowser('cors', () => ({ body: { items: people(count) } }))
    expect(await verdictOf(providerOver(fetch, pageSize).listUsers())).toEqual({
      rows: count,
      isWhole: false,
      reason: expect.stringContaining('browser'),
    })
  })

  test('a full page of holders is not the end of a whole list', async () => {
    const fetch = inBrowser('cors', () => ({ body: { ...licenseRecord('L1'), users: holders(300) } }))
    expect(await verdictOf(listHolders(providerOver(fetch), 'L1'))).toMatchObject({ rows: 300, isWhole: false })
  })

  test.each([0, 1, 99, 101, 999])('a page of %d people is the end', async (count) => {
    const fetch = inBrowser('cors', () => ({ body: { items: people(count) } }))
    expect(await verdictOf(providerOver(fetch).listUsers())).toMatchObject({ rows: count, isWhole: true })
  })

  test('any number of licenses is the end, as they come on one page', async () => {
    const items = Array.from({ length: 300 }, (_, index) => licenseRecord(`L${index}`))
    const fetch = inBrowser('cors', () => ({ body: { items } }))
    expect(await verdictOf(providerOver(fetch).listLicenses())).toMatchObject({ rows: 300, isWhole: true })
  })
})

describe('a full last page is the end', () => {
  test('in a browser that was shown the Link header of an earlier page', async () => {
    const fetch = inBrowser('cors', (url) =>
      url.searchParams.has('after')
        ? { body: { items: people(14).slice(7) } }
        : { body: { items: people(7) }, ...nextLink(`${api}/people?max=7&after=7`) },
    )
    expect(await verdictOf(providerOver(fetch, 7).listUsers())).toMatchObject({ rows: 14, isWhole: true })
  })

  test.each(['basic', 'default'] as const)(
    'where all headers are shown, as to Node or in the same origin: %s',
    async (type) => {
      const fetch = inBrowser(type, () => ({ body: { items: people(1_000) } }))
      expect(await verdictOf(providerOver(fetch).listUsers())).toMatchObject({ rows: 1_000, isWhole: true })
    },
  )
})
