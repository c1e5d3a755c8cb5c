import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { journalTextOf } from '../../src/node/journal-text.ts'

describe('the text of a journal', () => {
  it('whose last character a crash has cut off is read without it', () => {
    const cut = Buffer.from('{"entry":"begin"}\n{"entry":"ü').subarray(0, -1)
    expect(journalTextOf(cut)).toEqual(E.right('{"entry":"begin"}\n{"entry":"'))
    expect(journalTextOf(Buffer.concat([cut, Buffer.from('\n{"ü"}\n')]))).toEqual(
      E.right('{"entry":"begin"}\n{"entry":"\n{"ü"}\n'),
    )
    expect(journalTextOf(Buffer.alloc(0))).toEqual(E.right(''))
  })

  it('in another encoding is refused by its line', () => {
    expect(journalTextOf(Buffer.from('{}\n{"Müller"}\n', 'latin1'))).toEqual(E.left(2))
  })
})
