import { expect, test } from 'vitest'
import { toPromise } from '../../src/contract/to-promise.ts'
import type { LicenseProvider } from '../../src/index.ts'
import { applyUndo, createUndo, failureLines, isLostForGood, type JournalState } from '../../src/plan/index.ts'
import { hastyClock } from '../../src/testing/index.ts'
import { stateOf } from './journal-text.ts'
import { applied, assign, held, keptJournal, organization, planFor, remove, swap, user } from './organization.ts'

const everything = [assign('pro', 'ada'), swap('basic', 'extra', 'bob'), remove('pro', 'bob'), assign('basic', 'cleo')]

const takeBack = async (provider: LicenseProvider, journal: ReturnType<typeof keptJournal>) => {
  const state = await stateOf(journal.entries)
  const undo = await toPromise(createUndo(state, provider))
  const result = await applyUndo(undo, provider, { journal, clock: hastyClock(), state })()
  if (result._tag === 'Left') throw new Error(failureLines(result.left).join('\n'))
  return { undo, result: result.right }
}

test('what was applied is taken back, and everybody holds what they held', async () => {
  const provider = organization()
  const journal = keptJournal()
  await applied(await planFor(provider, everything), provider, { journal })
  const { result } = await takeBack(provider, journal)
  expect(result).toMatchObject({ complete: true, counts: { applied: 5 } })
  expect(await held(provider, 'ada')).toEqual(['basic'])
  expect(await held(provider, 'bob')).toEqual(['basic', 'pro'])
  expect(await held(provider, 'cleo')).toEqual([])
})

test('what was so already, or refused, is not touched', async () => {
  const provider = organization({ users: [user('ada', ['basic']), user('bob', ['basic'])] })
  const journal = keptJournal()
  const plan = await planFor(provider, [assign('pro', 'ada'), assign('pro', 'bob')])
  for await (const _ of provider.changeAssignments?.([{ action: 'assign', userId: 'bob', licenseId: 'pro' }]) ?? []) {
    // Somebody else was faster.
  }
  await applied(plan, provider, { journal })
  await takeBack(provider, journal)
  expect(await held(provider, 'ada')).toEqual(['basic'])
  expect(await held(provider, 'bob')).toEqual(['basic', 'pro'])
})

test('what was so already when it was applied is not what a user has lost since', async () => {
  const provider = organization()
  const journal = keptJournal()
  const plan = await planFor(provider, [remove('basic', 'bob'), assign('extra', 'bob')])
  for await (const _ of provider.changeAssignments?.([{ action: 'remove', userId: 'bob', licenseId: 'basic' }]) ?? []) {
    // Somebody else was faster.
  }
  await applied(plan, provider, { journal })
  const { result } = await takeBack(provider, journal)
  expect(result).toMatchObject({ complete: true, counts: { applied: 1, drifted: 0 } })
  expect(await held(provider, 'bob')).toEqual(['pro'])
})

test('a second time there is nothing to take back, and the plan can be applied again', async () => {
  const provider = organization()
  const journal = keptJournal()
  const plan = await planFor(provider, everything)
  await applied(plan, provider, { journal })
  await takeBack(provider, journal)
  expect((await toPromise(createUndo(await stateOf(journal.entries), provider))).plan.changes).toEqual([])
  const result = await applied(plan, provider, { journal, state: await stateOf(journal.entries) })
  expect(result).toMatchObject({ complete: true, counts: { applied: 5 } })
})

test('taking back goes on where it was stopped', async () => {
  const provider = organization()
  const journal = keptJournal()
  await applied(await planFor(provider, everything), provider, { journal })
  const whole = journal.entries.length
  await takeBack(provider, journal)
  // All of it has reached the vendor, and what became of the last two requests was never written down.
  const told = journal.entries.filter(({ entry }, index) => index < whole || entry !== 'end')
  const stopped = keptJournal()
  const lastTwo = told.filter(({ entry }) => entry === 'takenBack').slice(-2)
  stopped.entries.push(...told.filter((entry) => !lastTwo.includes(entry)))
  const { result } = await takeBack(provider, stopped)
  expect(result).toMatchObject({ complete: true, counts: { applied: 2 } })
})

test('somebody who has changed since is left alone', async () => {
  const provider = organization()
  const journal = keptJournal()
  await applied(await planFor(provider, [assign('pro', 'ada')]), provider, { journal })
  for await (const _ of provider.changeAssignments?.([{ action: 'assign', userId: 'ada', licenseId: 'extra' }]) ?? []) {
    // By hand.
  }
  const { result } = await takeBack(provider, journal)
  expect(result.changes[0]).toMatchObject({ result: 'drifted', drift: 'the user holds EXTRA now' })
})

test('a swap of which another hand has taken the new license is not taken back: the user would get a seat', async () => {
  const provider = organization()
  const journal = keptJournal()
  await applied(await planFor(provider, [swap('basic', 'pro', 'ada')]), provider, { journal })
  for await (const _ of provider.changeAssignments?.([{ action: 'remove', userId: 'ada', licenseId: 'pro' }]) ?? []) {
    // By hand.
  }
  const { result } = await takeBack(provider, journal)
  const drift = 'the user holds PRO no more, so that there is nothing to swap'
  expect(result.changes).toMatchObject([
    { result: 'drifted', drift },
    { result: 'drifted', drift },
  ])
  expect(await held(provider, 'ada')).toEqual([])
})

