import { describe, expect, test } from 'vitest'
import { toPromise } from '../../src/contract/to-promise.ts'
import type { LicenseProvider } from '../../src/index.ts'
import { applyPlan, applyUndo, createUndo, type Journal, type JournalLease } from '../../src/plan/index.ts'
import { hastyClock } from '../../src/testing/index.ts'
import { stateOf } from './journal-text.ts'
import { assign, held, keptJournal, organization, planFor } from './organization.ts'

/** A store that several processes share: what they see of it is the same, and nothing else is. */
const sharedStore = () => {
  let holder: string | undefined
  const released: string[] = []
  const journalOf = (owner: string): Journal & { readonly entries: ReturnType<typeof keptJournal>['entries'] } => ({
    ...keptJournal(),
    acquire: async (plan): Promise<JournalLease> => {
      if (holder !== undefined) return { kind: 'held', by: `${holder} is at work with ${plan.slice(0, 6)}` }
      holder = owner
      return {
        kind: 'taken',
        release: async () => {
          holder = undefined
          released.push(owner)
        },
      }
    },
  })
  return { journalOf, released, take: (owner: string) => (holder = owner) }
}

/** A provider that waits with its first request until it is let go. */
const waiting = () => {
  let letGo = () => {}
  let begun = () => {}
  const gate = new Promise<void>((resolve) => (letGo = resolve))
  const hasBegun = new Promise<void>((resolve) => (begun = resolve))
  const sent: string[] = []
  const provider: LicenseProvider = organization({
    onRequest: async ({ change }) => {
      if (change !== undefined) sent.push(`${change.action} ${change.licenseId}`)
      begun()
      await gate
      return undefined
    },
  })
  return { provider, sent, letGo, hasBegun }
}

const clock = hastyClock()

describe('two runs of one plan at once', () => {
  test('in one process: one runs, the other is told so, whatever their journals are', async () => {
    const { provider, sent, letGo, hasBegun } = waiting()
    const plan = await planFor(organization(), [assign('pro', 'ada')])
    const first = applyPlan(plan, provider, { journal: keptJournal(), clock })()
    await hasBegun
    const second = await applyPlan(plan, provider, { journal: keptJournal(), clock })()
    expect(second).toMatchObject({ left: { _tag: 'AlreadyRunning', message: expect.stringContaining('wait until') } })
    letGo()
    expect(await first).toMatchObject({ right: { complete: true } })
    expect(sent).toEqual(['assign pro'])
    // When it has ended, another one may begin.
    expect(await applyPlan(plan, provider, { journal: keptJournal(), clock })()).toMatchObject({ _tag: 'Right' })
  })

  test('one of them takes it back: they are of one plan all the same', async () => {
    const { provider, letGo, hasBegun } = waiting()
    const plan = await planFor(organization(), [assign('pro', 'ada')])
    const state = await stateOf([
      { entry: 'begin', plan },
      { entry: 'sending', changes: [0] },
      { entry: 'outcome', change: 0, result: 'applied' },
    ])
    const first = applyPlan(plan, provider, { journal: keptJournal(), clock })()
    await hasBegun
    const undo = await toPromise(createUndo(state, provider))
    expect(await applyUndo(undo, provider, { journal: keptJournal(), clock, state })()).toMatchObject({
      left: { _tag: 'AlreadyRunning' },
    })
    letGo()
    await first
  })

  test('plans of their own do not wait for each other', async () => {
    const { provider, letGo, hasBegun } = waiting()
    const first = applyPlan(await planFor(organization(), [assign('pro', 'ada')]), provider, {
      journal: keptJournal(),
      clock,
    })()
    await hasBegun
    const other = await planFor(organization(), [assign('pro', 'cleo')])
    const free = organization()
    expect(await applyPlan(other, free, { journal: keptJournal(), clock })()).toMatchObject({ _tag: 'Right' })
    letGo()
    await first
  })
})

