import { describe, expect, it } from 'vitest'
import { type PlanHistory, readPlanHistory, toPromise } from '../../src/index.ts'
import { createJournal, type JournalEntry, type Plan } from '../../src/plan/index.ts'
import { oldLine } from './journal-text.ts'
import { assign, organization, planFor, remove } from './organization.ts'

/** Ada gets `pro`, Bob gives `pro` back: the places 1 and 0. */
const aPlan = (): Promise<Plan> => planFor(organization(), [assign('pro', 'ada'), remove('pro', 'bob')])

const START = Date.parse('2026-11-20T10:00:00.000Z')
const at = (minute: number): string => new Date(START + minute * 60_000).toISOString()

/** A journal with one entry a minute, from minute 0 on. */
const textOf = async (entries: readonly JournalEntry[]): Promise<string> => {
  let text = ''
  let minute = 0
  const append = async (lines: string) => {
    text += lines
  }
  const journal = createJournal(append, { now: () => START + minute * 60_000 })
  for (const entry of entries) {
    await journal.append(entry)
    minute++
  }
  return text
}

const historyOf = async (entries: readonly JournalEntry[]): Promise<PlanHistory> => {
  const history = await toPromise(readPlanHistory(await textOf(entries), { name: 'p.json' }))
  if (history === undefined) throw new Error('nothing was begun')
  return history
}

const end: JournalEntry = { entry: 'end', counts: {} }
const sending = (...changes: readonly number[]): JournalEntry => ({ entry: 'sending', changes })
const outcome = (
  change: number,
  result: 'applied' | 'alreadySo' | 'pending' | 'unknown' | 'refused',
): JournalEntry => ({
  entry: 'outcome',
  change,
  result,
})
const takenBack = (change: number, result: 'applied' | 'alreadySo'): JournalEntry => ({
  entry: 'takenBack',
  change,
  result,
})

const bobs = { userId: 'bob', licenseId: 'pro', action: 'remove' }
const adas = { userId: 'ada', licenseId: 'pro', action: 'assign' }

