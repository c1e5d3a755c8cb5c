import { expect, test } from 'vitest'
import { journalLine, readJournal } from '../../src/plan/index.ts'
import { assign, organisation, planFor } from './organisation.ts'

const plan = await planFor(organisation(), [assign('pro', 'ada')])
const begin = journalLine({ entry: 'begin', plan }, 0)
const sending = journalLine({ entry: 'sending', changes: [0] }, 0)
const outcome = journalLine({ entry: 'outcome', change: 0, result: 'applied' }, 0)
const resume = journalLine({ entry: 'resume', plan: plan.hash }, 0)

const changesIn = (text: string) => {
  const read = readJournal(text)
  return read._tag === 'Left' ? read.left : read.right && Object.fromEntries(read.right.changes)
}

test('a journal tells how often each change was sent and what was told of it last', () => {
  expect(changesIn(begin + sending)).toEqual({ 0: { sent: 1 } })
  expect(changesIn(begin + sending + outcome)).toEqual({ 0: { sent: 1, result: 'applied' } })
  expect(changesIn(begin + sending + resume + sending)).toEqual({ 0: { sent: 2 } })
})

test('a line that a crash cut off is passed over, at the end and before the next run', () => {
  for (let length = 0; length < sending.length - 1; length++) {
    const cut = sending.slice(0, length)
    expect(changesIn(begin + cut)).toEqual({})
    expect(changesIn(`${begin}${cut}\n${resume}${sending}`)).toEqual({ 0: { sent: 1 } })
  }
})

test('several lines that crashes cut off one after the other are passed over, and what a lost disk has left', () => {
  const cut = sending.slice(0, 30)
  expect(changesIn(`${begin}${cut}\n${resume.slice(0, 12)}\n${resume}${sending}\0\0\0`)).toEqual({ 0: { sent: 1 } })
})

test('a second beginning of the same plan goes on with it', () => {
  expect(changesIn(begin + sending + outcome + begin)).toEqual({ 0: { sent: 1, result: 'applied' } })
})

test('what was applied stays so for whoever finds later that it is so', () => {
  const later = journalLine({ entry: 'outcome', change: 0, result: 'alreadySo' }, 0)
  expect(changesIn(begin + sending + outcome + resume + later)).toEqual({ 0: { sent: 1, result: 'applied' } })
})

test('nothing was begun where the first line was cut off', () => {
  expect(changesIn('')).toBeUndefined()
  expect(changesIn(begin.slice(0, 40))).toBeUndefined()
  expect(changesIn(`${begin.slice(0, 40)}\n${begin}${sending}`)).toEqual({ 0: { sent: 1 } })
})

test.each([
  ['hello', 'line 1: expected an entry of a journal'],
  [`${begin}{"entry":"sending","changes":["x"]}\n${outcome}`, 'line 2: expected an entry of a journal'],
  [sending, 'line 1: expected the beginning of a journal'],
  [
    begin + journalLine({ entry: 'begin', plan: { ...plan, hash: 'sha256:other' } }, 0),
    'line 2: it goes on with another plan',
  ],
  [begin + journalLine({ entry: 'resume', plan: 'sha256:other' }, 0), 'line 2: it goes on with another plan'],
])('what is no journal is refused with the line that is wrong: %#', (text, line) => {
  expect(changesIn(text)).toBe(line)
})
