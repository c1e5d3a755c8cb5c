import { describe, expect, test } from 'vitest'
import { toPromise } from '../../src/contract/to-promise.ts'
import { applyPlan, applyUndo, createUndo, type Journal, type JournalEntry } from '../../src/plan/index.ts'
import { stateOf } from './journal-text.ts'
import { assign, held, keptJournal, organization, planFor, remove } from './organization.ts'

/** Each plan is another one, as two runs of one are kept apart. */
let plans = 0
const ownTime = () => Date.now() - 1_000 * plans++

const never = () => new Promise<never>(() => {})

/** A journal that does not answer any more from its entry of that kind on. */
const silentFrom = (entry: JournalEntry['entry']): Journal & { readonly entries: JournalEntry[] } => {
  const kept = keptJournal()
  let isSilent = false
  return {
    ...kept,
    append: (one) => {
      isSilent ||= one.entry === entry
      return isSilent ? never() : kept.append(one)
    },
  }
}

/** Ends a run by its deadline, or by its signal, after a moment. */
const ends: readonly (readonly [string, () => { deadlineMs?: number; signal?: AbortSignal }])[] = [
  ['deadline', () => ({ deadlineMs: 150 })],
  ['signal', () => ({ signal: AbortSignal.timeout(150) })],
]

describe.concurrent.each(ends)(
  'a journal that does not answer holds nothing up beyond the caller’s %s',
  (_, bounds) => {
    const run = async (journal: Journal) => {
      const provider = organization()
      const plan = await planFor(provider, [remove('pro', 'bob'), assign('pro', 'ada')], ownTime())
      const began = performance.now()
      const result = await applyPlan(plan, provider, { journal, ...bounds() })()
      const tookMs = performance.now() - began
      const again = await applyPlan(plan, provider, { journal: keptJournal() })()
      return { result, tookMs, again, provider }
    }
    const soon = 4_000

    test('when it is begun: nothing is sent, and another run can begin', async () => {
      const { result, tookMs, again } = await run(silentFrom('begin'))
      expect(result).toMatchObject({
        left: { _tag: 'JournalUnavailable', message: expect.stringContaining('did not answer') },
      })
      expect(tookMs).toBeLessThan(soon)
      expect(again).toMatchObject({ right: { counts: { applied: 2 } } })
    })

    test('before the first request: nothing is sent, and the result says so', async () => {
      const { result, tookMs, again } = await run(silentFrom('sending'))
      expect(result).toMatchObject({
        right: {
          complete: false,
          journalProblem: expect.stringContaining('did not answer'),
          counts: { notSent: 2 },
        },
      })
      expect(tookMs).toBeLessThan(soon)
      expect(again).toMatchObject({ right: { counts: { applied: 2 } } })
    })

    test('after the first request: what was sent is known, and nothing more is sent', async () => {
      const { result, tookMs } = await run(silentFrom('outcome'))
      expect(result).toMatchObject({
        right: {
          complete: false,
          journalProblem: expect.stringContaining('did not answer'),
          counts: { applied: 1, notSent: 1 },
        },
      })
      expect(tookMs).toBeLessThan(soon)
    })

    test('at the end: all that was done is known', async () => {
      const { result, tookMs } = await run(silentFrom('end'))
      expect(result).toMatchObject({
        right: { complete: false, verified: true, journalProblem: expect.anything(), counts: { applied: 2 } },
      })
      expect(tookMs).toBeLessThan(soon)
    })

    test('when its lease is asked for: nothing is sent, and a lease that comes late is given back', async () => {
      let grant = (_: unknown) => {}
      let released = 0
      const lease = new Promise((resolve) => (grant = resolve))
      const journal: Journal = { ...keptJournal(), acquire: () => lease as never }
      const { result, tookMs, provider } = await run(journal)
      expect(result).toMatchObject({ left: { _tag: 'JournalUnavailable' } })
      expect(tookMs).toBeLessThan(soon)
      expect(await held(provider, 'bob')).toEqual(['basic'])
      grant({ kind: 'taken', release: async () => void released++ })
      await expect.poll(() => released).toBe(1)
    })

    test('when its lease is given back: the result stands', async () => {
      const acquire = async () => ({ kind: 'taken' as const, release: never })
      const { result, tookMs, again } = await run({ ...keptJournal(), acquire })
      expect(result).toMatchObject({ right: { complete: true, counts: { applied: 2 } } })
      expect(tookMs).toBeLessThan(soon)
      expect(again).toMatchObject({ right: { counts: { alreadySo: 2 } } })
    })

    test('when a plan is taken back: nothing is sent', async () => {
      const provider = organization()
      const plan = await planFor(provider, [remove('pro', 'bob')], ownTime())
      const kept = keptJournal()
      await applyPlan(plan, provider, { journal: kept })()
      const state = await stateOf(kept.entries)
      const undo = await toPromise(createUndo(state, provider))
      const result = await applyUndo(undo, state, provider, { journal: silentFrom('takingBack'), ...bounds() })()
      expect(result).toMatchObject({ right: { journalProblem: expect.anything(), counts: { notSent: 1 } } })
      expect(await held(provider, 'bob')).toEqual(['basic'])
    })
  },
)

test('what was done by the end of a run is still written down by a journal that takes a moment', async () => {
  const provider = organization()
  const plan = await planFor(provider, [remove('pro', 'bob'), assign('pro', 'ada')], ownTime())
  const controller = new AbortController()
  const kept = keptJournal()
  const slow: Journal = {
    append: async (entry) => {
      await new Promise((resolve) => setTimeout(resolve, 100))
      if (entry.entry === 'outcome') controller.abort()
      await kept.append(entry)
    },
  }
  const result = await applyPlan(plan, provider, { journal: slow, signal: controller.signal })()
  expect(result).not.toHaveProperty('right.journalProblem')
  expect(kept.entries.map(({ entry }) => entry)).toEqual(expect.arrayContaining(['begin', 'sending', 'outcome', 'end']))
})
