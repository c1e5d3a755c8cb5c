import { describe, expect, test } from 'vitest'
import { createPlan, Intent, Plan, SnapshotManifest } from '../../src/index.ts'
import { applyPlan, failuresIn, planFailureCodes } from '../../src/plan/index.ts'
import { stateOf } from './journal-text.ts'
import { assign, held, keptJournal, organization, planFor } from './organization.ts'

const source = 'the test'

/** As a caller without types hands it in. */
const asked = async (intents: unknown) => {
  const made = await createPlan(organization(), intents as never)()
  if (made._tag === 'Right') return made.right.changes
  return failuresIn(made.left).map((failure) => [
    failure._tag,
    ...(failure._tag === 'InvalidInput' ? [failure.path, failure.expected] : []),
  ])
}

describe('what a caller hands in as intents is decoded', () => {
  const actions = 'one of "assign", "remove", "swap", "exactly"'
  test.each([
    [
      'an action in another case',
      [{ source, action: 'Assign', license: 'pro', user: 'bob' }],
      'intents[0].action',
      actions,
    ],
    ['no action', [{ source, license: 'pro', user: 'bob' }], 'intents[0].action', actions],
    ['no user', [{ source, action: 'assign', license: 'pro' }], 'intents[0].user', 'string'],
    ['no license', [{ source, action: 'remove', user: 'bob' }], 'intents[0].license', 'string'],
    ['no source', [{ action: 'remove', license: 'pro', user: 'bob' }], 'intents[0].source', 'string'],
    ['a swap for nothing', [{ source, action: 'swap', license: 'pro', user: 'bob' }], 'intents[0].to', 'string'],
    ['no users', [{ source, action: 'exactly', license: 'pro' }], 'intents[0].users', 'list of texts'],
    [
      'an unknown restriction',
      [{ source, action: 'exactly', license: 'pro', users: ['ada'], only: 'Add' }],
      'intents[0].only',
      'one of "add", "remove"',
    ],
    [
      'a number as an extension',
      [{ source, action: 'assign', license: 'pro', user: 'ada', calling: { extension: 12 } }],
      'intents[0].calling.extension',
      'string',
    ],
    [
      'calling properties of a removal',
      [{ source, action: 'remove', license: 'pro', user: 'bob', calling: { extension: '12' } }],
      'intents[0].calling',
      'nothing, as no license is given',
    ],
    ['nothing', [null], 'intents[0]', 'an object'],
    ['no list', { source }, 'intents', 'list of intents'],
    ['nothing at all', undefined, 'intents', 'list of intents'],
  ])('%s is told with its place, and nothing is planned', async (_, intents, path, expected) => {
    expect(await asked(intents)).toEqual([['InvalidInput', path, expected]])
  })

  test('all that is wrong with it is told together', async () => {
    expect(
      await asked([
        { source, action: 'assign' },
        { action: 'remove', license: 'pro', user: 'bob' },
      ]),
    ).toHaveLength(3)
  })

  test('members that are undefined are absent', async () => {
    const intents = [
      { source, action: 'assign', license: 'pro', user: 'ada', calling: undefined, licenseSource: undefined },
    ]
    expect(await asked(intents)).toEqual([expect.not.objectContaining({ calling: expect.anything() })])
  })
})

test.each([Number.NaN, Number.POSITIVE_INFINITY, '5', null])('%j is no time for a plan to be valid', async (ms) => {
  const made = await createPlan(organization(), [assign('pro', 'ada')], { validForMs: ms as never })()
  expect(made).toMatchObject({ left: { _tag: 'InvalidInput', path: 'validForMs' } })
})

test('a journal that is said to tell of no change is begun: it can be read, and taken back', async () => {
  const provider = organization()
  const plan = await planFor(provider, [assign('pro', 'ada')])
  const journal = keptJournal()
  await applyPlan(plan, provider, { journal, state: { plan, changes: new Map(), chained: true } })()
  const state = await stateOf(journal.entries)
  expect(state.changes.get(0)).toMatchObject({ result: 'applied' })
})

describe('what a caller hands in as a plan is decoded', () => {
  const applyOf = async (change: (plan: Plan) => unknown) => {
    const provider = organization()
    const plan = change(await planFor(provider, [assign('pro', 'ada')])) as never
    const journal = keptJournal()
    const result = await applyPlan(plan, provider, { journal })()
    const failures = result._tag === 'Left' ? failuresIn(result.left).map(({ _tag }) => _tag) : []
    return { failures, entries: journal.entries.length, held: await held(provider, 'ada') }
  }
  const untouched = { entries: 0, held: ['basic'] }

  test('one that was changed after it was made is not carried out', async () => {
    const other = (plan: Plan) => ({
      ...plan,
      changes: plan.changes.map((change) => ({ ...change, licenseId: 'extra' })),
    })
    expect(await applyOf(other)).toEqual({ ...untouched, failures: ['Tampered'] })
  })

  test.each([
    ['nothing', () => undefined],
    ['a plan without users', ({ users: _, ...plan }: Plan) => plan],
    ['an action in another case', (plan: Plan) => ({ ...plan, changes: [{ ...plan.changes[0], action: 'Assign' }] })],
  ])('%s is no plan', async (_, change) => {
    expect(await applyOf(change)).toEqual({ ...untouched, failures: ['InvalidInput'] })
  })
})

describe('codecs', () => {
  test('recognize what they are for, and say what is wrong with the rest', async () => {
    const plan = await planFor(organization(), [assign('pro', 'ada')])
    expect([Plan.name, Plan.is(plan), Plan.decode(plan)]).toEqual(['Plan', true, { _tag: 'Right', right: plan }])
    expect(Plan.decode({ ...plan, changes: [{}] })).toMatchObject({
      left: expect.arrayContaining([{ path: 'changes[0].userId', expected: 'string' }]),
    })
    expect([Intent.is(assign('pro', 'ada')), Intent.is({ action: 'assign' })]).toEqual([true, false])
    expect(SnapshotManifest.decode(null)).toMatchObject({ left: [{ path: '', expected: expect.any(String) }] })
  })
})

test('every failure has an exit code and an HTTP status', () => {
  for (const { exitCode, httpStatus } of Object.values(planFailureCodes)) {
    expect([1, 2, 5, 6]).toContain(exitCode)
    expect(httpStatus).toBeGreaterThanOrEqual(400)
  }
})