describe('the history of a plan', () => {
  it('has what was made, since when it was sent and when it was seen, and nothing that was not made', async () => {
    const plan = await aPlan()
    const history = await historyOf([
      { entry: 'begin', plan },
      sending(0),
      outcome(0, 'applied'),
      outcome(1, 'alreadySo'),
      end,
    ])
    expect(history).toEqual({
      name: 'p.json',
      hash: plan.hash,
      createdAt: plan.createdAt,
      provider: plan.provider,
      changes: [{ ...bobs, state: 'made', from: at(1), to: at(2) }],
      chained: true,
    })
    const refused = await historyOf([
      { entry: 'begin', plan },
      sending(0, 1),
      outcome(0, 'refused'),
      outcome(1, 'refused'),
      end,
    ])
    expect(refused.changes).toEqual([])
  })

  it('is unfinished where a run was killed, and takes what a later run finds for its own', async () => {
    const plan = await aPlan()
    const killed: readonly JournalEntry[] = [{ entry: 'begin', plan }, sending(0, 1), outcome(0, 'applied')]
    expect(await historyOf(killed)).toMatchObject({
      changes: [
        { ...bobs, state: 'made' },
        { ...adas, state: 'unknown', from: at(1) },
      ],
      unfinished:
        'its last run has not ended, and 1 change was sent and has no outcome; run the same command again to find out',
    })
    const resumed = await historyOf([...killed, { entry: 'resume', plan: plan.hash }, outcome(1, 'alreadySo'), end])
    expect(resumed.changes[1]).toEqual({ ...adas, state: 'made', from: at(1), to: at(4) })
    expect(resumed).not.toHaveProperty('unfinished')
  })

  it('says of a change with an unknown outcome that it has none', async () => {
    const plan = await aPlan()
    const history = await historyOf([
      { entry: 'begin', plan },
      sending(0, 1),
      outcome(0, 'unknown'),
      outcome(1, 'pending'),
      end,
    ])
    expect(history.changes.map(({ state }) => state)).toEqual(['unknown', 'pending'])
    expect(history.unfinished).toBe('1 change was sent and has no outcome; run the same command again to find out')
  })

  it('has each time that a change was made, and that it was taken back', async () => {
    const plan = await aPlan()
    const once: readonly JournalEntry[] = [sending(0), outcome(0, 'applied'), end]
    const again: JournalEntry = { entry: 'resume', plan: plan.hash }
    const history = await historyOf([
      { entry: 'begin', plan },
      ...once,
      again,
      { entry: 'takingBack', changes: [0] },
      takenBack(0, 'applied'),
      end,
      again,
      ...once,
    ])
    expect(history.changes).toEqual([
      { ...bobs, state: 'made', from: at(1), to: at(2) },
      { ...bobs, action: 'assign', state: 'made', from: at(5), to: at(6), undo: true },
      { ...bobs, state: 'made', from: at(9), to: at(10) },
    ])
  })

  it('takes no part in what another hand has taken back before undo', async () => {
    const plan = await aPlan()
    const history = await historyOf([
      { entry: 'begin', plan },
      sending(0, 1),
      outcome(0, 'applied'),
      end,
      { entry: 'resume', plan: plan.hash },
      takenBack(0, 'alreadySo'),
      // It was sent, and there is nothing of it.
      takenBack(1, 'alreadySo'),
      end,
    ])
    expect(history.changes).toEqual([{ ...bobs, state: 'made', from: at(1), to: at(2) }])
  })

  it('forgets nothing that an earlier run has made, whatever a later one could not do', async () => {
    const plan = await aPlan()
    const again: JournalEntry = { entry: 'resume', plan: plan.hash }
    const history = await historyOf([
      { entry: 'begin', plan },
      sending(0),
      outcome(0, 'applied'),
      end,
      again,
      outcome(0, 'refused'),
      end,
    ])
    expect(history.changes).toHaveLength(1)
    // What the vendor has undone within one run was not made.
    const undone = await historyOf([
      { entry: 'begin', plan },
      sending(0),
      outcome(0, 'applied'),
      outcome(0, 'refused'),
      end,
    ])
    expect(undone.changes).toEqual([])
  })

  it('has what the vendor changed in addition, and the undo of it', async () => {
    const plan = await aPlan()
    const history = await historyOf([
      { entry: 'begin', plan },
      sending(1),
      outcome(1, 'applied'),
      { entry: 'implicit', userId: 'ada', lost: [{ licenseId: 'basic', license: 'BASIC' }], gained: [] },
      end,
      { entry: 'resume', plan: plan.hash },
      { entry: 'takingBack', changes: [2] },
      takenBack(2, 'applied'),
      end,
    ])
    const basic = { userId: 'ada', licenseId: 'basic' }
    expect(history.changes.slice(1)).toEqual([
      { ...basic, action: 'remove', state: 'made', from: at(1), to: at(3), implicit: true },
      { ...basic, action: 'assign', state: 'made', from: at(6), to: at(7), undo: true },
    ])
  })

  it('is none where nothing was begun, and fails as the journal does', async () => {
    expect(await toPromise(readPlanHistory('', { name: 'p.json' }))).toBeUndefined()
    const text = await textOf([{ entry: 'begin', plan: await aPlan() }, sending(0), outcome(0, 'applied'), end])
    expect(
      await readPlanHistory(text.replace('"result":"applied"', '"result":"refused"'), { name: 'p' })(),
    ).toMatchObject({
      left: { _tag: 'Tampered', what: 'journal' },
    })
    expect(await readPlanHistory('{"more":1}', { name: 'p' })()).toMatchObject({ left: { _tag: 'InvalidInput' } })
    expect(await readPlanHistory(text, JSON.parse('{}'))()).toMatchObject({
      left: { _tag: 'InvalidInput', path: 'name' },
    })
  })

  it('does not believe a plan that was changed, or a time that is none, in a journal without checksums', async () => {
    const plan = await aPlan()
    const changed = { ...plan, createdAt: '2020-01-01T00:00:00.000Z' }
    expect(await readPlanHistory(oldLine({ entry: 'begin', plan: changed }), { name: 'p' })()).toMatchObject({
      left: { _tag: 'Tampered', what: 'plan' },
    })
    const old = oldLine({ entry: 'begin', plan })
    expect(await toPromise(readPlanHistory(old, { name: 'p' }))).toMatchObject({ chained: false })
    expect(await readPlanHistory(old.replace('2026-11-20T10:00:00.000Z', 'noon'), { name: 'p' })()).toMatchObject({
      left: { message: 'line 1: expected an entry with its time' },
    })
  })
})
