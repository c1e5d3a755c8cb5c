import { describe, expect, test } from 'vitest'
import { webexAssignmentRefusalOf } from '../../../providers/webex/index.ts'
import type { LicenseError } from '../../../src/provider-kit/index.ts'

const rejection = (vendorCode?: string, operation = 'PATCH /v1/licenses/users'): LicenseError => ({
  _tag: 'RequestRejected',
  provider: 'webex',
  operation,
  message: 'the vendor rejected the request',
  ...(vendorCode === undefined ? {} : { vendorCode }),
})

describe('the reason of a refused assignment', () => {
  test.each([
    ['400', 'location-not-found'],
    ['400000', 'license-not-recognized'],
    ['400112', 'calling-downgrade'],
    ['400118', 'messenger-not-managed'],
    ['400216', 'invalid-attendee-site'],
    ['400404', 'professional-and-standard-calling'],
    ['400406', 'standard-calling-and-attendant-console'],
    ['400407', 'standard-calling-and-customer-experience'],
    ['400408', 'attendant-console-without-professional-calling'],
    ['400410', 'customer-experience-downgrade'],
    ['400411', 'missing-calling-properties'],
    ['400413', 'exclusive-licenses'],
    ['700003', 'free-messaging-for-paid-messaging'],
    ['700004', 'free-meetings-for-paid-meetings'],
    ['700005', 'free-messaging-for-meetings'],
    ['700006', 'implicit-screen-share'],
  ])('with code %s is %s', (code, reason) => {
    expect(webexAssignmentRefusalOf(rejection(code))).toBe(reason)
  })

  test.each([
    ['another code', rejection('999999')],
    ['no code', rejection()],
    ['the name of something that every object has', rejection('toString')],
    ['a code of another operation', rejection('400000', 'GET /v1/licenses')],
  ])('is not known with %s', (_, error) => {
    expect(webexAssignmentRefusalOf(error)).toBeUndefined()
  })
})
