import { describe, expect, test } from 'vitest'
import { Fields } from '../../src/provider-kit/index.ts'

const settings = {
  billing: Fields.group(
    {
      source: Fields.oneOf(['here', 'there'], { description: 'Where.' }),
      secret: Fields.secretText({ description: 'A secret.' }),
      pages: Fields.positiveInteger({ description: 'Pages.' }),
    },
    {
      description: 'What was bought.',
      required: ['source'],
      check: ({ source, pages }) => [
        source === 'there' && pages === undefined && { field: 'pages', expected: 'a number, as source is "there"' },
      ],
    },
  ),
}

const problemsOf = (billing: unknown, path?: string) => Fields.problemsOfFields(settings, { billing }, { path })

describe('a setting with settings of its own', () => {
  test('takes what all of them take, and members that are undefined as absent', () => {
    expect(problemsOf({ source: 'here' })).toEqual([])
    expect(problemsOf({ source: 'there', pages: 2, secret: undefined })).toEqual([])
    expect(settings.billing.codec.is({ source: 'here', pages: 0 })).toBe(false)
  })

  test('says what is wrong, where in it, each once, and never shows a secret', () => {
    expect(problemsOf({ source: 'there', pages: 0, secret: ['s3cret'], pags: 1 }, 'providers[0]')).toEqual([
      { field: 'providers[0].billing.pages', expected: 'a positive whole number', found: '0' },
      {
        field: 'providers[0].billing.secret',
        expected: 'printable ASCII characters only, without spaces and line breaks',
      },
      {
        field: 'providers[0].billing.pags',
        expected: 'one of source, secret, pages (did you mean "pages"?)',
      },
    ])
    expect(problemsOf({ source: 'there' })).toEqual([
      { field: 'billing.pages', expected: 'a number, as source is "there"' },
    ])
    expect(problemsOf({})).toEqual([{ field: 'billing.source', expected: 'one of "here", "there"' }])
  })

  test.each([
    ['text', 'a text'],
    [7, 'a number'],
    [['here'], 'a list'],
  ])('is an object: %j is none', (value, found) => {
    expect(problemsOf(value)).toEqual([{ field: 'billing', expected: 'an object with source', found }])
  })

  test('has a schema in which each of them has its own', () => {
    expect(settings.billing.schema).toMatchObject({
      type: 'object',
      description: 'What was bought.',
      properties: { source: { enum: ['here', 'there'], description: 'Where.' }, pages: { type: 'integer' } },
      required: ['source'],
      additionalProperties: false,
    })
  })
})
