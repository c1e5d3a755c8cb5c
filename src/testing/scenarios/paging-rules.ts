import {
  isWhole,
  type Ledger,
  type LicensedUser,
  type LicenseError,
  type PageRequest,
} from '../../provider-kit/index.ts'
import { difference } from '../difference.ts'
import {
  conformancePageSize,
  type Disturbance,
  disturbances,
  undecodablePageCount,
  unspeakable,
} from '../disturbance.ts'
import { must } from '../must.ts'
import { iterate, mustBe, type Reading, read, readWhole } from '../readings.ts'
import type { ScenarioSpecification } from '../scenario.ts'
import { onStage, type Stage } from '../stage.ts'
import { compareSomeUsers, compareUsers } from '../truth.ts'

const paged = { pageSize: conformancePageSize }

/** No vendor accepts as many. */
const HUGE_PAGE_SIZE = 1_000_000

/** Ten pages in a row may bring nothing, and the eleventh is an error. */
const MAX_EMPTY_PAGES = 11

const mustBePartial = (ledger: Ledger | undefined, tags: readonly LicenseError['_tag'][]): void => {
  must(ledger?.verdict === 'partial', `the list failed to fail, and its verdict is ${ledger?.verdict}`)
  const causes = ledger.gaps.flatMap(({ error }) => (error === undefined ? [] : [error._tag]))
  must(ledger.gaps.length > 0, 'the list is partial and names no gap')
  must(
    causes.every((tag) => tags.includes(tag)),
    `the gaps name ${causes.join(', ')}, not ${tags.join(' or ')}`,
  )
}

/** A page was lost: the list failed with it, or went on and says so. */
const mustBeHonest = (
  stage: Stage,
  { items, error, ledger }: Reading<LicensedUser>,
  tags: readonly LicenseError['_tag'][],
): void => {
  compareSomeUsers(stage, items)
  if (error === undefined) mustBePartial(ledger, tags)
  else mustBe(error, tags, 'the list')
}

const losesAPage = (disturbance: Disturbance, tags: readonly LicenseError['_tag'][]): ScenarioSpecification => ({
  id: `paging/${disturbance}`,
  title: `${disturbances[disturbance]} is a failure or a gap, and never a list that looks complete`,
  disturbance,
  play: async (stage) => {
    mustBeHonest(stage, await read(stage, stage.provider.listUsers(paged)), tags)
    const { error } = await iterate(stage, stage.provider.listUsers(paged))
    mustBe(error, [...tags, 'Incomplete'], 'the iteration')
  },
})

/** What the whole list of users takes where nothing goes wrong. */
const requestsOfTheList = async ({ harness }: Stage): Promise<number> => {
  let requests = 0
  await onStage(harness, undefined, async (undisturbed) => {
    await readWhole(undisturbed, undisturbed.provider.listUsers(paged))
    requests = undisturbed.served.requests()
  })
  return requests
}

const losesNothing = (
  disturbance: Disturbance,
  id = `paging/${disturbance}`,
  request: PageRequest = paged,
  title = `with ${disturbances[disturbance]}, no row is lost`,
): ScenarioSpecification => ({
  id,
  title,
  disturbance,
  play: async (stage) => {
    const { items, ledger } = await readWhole(stage, stage.provider.listUsers(request))
    compareUsers(stage, items)
    must(isWhole(ledger), `the verdict is ${ledger.verdict}`)
  },
})

