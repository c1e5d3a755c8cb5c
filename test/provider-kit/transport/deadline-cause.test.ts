import { describe, expect, test } from 'vitest'
import { timersThatGoByTurns } from '../../timers-that-stand-still.ts'
import { get, outcome, transportWith } from './transport-with.ts'

/** What a request with a deadline comes to, where every attempt ends so. */
const late = async (answer: () => Response) => {
  const { transport, clock } = transportWith({ runtime: { fetch: async () => answer() } })
  return outcome(transport(get(), { deadlineAt: clock.now() + 1_200 }))
}

const page = { headers: { 'content-type': 'text/html' } }

describe('a deadline that passes while a request is repeated', () => {
  test.each([
    {
      what: 'a vendor that cannot be reached',
      answer: () => {
        throw new TypeError('fetch failed')
      },
      cause: 'api.vendor.example could not be reached, 2 attempts made: the connection failed',
    },
    {
      what: 'a failure on the vendor’s side',
      answer: () => new Response('{}', { status: 503 }),
      cause: 'failed on the vendor’s side, 2 attempts made'.replace('’', "'"),
    },
    {
      what: 'a web page of a proxy',
      answer: () => new Response('<html>', { status: 200, ...page }),
      cause: 'the answer of api.vendor.example: the body is HTML or XML, not JSON',
    },
    {
      what: 'a wait that the vendor names',
      answer: () => new Response('{}', { status: 429, headers: { 'retry-after': '30' } }),
      cause: 'too many requests; try again in 30 s',
    },
  ])('is told with the last failure: $what', async ({ answer, cause }) => {
    expect(await late(answer)).toMatchObject({
      _tag: 'DeadlineExceeded',
      message: `the deadline has passed; ${cause}`,
    })
  })

  test('is told with the last failure: no answer in time', async () => {
    const end = timersThatGoByTurns()
    const fetch = () => new Promise<never>(() => {})
    const { transport, clock } = transportWith({ policy: { timeoutMs: 5 }, runtime: { fetch } })
    const cause = 'api.vendor.example could not be reached, 2 attempts made: no answer in time'
    expect(await end(outcome(transport(get(), { deadlineAt: clock.now() + 1_200 })))).toMatchObject({
      _tag: 'DeadlineExceeded',
      message: `the deadline has passed; ${cause}`,
    })
  })

  test('and alone where no attempt had failed', async () => {
    const { transport, clock } = transportWith({ runtime: { fetch: async () => new Response('{}') } })
    const result = await outcome(transport(get(), { deadlineAt: clock.now() }))
    expect(result).toMatchObject({ _tag: 'DeadlineExceeded', message: 'the deadline has passed' })
  })
})

test('a deadline that passes while a token is waited for says so', async () => {
  const credentials = {
    current: () => new Promise<never>(() => {}),
    accepted: () => {},
    rejected: () => 'giveUp' as const,
  }
  const { transport, clock } = transportWith({ credentials })
  const result = await outcome(transport(get(), { deadlineAt: clock.now() + 20 }))
  expect(result).toMatchObject({ message: 'the deadline has passed; no access token came before it' })
})
