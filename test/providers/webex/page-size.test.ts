import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { webexDefinition } from '../../../providers/webex/definition.ts'
import { createWebexProvider, type WebexConfig } from '../../../providers/webex/index.ts'
import { listHolders, type PageRequest } from '../../../src/provider-kit/index.ts'
import { timersThatGoByTurns } from '../../timers-that-stand-still.ts'
import { readList } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import { api, errorBody, holders, licenseRecord, nextLink, origin, person, withToken } from './webex-at-http.ts'

withoutNetwork()

const gatewayTimeout = [
  504,
  errorBody('The server did not respond in time. If your query uses max parameter, please try to reduce it.'),
] as const
const tooLarge = [413, errorBody('no')] as const

/** A list that fails where more rows are asked for than it bears, as a vendor's cursors go: by row. */
const serveWeak = (
  path: string,
  parameter: 'limit' | 'max',
  bodyOf: (rows: readonly unknown[]) => object,
  rows: readonly unknown[],
  bears: (from: number) => number,
  failure: readonly [number, unknown] | 'never' = gatewayTimeout,
): string[] => {
  const asked: string[] = []
  const partOf = (uri: string) => {
    const { searchParams } = new URL(uri, origin)
    const from = Number(searchParams.get('after') ?? 0)
    const size = Number(searchParams.get(parameter))
    return { from, size, isTooMuch: size > bears(from) }
  }
  nock(api)
    .persist()
    .get(path)
    .query(true)
    .reply((uri) => {
      const { from, size, isTooMuch } = partOf(uri)
      asked.push(`${from}+${size}${isTooMuch && failure === 'never' ? ' in vain' : ''}`)
      if (isTooMuch) return failure === 'never' ? new Promise(() => {}) : [failure[0], failure[1] as nock.Body]
      const to = from + size
      const next = `${origin}/v1${path}?${parameter}=${size}&after=${to}`
      return [200, bodyOf(rows.slice(from, to)) as nock.Body, to < rows.length ? nextLink(next) : {}]
    })
  return asked
}

const everybody = Array.from({ length: 1_100 }, (_, index) => person(`p${String(index).padStart(5, '0')}`))
const weakPeople = (bears: (from: number) => number, failure?: Parameters<typeof serveWeak>[5]) =>
  serveWeak('/people', 'max', (items) => ({ items }), everybody, bears, failure)
const weakHolders = (bears: (from: number) => number, failure?: Parameters<typeof serveWeak>[5]) =>
  serveWeak('/licenses/L1', 'limit', (users) => ({ ...licenseRecord('L1'), users }), holders(320), bears, failure)

const provider = (more: Partial<WebexConfig> = {}) =>
  createWebexProvider({ ...withToken, userSource: 'people', ...more } as WebexConfig, stillRuntime())

describe('a page of Webex that is too much for the vendor', () => {
  test('of people is asked for in halves after a 504, not five times, and the list is whole', async () => {
    const asked = weakPeople(() => 250)
    const { value, ledger } = await readList(provider().listUsers())
    expect(value.map(({ id }) => id)).toEqual(everybody.map(({ id }) => id))
    expect(ledger).toMatchObject({ items: 1_100, repeated: 0, gaps: [], verdict: 'unverifiable' })
    expect(asked).toEqual(['0+1000', '0+1000', '0+500', '0+500', '0+250', '250+250', '500+250', '750+250', '1000+250'])
  })

  test('of holders is asked for in halves after a 504', async () => {
    const asked = weakHolders(() => 100)
    const { value, ledger } = await readList(listHolders(provider(), 'L1'))
    expect(value).toHaveLength(320)
    expect(ledger).toMatchObject({ repeated: 0, gaps: [], verdict: 'unverifiable' })
    expect(asked).toEqual(['0+300', '0+300', '0+150', '0+150', '0+75', '75+75', '150+75', '225+75', '300+75'])
  })

  test('is asked for in halves after a 413, which is not asked for twice', async () => {
    const asked = weakHolders(() => 150, tooLarge)
    expect((await readList(listHolders(provider(), 'L1'))).value).toHaveLength(320)
    expect(asked).toEqual(['0+300', '0+150', '150+150', '300+150'])
  })

  test('is asked for in halves where no answer comes in time', async () => {
    const asked = weakHolders(() => 150, 'never')
    const list = listHolders(provider({ retry: { timeoutMs: 1_000 } }), 'L1')
    expect((await timersThatGoByTurns()(readList(list))).value).toHaveLength(320)
    expect(asked).toEqual(['0+300 in vain', '0+300 in vain', '0+150', '150+150', '300+150'])
  })

  test('in the middle of a list is asked for from the same row on, in the place of the size that the link names', async () => {
    const asked = weakHolders((from) => (from === 0 ? 300 : 100))
    const { value, ledger } = await readList(listHolders(provider(), 'L1'))
    expect(value).toHaveLength(320)
    expect(ledger).toMatchObject({ repeated: 0, verdict: 'unverifiable' })
    expect(asked).toEqual(['0+300', '300+300', '300+300', '300+150', '300+150', '300+75'])
  })

  test('however small it is asked for fails', async () => {
    const asked = weakHolders(() => 0)
    const { error } = await readList(listHolders(provider(), 'L1'))
    expect(error).toMatchObject({ _tag: 'Unavailable', status: 504 })
    expect(asked.filter((page) => page === '0+18')).toHaveLength(5)
    expect(asked.some((page) => Number(page.slice(2)) < 18)).toBe(false)
  })

  test('is not asked for with fewer rows after another failure', async () => {
    const asked = weakHolders(() => 0, [503, errorBody('no')])
    await readList(listHolders(provider(), 'L1'))
    expect(asked).toEqual(Array.from({ length: 5 }, () => '0+300'))
  })
})

describe('the page size of Webex', () => {
  const askedWith = async (pageSize: number | undefined, request: PageRequest) => {
    const config = pageSize === undefined ? {} : { pageSize }
    const people = weakPeople(() => 1_000)
    const held = weakHolders(() => 300)
    await readList(provider(config).listUsers(request))
    await readList(listHolders(provider(config), 'L1', request))
    return [people[0], held[0]]
  }

  test.each([
    [undefined, {}, ['0+1000', '0+300']],
    [50, {}, ['0+50', '0+50']],
    [500, {}, ['0+500', '0+300']],
    [5_000, {}, ['0+1000', '0+300']],
    [50, { pageSize: 7 }, ['0+50', '0+50']],
    [undefined, { pageSize: 7 }, ['0+1000', '0+300']],
  ])(
    'is %s in the configuration, within what the vendor gives, whatever a request says: %j',
    async (configured, request, asked) => {
      expect(await askedWith(configured, request)).toEqual(asked)
    },
  )

  test('is a setting', () => {
    expect(webexDefinition.settings).toHaveProperty('pageSize')
  })

  test('that was configured goes on where the next link does not name it', async () => {
    const asked: string[] = []
    nock(api)
      .persist()
      .get('/people')
      .query(true)
      .reply((uri) => {
        asked.push(new URL(uri, origin).search)
        const isFirst = !uri.includes('after')
        return [
          200,
          { items: [person(isFirst ? 'a' : 'b')] },
          isFirst ? nextLink(`${api}/people?max=null&after=Zg`) : {},
        ]
      })
    await readList(provider({ pageSize: 7 }).listUsers())
    expect(asked).toEqual(['?max=7', '?max=7&after=Zg'])
  })
})