export const pagingScenarios: readonly ScenarioSpecification[] = [
  losesNothing('emptyPageInTheMiddle'),
  losesNothing('noPageCount'),
  losesNothing('smallerPagesThanAsked'),
  losesNothing(
    'smallerPagesThanAsked',
    'paging/page-size-above-limit',
    { pageSize: HUGE_PAGE_SIZE },
    'with a page size above the vendor’s limit, no row is lost',
  ),
  losesAPage('endlessEmptyPages', ['InvalidResponse']),
  {
    id: 'paging/patience',
    title: 'empty pages without end are given up after eleven in a row',
    disturbance: 'endlessEmptyPages',
    play: async (stage) => {
      const { pages } = await read(stage, stage.provider.listUsers(paged))
      const empty = pages.filter(({ items }) => items.length === 0).length
      must(empty <= MAX_EMPTY_PAGES, `${empty} empty pages were delivered`)
      const spent = stage.served.requests()
      const allowed = (await requestsOfTheList(stage)) + MAX_EMPTY_PAGES + stage.maximumInFlight
      must(spent <= allowed, `${spent} requests were made, ${allowed} are enough`)
    },
  },
  losesAPage('repeatedToken', ['InvalidResponse']),
  losesAPage('emptyToken', ['InvalidResponse']),
  losesAPage('unreadablePage', ['InvalidResponse']),
  losesAPage('failingPage', ['Unavailable']),
  losesAPage('goneAfterPageOne', ['NotFound', 'InvalidResponse', 'RequestRejected', 'Unavailable']),
  {
    id: 'paging/foreignNextLink',
    title: 'a next link to another origin is refused before anything is sent there',
    disturbance: 'foreignNextLink',
    play: async (stage) => {
      const { provider, served } = stage
      must(served.foreignRequests !== undefined, 'the harness does not count the requests to the other origin')
      mustBeHonest(stage, await read(stage, provider.listUsers(paged)), ['Untrusted'])
      must(served.foreignRequests() === 0, 'the other origin got a request')
    },
  },
  {
    id: 'paging/repeatedRows',
    title: 'rows that come again on a later page are delivered once and counted',
    disturbance: 'repeatedRows',
    play: async (stage) => {
      const { items, ledger } = await readWhole(stage, stage.provider.listUsers(paged))
      compareUsers(stage, items)
      must(ledger.repeated > 0, 'the repeated rows are not in the ledger')
      must(ledger.items === items.length, `the ledger counts ${ledger.items} items, ${items.length} were delivered`)
    },
  },
  {
    id: 'paging/repeatedRowsOtherwise',
    title: 'a row that comes again with other licenses is not delivered again, and makes the list a mismatch',
    disturbance: 'repeatedRowsOtherwise',
    play: async (stage) => {
      const { items, ledger, contradicting } = await readWhole(stage, stage.provider.listUsers(paged))
      compareUsers(stage, items)
      must(ledger.repeated > 0, 'the repeated row is not in the ledger')
      must(ledger.verdict === 'mismatch', `the verdict is ${ledger.verdict}`)
      const [again] = contradicting
      const first = stage.world.users.find(({ id }) => id === again?.id)
      must(first !== undefined && contradicting.length === 1, 'the page does not carry the repeated row')
      must(
        again?.licenseIds.join() !== first.licenseIds.join(),
        'the row has come again with the licenses of the first one',
      )
      const iterated = await iterate(stage, stage.provider.listUsers(paged))
      compareUsers(stage, iterated.items)
      mustBe(iterated.error, ['Incomplete'], 'the iteration')
    },
  },
  {
    id: 'paging/totalMoves',
    title: 'a total that changes makes the list a mismatch, and an iteration throws Incomplete after the last item',
    disturbance: 'totalMoves',
    play: async (stage) => {
      const { items, ledger } = await readWhole(stage, stage.provider.listUsers(paged))
      compareUsers(stage, items)
      must(ledger.verdict === 'mismatch', `the verdict is ${ledger.verdict}`)
      const iterated = await iterate(stage, stage.provider.listUsers(paged))
      compareUsers(stage, iterated.items)
      mustBe(iterated.error, ['Incomplete'], 'the iteration')
    },
  },
  {
    id: 'paging/undecodableRecord',
    title: 'a record that cannot be decoded is a gap and is counted, and no other record is lost',
    disturbance: 'undecodableRecord',
    play: async (stage) => {
      const { items, ledger } = await readWhole(stage, stage.provider.listUsers(paged))
      compareUsers(stage, items)
      must(ledger.undecodable > 0, 'the record is not in the ledger')
      must(!JSON.stringify(ledger).includes(unspeakable), 'the ledger contains a value of the record')
      mustBePartial(ledger, [])
    },
  },
  {
    id: 'paging/undecodablePages',
    title: 'a record that cannot be decoded on more than ten pages in a row does not end the list',
    disturbance: 'undecodablePages',
    play: async (stage) => {
      const { items, ledger } = await readWhole(stage, stage.provider.listUsers(paged))
      compareUsers(stage, items)
      must(ledger.undecodable === undecodablePageCount, `the ledger counts ${ledger.undecodable} undecodable records`)
      must(!JSON.stringify(ledger).includes(unspeakable), 'the ledger contains a value of the records')
      mustBePartial(ledger, [])
    },
  },
  {
    id: 'paging/incomplete',
    title: 'an iteration of a partial list throws Incomplete after the last item',
    disturbance: 'undecodableRecord',
    play: async (stage) => {
      const { items, error } = await iterate(stage, stage.provider.listUsers(paged))
      compareUsers(stage, items)
      mustBe(error, ['Incomplete'], 'the iteration')
    },
  },
  {
    id: 'paging/allow-partial',
    title: 'an iteration of a partial list ends without an error if the caller allows it',
    disturbance: 'undecodableRecord',
    play: async (stage) => {
      const { items, error } = await iterate(stage, stage.provider.listUsers({ ...paged, allowPartial: true }))
      compareUsers(stage, items)
      must(error === undefined, `the iteration threw ${error?._tag}: ${error?.message}`)
    },
  },
  {
    id: 'paging/slowPages',
    title: 'late pages are delivered in order',
    disturbance: 'slowPages',
    play: async (stage) => {
      const { items } = await readWhole(stage, stage.provider.listUsers(paged))
      let expected: readonly LicensedUser[] = []
      await onStage(stage.harness, undefined, async (undisturbed) => {
        expected = (await readWhole(undisturbed, undisturbed.provider.listUsers(paged))).items
      })
      compareUsers(stage, items)
      const found = difference(
        items.map(({ id }) => id),
        expected.map(({ id }) => id),
        'the list',
      )
      must(found === undefined, found ?? '')
    },
  },
  {
    id: 'paging/read-ahead',
    title: 'a provider never has more requests under way than its limit, however many pages there are',
    disturbance: 'slowPages',
    needs: ['maximumInFlight'],
    play: async (stage) => {
      const { served, maximumInFlight: bound } = stage
      must(served.maximumInFlight !== undefined, 'the harness does not count the requests that are under way')
      const { items } = await readWhole(stage, stage.provider.listUsers({ pageSize: 1 }))
      compareUsers(stage, items)
      const found = served.maximumInFlight()
      must(found > 0, 'the harness counts no request under way')
      must(found <= bound, `${found} requests were under way at once, ${bound} are allowed`)
    },
  },
  {
    id: 'paging/unreadableDirectory',
    title: 'if the directory cannot be read, assignments stay exact, and the gap is in the ledger of the directory',
    disturbance: 'unreadableDirectory',
    play: async (stage) => {
      const { items, ledger, pages } = await readWhole(stage, stage.provider.listUsers(paged))
      const withoutRecords = stage.world.users.map((user) => ({ ...user, inDirectory: false }))
      compareUsers({ ...stage, world: { ...stage.world, users: withoutRecords } }, items)
      must(isWhole(ledger), `the verdict of the assignments is ${ledger.verdict}`)
      const directory = pages.at(-1)?.directory
      must(directory !== undefined, 'the list gives no account of the directory')
      must(directory.verdict === 'partial' && directory.gaps.length > 0, `the directory is ${directory.verdict}`)
    },
  },
]
