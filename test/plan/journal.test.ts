import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { createJournal, type JournalEntry, readJournal } from '../../src/plan/index.ts'
import { added, oldLine } from './journal-text.ts'
import { assign, organization, planFor } from './organization.ts'

const plan = await planFor(organization(), [assign('pro', 'ada')])
const begin: JournalEntry = { entry: 'begin', plan }
const sending: JournalEntry = { entry: 'sending', changes: [0] }
const outcome: JournalEntry = { entry: 'outcome', change: 0, result: 'applied' }
const resume: JournalEntry = { entry: 'resume', plan: plan.hash }

const changesIn = async (text: string) => {
  const read = await readJournal(text)()
  return E.isLeft(read) ? read.left.message : read.right && Object.fromEntries(read.right.changes)
}
const isChained = async (text: string) => {
  const read = await readJournal(text)()
  return E.isRight(read) && read.right?.chained
}

/** What adds entries to a text: as it is done now, and as version 0.1 did it. */
const ways = [
  ['now', added],
  ['by version 0.1', async (text: string, ...entries: readonly JournalEntry[]) => text + entries.map(oldLine).join('')],
] as const

describe.each(ways)('a journal as it is written %s', (_, written) => {
  test('tells how often each change was sent and what was told of it last', async () => {
    expect(await changesIn(await written('', begin, sending))).toEqual({ 0: { sent: 1 } })
    expect(await changesIn(await written('', begin, sending, outcome))).toEqual({ 0: { sent: 1, result: 'applied' } })
    expect(await changesIn(await written('', begin, sending, resume, sending))).toEqual({ 0: { sent: 2 } })
  })

  test('may end in a line that a crash cut off, which is passed over, there and before the next run', async () => {
    const begun = await written('', begin)
    const whole = await written(begun, sending)
    for (let length = begun.length; length < whole.length - 1; length++) {
      const cut = whole.slice(0, length)
      expect(await changesIn(cut)).toEqual({})
      const separated = cut === begun ? cut : `${cut}\n`
      expect(await changesIn(await written(separated, resume, sending))).toEqual({ 0: { sent: 1 } })
    }
  })

  test('may have several of them one after the other, and what a lost disk has left', async () => {
    const begun = await written('', begin)
    const cut = (await written(begun, sending)).slice(0, begun.length + 30)
    const again = (await written(`${cut}\n`, resume)).slice(0, cut.length + 13)
    expect(await changesIn(`${await written(`${again}\n`, resume, sending)}\0\0\0`)).toEqual({ 0: { sent: 1 } })
  })

  test('may begin twice with the same plan', async () => {
    expect(await changesIn(await written('', begin, sending, outcome, begin))).toEqual({
      0: { sent: 1, result: 'applied' },
    })
  })

  test('keeps as applied what is found to be so later', async () => {
    const later: JournalEntry = { entry: 'outcome', change: 0, result: 'alreadySo' }
    expect(await changesIn(await written('', begin, sending, outcome, resume, later))).toEqual({
      0: { sent: 1, result: 'applied' },
    })
  })

  test('has begun nothing where the first line was cut off', async () => {
    const cut = (await written('', begin)).slice(0, 40)
    expect(await changesIn('')).toBeUndefined()
    expect(await changesIn(cut)).toBeUndefined()
    expect(await changesIn(await written(`${cut}\n`, begin, sending))).toEqual({ 0: { sent: 1 } })
  })

  test.each<readonly [readonly JournalEntry[], string]>([
    [[sending], 'line 1: expected the beginning of a journal'],
    [[begin, { entry: 'begin', plan: { ...plan, hash: 'sha256:other' } }], 'line 2: it goes on with another plan'],
    [[begin, { entry: 'resume', plan: 'sha256:other' }], 'line 2: it goes on with another plan'],
  ])('is refused with the line that does not belong there: %#', async (entries, line) => {
    expect(await changesIn(await written('', ...entries))).toBe(line)
  })

  test('is refused where something else is in it', async () => {
    expect(await changesIn('hello')).toBe('line 1: expected an entry of a journal')
    const torn = `${await written('', begin)}{"entry":"sending","changes":["x"]}\n`
    expect(await changesIn(await written(torn, outcome))).toBe('line 2: expected an entry of a journal')
  })
})

describe('the hashes of a journal', () => {
  const refused: JournalEntry = { entry: 'outcome', change: 0, result: 'refused' }
  const end: JournalEntry = { entry: 'end', counts: { refused: 1 } }
  const CHANGED = 'this entry or one before it was changed after it was written; use another copy of the journal'

  test('show that an entry was edited, the last one too', async () => {
    const edited = async (...entries: readonly JournalEntry[]) =>
      changesIn((await added('', ...entries)).replace('"refused"', '"applied"'))
    expect(await edited(begin, sending, refused, end)).toBe(`line 3: ${CHANGED}`)
    expect(await edited(begin, sending, refused)).toBe(`line 3: ${CHANGED}`)
  })

  test('show that an entry was taken out, put in or moved', async () => {
    const lines = (await added('', begin, sending, refused, resume, sending, outcome, end)).split(/(?<=\n)/)
    for (let at = 0; at < lines.length - 1; at++) {
      const without = lines.toSpliced(at, 1).join('')
      expect(await changesIn(without), `without line ${at + 1}`).toMatch(/^line \d/)
      const moved = lines.toSpliced(at, 2, lines[at + 1] ?? '', lines[at] ?? '').join('')
      expect(await changesIn(moved), `line ${at + 1} moved`).toMatch(/^line \d/)
    }
    for (let at = 1; at <= lines.length; at++) {
      const more = lines.toSpliced(at, 0, oldLine(outcome)).join('')
      expect(await changesIn(more), `one more after line ${at}`).toBe(`line ${at + 1}: ${CHANGED}`)
    }
  })

  test('are missing from what version 0.1 has written, and what is added to that is covered with it', async () => {
    const old = [begin, sending, refused].map(oldLine).join('')
    expect(await isChained(old)).toBe(false)
    const more = await added(old, resume)
    expect(await changesIn(more)).toEqual({ 0: { sent: 1, result: 'refused' } })
    expect(await isChained(more)).toBe(false)
    expect(await changesIn(more.replace('"refused"', '"applied"'))).toBe(`line 4: ${CHANGED}`)
    expect(await isChained(await added('', begin, sending))).toBe(true)
  })

  test('hold of entries that are written together as of others', async () => {
    let text = ''
    const journal = createJournal(async (lines) => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      text += lines
    })
    await Promise.all([begin, sending, refused, end].map((entry) => journal.append(entry)))
    expect(await changesIn(text)).toEqual({ 0: { sent: 1, result: 'refused' } })
    expect(await isChained(text)).toBe(true)
  })
})
