import * as E from 'fp-ts/lib/Either.js'
import { isWhole, type LicensedUser, type LicenseError, supportOf } from '../../provider-kit/index.ts'
import { difference } from '../difference.ts'
import { conformancePageSize } from '../disturbance.ts'
import { must } from '../must.ts'
import { iterate, mustBe, read, readWhole, settle, whenPassed, withLongerDeadlines } from '../readings.ts'
import type { ScenarioSpecification } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { compareLicenses, compareUser, compareUsers, isTold } from '../truth.ts'
import { type WorldFeature, worldFeatures, worldIds } from '../world.ts'

/** The requests of a page: its rows, what its rows left out, its users in the directory, and the deleted ones. */
const REQUESTS_OF_A_PAGE = 5

const findUser = async (stage: Stage, id: string): Promise<LicensedUser> => {
  const { items } = await readWhole(stage, stage.provider.listUsers())
  const found = items.find((user) => user.id === stage.userId(id))
  must(found !== undefined, `user ${id} is missing`)
  return found
}

/** Each feature of the world by itself, so that a failure names it. */
const userFeature = (
  feature: WorldFeature,
  id: string,
  check: (user: LicensedUser, stage: Stage) => void = () => {},
): ScenarioSpecification => ({
  id: `users/${feature}`,
  title: `${worldFeatures[feature]} is listed`,
  needs: [feature],
  play: async (stage) => {
    const found = await findUser(stage, id)
    const expected = stage.world.users.find((user) => user.id === stage.userId(id))
    if (expected !== undefined) compareUser(stage, found, expected)
    check(found, stage)
  },
})

const mayTell = ({ provider, harness }: Stage, field: 'kind' | 'status'): boolean =>
  isTold(supportOf(provider.capabilities, 'userFields', field)) && harness.untold?.userFields?.[field] === undefined

