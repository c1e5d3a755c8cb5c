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
    expect(found('x'.repeat(1_000)).found).toHaveLength(60)
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
