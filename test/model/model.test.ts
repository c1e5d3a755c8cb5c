import { describe, expect, expectTypeOf, test } from 'vitest'
import { leastOf } from '../../src/model/count.ts'
import {
  describeError,
  isLicenseException,
  isWhole,
  known,
  type Ledger,
  type LicenseError,
  LicenseException,
  type ListVerdict,
  notApplicable,
  type TaggedFailure,
  unknown,
  unlimited,
} from '../../src/model/index.ts'

describe('absent, zero, unlimited and unknown', () => {
  test('are different things', () => {
    const kinds = [known(0), unlimited, unknown('nobody says'), notApplicable].map(({ kind }) => kind)
    expect(kinds).toEqual(['known', 'unlimited', 'unknown', 'notApplicable'])
  })

  test('keep a lower bound only where there is one, zero included', () => {
    expect(unknown('why')).toEqual({ kind: 'unknown', reason: 'why' })
    expect(unknown('why')).not.toHaveProperty('atLeast')
    expect(unknown('why', 0)).toEqual({ kind: 'unknown', reason: 'why', atLeast: 0 })
  })
})

test('what is certain of a number is its value or its lower bound, and zero is a number', () => {
  const counts = [known(3), known(0), unknown('a page is missing', 2), unknown('not told'), notApplicable]
  expect(counts.map(leastOf)).toEqual([3, 0, 2, undefined, undefined])
})

describe('a list', () => {
  const ledger = (verdict: ListVerdict): Ledger => ({
    pages: 1,
    items: 0,
    repeated: 0,
    undecodable: 0,
    gaps: [],
    omits: [],
    verdict,
  })

  for (const [verdict, whole] of [
    ['complete', true],
    ['unverifiable', true],
    ['partial', false],
    ['mismatch', false],
  ] as const) {
    test(`that is ${verdict} is ${whole ? '' : 'not '}whole`, () => {
      expect(isWhole(ledger(verdict))).toBe(whole)
    })
  }
})

const error: LicenseError = {
  _tag: 'Unavailable',
  provider: 'webex-emea',
  operation: 'GET /v1/licenses',
  message: 'failed on the vendor’s side',
  attempts: 5,
}

describe('describing an error', () => {
  test('says in one line all that is known', () => {
    const known = { ...error, status: 503, vendorCode: 'c1', vendorMessage: 'down', correlationId: 'id-1' }
    expect(describeError(known)).toBe(
      'webex-emea: failed on the vendor’s side (GET /v1/licenses, status 503, code c1, "down", correlation id id-1)',
    )
  })

  test('does not speak of what is not known', () => {
    expect(describeError(error)).toBe('webex-emea: failed on the vendor’s side (GET /v1/licenses)')
    // A name of a call means nothing to people.
    expect(describeError({ ...error, operation: 'listUsers' })).toBe('webex-emea: failed on the vendor’s side')
  })
})

describe('a license exception', () => {
  test('is a real error with the plain one inside and its description as message', () => {
    const exception = new LicenseException(error)
    expect(exception).toBeInstanceOf(Error)
    expect(exception.error).toBe(error)
    expect(exception.message).toBe(describeError(error))
    expect(exception.name).toBe('LicenseException')
  })

  test('says after instanceof what all failures have, and not that anything goes', () => {
    const thrown: unknown = new LicenseException(error)
    if (!(thrown instanceof LicenseException)) throw thrown
    expectTypeOf(thrown.error).toEqualTypeOf<TaggedFailure>()
    expect(thrown.error._tag).toBe('Unavailable')
  })

  test('has the failure of the call that threw where the caller says which one that is', () => {
    const thrown: unknown = new LicenseException(error)
    if (!isLicenseException(thrown)) throw thrown
    expectTypeOf(thrown.error.provider).toEqualTypeOf<string>()
    expect(thrown.error.provider).toBe('webex-emea')
  })

  test('is recognized also where it comes from another copy of this package', () => {
    const foreign = Object.assign(new Error('from afar'), { name: 'LicenseException', error })
    expect(isLicenseException(foreign)).toBe(true)
  })

  for (const other of [new Error('any'), { name: 'LicenseException', error }, undefined, null, 'LicenseException']) {
    test(`is not ${other instanceof Error ? 'any error' : JSON.stringify(other)}`, () => {
      expect(isLicenseException(other)).toBe(false)
    })
  }

  test('is not an error of that name without an error inside', () => {
    expect(isLicenseException(Object.assign(new Error('empty'), { name: 'LicenseException' }))).toBe(false)
  })
})