describe('the lease of an embedder’s own store', () => {
  test('is taken before anything is read and given back at the end, also where nothing could be read', async () => {
    const { journalOf, released } = sharedStore()
    const provider = organization()
    const plan = await planFor(provider, [assign('pro', 'ada')])
    await applyPlan(plan, provider, { journal: journalOf('one'), clock })()
    const failure = { _tag: 'Unavailable' as const, provider: 'p', operation: 'o', message: 'down', attempts: 1 }
    const closed = organization({ onRequest: () => failure })
    expect(await applyPlan(plan, closed, { journal: journalOf('two'), clock })()).toMatchObject({
      left: { _tag: 'Unreadable' },
    })
    expect(released).toEqual(['one', 'two'])
  })

  test('where another run has it, nothing is read, written or sent, and who has it is told', async () => {
    const { journalOf, take } = sharedStore()
    const requests: string[] = []
    const provider = organization({
      onRequest: ({ operation }) => {
        requests.push(operation)
        return undefined
      },
    })
    const plan = await planFor(organization(), [assign('pro', 'ada')])
    take('the other machine')
    const journal = journalOf('this one')
    expect(await applyPlan(plan, provider, { journal, clock })()).toMatchObject({
      left: { _tag: 'AlreadyRunning', message: 'the other machine is at work with sha256' },
    })
    expect([requests, journal.entries]).toEqual([[], []])
  })

  test('where the store fails, nothing is sent, and what it says is masked', async () => {
    const provider = organization()
    const plan = await planFor(provider, [assign('pro', 'ada')])
    const acquire = async () => Promise.reject(new Error('no lock for ada@example.com, password=hunter2'))
    const refused = await applyPlan(plan, provider, { journal: { ...keptJournal(), acquire }, clock })()
    expect(refused).toMatchObject({ left: { _tag: 'JournalUnavailable' } })
    expect(JSON.stringify(refused)).not.toMatch(/hunter2|ada@/)
    expect(await held(provider, 'ada')).toEqual(['basic'])
    expect(await applyPlan(plan, provider, { journal: keptJournal(), clock })()).toMatchObject({ _tag: 'Right' })
  })

  test.each([
    ['false', false],
    ['null', null],
    ['nothing', undefined],
    ['a lease that cannot be given back', { kind: 'taken' }],
    ['a holder without a name', { kind: 'held' }],
    ['another kind', { kind: 'busy', by: 'another machine' }],
  ])('what is no lease gives no right to run: %s', async (_, lease) => {
    const provider = organization()
    const plan = await planFor(provider, [assign('pro', 'ada')])
    const journal = keptJournal()
    const acquire = async () => lease as never
    expect(await applyPlan(plan, provider, { journal: { ...journal, acquire }, clock })()).toMatchObject({
      left: { _tag: 'JournalUnavailable', message: expect.stringContaining('expected a lease') },
    })
    expect([journal.entries, await held(provider, 'ada')]).toEqual([[], ['basic']])
  })

  test('a store that is an object of a class is asked for it too, also where a plan is taken back', async () => {
    class Store implements Journal {
      readonly asked: string[] = []
      async append() {}
      async acquire(plan: string): Promise<JournalLease> {
        this.asked.push(plan)
        return { kind: 'held', by: 'another machine' }
      }
    }
    const provider = organization()
    const plan = await planFor(provider, [assign('pro', 'ada')])
    const state = await stateOf([
      { entry: 'begin', plan },
      { entry: 'sending', changes: [0] },
      { entry: 'outcome', change: 0, result: 'applied' },
    ])
    const journal = new Store()
    const refused = { left: { _tag: 'AlreadyRunning', message: 'another machine' } }
    expect(await applyPlan(plan, provider, { journal, clock })()).toMatchObject(refused)
    expect(
      await applyUndo(await toPromise(createUndo(state, provider)), provider, { journal, clock, state })(),
    ).toMatchObject(refused)
    expect(journal.asked).toEqual([plan.hash, plan.hash])
  })

  test('a lease that cannot be given back costs nothing of what was done', async () => {
    const provider = organization()
    const plan = await planFor(provider, [assign('pro', 'ada')])
    const acquire = async (): Promise<JournalLease> => ({
      kind: 'taken',
      release: () => {
        throw new Error('gone')
      },
    })
    const done = await applyPlan(plan, provider, { journal: { ...keptJournal(), acquire }, clock })()
    expect(done).toMatchObject({ right: { complete: true } })
  })
})
