import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { get, transportWith } from './transport-with.ts'

type Attempted = 'sent' | 'refused'

/** What is told of the only attempt at a request, and what came of it. */
const attemptAt = async (answer: () => Response) => {
  const told: Attempted[] = []
  const { transport } = transportWith({ policy: { attempts: 1 }, runtime: { fetch: async () => answer() } })
  const result = await transport(get(), { onAttempt: (what) => told.push(what) })()
  return { told, result }
}

/** An answer with what no `Response` can be made with. */
const answerOf = (details: { readonly status?: number; readonly type?: Response['type'] }, body: string | null) => {
  const response = new Response(body)
  for (const [name, value] of Object.entries(details)) Object.defineProperty(response, name, { value })
  return response
}

describe('an attempt at a request', () => {
  for (const status of [300, 302, 400, 401, 404, 407, 409, 429, 499]) {
    test(`was refused, and nothing was done, where the answer is a ${status}`, async () => {
      expect((await attemptAt(() => new Response('{}', { status }))).told).toEqual(['sent', 'refused'])
    })
  }

  test('was refused where a browser hides that the answer leads elsewhere', async () => {
    const elsewhere = () => answerOf({ status: 0, type: 'opaqueredirect' }, null)
    expect((await attemptAt(elsewhere)).told).toEqual(['sent', 'refused'])
  })

  for (const status of [200, 202, 299, 408, 500, 502, 504]) {
    test(`may have been carried out where the answer is a ${status}`, async () => {
      expect((await attemptAt(() => new Response('{}', { status }))).told).toEqual(['sent'])
    })
  }

  for (const status of [302, 403, 407]) {
    test(`may have been carried out where a web page comes in place of the answer, with ${status}`, async () => {
      expect((await attemptAt(() => new Response('<html>', { status }))).told).toEqual(['sent'])
    })
  }

  test('may have been carried out where no answer came', async () => {
    const cut = () => {
      throw new TypeError('fetch failed')
    }
    expect((await attemptAt(cut)).told).toEqual(['sent'])
  })
})

describe('an answer', () => {
  test('says that headers may be hidden where it came from another origin to a browser', async () => {
    const { result } = await attemptAt(() => answerOf({ type: 'cors' }, '{}'))
    expect(E.isRight(result) && result.right.hidesHeaders).toBe(true)
  })

  test('does not say so anywhere else', async () => {
    const { result } = await attemptAt(() => new Response('{}'))
    expect(E.isRight(result) && result.right).not.toHaveProperty('hidesHeaders')
  })
})
