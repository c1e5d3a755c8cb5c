import type { AttemptEvent, Paged, ProgressEvent, TransportEvent } from '../../provider-kit/index.ts'
import { conformancePageSize, type Disturbance } from '../disturbance.ts'
import { must } from '../must.ts'
import { read, readWhole, run, runRight } from '../readings.ts'
import type { ScenarioSpecification } from '../scenario.ts'
import { onStage, type Stage } from '../stage.ts'
import { compareUsers } from '../truth.ts'

type Heard<T extends TransportEvent['type']> = Extract<TransportEvent, { readonly type: T }>

const paged = { pageSize: conformancePageSize }

const ofType = <T extends TransportEvent['type']>(events: readonly TransportEvent[], type: T): readonly Heard<T>[] =>
  events.filter((event): event is Heard<T> => event.type === type)

/** Plays before a host that hears of everything. */
const heard = (
  { harness }: Stage,
  disturbance: Disturbance | undefined,
  play: (stage: Stage, events: readonly TransportEvent[]) => Promise<void>,
): Promise<void> => {
  const events: TransportEvent[] = []
  return onStage(harness, disturbance, (stage) => play(stage, events), { onEvent: (event) => events.push(event) })
}

/** Everything that can be read, whatever comes of it. */
const readEverything = async (stage: Stage): Promise<void> => {
  const { provider, world } = stage
  await read(stage, provider.listLicenses())
  await read(stage, provider.listUsers(paged))
  if (provider.listHolders !== undefined) await read(stage, provider.listHolders(world.busiestLicenseId))
  if (provider.listWorkspaces !== undefined) await read(stage, provider.listWorkspaces())
  await run(stage, provider.getLicense(world.busiestLicenseId))
  for (const { id, email } of world.users.slice(0, 2)) {
    await run(stage, provider.getUser({ id }))
    if (email !== undefined) await run(stage, provider.getUser({ email }))
  }
}

const byRequest = (attempts: readonly AttemptEvent[]): ReadonlyMap<string, readonly AttemptEvent[]> => {
  const requests = new Map<string, AttemptEvent[]>()
  for (const attempt of attempts) requests.set(attempt.id, [...(requests.get(attempt.id) ?? []), attempt])
  return requests
}

const ISO_IN_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

const checkAttempt = ({ provider }: Stage, attempt: AttemptEvent): void => {
  const { operation, startedAt, milliseconds, status, failure, bytes } = attempt
  const mustBeSo = (condition: boolean, what: string) =>
    must(condition, `an attempt ${what}: ${JSON.stringify(attempt)}`)
  mustBeSo(attempt.provider === provider.id, `is not of the provider "${provider.id}"`)
  mustBeSo(operation !== '', 'has no operation')
  mustBeSo(ISO_IN_UTC.test(startedAt), 'does not say when it started')
  mustBeSo(milliseconds >= 0, 'does not say how long it took')
  mustBeSo(status !== undefined || failure !== undefined, 'has neither a status nor a failure')
  mustBeSo(Number.isInteger(bytes) && bytes >= 0, 'does not say how many bytes came')
}

/** The attempts at a request are numbered in their order, and are all of one operation. */
const checkNumbers = (attempts: readonly AttemptEvent[]): void => {
  for (const [id, of] of byRequest(attempts)) {
    const numbers = of.map(({ attempt }) => attempt).join(', ')
    must(
      of.every(({ attempt }, index) => attempt === index + 1),
      `the attempts at request ${id} are numbered ${numbers}`,
    )
    must(new Set(of.map(({ operation }) => operation)).size === 1, `request ${id} is one of several operations`)
  }
}

const progressOf = (events: readonly TransportEvent[], operation: ProgressEvent['operation']) =>
  ofType(events, 'progress').filter((event) => event.operation === operation)

