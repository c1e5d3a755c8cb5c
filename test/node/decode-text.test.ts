import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { decodeText } from '../../src/node/decode-text.ts'

const TEXT = 'person;user\r\nMüller 田中 👩;a@x.example\r\n'

const utf16 = (text: string, isBigEndian: boolean): Buffer => {
  const bytes = Buffer.from(text, 'utf16le')
  return isBigEndian ? bytes.swap16() : bytes
}

describe('the text of a file', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`)],
    ['UTF-16, little end first, with a mark', utf16(`\ufeff${TEXT}`, false)],
    ['UTF-16, big end first, with a mark', utf16(`\ufeff${TEXT}`, true)],
    ['UTF-16, little end first, without a mark', utf16(TEXT, false)],
    ['UTF-16, big end first, without a mark', utf16(TEXT, true)],
  ])('is read from %s', (_, bytes) => {
    expect(decodeText(bytes)).toEqual(E.right(TEXT))
  })

  it.each([[''], ['{'], ['{}']])('may be short: %j', (text) => {
    expect(decodeText(Buffer.from(text))).toEqual(E.right(text))
    expect(decodeText(utf16(text, false))).toEqual(E.right(text))
    expect(decodeText(utf16(text, true))).toEqual(E.right(text))
  })

  it.each([
    ['Windows-1252', Buffer.from('user\r\nMüller\r\n', 'latin1'), 'not UTF-8 (line 2)'],
    ['UTF-8 that breaks off in a character', Buffer.from('user\nMü').subarray(0, -1), 'not UTF-8 (line 2)'],
    ['UTF-8 of a lone surrogate', Buffer.from([0x61, 0x0a, 0x0a, 0xed, 0xa0, 0x80]), 'not UTF-8 (line 3)'],
    ['UTF-16 that breaks off', utf16('user\n', false).subarray(0, -1), 'not UTF-16'],
    ['UTF-16 of a lone surrogate', utf16('user\n\ud800\n', false), 'not UTF-16'],
    ['NUL in UTF-8', Buffer.from('user\na\0b\n'), 'expected text, found a NUL character (line 2)'],
    ['NUL in UTF-16', utf16('user\na\0b\n', true), 'expected text, found a NUL character (line 2)'],
    ['zeros only', Buffer.alloc(12), 'expected text, found a NUL character (line 1)'],
    ['a workbook', Buffer.from('PK\x03\x04\x14\0'), 'expected text, found a workbook (.xlsx) or another zip file'],
    [
      'an old workbook',
      Buffer.from('d0cf11e0a1b11ae10000', 'hex'),
      'expected text, found a workbook (.xls) or another Office file',
    ],
    ['a PDF', Buffer.from('%PDF-1.7\n%\xe2\xe3', 'latin1'), 'expected text, found a PDF'],
    ['a gzip file', Buffer.from([0x1f, 0x8b, 8, 0]), 'expected text, found a gzip file'],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), 'expected text, found UTF-32'],
  ])('is not guessed from %s', (_, bytes, problem) => {
    expect(decodeText(bytes)).toEqual(
      E.left({ _tag: 'UndecodableText', message: `${problem}; save it as UTF-8 (in Excel: "CSV UTF-8")` }),
    )
  })
})
