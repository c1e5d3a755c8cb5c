import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { Answers, Http, type LicenseError } from '../../src/provider-kit/index.ts'
import { callJson } from '../../src/provider-kit/json-api.ts'

describe('an address', () => {
  for (const [base, path, query, expected] of [
    ['https://api.example', '/seats', {}, 'https://api.example/seats'],
    ['https://api.example/', '/seats', {}, 'https://api.example/seats'],
    ['https://api.example/v1', '/seats', {}, 'https://api.example/v1/seats'],
    ['https://api.example/v1//', '/seats', {}, 'https://api.example/v1/seats'],
    [
      'https://api.example',
      '/seats',
      { max: 3, all: true, none: undefined },
      'https://api.example/seats?max=3&all=true',
    ],
    ['https://api.example', '/seats', { cursor: 'a b&c=d/é' }, 'https://api.example/seats?cursor=a+b%26c%3Dd%2F%C3%A9'],
    [
      'https://api.example',
      '/seats',
      { empty: '', zero: 0, no: false },
      'https://api.example/seats?empty=&zero=0&no=false',
    ],
    ['https://api.example', '/seats/a%2Fb', {}, 'https://api.example/seats/a%2Fb'],
  ] as const) {
    test(`of ${path} below ${base} with ${JSON.stringify(query)} is ${expected}`, () => {
      expect(Http.urlOf(base, path, query).href).toBe(expected)
    })
  }
})

describe('an id as a segment of a path', () => {
  test.each([
    ['a b/c', 'a%20b%2Fc'],
    ['..a', '..a'],
    ['👩', '%F0%9F%91%A9'],
  ])('%j is %s', (id, segment) => {
    expect(Http.pathSegment(id)).toBe(segment)
  })

  test.each(['', '.', '..', '\ud800', 'x\ud800', '\udc69\ud83d'])('%j is none', (id) => {
    expect(Http.pathSegment(id)).toBeUndefined()
  })
})

const Seats = t.type({ seats: t.number }, 'Seats')
const request: Http.HttpRequest = {
  operation: 'GET /seats',
  method: 'GET',
  url: new URL('https://api.example/seats'),
  repeatable: true,
}
const response = (body: Http.HttpResponse['body'], status = 200): Http.HttpResponse => ({
  status,
  host: 'api.example',
  header: () => undefined,
  body,
  content: E.isRight(body) ? 'json' : 'other',
})

describe('the body of an answer', () => {
  test('is decoded', () => {
    expect(Answers.readBody('vendor-1', 'GET /seats', Seats, response(E.right({ seats: 3 })))).toEqual(
      E.right({ seats: 3 }),
    )
  })

  test('that is no JSON is an InvalidResponse that says so', () => {
    expect(
      Answers.readBody('vendor-1', 'GET /seats', Seats, response(E.left('the body is not JSON'), 203)),
    ).toMatchObject({
      left: { _tag: 'InvalidResponse', provider: 'vendor-1', issues: ['the body is not JSON'], status: 203 },
    })
  })

  test('of another shape is an InvalidResponse that names the path', () => {
    expect(Answers.readBody('vendor-1', 'GET /seats', Seats, response(E.right({ seats: '3' })))).toMatchObject({
      left: { _tag: 'InvalidResponse', operation: 'GET /seats', issues: ['seats: expected number'] },
    })
  })
})

describe('calling for JSON', () => {
  test('sends the request within its scope and decodes what comes', async () => {
    const scope = { deadlineAt: 5 }
    const seen: unknown[] = []
    const call = callJson('vendor-1', (sent, within) => {
      seen.push(sent, within)
      return TE.right(response(E.right({ seats: 3 })))
    })
    expect(await call(request, Seats, scope)()).toEqual(E.right({ seats: 3 }))
    expect(seen).toEqual([request, scope])
  })

  test('hands on what the transport failed with', async () => {
    const error: LicenseError = { _tag: 'Aborted', provider: 'vendor-1', operation: 'GET /seats', message: 'stopped' }
    expect(await callJson('vendor-1', () => TE.left(error))(request, Seats, {})()).toEqual(E.left(error))
  })
})
