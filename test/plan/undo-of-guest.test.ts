import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { createWebexProvider } from '../../providers/webex/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { toPromise } from '../../src/contract/to-promise.ts'
import { applyPlan, applyUndo, createJournal, createPlan, createUndo, readJournal } from '../../src/plan/index.ts'
import { hastyClock } from '../../src/testing/index.ts'

/** Somebody outside of the organization is known by their licenses alone. */
test('a guest from whom a plan took the last license is given it back, and nobody else is kept from it', async () => {
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
  try {
    const provider = createWebexProvider(simulator.configuration, { clock })
    const removal = { source: 'test', action: 'remove' as const }
    const plan = await createPlan(provider, [
      { ...removal, user: 'gus', license: 'meetings' },
      { ...removal, user: 'ann', license: 'messaging' },
    ])()
    if (E.isLeft(plan)) throw new Error(JSON.stringify(plan.left))
    let text = ''
    const append = async (lines: string) => {
      text += lines
    }
    await applyPlan(plan.right, provider, { clock, journal: createJournal(append) })()
    expect(simulator.organization.licensesOf('gus')).toEqual([])

    const read = await readJournal(text)()
    if (E.isLeft(read) || read.right === undefined) throw new Error('the journal cannot be read')
    const state = read.right
    const undo = await toPromise(createUndo(state, provider))
    const undone = await applyUndo(undo, provider, { clock, journal: createJournal(append, { text }), state })()
    expect(undone).toMatchObject({ right: { complete: true, counts: { applied: 1, pending: 1, drifted: 0 } } })
    expect(simulator.organization.accountOf('gus').pendingLicenses).toEqual(['meetings'])
    expect(simulator.organization.licensesOf('ann')).toEqual(['messaging'])
  } finally {
    await simulator.destroy()
  }
})
