import { describe, expect, test } from 'vitest'
import { createGenesysCredentials, createGenesysProvider } from '../../providers/genesys/index.ts'
import { createWebexCredentials, createWebexProvider } from '../../providers/webex/index.ts'
import { createRequestBudget } from '../../src/provider-kit/index.ts'
import { thrownBy } from '../model/thrown-by.ts'

const genesys = { region: 'mypurecloud.ie', clientId: 'id', clientSecret: 'secret' }
const webex = { accessToken: 'token' }

/** Every function that takes a runtime. */
const makers: readonly (readonly [name: string, make: (runtime: never) => unknown])[] = [
  ['createGenesysProvider', (runtime) => createGenesysProvider(genesys, runtime)],
  ['createGenesysCredentials', (runtime) => createGenesysCredentials(genesys, runtime)],
  ['createWebexProvider', (runtime) => createWebexProvider(webex, runtime)],
  ['createWebexCredentials', (runtime) => createWebexCredentials(webex, runtime)],
]

describe.each(makers)('%s', (_, make) => {
  test.each([
    [null, 'runtime'],
    [5, 'runtime'],
    [{ fetch: 'x' }, 'runtime.fetch'],
    [{ clock: {} }, 'runtime.clock'],
    [{ random: 3 }, 'runtime.random'],
    [{ onEvent: {} }, 'runtime.onEvent'],
    [{ budget: { concurrency: 4 } }, 'runtime.budget'],
    [{ credentials: webex }, 'runtime.credentials'],
  ])('says what is wrong with %j as a runtime, before anything is requested', (runtime, path) => {
    expect(thrownBy(() => make(runtime as never))).toMatchObject([{ _tag: 'InvalidInput', path }])
  })

  test('takes undefined for every member', () => {
    const runtime = { fetch: undefined, clock: undefined, random: undefined, onEvent: undefined, budget: undefined }
    expect(() => make({ ...runtime, credentials: undefined } as never)).not.toThrow()
  })
})

test.each([
  [{ attempts: Number.NaN }, 'retry.attempts'],
  [{ attempts: 0 }, 'retry.attempts'],
  [{ timeoutMs: '30' }, 'retry.timeoutMs'],
  [{ maxRetryAfterMs: -1 }, 'retry.maxRetryAfterMs'],
  [5, 'retry'],
])('a provider says what is wrong with %j as a retry policy', (retry, path) => {
  expect(thrownBy(() => createWebexProvider({ ...webex, retry: retry as never }))).toMatchObject([{ path }])
  expect(thrownBy(() => createGenesysProvider({ ...genesys, retry: retry as never }))).toMatchObject([{ path }])
})

// A pace that is no whole number let all requests through, and told nobody.
test.each([
  [null, 'options'],
  [{ concurrency: 0 }, 'concurrency'],
  [{ concurrency: '8' }, 'concurrency'],
  [{ requestsPerMinute: Number.NaN }, 'requestsPerMinute'],
  [{ requestsPerMinute: 300 / 7 }, 'requestsPerMinute'],
  [{ requestsPerMinute: -3 }, 'requestsPerMinute'],
  [{ pace: { requests: 1 } }, 'pace'],
  [{ pace: { requests: 0.5, inMs: 10 } }, 'pace'],
  [{ clock: 5 }, 'clock'],
])('%j is no budget', (options, path) => {
  expect(thrownBy(() => createRequestBudget(options as never))).toMatchObject([{ _tag: 'InvalidInput', path }])
})
