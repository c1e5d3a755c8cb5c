import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { readNextLink } from '../../../providers/webex/next-link.ts'

const request = new URL('https://webexapis.com/v1/licenses/L1?includeAssignedTo=user&limit=300')
const complete = 'includeAssignedTo=user&limit=300'

const nextIn = (header: string | undefined, from = request) => {
  const link = readNextLink(header, from)
  return E.isLeft(link) ? 'unreadable' : link.right
}

describe('the next link in a Link header of Webex', () => {
  test('is followed as it is', () => {
    const url = `https://webexapis.com/v1/licenses/L1?next=Y2lz&${complete}`
    expect(nextIn(`<${url}>; rel="next"`)).toBe(url)
  })

  test.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['other relations only', '<https://webexapis.com/v1/licenses/L1?a=1>; rel="first"'],
    ['a link without relation', '<https://webexapis.com/v1/licenses/L1?a=1>; title="next"'],
  ])('is absent where there is %s', (_, header) => {
    expect(nextIn(header)).toBeUndefined()
  })

  test.each([
    ['among several relations', `<https://webexapis.com/a>; rel="first", </v1/b?${complete}>; rel="next"`],
    ['after a link without relation', `<https://webexapis.com/a>; title="a", </v1/b?${complete}>; rel="next"`],
    ['as one of several relations of one link', `</v1/b?${complete}>; rel="last next"`],
    ['in capitals', `</v1/b?${complete}>; REL=NEXT`],
    ['without quotes', `</v1/b?${complete}>; rel=next`],
    ['before other attributes', `</v1/b?${complete}>; rel="next"; title="one; two, three"`],
  ])('is found %s', (_, header) => {
    expect(nextIn(header)).toBe(`https://webexapis.com/v1/b?${complete}`)
  })

  test('may have commas and semicolons in it', () => {
    const url = `https://webexapis.com/v1/licenses/L1?ids=a,b;c&${complete}`
    expect(nextIn(`<https://webexapis.com/a,b;c>; rel="prev", <${url}>; rel="next"`)).toBe(url)
  })

  test('may be relative', () => {
    expect(nextIn(`</v1/licenses/L1?next=c2&${complete}>; rel="next"`)).toBe(
      `https://webexapis.com/v1/licenses/L1?next=c2&${complete}`,
    )
  })

  test('keeps a parameter without a value', () => {
    const people = new URL('https://webexapis.com/v1/people?max=10')
    const url = 'https://webexapis.com/v1/people?max=10&before&after=Y2lz'
    expect(nextIn(`<${url}>; rel="next"`, people)).toBe(url)
  })

  test('gets back the parameters of the request that the vendor has lost', () => {
    expect(nextIn('<https://webexapis.com/v1/licenses/L1?next=c2>; rel="next"')).toBe(
      `https://webexapis.com/v1/licenses/L1?next=c2&${complete}`,
    )
  })

  test('gets back the organisation, without which another one would be listed', () => {
    const people = new URL('https://webexapis.com/v1/people?max=10&orgId=o1')
    expect(nextIn('<https://webexapis.com/v1/people?max=10&cursor=c2>; rel="next"', people)).toBe(
      'https://webexapis.com/v1/people?max=10&cursor=c2&orgId=o1',
    )
  })

  test('does not get back where the page before it was', () => {
    const people = new URL('https://webexapis.com/v1/people?max=10&after=c1&before&cursor=c1&next=c1')
    expect(nextIn('<https://webexapis.com/v1/people?max=10&startAt=20>; rel="next"', people)).toBe(
      'https://webexapis.com/v1/people?max=10&startAt=20',
    )
  })

  test.each(['<>; rel="next"', '< >; rel="next"'])('is empty, not absent, in %s', (header) => {
    expect(nextIn(header)).toBe('')
  })

  test.each([
    ['garbage', 'garbage'],
    ['an address without brackets', 'https://webexapis.com/v1/people; rel="next"'],
    ['garbage after a link', '<https://webexapis.com/a>; rel="first", garbage'],
    ['an address that is none', '<https://>; rel="next"'],
  ])('is unreadable, not absent, in %s', (_, header) => {
    expect(nextIn(header)).toBe('unreadable')
  })
})
