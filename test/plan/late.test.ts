import { describe, expect, onTestFinished, test } from 'vitest'
import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { createWebexProvider } from '../../providers/webex/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { toPromise } from '../../src/contract/to-promise.ts'
import type { LicenseProvider } from '../../src/index.ts'
import { applyPlan, applyUndo, createUndo, type Plan } from '../../src/plan/index.ts'
import { worldOf as genesysWorld } from '../providers/genesys/changing.ts'
import { type StillRuntime, stillRuntime } from '../providers/still-runtime.ts'
import { meetings, messaging, person, worldOf as webexWorld } from '../providers/webex/changing.ts'
import { stateOf } from './journal-text.ts'
import { assign, keptJournal, planFor } from './organization.ts'

interface Late {
  readonly provider: LicenseProvider
  readonly runtime: StillRuntime
  /** What is to be given, and to whom. */
  readonly license: string
  readonly user: string
  readonly holdings: () => readonly string[]
  readonly writes: () => number
}

/** The vendor says yes; what the user holds shows it so long after now. */
const vendors: Readonly<Record<string, (lateMs: number) => Promise<Late>>> = {
  'Genesys Cloud': async (lateMs) => {
    const simulator = await startGenesysSimulator({ world: genesysWorld(1, ['plain']) })
    onTestFinished(() => simulator.destroy())
    const still = stillRuntime()
    const arrivesAt = still.clock.now() + lateMs
    let isOnItsWay = true
    // From then on it is so, whatever is read.
    const arrive = () => {
      if (!isOnItsWay || still.clock.now() < arrivesAt) return
      isOnItsWay = false
      simulator.organization.setLicenses('user-1', ['plain', 'better'])
    }
    const sleep: StillRuntime['clock']['sleep'] = async (ms) => {
      await still.clock.sleep(ms)
      arrive()
    }
    const advance = (ms: number) => {
      still.advance(ms)
      arrive()
    }
    const runtime = { ...still, clock: { ...still.clock, sleep }, advance }
    simulator.writes.add({ match: { times: 1 }, effect: { kind: 'ignore' } })
    return {
      provider: createGenesysProvider(simulator.configuration, runtime),
      runtime,
      license: 'better',
      user: 'user-1',
      holdings: () => [...simulator.organization.licensesOf('user-1')].sort(),
      writes: () => simulator.requests.count({ method: 'POST', path: '/api/v2/license/organization' }),
    }
  },
  Webex: async (lateMs) => {
    const simulator = await startWebexSimulator({ world: webexWorld([person('ann', messaging)]) })
    onTestFinished(() => simulator.destroy())
    const runtime = stillRuntime()
    const until = runtime.clock.now() + lateMs
    simulator.faults.add({
      match: { method: 'GET', path: '/v1/people/:personId' },
      effect: {
        kind: 'rewrite',
        rewrite: (answer) =>
          runtime.clock.now() < until
            ? { ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), licenses: [messaging] }) }
            : answer,
      },
    })
    return {
      provider: createWebexProvider({ ...simulator.configuration, userSource: 'people' }, runtime),
      runtime,
      license: meetings,
      user: 'ann',
      holdings: () => [...simulator.organization.licensesOf('ann')].sort(),
      writes: () => simulator.requests.count({ method: 'PATCH' }),
    }
  },
}

const start = async (name: string, lateMs: number) => {
  const late = await vendors[name]?.(lateMs)
  if (late === undefined) throw new Error(`no such vendor: ${name}`)
  const { provider, runtime, license, user } = late
  const { clock } = runtime
  const plan = await planFor(provider, [assign(license, user)], clock.now())
  const journal = keptJournal()
  const before = late.holdings()
  const state = () => stateOf(journal.entries)
  const apply = async (of: Plan, isFirst: boolean) => {
    const result = await applyPlan(of, provider, { journal, clock, state: isFirst ? undefined : await state() })()
    if (result._tag === 'Left') throw new Error(JSON.stringify(result.left))
    return result.right
  }
  const undo = async () => {
    const known = await state()
    const result = await applyUndo(await toPromise(createUndo(known, provider)), provider, {
      journal,
      clock,
      state: known,
    })()
    if (result._tag === 'Left') throw new Error(JSON.stringify(result.left))
    return result.right
  }
  return { ...late, before, first: () => apply(plan, true), again: () => apply(plan, false), undo }
}

describe.each(Object.keys(vendors))('%s takes a change on and shows it late', (name) => {
  test.each([4_000, 30_000])('by %i ms: it is applied, sent once, and taken back by undo', async (lateMs) => {
    const { first, undo, writes, holdings, before } = await start(name, lateMs)
    expect(await first()).toMatchObject({ complete: true, verified: true, counts: { applied: 1 } })
    expect(writes()).toBe(1)
    expect(await undo()).toMatchObject({ complete: true })
    expect(holdings()).toEqual(before)
  })

  test('by 120,000 ms: it is not known; a second apply settles it as ours, and undo takes it back', async () => {
    const { first, again, undo, writes, runtime, holdings, before } = await start(name, 120_000)
    const early = await first()
    expect(early).toMatchObject({ complete: false, verified: true, counts: { unknown: 1 } })
    expect(early.changes[0]).toMatchObject({ reason: { message: expect.stringMatching(/^accepted, not seen yet/) } })
    runtime.advance(120_000)
    expect(await again()).toMatchObject({ complete: true, counts: { applied: 1 } })
    expect(writes()).toBe(1)
    expect(await undo()).toMatchObject({ complete: true, counts: { applied: 1 } })
    expect(holdings()).toEqual(before)
  })

  test('by 120,000 ms: undo takes it back when it has arrived, and says so where it has not', async () => {
    const { first, undo, writes, runtime, holdings, before } = await start(name, 120_000)
    await first()
    const early = await undo()
    expect(early).toMatchObject({ complete: false, counts: { unknown: 1 } })
    expect(early.changes[0]).toMatchObject({ reason: { message: expect.stringContaining('undo again') } })
    expect(writes()).toBe(1)
    runtime.advance(120_000)
    expect(await undo()).toMatchObject({ complete: true, counts: { applied: 1 } })
    expect(holdings()).toEqual(before)
    expect(writes()).toBe(2)
  })
})
