import { describe, expect, it } from 'vitest'
import { jsonText } from '../../src/render/text/json-text.ts'
import { markdownProse } from '../../src/render/text/markdown-text.ts'
import { visibleText } from '../../src/render/text/visible-text.ts'

describe('text of a vendor on a terminal', () => {
  it.each([
    ['\u001b[31mred', '␛[31mred'],
    ['a\nb\tc\r', 'a␊b␉c␍'],
    ['\u009b2J', '<U+009B>2J'],
    ['\u007f', '<U+007F>'],
    ['abc\u202egpj.exe', 'abc<U+202E>gpj.exe'],
    ['\u2066x\u2069', '<U+2066>x<U+2069>'],
    ['a\u200bb', 'a<U+200B>b'],
    ['a\u2028b', 'a<U+2028>b'],
    ['\ud800', '<U+D800>'],
  ])('%j is shown as %j', (text, shown) => {
    expect(visibleText(text)).toBe(shown)
  })

  it.each(['Zoë Ångström', '李雷', 'שלום', '👩‍💻 team', 'می‌خواهم'])('%s stays as it is', (text) => {
    expect(visibleText(text)).toBe(text)
  })
})

describe('a message in Markdown', () => {
  it.each([
    ['set `"devices": true` for <all>', 'set `"devices": true` for \\<all\\>'],
    ['run `seatlens plan | less`', 'run \\`seatlens plan \\| less\\`'],
    ['one ` alone', 'one \\` alone'],
    ['`a\nb`', '`a␊b`'],
  ])('%j is written as %j: what is to be typed is code, and all else is shown as it is', (message, written) => {
    expect(markdownProse(message)).toBe(written)
  })
})

describe('JSON', () => {
  it('is harmless on a terminal and reads back as the same value', () => {
    const value = { name: '\u001b[2J\u009b1m\u202e\u2028ü' }
    const text = jsonText(value)
    for (const active of ['\u001b', '\u009b', '\u202e', '\u2028']) expect(text).not.toContain(active)
    expect(JSON.parse(text)).toEqual(value)
  })
})