/** What is told of one list while it is read. */
const checkList = async <A>(
  stage: Stage,
  events: readonly TransportEvent[],
  operation: ProgressEvent['operation'],
  list: Paged<A>,
): Promise<void> => {
  const before = events.length
  const { pages, ledger } = await readWhole(stage, list)
  const since = events.slice(before)
  const progress = progressOf(since, operation)
  const last = progress.at(-1)
  must(last !== undefined, `no progress of ${operation} is told`)
  const told = ofType(since, 'page').filter((page) => page.list === last.list)
  must(told.length === pages.length, `${told.length} of the ${pages.length} pages of ${operation} are told`)
  must(
    told.every(({ number }, index) => number === index + 1),
    `the pages of ${operation} are numbered ${told.map(({ number }) => number).join(', ')}`,
  )
  const items = told.reduce((sum, page) => sum + page.items, 0)
  must(items === ledger.items, `${items} of the ${ledger.items} items of ${operation} are told`)
  for (const [index, { items: found, pages: reads }] of progress.entries()) {
    const earlier = progress[index - 1]
    const goesOn = earlier === undefined || (found >= earlier.items && reads >= earlier.pages)
    must(goesOn, `the progress of ${operation} goes back`)
  }
  const end = `${last.items} items and ${last.pages} of ${last.expectedPages} pages`
  const isWhole = last.items === ledger.items && last.pages === ledger.pages && last.expectedPages === last.pages
  must(isWhole, `the progress of ${operation} ends with ${end}, and there are ${ledger.items} and ${ledger.pages}`)
}

/** No event has anything of a person, of an address or of a credential. */
const checkPrivacy = ({ world, served }: Stage, events: readonly TransportEvent[]): void => {
  const text = JSON.stringify(events)
  const lower = text.toLowerCase()
  must(!text.includes('://'), `an event has an address: ${/.{0,60}:\/\/.{0,60}/.exec(text)?.[0]}`)
  for (const secret of served.secrets) must(!text.includes(secret), 'an event has a credential')
  for (const { id, email, displayName } of world.users) {
    for (const own of [id, email, displayName]) {
      must(own === undefined || !lower.includes(own.toLowerCase()), `an event has something of a person: ${own}`)
    }
  }
}

export const eventScenarios: readonly ScenarioSpecification[] = [
  {
    id: 'events/attempts',
    title: 'the host hears of every request as one attempt',
    needs: ['events'],
    play: (outer) =>
      heard(outer, undefined, async (stage, events) => {
        await readEverything(stage)
        const attempts = ofType(events, 'attempt')
        const requests = stage.served.requests()
        must(attempts.length === requests, `${attempts.length} attempts are told of ${requests} requests`)
        for (const attempt of attempts) checkAttempt(stage, attempt)
        checkNumbers(attempts)
        const ids = byRequest(attempts).size
        must(ids === requests, `${requests} requests that were not repeated have ${ids} ids`)
      }),
  },
  {
    id: 'events/repeats',
    title: 'the host hears of the repeats of a request by its id, and of the waits before them',
    disturbance: 'rateLimitedOnce',
    needs: ['events'],
    play: (outer) =>
      heard(outer, 'rateLimitedOnce', async (stage, events) => {
        await readWhole(stage, stage.provider.listUsers(paged))
        const attempts = ofType(events, 'attempt')
        checkNumbers(attempts)
        const repeated = [...byRequest(attempts).values()].filter(({ length }) => length > 1)
        must(repeated.length > 0, 'no request was told to be repeated')
        must(ofType(events, 'wait').length > 0, 'no wait is told')
      }),
  },
  {
    id: 'events/pages',
    title: 'the host hears of the pages of every list, and how far it has come',
    needs: ['events'],
    play: (outer) =>
      heard(outer, undefined, async (stage, events) => {
        const { provider, world } = stage
        await checkList(stage, events, 'listLicenses', provider.listLicenses())
        await checkList(stage, events, 'listUsers', provider.listUsers())
        await checkList(stage, events, 'listUsers', provider.listUsers({ pageSize: 2 }))
        if (provider.listHolders !== undefined)
          await checkList(stage, events, 'listHolders', provider.listHolders(world.busiestLicenseId))
        if (provider.listWorkspaces !== undefined)
          await checkList(stage, events, 'listWorkspaces', provider.listWorkspaces())
      }),
  },
  {
    id: 'events/private',
    title: 'no event has an address, a credential or anything of a person',
    needs: ['events'],
    play: async (outer) => {
      await heard(outer, undefined, async (stage, events) => {
        await readEverything(stage)
        checkPrivacy(stage, events)
      })
    },
  },
  {
    id: 'events/host',
    title: 'a host that fails when it hears of something changes no result',
    needs: ['events'],
    play: ({ harness }) => {
      const onEvent = () => {
        throw new Error('the host fails')
      }
      const play = async (stage: Stage) => {
        compareUsers(stage, (await readWhole(stage, stage.provider.listUsers(paged))).items)
        await runRight(stage, stage.provider.getLicense(stage.world.busiestLicenseId), 'getLicense')
      }
      return onStage(harness, undefined, play, { onEvent })
    },
  },
]
