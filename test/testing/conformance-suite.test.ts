import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import {
  abilities,
  type ConformanceHarness,
  conformanceScenarios,
  disturbances,
  faultsOf,
  runnerOf,
  type TestRunner,
  testConformance,
  type World,
  worldFeatures,
} from '../../src/testing/index.ts'
import { inMemoryHarness } from './in-memory-harness.ts'
import { harnessOf, withPages } from './mutant.ts'

interface Report {
  readonly tests: Map<string, () => Promise<void>>
  readonly skipped: Map<string, string>
}

const report = (harness: ConformanceHarness): Report => {
  const tests = new Map<string, () => Promise<void>>()
  const skipped = new Map<string, string>()
  const runner: TestRunner = {
    test: (name, run) => {
      tests.set(name, run)
    },
    skip: (name, reason) => {
      skipped.set(name, reason)
    },
  }
  testConformance(runner, harness)
  return { tests, skipped }
}

const named = <A>(entries: ReadonlyMap<string, A>, part: string): A | undefined =>
  [...entries].find(([name]) => name.includes(part))?.[1]

/** A provider that lists a user whom the vendor does not have. */
const deviating: ConformanceHarness = {
  ...inMemoryHarness,
  serve: async (world, disturbance) => {
    const [first] = world.users
    const users = first === undefined ? [] : [...world.users, { ...first, id: 'user-invented' }]
    return inMemoryHarness.serve({ ...world, users }, disturbance)
  },
}

describe('the conformance suite', () => {
  test('skips a scenario that the harness cannot set, with the reason, and does not pass it', () => {
    const { tests, skipped } = report({ ...inMemoryHarness, unsupported: { totalMoves: 'it gives no total' } })
    expect(named(skipped, 'paging/totalMoves')).toBe('totalMoves: it gives no total')
    expect(named(tests, 'paging/totalMoves')).toBeUndefined()
  })

  test('leaves what the vendor cannot have out of the world', async () => {
    const served: string[] = []
    const harness: ConformanceHarness = {
      ...inMemoryHarness,
      unsupported: { externalUser: 'it has no guests' },
      serve: async (world, disturbance) => {
        served.push(...world.users.map(({ id }) => id))
        return inMemoryHarness.serve(world, disturbance)
      },
    }
    await named(report(harness).tests, 'users/truth')?.()
    expect(served).toContain('user-inactive')
    expect(served).not.toContain('user-external')
  })

  test('gives the world the ids that the vendor needs', async () => {
    const harness: ConformanceHarness = {
      ...inMemoryHarness,
      licenseId: (id) => `L:${id}`,
      userId: (id) => `U:${id}`,
    }
    const broken: string[] = []
    for (const scenario of conformanceScenarios(harness)) {
      if (scenario.skip !== undefined) continue
      await scenario.run().catch((thrown: unknown) => broken.push(`${scenario.id}: ${thrown}`))
    }
    expect(broken).toEqual([])
  })

  test('runs a known deviation, names it with its reason, and passes while it is one', async () => {
    const { tests } = report({ ...deviating, knownDeviations: { 'users/truth': 'invents people' } })
    const run = named(tests, 'KNOWN DEVIATION: invents people')
    await expect(run?.()).resolves.toBeUndefined()
  })

  test('fails a known deviation that is none any more', async () => {
    const { tests } = report({ ...inMemoryHarness, knownDeviations: { 'users/truth': 'invents people' } })
    await expect(named(tests, 'users/truth')?.()).rejects.toThrow('take it out of knownDeviations')
  })

  test('refuses a deviation from a scenario that there is not', () => {
    const harness = { ...inMemoryHarness, knownDeviations: { 'users/lies': 'misspelt' } }
    expect(() => conformanceScenarios(harness)).toThrow('there is no scenario "users/lies"')
  })

  test('refuses an opt-out without a reason', () => {
    expect(() => conformanceScenarios({ ...inMemoryHarness, unsupported: { totalMoves: ' ' } })).toThrow(
      'needs a reason',
    )
    expect(() => conformanceScenarios({ ...inMemoryHarness, knownDeviations: { 'users/truth': '' } })).toThrow(
      'needs a reason',
    )
  })

  test('does not let a harness leave out the changes that the provider can make', async () => {
    const { tests, skipped } = report({
      ...inMemoryHarness,
      unsupported: { changing: 'it is tedious', totalMoves: undefined },
    })
    expect(named(skipped, 'paging/totalMoves')).toBeUndefined()
    expect(named(skipped, 'changing/applied')).toBe('changing: it is tedious')
    await expect(named(tests, 'description/changing')?.()).rejects.toThrow('the harness declares it unsupported')
  })

  test('fails every scenario of changing where the method is missing', async () => {
    const harness: ConformanceHarness = {
      ...inMemoryHarness,
      serve: async (world, disturbance) => {
        const served = await inMemoryHarness.serve(world, disturbance)
        const { changeAssignments: _, ...provider } = served.provider
        return { ...served, provider }
      },
    }
    const scenarios = conformanceScenarios(harness).filter(({ id }) => id.startsWith('changing/'))
    for (const { run, skip } of scenarios) {
      if (skip === undefined) await expect(run()).rejects.toThrow('the provider has no method changeAssignments')
    }
  })

  test('clears the stage away after a scenario that fails', async () => {
    let stopped = 0
    const harness: ConformanceHarness = {
      ...deviating,
      serve: async (world, disturbance) => ({
        ...(await deviating.serve(world, disturbance)),
        stop: () => {
          stopped++
        },
      }),
    }
    await expect(named(report(harness).tests, 'users/truth')?.()).rejects.toThrow('user-invented')
    expect(stopped).toBe(1)
  })

  test('has one id for each scenario, and a scenario for every disturbance, every feature of the world and every ability', () => {
    const everything = { ...disturbances, ...worldFeatures, ...abilities }
    const scenarios = conformanceScenarios({ ...inMemoryHarness, unsupported: everything })
    expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length)
    const reasons = scenarios.flatMap(({ skip }) => skip?.split('; ') ?? [])
    for (const requirement of Object.keys(everything)) {
      expect(
        reasons.some((reason) => reason.startsWith(requirement)),
        requirement,
      ).toBe(true)
    }
  })

  test('does not pass a harness that does not count the requests under way', async () => {
    const harness: ConformanceHarness = {
      ...inMemoryHarness,
      serve: async (world, disturbance) => {
        const { maximumInFlight: _, ...served } = await inMemoryHarness.serve(world, disturbance)
        return served
      },
    }
    await expect(named(report(harness).tests, 'paging/read-ahead')?.()).rejects.toThrow('does not count the requests')
  })

  test('holds a provider to the requests under way that its harness allows', async () => {
    const { tests } = report({ ...inMemoryHarness, maximumInFlight: 0 })
    await expect(named(tests, 'paging/read-ahead')?.()).rejects.toThrow('1 requests were under way at once, 0 are')
  })

  test('gives a directory that comes too late for the shortest deadline a longer one', async () => {
    const lateDirectory = withPages(async function* (steps, { deadlineMs = Number.POSITIVE_INFINITY }) {
      for await (const step of steps) {
        if (deadlineMs > 100 || E.isLeft(step)) yield step
        else yield E.right({ ...step.right, items: step.right.items.map((user) => ({ ...user, status: 'unknown' })) })
      }
    })
    await named(report(harnessOf({ mutate: lateDirectory })).tests, 'lists/deadline-goes-on')?.()
  })

  test('hands a runner of the usual shape the reason in the name of the skipped test', () => {
    const names: string[] = []
    const run = Object.assign((name: string) => names.push(name), {
      skip: (name: string) => names.push(`skip ${name}`),
    })
    const runner = runnerOf(run)
    runner.test('a', async () => {})
    runner.skip('b', 'no reason at all')
    expect(names).toEqual(['a', 'skip b (skipped: no reason at all)'])
  })
})

