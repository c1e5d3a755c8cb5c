import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createWebexClient, type PatchUserLicenses } from '../../../providers/webex/index.ts'
import { toPromise } from '../../../src/provider-kit/index.ts'
import { failureOf } from '../read-list.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import { api, errorBody, withToken } from './webex-at-http.ts'

withoutNetwork()

const client = (more: { orgId?: string } = {}) => createWebexClient({ ...withToken, ...more }, stillRuntime())

const addL1: PatchUserLicenses = { personId: 'p1', licenses: [{ id: 'L1', operation: 'add' }] }

/** Answers whatever is sent; returns the bodies that came. */
const serve = (status: number, body: nock.Body, headers: Record<string, string> = {}, times = 1) => {
  const bodies: unknown[] = []
  nock(api)
    .patch('/licenses/users')
    .times(times)
    .reply((_, sent) => {
      bodies.push(sent)
      return [status, body, headers]
    })
  return bodies
}

describe('assigning licenses by the Webex client', () => {
  test('names the user, the organization of the configuration and each operation in the body', async () => {
    const bodies = serve(200, { licenses: ['L1'] })
    await toPromise(client({ orgId: 'o1' }).assignLicenses(addL1))
    expect(bodies).toEqual([{ personId: 'p1', orgId: 'o1', licenses: [{ id: 'L1', operation: 'add' }] }])
  })

  test('names the user by e-mail address, and sends properties and sites as they are documented', async () => {
    const bodies = serve(200, {})
    const request: PatchUserLicenses = {
      email: 'ann@example.com',
      licenses: [
        { id: 'L1', operation: 'remove' },
        { id: 'L2', operation: 'add', properties: { locationId: 'loc', extension: '1234' } },
      ],
      siteUrls: [{ siteUrl: 'a.example.com', accountType: 'attendee', operation: 'add' }],
    }
    await toPromise(client().assignLicenses(request))
    expect(bodies).toEqual([request])
  })

  test('sends nothing but what is documented', async () => {
    const bodies = serve(200, {})
    const more = { note: 'x' }
    await toPromise(client().assignLicenses({ ...addL1, ...more }))
    expect(bodies).toEqual([{ personId: 'p1', licenses: [{ id: 'L1', operation: 'add' }] }])
  })

  test.each([
    ['nobody', { personId: ' ', licenses: [{ id: 'L1', operation: 'add' as const }] }],
    ['no user by address', { email: '', licenses: [{ id: 'L1', operation: 'add' as const }] }],
    ['no change', { personId: 'p1', licenses: [] }],
  ])('of %s is rejected without a request', async (_, request) => {
    expect((await failureOf(client().assignLicenses(request)))._tag).toBe('RequestRejected')
  })

  test('tells everything that the answer tells, account types of either case in lower case', async () => {
    serve(206, {
      orgId: 'o1',
      personId: 'p1',
      email: 'ann@example.com',
      licenses: ['L1', 'L2'],
      pendingLicenses: ['L3'],
      siteUrls: [
        { siteUrl: 'a.example.com', accountType: 'ATTENDEE' },
        { siteUrl: 'b.example.com', accountType: 'host' },
        { siteUrl: 'c.example.com', accountType: 'OTHER' },
      ],
      pendingSiteUrls: [{ siteUrl: 'd.example.com', accountType: 'attendee' }],
      errors: [{ errorCode: 400404, description: 'no' }],
      trackingId: 'ROUTER_1',
    })
    expect(await toPromise(client().assignLicenses(addL1))).toEqual({
      status: 206,
      orgId: 'o1',
      personId: 'p1',
      email: 'ann@example.com',
      licenses: ['L1', 'L2'],
      pendingLicenses: ['L3'],
      siteUrls: [
        { siteUrl: 'a.example.com', accountType: 'attendee' },
        { siteUrl: 'b.example.com', accountType: 'host' },
        { siteUrl: 'c.example.com', accountType: 'unknown' },
      ],
      pendingSiteUrls: [{ siteUrl: 'd.example.com', accountType: 'attendee' }],
      errors: [{ errorCode: '400404', description: 'no' }],
      correlationId: 'ROUTER_1',
    })
  })

  test.each([
    [{}],
    [{ licenses: null, pendingLicenses: null, siteUrls: null, errors: null, orgId: null, trackingId: null }],
    [{ errors: 'undocumented words' }],
  ])('does not take licenses that are not told for none: %j', async (body) => {
    serve(200, body, { TrackingID: 'HEADER_1' })
    expect(await toPromise(client().assignLicenses(addL1))).toEqual({
      status: 200,
      pendingLicenses: [],
      siteUrls: [],
      pendingSiteUrls: [],
      errors: [],
      correlationId: 'HEADER_1',
    })
  })

  test('is repeated after a failure of the vendor, as its end state is the same', async () => {
    serve(503, '')
    const bodies = serve(200, { licenses: ['L1'] })
    expect(await toPromise(client().assignLicenses(addL1))).toMatchObject({ status: 200, licenses: ['L1'] })
    expect(bodies).toHaveLength(1)
  })

  test('names the scope that is missing', async () => {
    serve(403, { message: 'no', trackingId: 'ROUTERGW_1' })
    expect(await failureOf(client().assignLicenses(addL1))).toMatchObject({
      _tag: 'PermissionDenied',
      missing: ['spark-admin:people_write'],
      operation: 'PATCH /v1/licenses/users',
    })
  })

  test('masks the phone number and the address that the vendor echoes', async () => {
    serve(400, errorBody('+15551234567 of ann@example.com is taken', 400))
    const properties = { phoneNumber: '+15551234567' }
    const failure = await failureOf(
      client().assignLicenses({ email: 'ann@example.com', licenses: [{ id: 'L1', operation: 'add', properties }] }),
    )
    expect(failure.vendorMessage).toBe('*** of *** is taken')
  })
})
