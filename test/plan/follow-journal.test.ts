import { describe, expect, test } from 'vitest'
import {
  type ApplyProgress,
  applyUndo,
  createUndo,
  followJournal,
  isLicenseException,
  type JournalEntry,
  type Plan,
  toPromise,
} from '../../src/index.ts'
import { hastyClock } from '../../src/testing/index.ts'
import { stateOf } from './journal-text.ts'
import { applied, assign, keptJournal, license, organization, planFor, remove } from './organization.ts'

const world = { licenses: [license('basic'), license('pro')] }

/** What the journal tells somebody who reads it from the start. */
const toldBy = (plan: Plan, entries: readonly JournalEntry[]): readonly string[] => {
  const follow = followJournal(plan)
  return entries.flatMap((entry) => {
    const told = follow(entry)
    if (told === undefined) return []
    const { place, action, user, license: name, result, undo } = told
    return [`${place} ${action} ${name} ${user}: ${result}${undo ? ', taken back' : ''}`]
  })
}

describe('followJournal', () => {
  test('names the change of every outcome, and of taking it back', async () => {
    const provider = organization(world)
    const journal = keptJournal()
    const plan = await planFor(provider, [assign('pro', 'ada'), remove('pro', 'bob')])
    await applied(plan, provider, { journal })
    expect(toldBy(plan, journal.entries)).toEqual([
      '0 remove PRO bob@example.com: applied',
      '1 assign PRO ada@example.com: applied',
    ])
    const before = journal.entries.length
    const state = await stateOf(journal.entries)
    const undo = await toPromise(createUndo(state, provider))
    await toPromise(applyUndo(undo, provider, { journal, state, clock: hastyClock() }))
    expect([...toldBy(plan, journal.entries.slice(before))].sort()).toEqual([
      '0 assign PRO bob@example.com: applied, taken back',
      '1 remove PRO ada@example.com: applied, taken back',
    ])
  })

  test('tells of a run what `onChange` tells while it works: the change, its outcome, and the same key', async () => {
    const reason = { _tag: 'Conflict', provider: 'org', operation: 'changeAssignments', message: 'no seat' } as const
    const provider = organization({
      ...world,
      onRequest: ({ change }) => (change?.userId === 'ada' ? reason : undefined),
    })
    const journal = keptJournal()
    const plan = await planFor(provider, [assign('pro', 'ada'), remove('pro', 'bob'), remove('basic', 'bob')])
    const seen: ApplyProgress[] = []
    const onChange = (progress: ApplyProgress) => void seen.push(progress)
    await applied(plan, provider, { journal, onChange })
    const state = await stateOf(journal.entries)
    const undo = await toPromise(createUndo(state, provider))
    await toPromise(applyUndo(undo, provider, { journal, state, onChange, clock: hastyClock() }))
    const follow = followJournal(plan)
    expect(seen.map(({ change }) => change)).toEqual(journal.entries.flatMap((entry) => follow(entry) ?? []))
    expect(seen.map(({ done, total }) => [done, total])).toEqual([
      ...[1, 2, 3].map((done) => [done, 3]),
      ...[1, 2].map((done) => [done, 2]),
    ])
  })

  test('says why a change was refused, and names a seat that a user lost implicitly and gets back', async () => {
    const plan = await planFor(organization(world), [assign('pro', 'ada')])
    const reason = { _tag: 'Conflict', provider: 'org', operation: 'changeAssignments', message: 'no seat' } as const
    const follow = followJournal(plan)
    const refused = follow({ entry: 'outcome', change: 0, result: 'refused', reason })
    expect(refused).toMatchObject({ place: 0, action: 'assign', result: 'refused', reason })
    const lost = [
      { licenseId: 'free', license: 'FREE', free: true as const },
      { licenseId: 'basic', license: 'BASIC' },
    ]
    expect(follow({ entry: 'implicit', userId: 'ada', lost, gained: [] })).toBeUndefined()
    expect(follow({ entry: 'takenBack', change: 1, result: 'applied' })).toEqual({
      place: 1,
      action: 'assign',
      userId: 'ada',
      user: 'ada@example.com',
      licenseId: 'basic',
      license: 'BASIC',
      result: 'applied',
      undo: true,
    })
    expect(follow({ entry: 'outcome', change: 7, result: 'applied' })).toBeUndefined()
  })

  test.each([
    ['plan', () => followJournal({ changes: [] } as never)],
    [
      'entry',
      async () => followJournal(await planFor(organization(world), [assign('pro', 'ada')]))({ entry: 'odd' } as never),
    ],
  ])('throws where the %s is none', async (path, call) => {
    const thrown = await Promise.resolve()
      .then((): unknown => call())
      .catch((error: unknown) => error)
    const isAny = (failure: unknown): failure is { _tag: string; message: string; path: string } =>
      failure !== undefined
    expect(isLicenseException(thrown, isAny) && thrown.error).toMatchObject({ _tag: 'InvalidInput', path })
  })
})
