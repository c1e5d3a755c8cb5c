import { describe, expect, test } from 'vitest'
import { addressesOf, foldedText, hasAddress, matchLicenses } from '../../src/model/comparing.ts'
import { foldedReference } from '../../src/model/folded-text.ts'

/** Texts that look alike, fold alike somewhere, or are not what they seem. */
const texts = [
  ...[
    '',
    ' ',
    '\0',
    '\u200b',
    '\ufeffx',
    'x',
    'X',
    '\ud800',
    'x\ud800',
    '\u202egpj.exe',
    'K',
    'k',
    '\u212a',
    'İ',
    'i',
    'I',
    'ı',
  ],
  ...[
    'ſ',
    's',
    'ß',
    'ss',
    'ẞ',
    'ﬁ',
    'fi',
    'e\u0301',
    'E\u0301',
    'é',
    'É',
    '\u00c5',
    '\u212b',
    'A\u030a',
    ';',
    '\u037e',
  ],
  ...[
    '`',
    '\u1fef',
    '\u2028',
    'a\r\nb',
    'a;b',
    'a\tb',
    '=1+1',
    '＝1',
    '__proto__',
    'constructor',
    'null',
    '1e3',
    '12 ',
    '12',
  ],
  ...[
    '\u00a012\u200b',
    '９',
    '9',
    '９'.normalize('NFKC'),
    '👩‍👩‍👧‍👦',
    '1️⃣',
    '1',
    '田中',
    'مرحبا',
    'Σ',
    'σ',
    'ς',
    'İ'.toLowerCase(),
  ],
]

/** The only ones of them that are the same text: by the case of A to Z, by composition, or by what is at their ends. */
const same: readonly (readonly string[])[] = [
  ['', ' ', '\u200b', '\u2028'],
  ['\ufeffx', 'x', 'X'],
  ['K', 'k'],
  ['i', 'I'],
  ['e\u0301', 'é'],
  ['E\u0301', 'É'],
  ['\u00c5', '\u212b', 'A\u030a'],
  ['12 ', '12', '\u00a012\u200b'],
  ['9', '９'.normalize('NFKC')],
]

describe('addresses and names', () => {
  test('are the same only by the case of A to Z, by composition, and by what nobody sees at their ends', () => {
    const isSame = (one: string, other: string) =>
      one === other || same.some((group) => group.includes(one) && group.includes(other))
    const differing = texts.flatMap((one) =>
      texts
        .filter((other) => (foldedText(one) === foldedText(other)) !== isSame(one, other))
        .map((other) => [one, other]),
    )
    expect(differing).toEqual([])
  })

  test('of ASCII are those of no other text, whatever Unicode folds or composes to it', () => {
    const taken: string[] = []
    for (let code = 0x80; code < 0x30000; code++) {
      const character = String.fromCodePoint(code)
      const folded = foldedText(`a${character}z@example.com`)
      if (/^[\0-\x7f]*$/.test(folded)) taken.push(code.toString(16))
    }
    expect(taken).toEqual([])
  })

  test('of a user are all of theirs, the first one first, each once, and none that is blank', () => {
    const user = { email: ' Ada@Example.com', otherEmails: ['\u200b', 'ADA@example.com', 'old@Example.com\u200b'] }
    expect(addressesOf(user)).toEqual(['ada@example.com', 'old@example.com'])
    expect(addressesOf({ email: ' ' })).toEqual([])
    expect(addressesOf({})).toEqual([])
    expect(hasAddress(user, 'OLD@example.com')).toBe(true)
    expect(hasAddress({ email: '' }, ' ')).toBe(false)
  })

  test('that name a user are folded, and ids are not', () => {
    expect(foldedReference(' Ada@X.com')).toBe('ada@x.com')
    expect(foldedReference(' Y2lz\u200b')).toBe('Y2lz')
  })
})

describe('licenses', () => {
  const licenses = [
    { id: 'a', name: 'Kino', productCode: 'KX' },
    { id: 'b', name: '\u212aino' },
    { id: 'c', name: ' ' },
    { id: 'd', name: 'kx' },
  ]

  test('are matched by id, and else by name and product code as addresses are', () => {
    const idsOf = (wanted: string) => matchLicenses(licenses, wanted).map(({ id }) => id)
    expect(idsOf('a')).toEqual(['a'])
    expect(idsOf('KINO ')).toEqual(['a'])
    expect(idsOf('\u212aino')).toEqual(['b'])
    expect(idsOf('kX')).toEqual(['a', 'd'])
    expect(idsOf(' ')).toEqual([])
    expect(idsOf('A')).toEqual(['a'])
    expect(idsOf('e')).toEqual([])
  })
})
