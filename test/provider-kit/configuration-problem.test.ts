import { describe, expect, test } from 'vitest'
import { found, foundKind } from '../../src/provider-kit/configuration-problem.ts'

describe('what was found in a field', () => {
  test.each([
    ['a text', 'many', '"many"'],
    ['a number', 0, '0'],
    ['null', null, 'null'],
    ['a list', ['s3cr3t'], 'a list'],
    ['a structure', { password: 's3cr3t' }, 'an object'],
  ])('is told, where it is %s', (_, value, told) => {
    expect(found(value)).toEqual({ found: told })
  })

  test('is nothing where there is nothing', () => {
    expect(found(undefined)).toEqual({})
    expect(foundKind(undefined)).toEqual({})
  })

  test.each([
    ['https://admin:hunter2@api.example/v1', '"https://***@api.example/v1"'],
    ['HTTPS://admin@api.example', '"HTTPS://***@api.example"'],
    ['https://admin:hun/t@er2@api.example', '"https://***@api.example"'],
    ['https:/admin:hunter2@api.example', '"***@api.example"'],
    ['admin:hunter2@api.example', '"***@api.example"'],
    ['http://api.example?token=hunter2', '"http://api.example?token=***"'],
    ['Bearer hunter2', '"Bearer ***"'],
    ['https://api.example/v1', '"https://api.example/v1"'],
  ])('is told without what may be a credential: %s', (value, told) => {
    expect(found(value)).toEqual({ found: told })
  })

  test('is shortened only when what may be a credential has gone', () => {
    expect(found(`https://${'admin'.repeat(20)}:hunter2@api.example`)).toEqual({ found: '"https://***@api.example"' })
    expect(found('x '.repeat(1_000)).found).toHaveLength(60)
  })

  test.each([
    ['a client secret of Genesys Cloud', 'x-iI2vPNrwPZ_yJ6lHKgwOTE5LqZ3n5tKfYKM8Mwt0g'],
    ['a client secret of Webex', '0f8e7d6c5b4a39281706f5e4d3c2b1a00f8e7d6c5b4a39281706f5e4d3c2b1a0'],
    ['a JSON web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'],
    ['a token of letters', 'a'.repeat(32)],
    ['a password', 'Tr0ub4dor'],
    ['a key in an address', 'https://api.example/keys/x-iI2vPNrwPZ_yJ6lHKgw'],
  ])('is told by its length only, where it looks like %s', (_, value) => {
    const told = found(value).found ?? ''
    expect(told).not.toContain(value.slice(0, 8))
    if (value.startsWith('eyJ')) expect(told).toBe('"***"')
    else expect(told).toBe(`a text of ${value.length} characters`)
  })

  test.each([
    'Webex_EMEA',
    'mypurecloud.ie',
    'EU-West-1',
    'https://api.mypurecloud.de',
    'a name of several words 2026',
  ])('is told where it does not: %s', (value) => {
    expect(found(value)).toEqual({ found: JSON.stringify(value) })
  })
})

describe('what was found in place of a structure', () => {
  test.each([
    ['s3cr3t', 'a text'],
    [7, 'a number'],
    [true, 'a boolean'],
    [null, 'null'],
    [[], 'a list'],
    [{}, 'an object'],
  ])('is told by its kind only: %j', (value, kind) => {
    expect(foundKind(value)).toEqual({ found: kind })
  })
})