describe('the organization of the suite', () => {
  test('has the licenses of a vendor whose catalog is fixed', async () => {
    const served: World[] = []
    const harness: ConformanceHarness = {
      ...inMemoryHarness,
      licenseId: (id) => `vendor-${id}`,
      asInCatalog: ({ id }) => (id === 'vendor-license-second' ? { name: 'Of the vendor', requires: [] } : {}),
      serve: (world, ...others) => {
        served.push(world)
        return inMemoryHarness.serve(world, ...others)
      },
    }
    await named(report(harness).tests, 'licenses/truth')?.()
    const second = served[0]?.licenses.find(({ id }) => id === 'vendor-license-second')
    expect(second).toMatchObject({ name: 'Of the vendor', requires: [], siteUrl: 'meet.example.com' })
    expect(served[0]?.licenses[0]).toMatchObject({ id: 'vendor-license-main', name: 'Main' })
  })

  test('has several operations that change assignments, and each of them is struck', () => {
    const api = { path: '/seats' }
    const changes = [
      { method: 'POST', path: '/a' },
      { method: 'DELETE', path: '/b' },
    ]
    const where = { api, pages: api, firstPage: api, secondPage: api, changes, refusal: { status: 403, body: {} } }
    for (const disturbance of ['lostAnswer', 'changesDenied', 'silentChange'] as const) {
      expect(faultsOf(disturbance, where).map(({ match }) => match)).toEqual(changes)
    }
    expect(faultsOf('rateLimitedOnce', where).map(({ match }) => match)).toEqual(
      [{}, ...changes].map((match) => ({ ...match, times: 1 })),
    )
    expect(() => faultsOf('lostAnswer', { ...where, changes: undefined })).toThrow('`changes`')
  })
})
