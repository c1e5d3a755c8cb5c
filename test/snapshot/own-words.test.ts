import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Gap, gapLines, type Ledger } from '../../src/index.ts'
import { ledgerInOwnWords } from '../../src/snapshot/own-words.ts'

const kept = (gap: Gap): Gap | undefined => {
  const account = { pages: 1, items: 1, repeated: 0, undecodable: 0, omits: [], verdict: 'partial' } as const
  const ledger: Ledger = { ...account, gaps: [gap] }
  return ledgerInOwnWords(ledger, new Map()).gaps[0]
}

/** Files that make gaps: everything between the vendors and a report, but for what shows them. */
const sources = [
  'src/model',
  'src/paging',
  'src/provider-kit',
  'src/report',
  'providers/genesys',
  'providers/webex',
].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/^simulator|^report-(?:problems|remarks)/.test(name))
    .map((name) => ({ name: `${folder}/${name}`, code: readFileSync(`${folder}/${name}`, 'utf8') }))
    .filter(({ code }) => /\b(?:gaps|endedBy)\b/.test(code)),
)

const TEXT = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g
/** Lines in which a part of a list, or a reason, gets its name: members, variables, and what is handed to those who make gaps. */
const NAMING =
  /\b(?:what|reason|where|OF_ANOTHER|WHOLE_LIST|REST_OF_LIST)\b(?: =|:)|\.gaps\(|\b(?:gapsOf|gapOfOthers|tokenPageOf|entriesOf)\(/

/** Each hole of a text is filled with what the code puts there. An unknown hole is an error: say here what it stands for. */
const HOLES: readonly (readonly [RegExp, string])[] = [
  [/'record'\)$/, '1,200 records'],
  [/'user'\)$/, '1 user'],
  [/'person', 'people'\)$/, '1,200 people'],
  [/'workspace'\)$|^Values\.quantity\(shortened, one, several\)$/, '1,200 workspaces'],
  [/^(?:page|where)$/, 'a page of the people'],
  [/^(?:ask\.)?pageNumber$/, '1200'],
  [/^gap\.what$/, 'the rest of the list'],
  [/^(?:hidden|failures\.length)$/, '7'],
]
const filled = (text: string, name: string): string =>
  text.replace(/\$\{((?:[^{}]|\{[^{}]*\})*)\}/g, (_, hole: string) => {
    const found = HOLES.find(([pattern]) => pattern.test(hole))
    if (found === undefined) throw new Error(`${name}: what does \${${hole}} stand for?`)
    return found[1]
  })

/** Of these only the license is kept, by its name in the list of licenses. */
const isOfOneLicense = (text: string): boolean => /^holders of \$\{name\}/.test(text)

const changed: Ledger = { pages: 1, items: 1, repeated: 0, undecodable: 0, gaps: [], omits: [], verdict: 'mismatch' }

const madeInCode = sources.flatMap(({ name, code }) =>
  code
    .split('\n')
    .filter((line) => NAMING.test(line) && !/^\s*(?:\/\/|\*|\/\*)/.test(line))
    .flatMap((line) => (line.match(TEXT) ?? []).map((quoted) => quoted.slice(1, -1)))
    .filter((text) => text.includes(' ') && !isOfOneLicense(text))
    .map((text) => filled(text, name)),
)

const texts = [...madeInCode, ...gapLines(changed)]

describe('a shared snapshot keeps', () => {
  test('every text of a gap that our own code makes', () => {
    expect(texts).toEqual(
      expect.arrayContaining([
        '1,200 records of a page of the people',
        'page 1200',
        'the rest of the list',
        'it had no page',
        'another reading to compare it with',
        'the licenses of 7 people',
        'the licenses of 1,200 workspaces',
        'the licenses of 1 user of a page of the people',
        '1,200 people who may be deleted',
        'the list changed while it was read',
        'not what the contract of a provider says',
      ]),
    )
    for (const text of new Set(texts)) expect(kept({ what: text, reason: text })).toEqual({ what: text, reason: text })
  })

  test.each(['1,200 records of page 1', '2 records of a page', '2 records of the licenses', '3 records', '1 person'])(
    '%s',
    (what) => {
      expect(kept({ what, reason: 'ada' })?.what).toBe(what)
    },
  )

  test.each(['the list moved while it was read', 'holders of 3 licenses', 'the licenses of 12345 people'])(
    'what version 0.1 wrote: %s',
    (text) => {
      expect(kept({ what: text, reason: text })).toEqual({ what: text, reason: text })
    },
  )

  test.each([
    'ada',
    'the licenses of Ada',
    'user 4711',
    'the licenses of user 4711',
    'holders of 4711',
    'page 3 4711',
    'page 3of4711',
    '4711records of page 3',
    'x4711 records',
    'the licenses of user:ada',
    'the licenses of ada_read',
    'the licenses of ada@example.com',
    'the licenses of ada:read@example.com',
    'record-of-ada',
  ])('nothing that may be a name or an id: %s', (text) => {
    expect(kept({ what: text, reason: text })).toEqual({
      what: 'a part of the list',
      reason: 'the reason is not kept: it may name a person',
    })
  })
})
