import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** What is shown of foreign text goes through these. */
const FOLDERS = ['src/cli/formats', 'src/cli/output']

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|js)$/.test(name))
    .map((name) => join(folder, name))

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

test('there are patterns to look at', () => {
  expect(patterns.length).toBeGreaterThan(20)
})

test.each(patterns)('$literal of $file takes time in proportion to the text', ({ source }) => {
  expect(isSlow(source)).toBe(false)
})

test.each([' +$', '[a-z]*$', '(?:a+)+', '(\\s*x*)*', 'a|b+$', '(?:,\\s*)+$'])('/%s/ would be noticed', (source) => {
  expect(isSlow(source)).toBe(true)
})

test.each(['^ +$', '^\\+\\d+(?: \\d+)*$', '(?<!x)x*$', ' +', 'a+b', '[^+]$'])('/%s/ would not', (source) => {
  expect(isSlow(source)).toBe(false)
})
