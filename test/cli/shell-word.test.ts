import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shellWord } from '../../src/cli/output/shell-word.ts'

describe('a name as a word of a command', () => {
  it.each([
    ['plan.json', 'plan.json', 'plan.json'],
    ['plans/2026-11-28.json', 'plans/2026-11-28.json', 'plans/2026-11-28.json'],
    ['my plan.json', "'my plan.json'", '"my plan.json"'],
    ["Ada's", "'Ada'\\''s'", '"Ada\'s"'],
    ['$HOME', "'$HOME'", "'$HOME'"],
    ["`Ada's` “plan”", "'`Ada'\\''s` “plan”'", "'`Ada''s` “plan”'"],
    ['a,b', 'a,b', '"a,b"'],
    ['plans\\may.json', "'plans\\may.json'", 'plans\\may.json'],
    ['C:\\my plans\\', "'C:\\my plans\\'", '"C:\\my plans\\\\"'],
    ['100%', '100%', '"100%"'],
    ['a&b', "'a&b'", '"a&b"'],
    ['-rf', './-rf', './-rf'],
    ['', "''", '""'],
  ])('%j is %s, and %s on Windows', (name, posix, windows) => {
    expect([shellWord(name, 'linux'), shellWord(name, 'win32')]).toEqual([posix, windows])
  })

  it('is that name again for a shell', () => {
    const name = fc
      .string({ unit: fc.constantFrom(...'ab c\'"$`\\!*?~#&;|<>(){}[]=ü') })
      .filter((text) => !text.startsWith('-'))
    fc.assert(
      fc.property(name, (text) => {
        const shown = execFileSync('/bin/sh', ['-c', `printf %s ${shellWord(text, 'linux')}`], { encoding: 'utf8' })
        expect(shown).toBe(text)
      }),
      { numRuns: 50 },
    )
  })
})
