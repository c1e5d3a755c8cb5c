import { describe, expect, test } from 'vitest'
import type { CallingProperties } from '../../src/index.ts'
import { createPlan, failuresIn, type Intent, readPlan } from '../../src/plan/index.ts'
import { exactly, organization, planFor } from './organization.ts'

const source = 'the test'
const ask = { source, user: 'ada', license: 'pro' }
const assigned = (calling?: CallingProperties): Intent => ({ ...ask, action: 'assign', calling })
const swapped = (calling?: CallingProperties): Intent => ({
  ...ask,
  action: 'swap',
  license: 'basic',
  to: 'pro',
  calling,
})
const listed = (calling?: CallingProperties): Intent =>
  ({ ...exactly('pro', ['ada', 'bob']), userCallings: [calling] }) as Intent

const one = { locationId: 'l1', extension: '12' }

/** What `pro` is given to Ada with, or why it is not. */
const planned = async (intents: readonly Intent[]) => {
  const made = await createPlan(organization(), intents)()
  if (made._tag === 'Left') return failuresIn(made.left).map(({ _tag }) => _tag)
  return made.right.changes
    .filter(({ userId, action }) => userId === 'ada' && action === 'assign')
    .map((change) => change.calling)
}

const ways = { assigned, swapped, listed }
const pairs = Object.entries(ways).flatMap(([first, make]) =>
  Object.entries(ways).map(([second, other]) => [first, second, make, other] as const),
)

describe.each(pairs)('calling properties of one license that is %s and %s', (_, __, first, second) => {
  test('agree where they are the same, or one of them is absent', async () => {
    for (const intents of [
      [first(one), second(one)],
      [first(one), second()],
      [first(), second(one)],
    ]) {
      expect(await planned(intents)).toEqual([one])
    }
  })

  test('add up where no member is different', async () => {
    expect(await planned([first({ locationId: 'l1' }), second({ extension: '12' })])).toEqual([one])
  })

  test('contradict each other where one is', async () => {
    expect(await planned([first(one), second({ ...one, extension: '13' })])).toEqual(['Contradiction'])
  })
})

test('a member of calling properties that is undefined is as good as none, also for the hash of the plan', async () => {
  const without = await planFor(organization(), [assigned({ locationId: 'l1' })])
  const plan = await planFor(organization(), [
    assigned({ locationId: 'l1', phoneNumber: undefined, extension: undefined }),
  ])
  expect(plan.changes).toStrictEqual(without.changes)
  const [change] = plan.changes
  const byHand = { ...plan, changes: [{ ...change, calling: { ...change?.calling, extension: undefined } }] }
  for (const one of [plan, byHand, JSON.parse(JSON.stringify(byHand))]) {
    expect(await readPlan(one)()).toMatchObject({ _tag: 'Right', right: { hash: plan.hash } })
  }
})

test('calling properties that are all undefined are none', async () => {
  const plan = await planFor(organization(), [assigned({ locationId: undefined, extension: undefined })])
  expect(plan.changes[0]).not.toHaveProperty('calling')
})

test('calling properties of a license that is held already are said not to be changed', async () => {
  const bob: Intent = { ...assigned(one), user: 'bob' } as Intent
  const swap: Intent = { ...swapped(one), user: 'bob' } as Intent
  for (const intents of [[bob], [swap]]) {
    const plan = await planFor(organization(), intents)
    expect(plan.alreadySo).toMatchObject([{ userId: 'bob', licenseId: 'pro', calling: one }])
    expect(plan.warnings).toEqual([
      expect.objectContaining({ rule: 'calling-properties-kept', userId: 'bob', licenseId: 'pro' }),
    ])
  }
})
