import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createWebexProvider } from '../../../providers/webex/index.ts'
import { createLicenseReport } from '../../../src/report/index.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import { api, holders, licenseRecord, person, serveHolders, servePeople, withToken } from './webex-at-http.ts'

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
