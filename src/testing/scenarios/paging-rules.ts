import { isWhole, type Ledger, type LicensedUser, type LicenseError } from '../../provider-kit/index.ts'
import { conformancePageSize, type Disturbance, disturbances, unspeakable } from '../disturbance.ts'
import { must } from '../must.ts'
import { iterate, mustBe, type Reading, read, readWhole } from '../readings.ts'
import type { ScenarioSpecification } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { compareSomeUsers, compareUsers } from '../truth.ts'

const paged = { pageSize: conformancePageSize }

/** More than the rules allow a vendor to spend on pages that bring nothing. */
const MAX_REQUESTS = 100

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
  title: `${disturbances[disturbance]} is a failure or a gap, and never a list that looks whole`,
  disturbance,
  play: async (stage) => {
    mustBeHonest(stage, await read(stage, stage.provider.listUsers(paged)), tags)
    must(stage.served.requests() < MAX_REQUESTS, `${stage.served.requests()} requests were made`)
    const { error } = await iterate(stage, stage.provider.listUsers(paged))
    mustBe(error, [...tags, 'Incomplete'], 'the iteration')
  },
})

const losesNothing = (disturbance: Disturbance): ScenarioSpecification => ({
  id: `paging/${disturbance}`,
  title: `${disturbances[disturbance]} costs nothing`,
  disturbance,
  play: async (stage) => {
    const { items, ledger } = await readWhole(stage, stage.provider.listUsers(paged))
    compareUsers(stage, items)
    must(isWhole(ledger), `the verdict is ${ledger.verdict}`)
  },
})

export const pagingScenarios: readonly ScenarioSpecification[] = [
  losesNothing('emptyPageInTheMiddle'),
  losesAPage('endlessEmptyPages', ['InvalidResponse']),
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
    id: 'paging/totalMoves',
    title: 'a total that moves makes the list a mismatch, and iterating it throws Incomplete after the last item',
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
    title: 'one record that cannot be decoded is counted and named, and costs no other',
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
    id: 'paging/incomplete',
    title: 'iterating a list that is not whole throws Incomplete after the last item',
    disturbance: 'undecodableRecord',
    play: async (stage) => {
      const { items, error } = await iterate(stage, stage.provider.listUsers(paged))
      compareUsers(stage, items)
      mustBe(error, ['Incomplete'], 'the iteration')
    },
  },
  {
    id: 'paging/allow-partial',
    title: 'iterating a list that is not whole ends quietly where that was asked for',
    disturbance: 'undecodableRecord',
    play: async (stage) => {
      const { items, error } = await iterate(stage, stage.provider.listUsers({ ...paged, allowPartial: true }))
      compareUsers(stage, items)
      must(error === undefined, `the iteration threw ${error?._tag}: ${error?.message}`)
    },
  },
  {
    id: 'paging/unreadableDirectory',
    title: 'a directory that cannot be read leaves the assignments exact, and is a gap in its own ledger',
    disturbance: 'unreadableDirectory',
    play: async (stage) => {
      const { items, ledger, pages } = await readWhole(stage, stage.provider.listUsers(paged))
      const nobodyKnown = stage.world.users.map((user) => ({ ...user, inDirectory: false }))
      compareUsers({ ...stage, world: { ...stage.world, users: nobodyKnown } }, items)
      must(isWhole(ledger), `the verdict of the assignments is ${ledger.verdict}`)
      const directory = pages.at(-1)?.directory
      must(directory !== undefined, 'the list gives no account of the directory')
      must(directory.verdict === 'partial' && directory.gaps.length > 0, `the directory is ${directory.verdict}`)
    },
  },
]
