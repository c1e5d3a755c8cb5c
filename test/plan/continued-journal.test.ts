import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { applyPlan, applyUndo, createJournal, createUndo, readJournal, toPromise } from '../../src/index.ts'
import { assign, organization, planFor, swap } from './organization.ts'

const everything = [assign('pro', 'ada'), swap('basic', 'extra', 'bob'), assign('basic', 'cleo')]

/** A store of the caller whose fourth addition fails. */
const interrupted = async () => {
  let text = ''
  let additions = 0
  const provider = organization()
  const plan = await planFor(provider, everything)
  const journal = createJournal(async (lines) => {
    additions += 1
    if (additions === 4) throw new Error('the database is away')
    text += lines
  })
  await toPromise(applyPlan(plan, provider, { journal }))
  const add = async (lines: string) => {
    text += lines
  }
  return { provider, plan, add, text: () => text }
}

const stateIn = async (text: string) => {
  const state = await toPromise(readJournal(text))
  if (state === undefined) throw new Error('nothing was begun')
  return state
}

test('a run that goes on with a journal of the caller leaves one that can be read and taken back', async () => {
  const { provider, plan, add, text } = await interrupted()
  const state = await stateIn(text())
  const result = await toPromise(applyPlan(plan, provider, { journal: createJournal(add, { text: text() }), state }))
  expect(result.complete).toBe(true)
  const after = await stateIn(text())
  const undo = await toPromise(createUndo(after, provider))
  const taken = await toPromise(
    applyUndo(undo, provider, { journal: createJournal(add, { text: text() }), state: after }),
  )
  expect(taken.complete).toBe(true)
})

test('a journal that begins anew is refused beside the state of earlier runs, and nothing is sent or written', async () => {
  const { provider, plan, add, text } = await interrupted()
  const before = text()
  const state = await stateIn(before)
  const refusal = E.left(
    expect.objectContaining({ _tag: 'InvalidInput', path: 'journal', message: expect.stringContaining('{ text }') }),
  )
  expect(await applyPlan(plan, provider, { journal: createJournal(add), state })()).toEqual(refusal)
  const undo = await toPromise(createUndo(state, provider))
  expect(await applyUndo(undo, provider, { journal: createJournal(add), state })()).toEqual(refusal)
  expect(text()).toBe(before)
})
