import { afterEach, describe, expect, test } from 'vitest'
import {
  assign,
  type Changing,
  type ChangingOptions,
  messaging,
  peopleOf,
  person,
  startChanging,
  worldOf,
} from './changing.ts'

let changing: Changing | undefined

const start = async (people: number, options: ChangingOptions = {}): Promise<Changing> => {
  changing = await startChanging({ world: worldOf(peopleOf(people)), ...options })
  return changing
}

afterEach(async () => {
  await changing?.simulator.destroy()
  changing = undefined
})

/** How often the list of people was asked for a page, and single people. */
const readings = ({ simulator }: Changing) => {
  const routes = simulator.requests.byRoute()
  return { pages: routes.get('GET /v1/people') ?? 0, people: routes.get('GET /v1/people/:personId') ?? 0 }
}

const resultsOf = async ({ change }: Changing, count: number): Promise<ReadonlySet<string>> => {
  const outcomes = await change(peopleOf(count).map(({ id }) => assign(id)))
  return new Set(outcomes.map(({ result }) => result))
}

const LIST = { method: 'GET', path: '/v1/people' }

describe('what users of Webex hold is read', () => {
  test('one by one where they are few', async () => {
    const started = await start(100)
    expect(await resultsOf(started, 3)).toEqual(new Set(['applied']))
    expect(readings(started)).toEqual({ pages: 0, people: 6 })
  })

  test('out of the list of people where they are many', async () => {
    const started = await start(200)
    expect(await resultsOf(started, 200)).toEqual(new Set(['applied']))
    // Before, between and after windows of 8, 16, 32, 64 and 80 users.
    expect(readings(started)).toEqual({ pages: 6, people: 0 })
  })

  test('one by one where the list has more pages than that would save', async () => {
    const started = await start(5_000)
    expect(await resultsOf(started, 24)).toEqual(new Set(['applied']))
    const { pages, people } = readings(started)
    expect(pages).toBeLessThanOrEqual(6)
    expect(people).toBeLessThanOrEqual(48)
  })

  test('one by one where the list is refused', async () => {
    const started = await start(40, { faults: [{ match: LIST, effect: { kind: 'status', status: 400 } }] })
    expect(await resultsOf(started, 40)).toEqual(new Set(['applied']))
    expect(readings(started).people).toBe(80)
  })

  test('no more once the scope is found to be missing: the answer decides', async () => {
    const started = await start(40, { scopes: ['spark-admin:people_write'] })
    expect(await resultsOf(started, 40)).toEqual(new Set(['applied']))
    expect(readings(started).people).toBe(0)
  })

  test('of users from outside by the answer alone, as they are not among the people', async () => {
    const started = await start(0, { world: worldOf([{ ...person('user-1', messaging), type: 'EXTERNAL' }]) })
    expect((await started.change([{ ...assign('user-1'), action: 'remove' }])).map(({ result }) => result)).toEqual([
      'applied',
    ])
    expect(started.simulator.organization.licensesOf('user-1')).toEqual([])
  })
})
