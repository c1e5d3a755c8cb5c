import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { get, outcome, transportWith } from './transport-with.ts'

/** What becomes of a read whose every attempt ends in the same way. */
const everyTime = (answer: () => Response | Promise<Response>) => {
  const { transport } = transportWith({ policy: { attempts: 1 }, runtime: { fetch: async () => answer() } })
  return outcome(transport(get(), {}))
}

const unreadable = (reason: string) => ({ status: 200, body: E.left(reason) })

describe('a body that cannot be read', () => {
  for (const [what, text, reason] of [
    ['nothing', '', 'the body is empty'],
    ['blanks', ' \r\n ', 'the body is empty'],
    ['HTML', '<!DOCTYPE html>', 'the body is HTML or XML, not JSON'],
    ['HTML after blanks', '\n  <html>', 'the body is HTML or XML, not JSON'],
    ['text that only contains HTML', 'sorry <br>', 'the body is not JSON'],
    ['JSON that was cut', '{"seats":', 'the body is not JSON'],
  ] as const) {
    test(`as it is ${what} says so`, async () => {
      expect(await everyTime(() => new Response(text))).toEqual(unreadable(reason))
    })
  }

  test('as there is none says that it is empty', async () => {
    expect(await everyTime(() => new Response(null))).toEqual(unreadable('the body is empty'))
  })

  test('as it was cut in the middle of a character is not taken for the part before the cut', async () => {
    const cut = Uint8Array.of(...new TextEncoder().encode('3'), 0xc3)
    expect(await everyTime(() => new Response(cut))).toEqual(unreadable('the body is not JSON'))
  })
})

describe('a connection that fails', () => {
  const failing = (error: unknown) =>
    everyTime(() => {
      throw error
    })
  const message = (reason: string) => ({
    _tag: 'Unavailable',
    message: `api.vendor.example could not be reached, 1 attempt made: ${reason}`,
  })
  const coded = (code: unknown, cause?: unknown) => Object.assign(new Error('10.1.2.3 is gone', { cause }), { code })

  const address = 'check the address and the network; if this network needs a proxy, set HTTPS_PROXY'

  test.each([
    ['ENOTFOUND', `the name was not found (ENOTFOUND): ${address}`],
    ['EAI_AGAIN', `the name could not be looked up (EAI_AGAIN): ${address}`],
    ['ECONNREFUSED', `the connection was refused (ECONNREFUSED): ${address}`],
    ['UND_ERR_CONNECT_TIMEOUT', `the connection was not made in time (UND_ERR_CONNECT_TIMEOUT): ${address}`],
    ['ECONNRESET', 'the connection was cut (ECONNRESET): try again later'],
    ['EHOSTUNREACH', `no network leads there (EHOSTUNREACH): ${address}`],
    ['ENETUNREACH', `no network leads there (ENETUNREACH): ${address}`],
    ['ETIMEDOUT', `the connection was not made in time (ETIMEDOUT): ${address}`],
    ['EPIPE', 'the connection was cut (EPIPE): try again later'],
    ['ENOTHING', 'ENOTHING'],
  ])('is told in words with what to do, if its code is known: %s', async (code, told) => {
    expect(await failing(coded(code))).toMatchObject(message(told))
  })

  test('to a proxy says that the proxy is at fault', async () => {
    const refused = Object.assign(coded('ENOTFOUND'), { through: 'the proxy proxy.example:8080' })
    const told =
      'the name was not found (ENOTFOUND) through the proxy proxy.example:8080: check the address of the proxy in HTTPS_PROXY'
    expect(await failing(refused)).toMatchObject(message(told))
  })

  test('to a proxy names the proxy also where it has no code', async () => {
    const cut = Object.assign(new Error('10.1.2.3 is gone'), { through: 'the proxy proxy.example:8080' })
    expect(await failing(cut)).toMatchObject(message('the connection through the proxy proxy.example:8080 failed'))
  })

  test('is not told to go through what is no text', async () => {
    expect(await failing(Object.assign(coded('ECONNRESET'), { through: 7 }))).toMatchObject(
      message('the connection was cut (ECONNRESET): try again later'),
    )
  })

  test('is named by the code of what caused it, however deep', async () => {
    const error = new TypeError('fetch failed', { cause: new Error('10.1.2.3 is gone', { cause: coded('ENOTFOUND') }) })
    expect(await failing(error)).toMatchObject(message(`the name was not found (ENOTFOUND): ${address}`))
  })

  test('is named by the outermost of several codes', async () => {
    expect(await failing(coded('UND_ERR_SOCKET', coded('ECONNRESET')))).toMatchObject(
      message('the connection was cut (UND_ERR_SOCKET): try again later'),
    )
  })

  test('is not named by a code that is no text', async () => {
    expect(await failing(coded(7, coded('ECONNRESET')))).toMatchObject(
      message('the connection was cut (ECONNRESET): try again later'),
    )
  })

  test('is told without a reason, and without its words, where it has no code', async () => {
    expect(await failing(new TypeError('10.1.2.3 is gone'))).toMatchObject(message('the connection failed'))
  })
})
