import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  applyPlan,
  applyUndo,
  createLicenseReport,
  createPlan,
  createUndo,
  type Hashing,
  readJournal,
  readPlan,
  toPromise,
} from '../../src/index.ts'
import { nodeSha256 } from '../../src/node/index.ts'
import { added, stateOf } from './journal-text.ts'
import { assign, keptJournal, organization, planFor } from './organization.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const throwing = () => {
  throw new Error('the module for SHA-256 is not loaded; token=hunter2')
}
const failing: readonly (readonly [string, Hashing])[] = [
  ['throws', { sha256: throwing }],
  ['rejects', { sha256: async () => throwing() }],
]

const begun = async () => {
  const provider = organization()
  const plan = await planFor(provider, [assign('pro', 'ada')])
  const text = await added('', { entry: 'begin', plan })
  const state = await stateOf([{ entry: 'begin', plan }])
  const undo = await toPromise(createUndo(state, provider))
  const journal = keptJournal()
  return { provider, plan, text, state, undo, journal }
}

type Begun = Awaited<ReturnType<typeof begun>>

/** Every call of plans that hashes something. */
const hashingCalls: readonly (readonly [string, (given: Begun, hashing: Hashing) => () => Promise<unknown>])[] = [
  ['createPlan', ({ provider }, hashing) => createPlan(provider, [assign('pro', 'ada')], hashing)],
  ['readPlan', ({ plan }, hashing) => readPlan(plan, hashing)],
  ['readJournal', ({ text }, hashing) => readJournal(text, hashing)],
  ['applyPlan', ({ plan, provider, journal }, hashing) => applyPlan(plan, provider, { journal, ...hashing })],
  ['createUndo', ({ state, provider }, hashing) => createUndo(state, provider, hashing)],
  [
    'applyUndo',
    ({ undo, state, provider, journal }, hashing) => applyUndo(undo, provider, { journal, state, ...hashing }),
  ],
]

describe('a function of the caller that fails is told by its name, and is no failure of the provider', () => {
  describe.each(hashingCalls)('of %s', (_, call) => {
    test.each(failing)('sha256 that %s', async (_, hashing) => {
      const given = await begun()
      const result = await call(given, hashing)()
      expect(result).toMatchObject({
        left: {
          _tag: 'FunctionFailed',
          function: 'sha256',
          message: expect.stringContaining('the module for SHA-256 is not loaded'),
        },
      })
      expect(JSON.stringify(result)).not.toContain('hunter2')
      expect(given.journal.entries).toEqual([])
    })

    test('sha256 that gives no text', async () => {
      expect(await call(await begun(), { sha256: () => undefined as never })()).toMatchObject({
        left: { _tag: 'FunctionFailed', function: 'sha256' },
      })
    })

    test('no Web Crypto, as in a page of plain http: the message says what to do', async () => {
      const given = await begun()
      vi.stubGlobal('crypto', {})
      expect(await call(given, {})()).toMatchObject({
        left: { _tag: 'FunctionFailed', function: 'sha256', message: expect.stringContaining('https') },
      })
      expect(await call(given, { sha256: nodeSha256 })()).toMatchObject({ _tag: 'Right' })
    })
  })

  const noClocks = [
    ['throws', throwing],
    ['gives no time', () => Number.NaN],
    ['gives a text', () => 'now' as never],
  ] as const

  test.each(noClocks)('of createPlan and applyPlan: a clock that %s', async (_, now) => {
    const { provider, plan, journal } = await begun()
    const clock = { now, sleep: async () => {} }
    const failed = { left: { _tag: 'FunctionFailed', function: 'clock' } }
    expect(await createPlan(provider, [assign('pro', 'ada')], { clock })()).toMatchObject(failed)
    expect(await applyPlan(plan, provider, { clock, journal })()).toMatchObject(failed)
    expect(journal.entries).toEqual([])
  })

  test('a clock that fails after something was sent does not make the result vanish', async () => {
    const { provider, plan, journal } = await begun()
    let sent = false
    const clock = { now: () => (sent ? throwing() : Date.now()), sleep: async () => throwing() }
    const onChange = () => {
      sent = true
    }
    const result = await applyPlan(plan, provider, { clock, journal, onChange, deadlineMs: 60_000 })()
    expect(result).toMatchObject({ right: { complete: true, counts: { applied: 1 } } })
  })

  test.each(noClocks)('a report is made by the time of the system where the clock %s', async (_, now) => {
    const report = await createLicenseReport({ clock: { now, sleep: async () => {} }, deadlineMs: 60_000 })([
      organization(),
    ])()
    expect([report.complete, Math.abs(Date.parse(report.generatedAt) - Date.now()) < 60_000]).toEqual([true, true])
  })
})
