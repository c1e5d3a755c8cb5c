import { describe, expect, test } from 'vitest'
import { type Gap, gapLines, type Ledger, leavesComplete } from '../../src/model/index.ts'

const ledger = (details: Partial<Ledger>): Ledger => ({
  pages: 3,
  items: 0,
  repeated: 0,
  undecodable: 0,
  gaps: [],
  omits: [],
  verdict: 'partial',
  ...details,
})

const gap = (what: string, details: Partial<Gap> = {}): Gap => ({ what, reason: 'it is HTML', ...details })

describe('what is wrong with a list', () => {
  for (const verdict of ['complete', 'unverifiable'] as const) {
    test(`is nothing where it is ${verdict}`, () => {
      expect(gapLines(ledger({ verdict }))).toEqual([])
    })
  }

  test('is nothing where it is whole, whatever it never names', () => {
    expect(gapLines(ledger({ verdict: 'complete', omits: ['guests'] }))).toEqual([])
  })

  test('is that it changed where it is a mismatch, for each of its licenses', () => {
    const changed = ledger({ verdict: 'mismatch' })
    expect(gapLines(changed)).toEqual(['the list changed while it was read'])
    expect(gapLines(changed, 'cx1')).toEqual(['the list changed while it was read'])
  })

  test('is that something is missing where no gap says more, for each of its licenses', () => {
    const cut = ledger({ undecodable: 1 })
    expect(gapLines(cut)).toEqual(['the list is partial; the provider does not say what is missing'])
    expect(gapLines(cut, 'cx1')).toEqual(['the list is partial; the provider does not say what is missing'])
  })

  test('is every gap with its reason, up to three', () => {
    const gaps = [gap('page 2'), gap('page 3', { reason: 'it is down' }), gap('page 4')]
    expect(gapLines(ledger({ gaps }))).toEqual([
      'the list lacks page 2: it is HTML',
      'the list lacks page 3: it is down',
      'the list lacks page 4: it is HTML',
    ])
  })

  test('is three gaps and the number of all others where there are more', () => {
    const gaps = [1, 2, 3, 4, 5].map((page) => gap(`page ${page}`))
    expect(gapLines(ledger({ gaps }))).toEqual([
      'the list lacks page 1: it is HTML',
      'the list lacks page 2: it is HTML',
      'the list lacks page 3: it is HTML',
      'the list has 2 more gaps',
    ])
  })

  test('speaks of one further gap in the singular', () => {
    const gaps = [1, 2, 3, 4].map((page) => gap(`page ${page}`))
    expect(gapLines(ledger({ gaps })).at(-1)).toBe('the list has 1 more gap')
  })

  test('names the list, and says that all of it or its rest could not be read', () => {
    const gaps = [gap('the list'), gap('the rest of the list'), gap('page 2')]
    expect(gapLines(ledger({ gaps }), undefined, 'users')).toEqual([
      'the list of users could not be read: it is HTML',
      'the rest of the list of users could not be read: it is HTML',
      'the list of users lacks page 2: it is HTML',
    ])
    expect(gapLines(ledger({ gaps }))[0]).toBe('the list could not be read: it is HTML')
  })

  test('is all of it, whichever license it concerns, where none is asked for', () => {
    const gaps = [gap('holders of cx1', { licenseId: 'cx1' }), gap('holders of cx2', { licenseId: 'cx2' })]
    expect(gapLines(ledger({ gaps }))).toHaveLength(2)
  })
})

describe('what is wrong with a list for one license', () => {
  const gaps = [
    gap('page 2'),
    gap('holders of cx1', { licenseId: 'cx1' }),
    gap('holders of cx2', { licenseId: 'cx2' }),
    gap('holders of a license', { licenseId: '' }),
  ]

  test('is what concerns it, and what may concern any', () => {
    expect(gapLines(ledger({ gaps }), 'cx1')).toEqual([
      'the list lacks page 2: it is HTML',
      'the list lacks holders of cx1: it is HTML',
    ])
  })

  test('is nothing where every gap concerns other licenses', () => {
    expect(gapLines(ledger({ gaps: gaps.slice(1) }), 'cx3')).toEqual([])
  })

  test('leaves the gaps of other licenses out of the number of further ones', () => {
    const many = [1, 2, 3, 4].map((page) => gap(`page ${page}`))
    expect(gapLines(ledger({ gaps: [...gaps.slice(1), ...many] }), 'cx3').at(-1)).toBe('the list has 1 more gap')
  })

  test('has its gaps and those of any in the order in which they came, up to three', () => {
    const mixed = [
      gap('holders of cx1', { licenseId: 'cx1' }),
      gap('page 2'),
      gap('other holders of cx1', { licenseId: 'cx1' }),
      gap('page 3'),
      gap('page 4'),
    ]
    expect(gapLines(ledger({ gaps: mixed }), 'cx1', 'users')).toEqual([
      'the list of users lacks holders of cx1: it is HTML',
      'the list of users lacks page 2: it is HTML',
      'the list of users lacks other holders of cx1: it is HTML',
      'the list of users has 2 more gaps',
    ])
  })
})

describe('a list leaves the provider complete', () => {
  for (const [verdict, leaves] of [
    ['complete', true],
    ['unverifiable', true],
    ['partial', false],
    ['mismatch', false],
  ] as const) {
    test(`${leaves ? '' : 'not '}where it is ${verdict}`, () => {
      expect(leavesComplete(ledger({ verdict }))).toBe(leaves)
    })

    test(`where it only adds to another one and is ${verdict}`, () => {
      expect(leavesComplete(ledger({ verdict, supplementary: true }))).toBe(true)
    })
  }
})
