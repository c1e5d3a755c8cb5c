import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it, test } from 'vitest'
import {
  Capacity,
  type Codec,
  Count,
  known,
  Ledger,
  License,
  LicensedUser,
  LicenseError,
  notApplicable,
  unknown,
  unlimited,
} from '../../src/index.ts'

const license: License = {
  provider: 'acme',
  id: 'l1',
  name: 'Pro',
  metric: 'named',
  purchased: unlimited,
  consumed: known(3),
  includes: [],
  requires: [],
}
const user: LicensedUser = {
  provider: 'acme',
  id: 'u1',
  kind: 'internal',
  status: 'active',
  licenseIds: ['l1'],
  pendingLicenseIds: [],
}
const ledger: Ledger = {
  pages: 1,
  items: 1,
  repeated: 0,
  undecodable: 0,
  gaps: [],
  omits: [],
  verdict: 'complete',
}
const failed = { provider: 'acme', operation: 'GET /x', message: 'no' }

const decoded = <A>(codec: Codec<A>, value: unknown): A => {
  const result = codec.decode(value)
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}
const problemsOf = <A>(codec: Codec<A>, value: unknown) => {
  const result = codec.decode(value)
  return E.isLeft(result) ? result.left : []
}

describe('a codec of the model', () => {
  it.each([
    [Count, [known(1), notApplicable, unknown('why', 2)]],
    [Capacity, [known(1), unlimited]],
    [License, [license]],
    [LicensedUser, [user]],
    [Ledger, [ledger, { ...ledger, gaps: [{ what: 'page 1', reason: 'no', error: { _tag: 'Aborted', ...failed } }] }]],
    [
      LicenseError,
      [
        { _tag: 'Aborted', ...failed },
        { _tag: 'Incomplete', ...failed, ledger },
      ],
    ],
  ] as const)('recognizes what it is of', (codec, values) => {
    for (const value of values) {
      expect(codec.is(value)).toBe(true)
      expect(decoded<unknown>(codec, JSON.parse(JSON.stringify(value)))).toEqual(value)
    }
  })

  it('says where a value is wrong and what was expected there, and never the value', () => {
    expect(problemsOf(License, { ...license, id: 7, consumed: { kind: 'known', value: 'secret' } })).toEqual([
      { path: 'id', expected: 'string' },
      { path: 'consumed.value', expected: 'number' },
    ])
    expect(problemsOf(LicensedUser, 'secret')).toEqual([{ path: '', expected: 'an object' }])
    expect(
      problemsOf(Ledger, { ...ledger, gaps: [{ what: 'page 1', reason: 'no', error: { _tag: 'Aborted' } }] }),
    ).toEqual(['provider', 'operation', 'message'].map((key) => ({ path: `gaps[0].error.${key}`, expected: 'string' })))
  })
})

describe('what a later version has told', () => {
  it('has its further members still', () => {
    const later = { ...license, tier: { of: 'gold' }, consumed: { ...license.consumed, asOf: 'today' } }
    expect(decoded(License, later)).toEqual(later)
    expect(decoded(LicensedUser, { ...user, costCenter: '42' })).toHaveProperty('costCenter', '42')
    expect(decoded(Ledger, { ...ledger, tookMs: 7 })).toHaveProperty('tookMs', 7)
    expect(decoded(LicenseError, { ...failed, _tag: 'Aborted', helpUrl: 'x' })).toHaveProperty('helpUrl', 'x')
  })

  it('is unknown where it is a word that is not known here', () => {
    expect(decoded(License, { ...license, metric: 'per-core', tier: 1 })).toMatchObject({ metric: 'unknown', tier: 1 })
    expect(decoded(LicensedUser, { ...user, kind: 'robot', status: 'on-leave' })).toMatchObject({
      kind: 'unknown',
      status: 'unknown',
    })
  })

  it('is an unknown number where it is a kind of number that is not known here', () => {
    for (const codec of [Count, Capacity]) {
      expect(decoded<Capacity>(codec, { kind: 'estimated', value: 5 })).toMatchObject({ kind: 'unknown' })
    }
    expect(decoded(License, { ...license, purchased: { kind: 'pooled' } }).purchased.kind).toBe('unknown')
    expect(decoded<Capacity>(Count, unlimited).kind).toBe('unknown')
  })

  it('is left out of what is overridden where it is a field that is not known here', () => {
    const purchased = { field: 'purchased', value: { kind: 'known', value: 5 } }
    const later = { ...license, overridden: [purchased, { field: 'term', value: { end: '2027-01-31' } }] }
    expect(decoded(License, later).overridden).toEqual([purchased])
    expect(problemsOf(License, { ...license, overridden: [{ field: 7, value: unlimited }] })).toHaveLength(1)
  })

  it('is never a whole list by a verdict that is not known here', () => {
    expect(decoded(Ledger, { ...ledger, verdict: 'sampled' }).verdict).toBe('partial')
  })

  it('is a failure whose tag is told, wherever it is', () => {
    const later = { ...failed, _tag: 'QuotaExceeded', quota: 5 }
    const expected = {
      _tag: 'Unavailable',
      attempts: 1,
      message: 'no (a failure of the kind QuotaExceeded, which this version of Seatlens does not know)',
      quota: 5,
    }
    const error = decoded(LicenseError, later)
    expect(error).toMatchObject(expected)
    expect(decoded(LicenseError, error)).toBe(error)
    const gap = { what: 'page 2', reason: 'no', error: later }
    expect(decoded(Ledger, { ...ledger, gaps: [gap] }).gaps[0]?.error).toMatchObject(expected)
    expect(problemsOf(LicenseError, { _tag: 'QuotaExceeded' })).not.toEqual([])
    expect(decoded(LicenseError, { ...failed, _tag: '\u001b[31m' }).message).not.toContain('\u001b')
  })
})

describe('a number that is none', () => {
  it.each([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN])('is no count: %d', (value) => {
    expect(Count.is({ kind: 'known', value })).toBe(false)
    expect(Capacity.is({ kind: 'known', value })).toBe(false)
    expect(Count.is({ kind: 'unknown', reason: 'x', atLeast: value })).toBe(false)
  })

  it('is refused as JSON writes it', () => {
    expect(Capacity.decode(JSON.parse('{"kind":"known","value":1e999}'))).toEqual(
      E.left([{ path: 'value', expected: 'number' }]),
    )
  })
})

describe('a value that cannot be looked at', () => {
  const nested = (depth: number): unknown => {
    const around = (error: unknown) => ({
      _tag: 'Incomplete',
      provider: 'acme',
      operation: 'listUsers',
      message: '',
      ledger: { ...ledger, gaps: [{ what: 'users', reason: '', error }] },
    })
    let error: unknown = { _tag: 'Aborted', provider: 'acme', operation: 'listUsers', message: '' }
    for (let level = 0; level < depth; level++) error = around(error)
    return error
  }

  it('is a problem, and nothing is thrown', () => {
    expect(LicenseError.is(nested(20))).toBe(true)
    const getter = Object.defineProperty({}, '_tag', {
      enumerable: true,
      get: () => {
        throw new Error('mine')
      },
    })
    for (const value of [nested(20_000), getter]) {
      expect(LicenseError.is(value)).toBe(false)
      expect(LicenseError.decode(value)).toEqual(
        E.left([{ path: '', expected: 'LicenseError that can be read and is not nested too deeply' }]),
      )
    }
  })
})

test('what is expected of a count is in words', () => {
  expect(Count.decode(null)).toEqual(E.left([{ path: '', expected: 'known count or unknown count or not applicable' }]))
})
