import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { readNextLink } from '../../../providers/webex/next-link.ts'

const url = 'https://webexapis.com/v1/licenses/L1?includeAssignedTo=user&limit=300&next=Y2lz'
const other = 'https://webexapis.com/v1/licenses/L1?a=1'

const nextIn = (header: string | undefined) => {
  const link = readNextLink(header)
  return E.isLeft(link) ? 'not understood' : link.right
}

describe('the next link in a Link header of Webex', () => {
  test.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['other relations only', `<${other}>; rel="first"`],
    ['other relations only, in single quotes', `<${other}>; rel='first'`],
    ['a link without relation', `<${other}>; title="next"`],
    ['a title that says so, after another relation', `<${other}>; rel="prev"; title = "Go to the next"`],
    ['an address that has the word in it', '<https://webexapis.com/v1/next?next=1>; rel="first"'],
  ])('is absent where there is %s', (_, header) => {
    expect(nextIn(header)).toBeUndefined()
  })

  test.each([
    ['by itself', `<${url}>; rel="next"`],
    ['among several relations', `<${other}>; rel="first", <${url}>; rel="next"`],
    ['after a link without relation', `<${other}>; title="a", <${url}>; rel="next"`],
    ['as one of several relations of one link', `<${url}>; rel="last next"`],
    ['as one of several relations, with a tab between them', `<${url}>; rel="prev\tnext"`],
    ['in capitals', `<${url}>; REL=NEXT`],
    ['without quotes', `<${url}>; rel=next`],
    ['in single quotes', `<${url}>; rel='next'`],
    ['as one of several relations in single quotes', `<${url}>; rel='prev next'`],
    ['encoded', `<${url}>; rel*=UTF-8''next`],
    ['encoded, with a language', `<${url}>; rel*=utf-8'en'next`],
    ['as an address of IANA', `<${url}>; rel="http://www.iana.org/assignments/relation/next"`],
    ['as an address with a fragment', `<${url}>; rel="https://webexapis.com/relations#next"`],
    ['as an address in capitals', `<${url}>; rel="HTTPS://WEBEXAPIS.COM/RELATIONS#NEXT"`],
    ['before other attributes', `<${url}>; rel="next"; title="one; two, three"`],
    [
      'twice, leading to the same place',
      `<${url}>; rel="next", <${url}>; rel="http://www.iana.org/assignments/relation/next"`,
    ],
  ])('is found %s', (_, header) => {
    expect(nextIn(header)).toBe(url)
  })

  test('may have commas and semicolons in it', () => {
    const odd = 'https://webexapis.com/v1/licenses/L1?ids=a,b;c'
    expect(nextIn(`<https://webexapis.com/a,b;c>; rel="prev", <${odd}>; rel="next"`)).toBe(odd)
  })

  test('may be relative, as it is written', () => {
    expect(nextIn('</v1/licenses/L1?next=c2>; rel="next"')).toBe('/v1/licenses/L1?next=c2')
  })

  test.each(['<>; rel="next"', '< >; rel="next"'])('is empty, not absent, in %s', (header) => {
    expect(nextIn(header)).toBe('')
  })

  test.each([
    ['garbage', 'garbage'],
    ['an address without brackets', `${url}; rel="next"`],
    ['garbage after a link', `<${other}>; rel="first", garbage`],
    ['two next pages', `<${url}>; rel="next", <${other}>; rel="next"`],
    ['a relation that is like it', `<${url}>; rel="next-page"`],
    ['a relation that is like it, in capitals', `<${url}>; rel=NextPage`],
    ['a relation in typographic quotes', `<${url}>; rel=”next”`],
    ['a second relation of one link', `<${url}>; rel="prev"; rel="next"`],
    ['another attribute', `<${url}>; relation=next`],
    ['no attribute at all', `<${url}>; next`],
    ['an encoded relation that cannot be decoded', `<${url}>; rel*=next`],
  ])('is something that is not understood, not absent, in %s', (_, header) => {
    expect(nextIn(header)).toBe('not understood')
  })
})
