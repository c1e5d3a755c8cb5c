import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** All that foreign text can go through; simulators make their own. */
const FOLDERS = ['src', 'providers']
const IS_SIMULATOR = /simulator/

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|js)$/.test(name))
    .map((name) => join(folder, name))
    .filter((file) => !IS_SIMULATOR.test(file))

const LITERAL = /(?<=[(=,:[?!&|]\s*|=>\s*|\breturn\s+)\/(?![*/])(?:[^\\/\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[dgimsuvy]*/g

const patterns = FOLDERS.flatMap(filesIn).flatMap((file) =>
  [
    ...readFileSync(file, 'utf8')
      .replace(/^\s*(?:\*|\/\/|\/\*).*$/gm, '')
      .matchAll(LITERAL),
  ].map(([literal]) => {
    const end = literal.lastIndexOf('/')
    return { file, literal, source: literal.slice(1, end) }
  }),
)

const withoutClasses = (source: string): string => source.replace(/\[(?:[^\]\\]|\\.)*\]|\\(?:[pP]\{[^}]*\}|.)/g, 'x')

/** `(?: \d+)*` begins with what it repeats no further, so that there is one way to read it. */
const IS_UNAMBIGUOUS = /\(\?: x\+\)\*/

/**
 * What makes a pattern take the square of a text's length, or worse: a repetition that may begin anywhere and has to reach
 * the end, as each of its beginnings runs through the same characters; and a repetition within a repetition.
 */
const isSlow = (source: string): boolean => {
  const bare = withoutClasses(source)
  const isTiedDown = (part: string) => /^(?:\(\?:)?(?:\^|\(\?<)/.test(part)
  const runsToTheEnd = bare.split('|').some((part) => /[*+]\??\)*\$/.test(part) && !isTiedDown(part))
  const isNested = /\([^()]*[*+][^()]*\)[*+]/.test(bare.replace(IS_UNAMBIGUOUS, ''))
  return runsToTheEnd || isNested
}

/**
 * A pattern that may begin anywhere and has to find something behind a repetition: where that is not there, the next
 * beginning goes through the same characters. A repetition that comes last cannot fail any more, and one that is tied to
 * the beginning of the text has one beginning: these are linear by their shape alone. All others are named below, with
 * the reason why their beginnings share no characters, or why no vendor decides how long the text is.
 */
const goesOnAfterRepetition = (source: string): boolean =>
  !/^\^\(\?:.*\)\$$/.test(source) &&
  withoutClasses(source)
    .split('|')
    .some((part) => !part.startsWith('^') && /[*+]\??\)*[^)*+?]/.test(part))

const EXCLUDES_ITS_BEGINNING = 'what is repeated is none of the characters that it begins with'
const ONE_BEGINNING_EACH = 'it begins at no character that what is repeated could stand in front of'
const SHORT_TEXT = 'no more than 2,000 characters of a text, and the longest secret, are looked at'
const LINEAR_ALL_THE_SAME: ReadonlyMap<string, string> = new Map([
  ['"[^"]*"', EXCLUDES_ITS_BEGINNING],
  [String.raw` \([^()]*\)$`, EXCLUDES_ITS_BEGINNING],
  [String.raw`[?&]\w+=`, EXCLUDES_ITS_BEGINNING],
  [String.raw`\{\w+\}`, EXCLUDES_ITS_BEGINNING],
  ['`([^`]+)`', EXCLUDES_ITS_BEGINNING],
  [String.raw`([<[][^<>[\]]*[>\]])`, EXCLUDES_ITS_BEGINNING],
  [String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*Z`, ONE_BEGINNING_EACH],
  [String.raw`(?= · )|(?=@)|(\d{4}-\d\d-\d\d|(?<= )\d+(?= |$))`, ONE_BEGINNING_EACH],
  [String.raw`#(?=\d)|(?<!\d):(?=[\w+-]+:)|(?<=\bGH)-(?=\d)`, EXCLUDES_ITS_BEGINNING],
  [String.raw`(?<![a-zA-Z\d_])(?<![\p{L}\p{N}.+-](?=@[\p{L}\p{N}-]+\.[\p{L}\p{N}]))@`, EXCLUDES_ITS_BEGINNING],
  [String.raw`(?<![\p{L}\p{N}])[\p{L}\p{N}]*$`, ONE_BEGINNING_EACH],
  [String.raw`(?<!\/)\/+$`, ONE_BEGINNING_EACH],
  ['(?<!0)0+$', ONE_BEGINNING_EACH],
  [
    String.raw`(?<![^ ])\d+(?:,\d{3})* (?=(?:records?|licenses?|users?|person|people|workspaces?|devices?|pages?)(?![^ ;:,]))|(?<=\bpage )\d+(?![^ ;:,])`,
    ONE_BEGINNING_EACH,
  ],
  [String.raw`\b(Bearer|Basic)\s+[\w.~+/=-]+`, EXCLUDES_ITS_BEGINNING],
  [String.raw`\b(eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?|\w{40,}_\w{4}_[\w-]{36})`, SHORT_TEXT],
  [String.raw`(?<!:)((?:token|secret|password|authorization(?!:\w+:\w))["']?\s*[:=]\s*["']?)[^\s"'&,}]+`, SHORT_TEXT],
  [String.raw`\$\{([^}]*)\}`, 'these are the texts of a configuration, which the user has written'],
])

test.each(patterns.filter(({ source }) => goesOnAfterRepetition(source)))(
  '$literal of $file, which may begin anywhere and goes on after what it repeats, has been looked at',
  ({ source }) => {
    expect(LINEAR_ALL_THE_SAME.get(source)).toBeDefined()
  },
)

test('nothing has been looked at that is not there any more', () => {
  const sources = new Set(patterns.map(({ source }) => source))
  expect([...LINEAR_ALL_THE_SAME.keys()].filter((source) => !sources.has(source))).toEqual([])
})

test.each(['a+b', ' +b', 'x[a-z]*;', 'a|b+c'])('/%s/ would have to be looked at', (source) => {
  expect(goesOnAfterRepetition(source)).toBe(true)
})

test('there are patterns to look at', () => {
  expect(patterns.length).toBeGreaterThan(20)
})

test.each(patterns)('$literal of $file takes time in proportion to the text', ({ source }) => {
  expect(isSlow(source)).toBe(false)
})

test.each([' +$', '[a-z]*$', '(?:a+)+', '(\\s*x*)*', 'a|b+$', '(?:,\\s*)+$'])('/%s/ would be noticed', (source) => {
  expect(isSlow(source)).toBe(true)
})

test.each(['^ +$', '^\\+\\d+(?: \\d+)*$', '(?<!x)x*$', ' +', '[^+]$'])('/%s/ would not', (source) => {
  expect(isSlow(source)).toBe(false)
})
