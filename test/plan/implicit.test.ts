import { describe, expect, test } from 'vitest'
import { toPromise } from '../../src/contract/to-promise.ts'
import { type LicenseProvider, notApplicable } from '../../src/index.ts'
import { applyUndo, createUndo } from '../../src/plan/index.ts'
import { hastyClock } from '../../src/testing/index.ts'
import { stateOf } from './journal-text.ts'
import {
  applied,
  assign,
  held,
  keptJournal,
  license,
  organization,
  planFor,
  remove,
  swap,
  user,
} from './organization.ts'

interface Rule {
  /** Where this is given to a user, */
  readonly given: string
  /** the vendor takes this away, */
  readonly takes?: string
  /** or gives this too. */
  readonly gives?: string
}

/** A vendor that gives and takes more than it is asked for: it says so as the provider kit does, in the first outcome of a user. */
const meddling = (provider: LicenseProvider, rules: readonly Rule[]): LicenseProvider => ({
  ...provider,
  changeAssignments: async function* (changes, request) {
    const plain = provider.changeAssignments
    if (plain === undefined) return
    for await (const outcome of plain(changes, request)) {
      const { userId, licenseId, action } = outcome.change
      const before = new Set(await held(provider, userId))
      const effects =
        outcome.result === 'applied' && action === 'assign' ? rules.filter(({ given }) => given === licenseId) : []
      const lost = effects.flatMap(({ takes }) => (takes !== undefined && before.has(takes) ? takes : []))
      const gained = effects.flatMap(({ gives }) => (gives !== undefined && !before.has(gives) ? gives : []))
      const quiet = [
        ...lost.map((id) => ({ action: 'remove' as const, userId, licenseId: id })),
        ...gained.map((id) => ({ action: 'assign' as const, userId, licenseId: id })),
      ]
      for await (const _ of plain(quiet)) {
        // The vendor does it by itself.
      }
      yield lost.length + gained.length === 0 ? outcome : { ...outcome, implicit: { lost, gained } }
    }
  },
})

const free = license('free', { purchased: notApplicable })
const world = { licenses: [license('basic'), license('pro'), license('extra'), free] }

const takeBack = async (provider: LicenseProvider, journal: ReturnType<typeof keptJournal>) => {
  const state = await stateOf(journal.entries)
  const undo = await toPromise(createUndo(state, provider))
  const result = await applyUndo(undo, provider, { journal, clock: hastyClock(), state })()
  if (result._tag === 'Left') throw new Error(JSON.stringify(result.left))
  return { undo, result: result.right }
}

const names = (changes: readonly { readonly action: string; readonly licenseId: string; readonly userId: string }[]) =>
  changes.map(({ action, licenseId, userId }) => `${action} ${licenseId} ${userId}`)