test('a swap that stopped half way is taken back', async () => {
  const provider = organization({ users: [user('ada', [])] })
  const plan = await planFor(organization(), [swap('basic', 'pro', 'ada')])
  const journal = keptJournal()
  journal.entries.push(
    { entry: 'begin', plan },
    { entry: 'sending', changes: [0, 1] },
    { entry: 'outcome', change: 0, result: 'applied' },
  )
  const { result } = await takeBack(provider, journal)
  expect(result.counts).toMatchObject({ applied: 1, unknown: 1, drifted: 0 })
  expect(await held(provider, 'ada')).toEqual(['basic'])
})

test('what cannot be given back is named, also where it is not known whether it was taken', async () => {
  const provider = organization()
  const plan = await planFor(provider, [assign('pro', 'ada'), assign('pro', 'cleo'), remove('pro', 'bob')])
  const state: JournalState = {
    plan,
    chained: true,
    changes: new Map([
      [0, { sent: 1, result: 'applied' }],
      [1, { sent: 1, result: 'pending' }],
      [2, { sent: 1 }],
    ]),
  }
  const wary: LicenseProvider = {
    ...provider,
    reviewChanges: (changes) => changes.map((change) => ({ change, severity: 'problem', rule: 'r', message: 'wiped' })),
  }
  const { plan: undoing, left } = await toPromise(createUndo(state, wary))
  expect(undoing.changes).toEqual([])
  expect(left).toEqual(['bob@example.com, PRO: wiped', 'ada@example.com, PRO: wiped', 'cleo@example.com, PRO: wiped'])
})

test('what the vendor has only taken on is taken back unseen', async () => {
  const provider = organization()
  const journal = keptJournal()
  const plan = await planFor(provider, [assign('pro', 'ada')])
  journal.entries.push(
    { entry: 'begin', plan },
    { entry: 'sending', changes: [0] },
    { entry: 'outcome', change: 0, result: 'pending' },
  )
  const asked: unknown[] = []
  const guestbook: LicenseProvider = {
    ...provider,
    changeAssignments: async function* (changes, request) {
      await request?.beforeSending?.(changes, [])
      for (const change of changes) {
        asked.push(change)
        yield { change, result: 'applied' }
      }
    },
  }
  const { result } = await takeBack(guestbook, journal)
  expect(asked).toEqual([{ action: 'remove', userId: 'ada', licenseId: 'pro' }])
  expect(result).toMatchObject({ complete: true, counts: { applied: 1 } })
  expect((await toPromise(createUndo(await stateOf(journal.entries), provider))).plan.changes).toEqual([])
})

test('what a plan takes for good is said again before undo, whatever the provider calls its rule', async () => {
  const remark = { severity: 'warning' as const, rule: 'a-rule-of-another-vendor', message: 'wiped' }
  const forgetful: LicenseProvider = {
    ...organization(),
    reviewChanges: (changes) =>
      changes.flatMap((change) =>
        change.action === 'remove'
          ? [
              { change, ...remark, lostForGood: true as const },
              { change, ...remark, rule: 'another' },
            ]
          : [],
      ),
  }
  const journal = keptJournal()
  const plan = await planFor(forgetful, [remove('pro', 'bob')])
  await applied(plan, forgetful, { journal })
  const { plan: undoing } = await toPromise(createUndo(await stateOf(journal.entries), forgetful))
  const warning = { rule: remark.rule, message: 'bob@example.com: wiped', userId: 'bob', licenseId: 'pro' }
  expect(undoing.warnings).toEqual([{ ...warning, lostForGood: true }])
  expect(undoing.warnings.map(isLostForGood)).toEqual([true])
})

test('what a plan of version 0.1 takes for good is said again before undo, by the name of its rule', () => {
  const warning = { message: 'ann: settings are lost', userId: 'ann', licenseId: 'calling' }
  expect(isLostForGood({ ...warning, rule: 'removes-calling-settings' })).toBe(true)
  expect(isLostForGood({ ...warning, rule: 'calling-properties-kept' })).toBe(false)
})

test('what is lost with a change that is taken back is a warning', async () => {
  const provider = organization()
  const plan = await planFor(provider, [assign('pro', 'ada')])
  const state: JournalState = { plan, chained: true, changes: new Map([[0, { sent: 1, result: 'applied' }]]) }
  const wary: LicenseProvider = {
    ...provider,
    reviewChanges: (changes) => changes.map((change) => ({ change, severity: 'warning', rule: 'r', message: 'wiped' })),
  }
  expect((await toPromise(createUndo(state, wary))).plan.warnings).toEqual([
    { rule: 'r', message: 'ada@example.com: wiped', userId: 'ada', licenseId: 'pro' },
  ])
})

test('the journal says what was taken back, until it is sent again', async () => {
  const provider = organization()
  const journal = keptJournal()
  const plan = await planFor(provider, everything)
  await applied(plan, provider, { journal })
  expect((await stateOf(journal.entries)).takenBack).toBeUndefined()
  await takeBack(provider, journal)
  const state = await stateOf(journal.entries)
  expect([...(state.takenBack ?? [])].sort()).toEqual([0, 1, 2, 3, 4])
  await applied(plan, provider, { journal, state })
  expect((await stateOf(journal.entries)).takenBack).toBeUndefined()
})

test('the journal says of a part that was taken back that it was', async () => {
  const provider = organization()
  const journal = keptJournal()
  await applied(await planFor(provider, everything), provider, { journal })
  await takeBack(provider, journal)
  const [first] = journal.entries.filter(({ entry }) => entry === 'takenBack')
  const stopped = journal.entries.filter((entry) => entry === first || entry.entry !== 'takenBack')
  const { takenBack } = await stateOf(stopped)
  expect(takenBack?.size).toBe(1)
})
