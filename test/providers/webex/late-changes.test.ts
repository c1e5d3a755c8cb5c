import { afterEach, describe, expect, test } from 'vitest'
import type { AssignmentOutcome } from '../../../src/provider-kit/index.ts'
import {
  assign,
  type Changing,
  meetings,
  messaging,
  peopleOf,
  person,
  remove,
  startChanging,
  worldOf,
} from './changing.ts'

let changing: Changing | undefined

afterEach(async () => {
  await changing?.simulator.destroy()
  changing = undefined
})

const PATCH = { method: 'PATCH', path: '/v1/licenses/users' }
const PERSON = { method: 'GET', path: '/v1/people/:personId' }

const results = (outcomes: readonly AssignmentOutcome[]) => outcomes.map(({ result }) => result)

/** Readings of one person show what they held before, until so long after now, and then what is so. */
const lagging = async ({ simulator, runtime }: Changing, before: readonly string[], ms: number): Promise<void> => {
  const until = runtime.clock.now() + ms
  simulator.faults.add({
    match: PERSON,
    effect: {
      kind: 'rewrite',
      rewrite: (answer) =>
        runtime.clock.now() < until
          ? { ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), licenses: before }) }
          : answer,
    },
  })
}

describe('a change that Webex says is done, and that readings show late', () => {
  test.each([
    [4_000, 'applied'],
    [30_000, 'applied'],
    [120_000, 'unknown'],
  ] as const)('by %i ms is %s, and is sent once', async (ms, result) => {
    changing = await startChanging({ world: worldOf([person('ann', messaging)]) })
    const { change, runtime, writes } = changing
    const began = runtime.clock.now()
    await lagging(changing, [messaging], ms)
    expect(results(await change([assign('ann', meetings), remove('ann', messaging)]))).toEqual([result, result])
    expect(runtime.clock.now() - began).toBeLessThanOrEqual(60_000)
    expect(writes()).toBe(1)
  })

  test('is accepted and not seen in the end, and a second run finds it', async () => {
    changing = await startChanging({ world: worldOf([person('ann')]) })
    const { change, runtime, writes } = changing
    await lagging(changing, [], 120_000)
    const [outcome] = await change([assign('ann')])
    expect(outcome).toMatchObject({
      result: 'unknown',
      reason: { message: expect.stringMatching(/^accepted, not seen yet/) },
    })
    runtime.advance(120_000)
    expect(results(await change([assign('ann')]))).toEqual(['alreadySo'])
    expect(writes()).toBe(1)
  })

  test('holds up no other: only it is read again', async () => {
    changing = await startChanging({ world: worldOf(peopleOf(4)) })
    const { outcomes, simulator, runtime } = changing
    const until = runtime.clock.now() + 4_000
    simulator.faults.add({
      match: { method: 'GET' },
      effect: {
        kind: 'rewrite',
        rewrite: (answer, { path }) =>
          path.endsWith('/user-2') && runtime.clock.now() < until
            ? { ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), licenses: [] }) }
            : answer,
      },
    })
    const told: string[] = []
    for await (const { change, result } of outcomes(peopleOf(4).map(({ id }) => assign(id)))) {
      expect(result).toBe('applied')
      told.push(change.userId)
    }
    expect(told.at(-1)).toBe('user-2')
  })
})

describe('a change whose answer is lost', () => {
  test.each([4_000, 30_000, 120_000])(
    'and that comes %i ms later is unknown, and found by a second run',
    async (ms) => {
      changing = await startChanging({ world: worldOf([person('ann')]), retry: { attempts: 1 } })
      const { change, runtime, simulator, writes } = changing
      await lagging(changing, [], ms)
      const lost = simulator.faults.add({ match: PATCH, effect: { kind: 'reset', carriedOut: true } })
      expect(results(await change([assign('ann')]))).toEqual(['unknown'])
      lost.remove()
      runtime.advance(ms)
      expect(results(await change([assign('ann')]))).toEqual(['alreadySo'])
      expect(writes()).toBe(1)
    },
  )
})

describe('what Webex does besides', () => {
  test('is told with the change whose answer shows it', async () => {
    changing = await startChanging({ world: worldOf([person('ann', messaging), person('bob', messaging)]) })
    const { change, simulator } = changing
    simulator.faults.add({
      match: PATCH,
      effect: {
        kind: 'rewrite',
        rewrite: (answer, { body }) => {
          if (JSON.parse(body).personId !== 'ann') return answer
          simulator.organization.setLicenses('ann', [meetings])
          return { ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), licenses: [meetings] }) }
        },
      },
    })
    const outcomes = await change([assign('ann', meetings), assign('bob', meetings)])
    expect(outcomes.map(({ result, implicit }) => [result, implicit])).toEqual([
      ['applied', { lost: [messaging], gained: [] }],
      ['applied', undefined],
    ])
  })

  test('is told where only the reading after it shows it', async () => {
    changing = await startChanging({ world: worldOf([person('ann', messaging)]) })
    const { change, simulator } = changing
    simulator.faults.add({
      match: PATCH,
      effect: {
        kind: 'rewrite',
        rewrite: (answer) => {
          simulator.organization.setLicenses('ann', [meetings])
          return answer
        },
      },
    })
    const [outcome] = await change([assign('ann', meetings)])
    expect(outcome).toMatchObject({ result: 'applied', implicit: { lost: [messaging], gained: [] } })
  })
})
