import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { Answers } from '../../src/provider-kit/index.ts'

const ErrorBody = t.type({ code: t.string }, 'ErrorBody')
const read = Answers.failureReader(ErrorBody, ({ code }, { header }) => ({ code, correlationId: header('x-id') }))

test.each([
  ['the body of the vendor', E.right({ code: 'no.seats' }), 'no.seats'],
  ['a body of another shape', E.right({ code: 7 }), undefined],
  ['what is no JSON', E.left('the body is not JSON'), undefined],
])('reads %s as far as it can, and the headers in any case', (_, body, code) => {
  const response = { status: 409, host: 'api.example', header: () => 'c-1', body, content: 'json' } as const
  expect(read(response)).toEqual({ code, correlationId: 'c-1' })
})
