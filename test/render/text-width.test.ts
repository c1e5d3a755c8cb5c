import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { cutText, textWidth, wrapCell, wrapText } from '../../src/render/text/text-width.ts'

/** Letters of many scripts, pictures, and what joins them. */
const texts = fc.string({
  unit: fc.oneof(
    fc.string({ minLength: 1, maxLength: 1 }),
    fc.constantFrom(
      'é',
      'e\u0301',
      'ß',
      'Ж',
      'λ',
      '田',
      'か',
      '한',
      'ｶ',
      'ﾞ',
      '，',
      'م',
      'ک',
      'क',
      '\u094d',
      '\u200d',
      '\ufe0f',
    ),
    fc.constantFrom('👩', '👨‍👩‍👧', '1️⃣', '🇩🇪', '👍🏽', '…', '≥', '█', '░', '¹', '–', '€', ' '),
  ),
})

describe('the width of a text', () => {
  it.each([
    ['Ada', 3],
    ['Jürgen Müller', 13],
    ['e\u0301', 1],
    ['田中', 4],
    ['田中 Taro', 9],
    ['مرحبا', 5],
    ['👩‍👩‍👧‍👦', 2],
    ['1️⃣', 2],
    ['🇩🇪', 2],
    ['≥ 1,234', 7],
    ['███░░░  53%', 11],
    ['\u001b[31m-6\u001b[39m', 2],
    ['', 0],
  ])('%j is %i', (text, width) => {
    expect(textWidth(text)).toBe(width)
  })

  it('is that of the library, which looks at every character, for any text', () => {
    fc.assert(
      fc.property(texts, (text) => textWidth(text) === stringWidth(text)),
      { numRuns: 3_000 },
    )
  })
})

describe('a text that is cut', () => {
  it.each([
    ['Webex Contact Center EMEA', 20, 'Webex Cont…nter EMEA'],
    ['Webex Contact Center APAC', 20, 'Webex Cont…nter APAC'],
    ['short', 20, 'short'],
    ['abcdef', 1, '…'],
    ['abcdef', 0, ''],
    ['田中太郎さん', 8, '田中…ん'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 5, '👩‍👩‍👧‍👦…👩‍👩‍👧‍👦'],
  ])('%j in %i columns is %j', (text, width, cut) => {
    expect(cutText(text, width)).toBe(cut)
  })

  it('is never wider than it may be, and cuts nothing in two that is seen as one character', () => {
    const segmenter = new Intl.Segmenter()
    const charactersOf = (text: string) => new Set(Array.from(segmenter.segment(text), ({ segment }) => segment))
    fc.assert(
      fc.property(texts, fc.nat(12), (text, width) => {
        const cut = cutText(text, width)
        const [start = '', end = ''] = cut === text ? [text] : cut.split('…', 1).concat(cut.slice(cut.indexOf('…') + 1))
        const known = charactersOf(text)
        return (
          textWidth(cut) <= width &&
          text.startsWith(start) &&
          [...charactersOf(start)].every((one) => known.has(one)) &&
          end.length <= text.length
        )
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('prose', () => {
  it('is cut between words, and goes on indented', () => {
    expect(wrapText('¹ how many were bought is not known', 20)).toBe('¹ how many were\n  bought is not\n  known')
  })

  it('stays one line where there is room, or lines may be of any length', () => {
    expect(wrapText('one two', 7)).toBe('one two')
    expect(wrapText('one two three', undefined)).toBe('one two three')
  })

  it('keeps the indentation that it has', () => {
    expect(wrapText('  one two three', 9, '    ')).toBe('  one two\n    three')
  })

  it('does not lose a word that is longer than a line', () => {
    expect(wrapText(`a ${'x'.repeat(30)} b`, 10)).toBe(`a\n  ${'x'.repeat(30)}\n  b`)
  })
})

describe('a cell of several lines', () => {
  it('ends its lines after a space, before the domain of an address, and within a word that is too long', () => {
    expect(wrapCell('Kenji Williams', 9)).toEqual(['Kenji', 'Williams'])
    expect(wrapCell('kenji.williams12@example.com', 17)).toEqual(['kenji.williams12', '@example.com'])
    expect(wrapCell('abcdefgh ij', 3)).toEqual(['abc', 'def', 'gh', 'ij'])
    expect(wrapCell('', 3)).toEqual([''])
  })

  it('is bounded, however long a text is', () => {
    const lines = wrapCell('x'.repeat(1_000_000), 16)
    expect(lines.length).toBeLessThanOrEqual(101)
    expect(lines.join('')).toContain('…')
  })

  it('has all of the text, in lines that fit', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 30 }), (text, width) => {
        const lines = wrapCell(text, width)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
        // A character that is wider than a line has a line of its own.
        const segmenter = new Intl.Segmenter()
        const tooLong = lines.filter((line) => textWidth(line) > width && [...segmenter.segment(line)].length > 1)
        expect(tooLong).toEqual([])
      }),
    )
  })
})
