import { describe, expect, test, vi } from 'vitest'
import { toPromise } from '../../src/contract/to-promise.ts'
import { type Clock, systemClock } from '../../src/paging/clock.ts'
import { applyPlan, applyUndo, createUndo, type Journal, type JournalEntry } from '../../src/plan/index.ts'
import { timersThatGoByTurns, timersThatStandStill } from '../timers-that-stand-still.ts'
import { stateOf } from './journal-text.ts'
import { assign, held, keptJournal, organization, planFor, remove } from './organization.ts'

/** Each plan is another one, as two runs of one are kept apart. */
let plans = 0
const ownTime = () => Date.now() - 1_000 * plans++

let onSilence = () => {}
const never = () => {
  onSilence()
  return new Promise<never>(() => {})
}

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

const MINUTE_MS = 60_000
/** What a journal may still take then. */
const GRACE_MS = 2_000

/** The end of a run by its deadline or by its signal, once its journal is silent; then the run has ended within the grace. */
const endedBy = async <A>(
  how: 'deadline' | 'signal',
  act: (bounds: { deadlineMs?: number; signal?: AbortSignal; clock: typeof systemClock }) => Promise<A>,
): Promise<A> => {
  const pass = timersThatStandStill()
  const silence = new Promise<void>((resolve) => (onSilence = resolve))
  const controller = new AbortController()
  let now = Date.now()
  let isOver = false
  const clock = { ...systemClock, now: () => now, elapsed: () => now }
  const bounds = how === 'deadline' ? { deadlineMs: MINUTE_MS } : { signal: controller.signal }
  const ended = act({ ...bounds, clock }).finally(() => {
    isOver = true
  })
  const later = (ms: number) => {
    now += ms
    return pass(ms)
  }
  await silence
  if (how === 'deadline') await later(MINUTE_MS)
  else controller.abort()
  for (let tookMs = 0; tookMs <= GRACE_MS && !isOver; tookMs += 50) await later(50)
  vi.useRealTimers()
  return ended
}

describe.each(['deadline', 'signal'] as const)(
  'a journal that does not answer holds nothing up beyond the caller’s %s',
  (how) => {
    const run = async (journal: Journal) => {
      const provider = organization()
      const plan = await planFor(provider, [remove('pro', 'bob'), assign('pro', 'ada')], ownTime())
      const result = await endedBy(how, (bounds) => applyPlan(plan, provider, { journal, ...bounds })())
      const again = await applyPlan(plan, provider, { journal: keptJournal() })()
      return { result, again, provider }
    }

    test('when it is begun: nothing is sent, and another run can begin', async () => {
      const { result, again } = await run(silentFrom('begin'))
      expect(result).toMatchObject({
        left: { _tag: 'JournalUnavailable', message: expect.stringContaining('did not answer') },
      })
      expect(again).toMatchObject({ right: { counts: { applied: 2 } } })
    })

    test('before the first request: nothing is sent, and the result says so', async () => {
      const { result, again } = await run(silentFrom('sending'))
      expect(result).toMatchObject({
        right: {
          complete: false,
          journalProblem: expect.stringContaining('did not answer'),
          counts: { notSent: 2 },
        },
      })
      expect(again).toMatchObject({ right: { counts: { applied: 2 } } })
    })

    test('after the first request: what was sent is known, and nothing more is sent', async () => {
      const { result } = await run(silentFrom('outcome'))
      expect(result).toMatchObject({
        right: {
          complete: false,
          journalProblem: expect.stringContaining('did not answer'),
          counts: { applied: 1, notSent: 1 },
        },
      })
    })

    test('at the end: all that was done is known', async () => {
      const { result } = await run(silentFrom('end'))
      expect(result).toMatchObject({
        right: { complete: false, verified: true, journalProblem: expect.anything(), counts: { applied: 2 } },
      })
    })

    test('when its lease is asked for: nothing is sent, and a lease that comes late is given back', async () => {
      let grant = (_: unknown) => {}
      let released = 0
      const lease = new Promise((resolve) => (grant = resolve))
      const acquire = () => {
        onSilence()
        return lease as never
      }
      const journal: Journal = { ...keptJournal(), acquire }
      const { result, provider } = await run(journal)
      expect(result).toMatchObject({ left: { _tag: 'JournalUnavailable' } })
      expect(await held(provider, 'bob')).toEqual(['basic'])
      grant({ kind: 'taken', release: async () => void released++ })
      await expect.poll(() => released).toBe(1)
    })

    test('when its lease is given back: the result stands', async () => {
      const acquire = async () => ({ kind: 'taken' as const, release: never })
      const { result, again } = await run({ ...keptJournal(), acquire })
      expect(result).toMatchObject({ right: { complete: true, counts: { applied: 2 } } })
      expect(again).toMatchObject({ right: { counts: { alreadySo: 2 } } })
    })

    test('when a plan is taken back: nothing is sent', async () => {
      const provider = organization()
      const plan = await planFor(provider, [remove('pro', 'bob')], ownTime())
      const kept = keptJournal()
      await applyPlan(plan, provider, { journal: kept })()
      const state = await stateOf(kept.entries)
      const undo = await toPromise(createUndo(state, provider))
      const journal = silentFrom('takingBack')
      const result = await endedBy(how, (bounds) => applyUndo(undo, provider, { journal, state, ...bounds })())
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
      await systemClock.sleep(100)
      if (entry.entry === 'outcome') controller.abort()
      await kept.append(entry)
    },
  }
  const result = await timersThatGoByTurns()(applyPlan(plan, provider, { journal: slow, signal: controller.signal })())
  expect(result).not.toHaveProperty('right.journalProblem')
  expect(kept.entries.map(({ entry }) => entry)).toEqual(expect.arrayContaining(['begin', 'sending', 'outcome', 'end']))
})

test('a lease that is never given back holds up a run that has neither signal nor deadline for five seconds', async () => {
  const provider = organization()
  const plan = await planFor(provider, [remove('pro', 'bob'), assign('pro', 'ada')], ownTime())
  const pass = timersThatStandStill()
  const silence = new Promise<void>((resolve) => (onSilence = resolve))
  const acquire = async () => ({ kind: 'taken' as const, release: never })
  const ended = applyPlan(plan, provider, { journal: { ...keptJournal(), acquire } })()
  await silence
  await pass(5_000)
  expect(await ended).toMatchObject({ right: { complete: true, counts: { applied: 2 } } })
})

test('those five seconds are those of the clock that the caller gives', async () => {
  const provider = organization()
  const plan = await planFor(provider, [remove('pro', 'bob')], ownTime())
  let pass = () => {}
  const clock: Clock = {
    ...systemClock,
    after: (ms, act) => {
      if (ms === 5_000) pass = act
      return () => {}
    },
  }
  timersThatStandStill()
  const silence = new Promise<void>((resolve) => (onSilence = resolve))
  const acquire = async () => ({ kind: 'taken' as const, release: never })
  const ended = applyPlan(plan, provider, { journal: { ...keptJournal(), acquire }, clock })()
  await silence
  pass()
  expect(await ended).toMatchObject({ right: { complete: true, counts: { applied: 1 } } })
})
