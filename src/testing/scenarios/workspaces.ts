import { isWhole, type LicenseError, type Paged, type PageRequest, type Workspace } from '../../provider-kit/index.ts'
import { difference } from '../difference.ts'
import { conformancePageSize } from '../disturbance.ts'
import { must } from '../must.ts'
import { inTime, iterate, mustBe, read, readWhole, settle } from '../readings.ts'
import type { ScenarioSpecification } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { compareUsers, compareWorkspaces } from '../truth.ts'

const paged = { pageSize: conformancePageSize }

const listOf = ({ provider }: Stage, request: PageRequest = {}): Paged<Workspace> => {
  must(provider.listWorkspaces !== undefined, 'the provider has no listWorkspaces')
  return provider.listWorkspaces(request)
}

/** With such a request, nothing comes, and nothing is asked. */
const refuses = async (stage: Stage, request: PageRequest, tag: LicenseError['_tag']): Promise<void> => {
  const { items, error } = await read(stage, listOf(stage, request))
  mustBe(error, [tag], 'listWorkspaces')
  must(items.length === 0, `${items.length} workspaces came`)
  must(stage.served.requests() === 0, `${stage.served.requests()} requests were made`)
}

const needs = ['workspaces'] as const

const failsWith = (
  disturbance: 'badCredentials' | 'permissionDenied',
  tag: LicenseError['_tag'],
  title: string,
): ScenarioSpecification => ({
  id: `workspaces/${disturbance}`,
  title,
  disturbance,
  needs,
  play: async (stage) => {
    const { error } = await read(stage, listOf(stage))
    mustBe(error, [tag], 'listWorkspaces')
    if (error?._tag !== 'PermissionDenied') return
    must(error.missing.length > 0, 'the error does not name what is missing')
  },
})

export const workspaceScenarios: readonly ScenarioSpecification[] = [
  {
    id: 'workspaces/truth',
    title: 'listWorkspaces lists every workspace once, with all licenses that it holds',
    needs,
    play: async (stage) => {
      const { items, ledger } = await readWhole(stage, listOf(stage, paged))
      compareWorkspaces(stage, items)
      must(isWhole(ledger), `the verdict is ${ledger.verdict}`)
      must(ledger.items === items.length, `the ledger counts ${ledger.items} items, ${items.length} were delivered`)
      for (const workspace of items) must(!('raw' in workspace), `workspace ${workspace.id} carries its record`)
    },
  },
  {
    id: 'workspaces/no-users',
    title: 'no workspace is in the list of users',
    needs,
    play: async (stage) => compareUsers(stage, (await readWhole(stage, stage.provider.listUsers())).items),
  },
  {
    id: 'workspaces/for-await',
    title: 'an iteration delivers the same workspaces as the pages, and each iteration asks again',
    needs,
    play: async (stage) => {
      const list = listOf(stage, paged)
      const { items, error } = await iterate(stage, list)
      must(error === undefined, `the iteration threw ${error?._tag}: ${error?.message}`)
      compareWorkspaces(stage, items)
      const before = stage.served.requests()
      compareWorkspaces(stage, (await iterate(stage, list)).items)
      must(stage.served.requests() > before, 'the second iteration asked nothing')
    },
  },
  {
    id: 'workspaces/page-size',
    title: 'no page size changes the list of workspaces, and pages are no longer than was asked for',
    needs,
    play: async (stage) => {
      for (const pageSize of [0, 1, 1_000_000]) {
        const { items, pages } = await readWhole(stage, listOf(stage, { pageSize }))
        compareWorkspaces(stage, items)
        const longest = Math.max(...pages.map((page) => page.items.length))
        must(longest <= Math.max(1, pageSize), `a page of ${longest} was delivered where ${pageSize} were asked for`)
      }
    },
  },
  {
    id: 'workspaces/continuation',
    title: 'the list of workspaces goes on from a continuation with exactly the rest',
    needs,
    play: async (stage) => {
      const { items, pages } = await readWhole(stage, listOf(stage, paged))
      must(pages.length > 1, 'there is one page only, so nothing can be resumed')
      let before = 0
      for (const page of pages.slice(0, -1)) {
        before += page.items.length
        const { continuation } = page
        must(continuation !== undefined, 'a page in the middle cannot be resumed from')
        const rest = await readWhole(stage, listOf(stage, { ...paged, continuation }))
        const found = difference(rest.items, items.slice(before), 'the rest')
        must(found === undefined, found ?? '')
      }
      must(pages.at(-1)?.continuation === undefined, 'the last page can be resumed from')
      const foreign = await read(stage, listOf(stage, { continuation: 'https://elsewhere.example/next?page=2' }))
      must(foreign.error !== undefined && foreign.items.length === 0, 'a continuation of no list was followed')
    },
  },
  {
    id: 'workspaces/stopping',
    title: 'a list of workspaces asks nothing before it is read, after it was left, or when its time is over',
    needs,
    play: async (stage) => {
      const { served } = stage
      listOf(stage).pages()[Symbol.asyncIterator]()
      await settle()
      must(served.requests() === 0, `${served.requests()} requests were made before the list was read`)
      await refuses(stage, { signal: AbortSignal.abort() }, 'Aborted')
      await refuses(stage, { deadlineMs: 0 }, 'DeadlineExceeded')
      const stopAtFirst = async () => {
        for await (const _ of listOf(stage, paged)) break
      }
      await inTime(stopAtFirst(), 'stopping')
      const before = served.requests()
      await settle()
      must(served.requests() === before, `${served.requests() - before} requests were made after the caller stopped`)
    },
  },
  failsWith('badCredentials', 'AuthenticationFailed', 'a list of workspaces with wrong credentials fails'),
  failsWith('permissionDenied', 'PermissionDenied', 'a list of workspaces without the permission fails, and names it'),
]
