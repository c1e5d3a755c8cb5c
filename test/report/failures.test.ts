import { describe, expect, test } from 'vitest'
import { adviceFor, failuresOfReport, type LicenseError } from '../../src/index.ts'
import { reportOn } from './priced.ts'
import { failure, license, organization, user } from './reported-organization.ts'

const calling = organization('calling', { licenses: [license('L1')], users: [user('ann', ['L1'])] })
const down = organization('down', { onRequest: () => failure('down') })

describe('the failures of a report', () => {
  test('are none of a complete report', async () => {
    expect(failuresOfReport(await reportOn([calling]))).toEqual([])
  })

  test('name a provider that failed, why, and what to do about it', async () => {
    expect(failuresOfReport(await reportOn([calling, down]))).toEqual([
      {
        provider: 'down',
        displayName: 'Display name of down',
        vendor: down.vendor,
        status: 'failed',
        what: 'everything',
        why: 'the credentials may not do this (GET /seats)',
        advice: 'Grant the credentials seats:read.',
        kind: 'PermissionDenied',
      },
    ])
  })

  test('name the part of a list that is missing', async () => {
    const cut = organization('cut', {
      licenses: [license('L1')],
      users: [user('ann', ['L1']), user('bob', ['L1'])],
      pageSize: 1,
      onRequest: ({ operation, continuation }) =>
        operation === 'listUsers' && continuation !== undefined
          ? { ...failure('cut'), status: 403, correlationId: 'c-7' }
          : undefined,
    })
    expect(failuresOfReport(await reportOn([cut]))).toMatchObject([
      {
        provider: 'cut',
        status: 'partial',
        what: 'the rest of the list of users',
        httpStatus: 403,
        correlationId: 'c-7',
      },
    ])
  })
})

describe('what to do about a failure', () => {
  const details = { provider: 'p', operation: 'GET /seats', message: 'it failed' }
  const failures: readonly LicenseError[] = [
    { _tag: 'AuthenticationFailed', ...details },
    { _tag: 'PermissionDenied', missing: [], ...details },
    { _tag: 'PermissionDenied', missing: ['a', 'b'], ...details },
    { _tag: 'NotFound', ...details },
    { _tag: 'Conflict', ...details },
    { _tag: 'RequestRejected', ...details },
    { _tag: 'RateLimited', ...details },
    { _tag: 'RateLimited', retryAfterMs: 90_500, ...details },
    { _tag: 'Unavailable', attempts: 5, ...details },
    { _tag: 'Unavailable', attempts: 5, status: 503, ...details },
    { _tag: 'InvalidResponse', issues: [], ...details },
    { _tag: 'Untrusted', ...details },
    { _tag: 'Aborted', ...details },
    { _tag: 'DeadlineExceeded', ...details },
    { _tag: 'Unsupported', ...details },
  ]

  test('is told of every kind', () => {
    expect(failures.map((error) => `${error._tag}: ${adviceFor(error)}`)).toMatchInlineSnapshot(`
      [
        "AuthenticationFailed: Check the credentials and the region of this provider.",
        "PermissionDenied: Ask the administrator of the organization for access.",
        "PermissionDenied: Grant the credentials one of these: a, b.",
        "NotFound: Check the id of the organization and the address in the configuration.",
        "Conflict: Correct in the configuration what the message names.",
        "RequestRejected: Correct in the configuration what the message names.",
        "RateLimited: Run it again later. Other programs may use the same limit.",
        "RateLimited: Run it again after 91 s. Other programs may use the same limit.",
        "Unavailable: Check the address of the vendor and the network. If both are right: run it again later.",
        "Unavailable: Run it again later. If it stays so, give the correlation id to the support of the vendor.",
        "InvalidResponse: Run it again later. If it stays so, a proxy may answer in place of the vendor, or the vendor has changed its answers.",
        "Untrusted: Check "apiUrl" and "orgId" of this provider, and the proxy.",
        "Aborted: Run it again: it was interrupted.",
        "DeadlineExceeded: Allow more time, with a longer deadline.",
        "Unsupported: Leave this provider out: it cannot do this.",
      ]
    `)
  })
})