describe('a bought license that the vendor takes besides', () => {
  const taking = [{ given: 'pro', takes: 'basic' }]

  test('is told, journaled, and given back first by undo', async () => {
    const provider = organization(world)
    const journal = keptJournal()
    const plan = await planFor(provider, [assign('pro', 'ada'), assign('pro', 'cleo')])
    const result = await applied(plan, meddling(provider, taking), { journal })
    expect(result).toMatchObject({ complete: false, verified: true, counts: { applied: 2 } })
    expect(result.implicit).toEqual([
      { userId: 'ada', user: 'ada@example.com', licenseId: 'basic', license: 'BASIC', effect: 'lost' },
    ])
    expect(journal.entries).toContainEqual({
      entry: 'implicit',
      userId: 'ada',
      lost: [{ licenseId: 'basic', license: 'BASIC' }],
      gained: [],
    })
    const { undo, result: undone } = await takeBack(provider, journal)
    expect(names(undo.plan.changes)).toEqual(['assign basic ada', 'remove pro cleo', 'remove pro ada'])
    expect(undone).toMatchObject({ complete: true, counts: { applied: 3 } })
    expect([await held(provider, 'ada'), await held(provider, 'cleo')]).toEqual([['basic'], []])
    expect((await toPromise(createUndo(await stateOf(journal.entries), provider))).plan.changes).toEqual([])
  })

  test('is told again by a second run, until the user holds it again', async () => {
    const provider = organization(world)
    const journal = keptJournal()
    const plan = await planFor(provider, [assign('pro', 'ada')])
    await applied(plan, meddling(provider, taking), { journal })
    const state = await stateOf(journal.entries)
    const again = await applied(plan, provider, { state })
    expect(again).toMatchObject({ complete: false, counts: { applied: 1 }, implicit: [{ licenseId: 'basic' }] })
    for await (const _ of provider.changeAssignments?.([{ action: 'assign', userId: 'ada', licenseId: 'basic' }]) ??
      []) {
      // By hand.
    }
    expect(await applied(plan, provider, { state })).toMatchObject({ complete: true })
  })

  test('is given back together with taking back what took it, so that the user is never left with neither', async () => {
    const provider = organization(world)
    const journal = keptJournal()
    await applied(await planFor(provider, [assign('pro', 'ada')]), meddling(provider, taking), { journal })
    const holdings: string[] = []
    const watched: LicenseProvider = {
      ...provider,
      changeAssignments: async function* (changes, request) {
        for await (const outcome of provider.changeAssignments?.(changes, request) ?? []) {
          holdings.push((await held(provider, 'ada')).join())
          yield outcome
        }
      },
    }
    await takeBack(watched, journal)
    expect(holdings).toEqual(['basic,pro', 'basic'])
  })

  test('is given back once where the vendor would take the one for the other again', async () => {
    const provider = organization(world)
    const journal = keptJournal()
    const either = [...taking, { given: 'basic', takes: 'pro' }]
    await applied(await planFor(provider, [assign('pro', 'ada')]), meddling(provider, either), { journal })
    const { result } = await takeBack(meddling(provider, either), journal)
    expect(result).toMatchObject({ complete: true, counts: { applied: 2 } })
    expect(result.implicit).toBeUndefined()
    expect(await held(provider, 'ada')).toEqual(['basic'])
    expect((await toPromise(createUndo(await stateOf(journal.entries), provider))).plan.changes).toEqual([])
  })

  test('is no loss where the plan takes it anyway, and then it is ours to give back', async () => {
    const provider = organization(world)
    const journal = keptJournal()
    const plan = await planFor(provider, [swap('basic', 'pro', 'ada')])
    const result = await applied(plan, meddling(provider, taking), { journal })
    expect(result).toMatchObject({ complete: true, counts: { applied: 2 } })
    expect(result.implicit).toBeUndefined()
    await takeBack(provider, journal)
    expect(await held(provider, 'ada')).toEqual(['basic'])
  })

  test('is no longer said to be given where the plan had just given it', async () => {
    const provider = organization({ ...world, users: [user('ada', [])] })
    const plan = await planFor(provider, [assign('basic', 'ada'), assign('pro', 'ada')])
    const result = await applied(plan, meddling(provider, taking))
    expect(await held(provider, 'ada')).toEqual(['pro'])
    expect(result.changes.map(({ licenseId, result: told }) => [licenseId, told])).toEqual([
      ['basic', 'refused'],
      ['pro', 'applied'],
    ])
    expect(result.implicit).toBeUndefined()
  })

  test('is given back where the plan wanted it and the user had it before', async () => {
    const provider = organization(world)
    const journal = keptJournal()
    const plan = await planFor(organization({ ...world, users: [user('ada', [])] }), [
      assign('basic', 'ada'),
      assign('pro', 'ada'),
    ])
    const result = await applied(plan, meddling(provider, taking), { journal })
    expect(result).toMatchObject({ complete: false, implicit: [{ licenseId: 'basic', effect: 'lost' }] })
    await takeBack(provider, journal)
    expect(await held(provider, 'ada')).toEqual(['basic'])
  })
})

describe('what costs nothing', () => {
  test('a free license that the vendor takes besides is told, and is no failure and nothing to take back', async () => {
    const provider = organization({ ...world, users: [user('ada', ['basic', 'free'])] })
    const journal = keptJournal()
    const plan = await planFor(provider, [assign('pro', 'ada')])
    const result = await applied(plan, meddling(provider, [{ given: 'pro', takes: 'free' }]), { journal })
    expect(result).toMatchObject({ complete: true, implicit: [{ licenseId: 'free', effect: 'lost', free: true }] })
    const { undo, result: undone } = await takeBack(provider, journal)
    expect(names(undo.plan.changes)).toEqual(['remove pro ada'])
    // That it is gone is no drift.
    expect(undone).toMatchObject({ complete: true, counts: { applied: 1 } })
  })

  test('a license that the vendor gives besides is told, and is no failure', async () => {
    const provider = organization(world)
    const journal = keptJournal()
    const plan = await planFor(provider, [assign('pro', 'ada')])
    const result = await applied(plan, meddling(provider, [{ given: 'pro', gives: 'extra' }]), { journal })
    expect(result).toMatchObject({ complete: true, implicit: [{ licenseId: 'extra', effect: 'gained' }] })
    const { undo, result: undone } = await takeBack(provider, journal)
    expect(names(undo.plan.changes)).toEqual(['remove pro ada'])
    expect(undone).toMatchObject({ complete: true })
  })

  test('what the plan had taken and the vendor gives again is not said to be taken', async () => {
    const provider = organization(world)
    const plan = await planFor(provider, [remove('basic', 'ada'), assign('pro', 'ada')])
    const result = await applied(plan, meddling(provider, [{ given: 'pro', gives: 'basic' }]))
    expect(result).toMatchObject({ complete: false, counts: { applied: 1, refused: 1 } })
  })
})
