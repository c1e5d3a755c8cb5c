import * as E from 'fp-ts/lib/Either.js'
import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { createWebexProvider } from '../../providers/webex/index.ts'
import {
  createRequestBudget,
  type LicensedUser,
  type LicenseProvider,
  type Page,
} from '../../src/provider-kit/index.ts'
import {
  directory,
  directoryRecords,
  api as genesysApi,
  withToken as genesysToken,
  licensedRows,
  licenseUsers,
  serveListing,
} from './genesys/genesys-at-http.ts'
import { stillRuntime } from './still-runtime.ts'
import { person, servePeople, withToken as webexToken } from './webex/webex-at-http.ts'
import { withoutNetwork } from './without-network.ts'

withoutNetwork()

/** What a request takes, on the clock of the test. */
const REQUEST_MS = 100

/** A world in which every request takes its time, and is the only one under way. */
const slowRuntime = () => {
  const runtime = stillRuntime()
  const fetch: typeof globalThis.fetch = async (...request) => {
    runtime.advance(REQUEST_MS)
    return globalThis.fetch(...request)
  }
  return { ...runtime, fetch, budget: createRequestBudget({ concurrency: 1, ...runtime }) }
}

/** What readings with one short deadline bring, each gone on with where the one before has ended. */
const readInPieces = async (provider: LicenseProvider, deadlineMs: number, pageSize?: number) => {
  const readings: Page<LicensedUser>[][] = []
  const ends: (string | undefined)[] = []
  let continuation: string | undefined
  do {
    const pages: Page<LicensedUser>[] = []
    let end: string | undefined
    for await (const page of provider.listUsers({ continuation, deadlineMs, pageSize }).pages()) {
      if (E.isRight(page)) pages.push(page.right)
      else end = page.left._tag
    }
    const last = pages.at(-1)
    if (last === undefined) throw new Error(`a reading brought nothing: ${end}`)
    readings.push(pages)
    ends.push(end)
    continuation = last.continuation
  } while (continuation !== undefined && readings.length < 20)
  return { ends, users: readings.flat().flatMap(({ items }) => items) }
}

/** All readings but the last were ended by their deadline, and there were several. */
const mustEndBy = (ends: readonly (string | undefined)[]) => {
  expect(ends.length).toBeGreaterThan(1)
  expect(ends).toEqual([...ends.slice(1).map(() => 'DeadlineExceeded'), undefined])
}

describe('a list that a short deadline ends comes further with every reading', () => {
  test('of Genesys, where the directory alone takes longer', async () => {
    serveListing(licenseUsers, licensedRows(450))
    const records = directoryRecords(4_000)
    nock(genesysApi)
      .persist()
      .get(directory)
      .query(({ id }) => id !== undefined)
      .reply((uri) => {
        const ids = new Set(new URL(uri, genesysApi).searchParams.get('id')?.split(','))
        return [200, { entities: records.filter((record) => ids.has(String(Object(record).id))) } as nock.Body]
      })
    serveListing(directory, records)
    const { ends, users } = await readInPieces(createGenesysProvider(genesysToken, slowRuntime()), 4 * REQUEST_MS)
    mustEndBy(ends)
    expect(users.map(({ id }) => id)).toEqual(licensedRows(450).map(({ id }) => id))
  })

  test('of the people of Webex, by pages that are smaller than those of the vendor too', async () => {
    const people = Array.from({ length: 3_500 }, (_, index) => person(`p${index}`))
    servePeople(people)
    for (const pageSize of [undefined, 300]) {
      const provider = createWebexProvider({ ...webexToken, userSource: 'people' }, slowRuntime())
      const { ends, users } = await readInPieces(provider, 2 * REQUEST_MS, pageSize)
      expect(users.map(({ id }) => id)).toEqual(people.map(({ id }) => id))
      mustEndBy(ends)
    }
  })
})
