import { describe, expect, test } from 'vitest'
import { toPromise } from '../../src/contract/to-promise.ts'
import { applyPlan, applyUndo, brakeOf, createUndo, type Intent } from '../../src/plan/index.ts'
import { hastyClock } from '../../src/testing/index.ts'
import { stateOf } from './journal-text.ts'
import {
  applied,
  exactly,
  held,
  keptJournal,
  license,
  organization,
  planFor,
  remove,
  swap,
  user,
} from './organization.ts'

const people = (count: number, ...licenseIds: readonly string[]) =>
  Array.from({ length: count }, (_, index) => user(`u${index}`, licenseIds))

const first = (count: number, intent: (user: string) => Intent) =>
  Array.from({ length: count }, (_, index) => intent(`u${index}`))

/** A plan that takes `basic` from so many of so many. */
const removing = (count: number, of: number, more = {}) =>
  planFor(
    organization({ users: people(of, 'basic'), ...more }),
    first(count, (id) => remove('basic', id)),
  )

describe('a plan brakes', () => {
  test.each([
    ['10 of 10', 10, 10, false],
    ['11 of 55, a fifth', 11, 55, false],
    ['11 of 54, more than a fifth', 11, 54, true],
    ['all of 1,500', 1_500, 1_500, true],
  ])('%s: %s', async (_, count, of, brakes) => {
    const plan = await removing(count, of)
    expect(brakeOf(plan) !== undefined).toBe(brakes)
    expect(plan.brake).toEqual(brakeOf(plan))
  })

  test('with the number and the share', async () => {
    expect((await removing(12, 48)).brake).toEqual({
      removals: 12,
      licenses: [{ id: 'basic', name: 'BASIC', removals: 12, holders: { kind: 'known', value: 48 }, share: 0.25 }],
    })
  })

  test('where holders are not all counted, whatever their number', async () => {
    expect((await removing(11, 1_000, { omits: ['guests are not listed'] })).brake).toMatchObject({
      removals: 11,
      licenses: [{ removals: 11, holders: { kind: 'unknown' } }],
    })
  })

  test('where no list names some holders of the license', async () => {
    const licenses = [license('basic', { omits: ['common areas are not listed'] })]
    expect((await removing(11, 1_000, { licenses })).brake).toMatchObject({
      licenses: [{ holders: { kind: 'unknown' } }],
    })
  })

  test('at swaps as at removals, and at what a list leaves out', async () => {
    const provider = organization({ users: people(20, 'basic') })
    expect(
      (
        await planFor(
          provider,
          first(11, (id) => swap('basic', 'pro', id)),
        )
      ).brake,
    ).toMatchObject({ removals: 11 })
    expect((await planFor(provider, [exactly('basic', ['u0'])])).brake).toMatchObject({ removals: 19 })
  })
})

describe('carrying out a plan that brakes', () => {
  const run = async (maxRemovals?: number) => {
    const provider = organization({ users: people(12, 'basic') })
    const plan = await planFor(
      provider,
      first(12, (id) => remove('basic', id)),
    )
    const journal = keptJournal()
    const result = await applyPlan(plan, provider, { journal, clock: hastyClock(), maxRemovals })()
    return {
      outcome: result._tag === 'Left' ? result.left : result.right.counts.applied,
      entries: journal.entries.length,
      held: await held(provider, 'u0'),
    }
  }

  test.each([undefined, 0, 11])('is refused with maxRemovals %s, and nothing is sent', async (maxRemovals) => {
    expect(await run(maxRemovals)).toEqual({
      outcome: expect.objectContaining({
        _tag: 'Brake',
        removals: 12,
        message: expect.stringContaining('12 of 12 holders'),
      }),
      entries: 0,
      held: ['basic'],
    })
  })

  test.each([12, 13])('is done with maxRemovals %s', async (maxRemovals) => {
    expect(await run(maxRemovals)).toMatchObject({ outcome: 12, held: [] })
  })

  test('maxRemovals holds for a plan that does not brake, too', async () => {
    const provider = organization()
    const plan = await planFor(provider, [remove('basic', 'ada'), remove('pro', 'bob')])
    const refused = await applyPlan(plan, provider, { journal: keptJournal(), maxRemovals: 1 })()
    expect(refused).toMatchObject({ left: { _tag: 'Brake', removals: 2, maxRemovals: 1 } })
  })

  test('undo is not braked', async () => {
    const provider = organization({ users: people(12) })
    const plan = await planFor(provider, [
      exactly(
        'basic',
        people(12).map(({ id }) => id),
      ),
    ])
    const journal = keptJournal()
    await applied(plan, provider, { journal })
    const state = await stateOf(journal.entries)
    const undo = await toPromise(createUndo(state, provider))
    const undone = await applyUndo(undo, provider, { journal, clock: hastyClock(), state })()
    expect(undone).toMatchObject({ right: { counts: { applied: 12 } } })
    expect(undo.plan).not.toHaveProperty('brake')
  })
})
