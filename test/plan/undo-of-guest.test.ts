import * as E from 'fp-ts/lib/Either.js'
import { expect, onTestFinished, test } from 'vitest'
import { createWebexProvider } from '../../providers/webex/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { toPromise } from '../../src/contract/to-promise.ts'
import {
  applyPlan,
  applyUndo,
  createJournal,
  createPlan,
  createUndo,
  type Intent,
  readJournal,
} from '../../src/plan/index.ts'
import { hastyClock } from '../../src/testing/index.ts'

/** Users outside of the organization are known by their licenses alone. */
const organization = async () => {
  const clock = hastyClock()
  const license = (id: string) => ({ id, name: id, totalUnits: 10, subscriptionId: 'Sub1' })
  const simulator = await startWebexSimulator({
    now: clock.now,
    world: {
      licenses: [license('meetings'), license('messaging')],
      people: [
        { id: 'ann', email: 'ann@example.com', licenses: ['messaging'] },
        { id: 'gus', email: 'gus@example.org', type: 'EXTERNAL', licenses: ['meetings'] },
      ],
    },
  })
  onTestFinished(simulator.destroy)
  const provider = createWebexProvider(simulator.configuration, { clock })
  let text = ''
  const append = async (lines: string) => {
    text += lines
  }
  const stateOf = async () => {
    const read = await readJournal(text)()
    if (E.isLeft(read) || read.right === undefined) throw new Error('the journal cannot be read')
    return read.right
  }
  return {
    simulator,
    apply: async (intents: readonly Intent[]) => {
      const plan = await toPromise(createPlan(provider, intents))
      return applyPlan(plan, provider, { clock, journal: createJournal(append) })()
    },
    undo: async () => {
      const state = await stateOf()
      const undo = await toPromise(createUndo(state, provider))
      return applyUndo(undo, provider, { clock, journal: createJournal(append, { text }), state })()
    },
  }
}

const source = 'test'

test('a guest from whom a plan took the last license is given it back, and no other user is kept from it', async () => {
  const { simulator, apply, undo } = await organization()
  await apply([
    { source, action: 'remove', user: 'gus', license: 'meetings' },
    { source, action: 'remove', user: 'ann', license: 'messaging' },
  ])
  expect(simulator.organization.licensesOf('gus')).toEqual([])

  expect(await undo()).toMatchObject({ right: { complete: true, counts: { applied: 1, pending: 1, drifted: 0 } } })
  expect(simulator.organization.accountOf('gus').pendingLicenses).toEqual(['meetings'])
  expect(simulator.organization.licensesOf('ann')).toEqual(['messaging'])
})

test('an invitation is taken back from a guest whom no list names any more, as another hand has taken the rest', async () => {
  const { simulator, apply, undo } = await organization()
  await apply([{ source, action: 'assign', user: 'gus', license: 'messaging' }])
  expect(simulator.organization.accountOf('gus').pendingLicenses).toEqual(['messaging'])
  simulator.organization.setLicenses('gus', [])

  expect(await undo()).toMatchObject({ right: { complete: true, counts: { applied: 1, drifted: 0 } } })
  expect(simulator.organization.accountOf('gus').pendingLicenses).toEqual([])
})