export const listScenarios: readonly ScenarioSpecification[] = [
  {
    id: 'licenses/truth',
    title: 'listLicenses lists every license of the vendor once, also one without holders',
    play: async (stage) => {
      const { items, ledger } = await readWhole(stage, stage.provider.listLicenses())
      compareLicenses(stage, items)
      must(isWhole(ledger), `the verdict is ${ledger.verdict}`)
    },
  },
  {
    id: 'users/truth',
    title: 'listUsers lists every user of the vendor once, with all licenses of the user',
    play: async (stage) => {
      const { items, ledger } = await readWhole(stage, stage.provider.listUsers())
      compareUsers(stage, items)
      must(isWhole(ledger), `the verdict is ${ledger.verdict}`)
    },
  },
  {
    id: 'users/for-await',
    title: 'an iteration delivers the same users as the pages, and ends without an error',
    play: async (stage) => {
      const { items, error } = await iterate(stage, stage.provider.listUsers({ pageSize: conformancePageSize }))
      must(error === undefined, `the iteration threw ${error?._tag}: ${error?.message}`)
      compareUsers(stage, items)
    },
  },
  {
    id: 'users/given-licenses',
    title: 'the users are the same if the caller hands over the licenses that it has just listed',
    play: async (stage) => {
      const { items: licenses } = await readWhole(stage, stage.provider.listLicenses())
      const { items } = await readWhole(stage, stage.provider.listUsers({ licenses }))
      compareUsers(stage, items)
    },
  },
  userFeature('licenseNotDefined', 'user-retired', (user, { licenseId }) =>
    must(user.licenseIds.includes(licenseId(worldIds.undefinedLicense)), 'the undefined license is not reported'),
  ),
  userFeature('userNotInDirectory', worldIds.notInDirectory, (user) =>
    must(user.status === 'unknown', `the status of a user without a directory record is ${user.status}`),
  ),
  userFeature('inactiveUser', worldIds.inactive),
  userFeature('deletedUser', worldIds.deleted),
  userFeature('externalUser', worldIds.external, (user, stage) =>
    must(user.kind === 'external' || !mayTell(stage, 'kind'), `an external user is ${user.kind}`),
  ),
  userFeature('userWithoutLicense', worldIds.withoutLicense),
  userFeature('pendingLicense', worldIds.pending),
  userFeature('prototypeIds', worldIds.prototype),
  {
    id: 'lists/page-size',
    title: 'a page size that the vendor would refuse is clamped, and no page size changes the list',
    play: async (stage) => {
      for (const pageSize of [0, 1, conformancePageSize, 1_000_000]) {
        const users = await readWhole(stage, stage.provider.listUsers({ pageSize }))
        compareUsers(stage, users.items)
        const licenses = await readWhole(stage, stage.provider.listLicenses({ pageSize }))
        compareLicenses(stage, licenses.items)
      }
    },
  },
  {
    id: 'lists/ledger',
    title: 'the numbers of the ledger add up, and the verdict is partial before the end',
    play: async (stage) => {
      const { items, pages, ledger } = await readWhole(
        stage,
        stage.provider.listUsers({ pageSize: conformancePageSize }),
      )
      must(ledger.items === items.length, `the ledger counts ${ledger.items} items, ${items.length} were delivered`)
      must(ledger.pages >= pages.length, `the ledger counts ${ledger.pages} pages, ${pages.length} were delivered`)
      must(ledger.undecodable === 0 && ledger.gaps.length === 0, 'the ledger names gaps where there are none')
      const total = ledger.total ?? items.length
      must(total === items.length, `the total is ${total}, ${items.length} were delivered`)
      let delivered = 0
      for (const page of pages) {
        delivered += page.items.length
        must(page.ledger.items === delivered, `the account after ${delivered} items counts ${page.ledger.items}`)
      }
      for (const page of pages.slice(0, -1)) {
        must(page.ledger.verdict === 'partial', `the verdict before the end is ${page.ledger.verdict}`)
      }
    },
  },
  {
    id: 'lists/json',
    title: 'licenses, users and ledgers are plain data',
    play: async (stage) => {
      const licenses = await readWhole(stage, stage.provider.listLicenses())
      const users = await readWhole(stage, stage.provider.listUsers())
      const all = { licenses: licenses.items, users: users.items, ledgers: [licenses.ledger, users.ledger] }
      const lost = difference(JSON.parse(JSON.stringify(all)), all)
      must(lost === undefined, `it does not survive JSON: ${lost}`)
    },
  },
  {
    id: 'lists/no-raw',
    title: 'the vendor’s records are not kept unless they are asked for',
    play: async (stage) => {
      const licenses = await readWhole(stage, stage.provider.listLicenses())
      const users = await readWhole(stage, stage.provider.listUsers())
      for (const item of [...licenses.items, ...users.items]) must(!('raw' in item), `${item.id} carries its record`)
    },
  },
  {
    id: 'lists/raw',
    title: 'the vendor’s records are kept when they are asked for',
    needs: ['raw'],
    play: async (stage) => {
      const licenses = await readWhole(stage, stage.provider.listLicenses({ includeRaw: true }))
      const users = await readWhole(stage, stage.provider.listUsers({ includeRaw: true }))
      compareLicenses(stage, licenses.items)
      compareUsers(stage, users.items)
      for (const item of [...licenses.items, ...users.items]) {
        must(item.raw !== undefined && item.raw !== null, `${item.id} does not carry its record`)
      }
    },
  },
  {
    id: 'lists/continuation',
    title: 'every page but the last has a continuation, which leads to exactly the rest',
    needs: ['continuation'],
    play: async (stage) => {
      const request = { pageSize: conformancePageSize }
      const { items, pages } = await readWhole(stage, stage.provider.listUsers(request))
      must(pages.length > 1, 'there is one page only, so nothing can be resumed')
      must(pages.at(-1)?.continuation === undefined, 'the last page can be resumed from')
      let before = 0
      for (const page of pages.slice(0, -1)) {
        before += page.items.length
        must(page.continuation !== undefined, 'a page in the middle cannot be resumed from')
        const { continuation } = page
        const rest = await readWhole(stage, stage.provider.listUsers({ ...request, continuation }))
        const found = difference(rest.items, items.slice(before), 'the rest')
        must(found === undefined, found ?? '')
        must(isWhole(rest.ledger), `the verdict of the rest is ${rest.ledger.verdict}`)
      }
    },
  },
  {
    id: 'lists/resumed-requests',
    title: 'a page by continuation costs few requests, however long the list is',
    needs: ['continuation'],
    play: async (stage) => {
      for (const pageSize of [conformancePageSize, 1]) {
        const { pages } = await readWhole(stage, stage.provider.listUsers({ pageSize }))
        const continuation = pages[Math.floor(pages.length / 2)]?.continuation
        const before = stage.served.requests()
        for await (const page of stage.provider.listUsers({ pageSize, continuation }).pages()) {
          must(E.isRight(page) && page.right.items.length > 0, 'the resumed list had no page')
          break
        }
        await settle()
        const spent = stage.served.requests() - before
        must(spent <= REQUESTS_OF_A_PAGE, `${spent} requests were made for one page, ${REQUESTS_OF_A_PAGE} are enough`)
      }
    },
  },
  {
    id: 'lists/page-size-requests',
    title: 'the page size of a call cuts the pages that are delivered, and costs no more requests',
    play: async (stage) => {
      const requestsFor = async (pageSize?: number) => {
        const before = stage.served.requests()
        const { items, pages } = await readWhole(stage, stage.provider.listUsers({ pageSize }))
        compareUsers(stage, items)
        return {
          requests: stage.served.requests() - before,
          largest: Math.max(...pages.map((page) => page.items.length)),
        }
      }
      await requestsFor()
      const { requests: enough } = await requestsFor()
      const { requests, largest } = await requestsFor(1)
      must(largest <= 1, `a page of ${largest} items was delivered where one was asked for`)
      must(requests <= enough, `${requests} requests were made for pages of one, ${enough} are enough`)
    },
  },
  {
    id: 'lists/deadline-goes-on',
    title: 'a continuation goes on where a deadline ended the list',
    needs: ['continuation'],
    play: async (stage) => {
      const { items: all } = await readWhole(stage, stage.provider.listUsers())
      let seen: readonly LicensedUser[] = []
      let continuation: string | undefined
      /** Reads on until the deadline, which passes after the first page. Returns how the list ended. */
      const readUntil = async (deadlineMs: number): Promise<LicenseError | undefined> => {
        const request = { pageSize: conformancePageSize, deadlineMs, continuation }
        const users = [...seen]
        let next: string | undefined
        let error: LicenseError | undefined
        let pages = 0
        for await (const page of stage.provider.listUsers(request).pages()) {
          if (E.isLeft(page)) error = page.left
          else {
            users.push(...page.right.items)
            next = page.right.continuation
            // Before others are read ahead, which come whatever the time is.
            if (++pages === 1) await whenPassed(deadlineMs)
          }
        }
        must(pages > 0, `no page came within ${deadlineMs} ms: ${error?._tag}`)
        // What a directory tells of users may have come too late for them.
        const found = difference(users, all.slice(0, users.length), 'the list')
        must(found === undefined, `${found}, within ${deadlineMs} ms`)
        seen = users
        continuation = next
        return error
      }
      // Twice, as the second reading is to come further than the first.
      for (let reading = 0; reading < 2; reading++) {
        let error: LicenseError | undefined
        await withLongerDeadlines(async (deadlineMs) => {
          error = await readUntil(deadlineMs)
        })
        mustBe(error, ['DeadlineExceeded'], 'the list')
      }
      must(continuation !== undefined, 'the last page before the deadline cannot be resumed from')
      const rest = await readWhole(stage, stage.provider.listUsers({ continuation }))
      const found = difference([...seen, ...rest.items], all, 'the list')
      must(found === undefined, found ?? '')
    },
  },
  {
    id: 'lists/not-resumable',
    title: 'a list of users that cannot be resumed has no continuation, and refuses one',
    play: async (stage) => {
      const { provider, served } = stage
      if (supportOf(provider.capabilities, 'operations', 'resumeUsers').support !== 'unsupported') return
      const { pages } = await readWhole(stage, provider.listUsers({ pageSize: conformancePageSize }))
      const given = pages.some(({ continuation }) => continuation !== undefined)
      must(!given, 'a page has a continuation, although the list cannot be resumed')
      const before = served.requests()
      const { error } = await read(stage, provider.listUsers({ continuation: '2' }))
      mustBe(error, ['Unsupported'], 'a list that is resumed')
      must(served.requests() === before, 'requests were made to resume a list that cannot be resumed')
    },
  },
  {
    id: 'lists/foreign-continuation',
    title: 'a continuation that the list did not give is refused',
    play: async (stage) => {
      for (const continuation of ['', 'nonsense', 'https://elsewhere.example/next?page=2']) {
        const { items, error } = await read(stage, stage.provider.listUsers({ continuation }))
        must(error !== undefined && items.length === 0, `the continuation "${continuation}" was followed`)
      }
    },
  },
]
