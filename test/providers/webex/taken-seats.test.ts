import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createWebexProvider } from '../../../providers/webex/index.ts'
import {
  type AssignmentChange,
  type AssignmentOutcome,
  type LicensedUser,
  type TakenSeat,
  toPromise,
} from '../../../src/provider-kit/index.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import { api, errorBody, licenseId, person, withToken } from './webex-at-http.ts'

withoutNetwork()

const professional = licenseId('BCSTD')
const messaging = licenseId('MS')

const withoutScope = {
  message:
    'The server understood the request, but refused to fulfill it because the access token is missing required scopes',
}

const remove = (id: string): AssignmentChange => ({ action: 'remove', userId: 'ann', licenseId: id })

const callingData = {
  phoneNumbers: [
    { type: 'mobile', value: '+1 555 000 0000' },
    { type: 'work', value: '+1 408 526 7209', primary: true },
    { type: 'work_extension', value: '8007209' },
  ],
  extension: '7209',
  locationId: 'location-1',
}

/** One person, ann, before and after the change; what is said where her calling data is asked for. */
const serveAnn = (before: readonly string[], after: readonly string[], details?: readonly [number, nock.Body]) => {
  const bodies: nock.Body[] = []
  const order: string[] = []
  nock(api)
    .get('/people/ann')
    .reply(200, person('ann', { licenses: before }))
  if (details !== undefined) {
    nock(api)
      .get('/people/ann?callingData=true')
      .reply(() => {
        order.push('calling data')
        return [...details]
      })
  }
  nock(api)
    .patch('/licenses/users', (body) => {
      bodies.push(body)
      order.push('change')
      return true
    })
    .reply(200, { personId: 'ann', licenses: after })
  nock(api)
    .get('/people/ann')
    .reply(200, person('ann', { licenses: after }))
  return { bodies, order }
}

const carryOut = async (changes: readonly AssignmentChange[]) => {
  const provider = createWebexProvider(withToken, stillRuntime())
  const taken: TakenSeat[] = []
  const outcomes: AssignmentOutcome[] = []
  const beforeSending = async (_: readonly AssignmentChange[], seats: readonly TakenSeat[]) => {
    taken.push(...seats)
  }
  for await (const outcome of provider.changeAssignments?.(changes, { beforeSending }) ?? []) outcomes.push(outcome)
  return { taken, results: outcomes.map(({ result }) => result) }
}

describe('what the removal of a calling license takes', () => {
  test('is read before the request is sent: number, extension and location', async () => {
    const { order } = serveAnn([professional, messaging], [messaging], [200, person('ann', callingData)])
    const change = remove(professional)
    const { taken, results } = await carryOut([change])
    expect(results).toEqual(['applied'])
    expect(taken).toEqual([
      { change, calling: { phoneNumber: '+14085267209', extension: '7209', locationId: 'location-1' } },
    ])
    expect(order).toEqual(['calling data', 'change'])
  })

  test('is given back by an assignment with it', async () => {
    const calling = { phoneNumber: '+14085267209', extension: '7209', locationId: 'location-1' }
    const { bodies } = serveAnn([messaging], [messaging, professional])
    const { results } = await carryOut([{ action: 'assign', userId: 'ann', licenseId: professional, calling }])
    expect(results).toEqual(['applied'])
    expect(bodies).toEqual([
      { personId: 'ann', licenses: [{ id: professional, operation: 'add', properties: calling }] },
    ])
  })

  test('is not asked for where no calling license is taken', async () => {
    serveAnn([professional, messaging], [professional])
    expect(await carryOut([remove(messaging)])).toEqual({ taken: [], results: ['applied'] })
  })

  test.each<[string, number, nock.Body]>([
    ['the scope is missing', 403, withoutScope],
    ['it fails', 400, errorBody('no')],
    ['it says nothing of calling', 200, person('ann')],
    ['it cannot be read', 200, person('ann', { phoneNumbers: 'none', extension: 1 })],
  ])('is left out where %s, and the license is removed all the same', async (_, status, body) => {
    serveAnn([professional], [], [status, body])
    expect(await carryOut([remove(professional)])).toEqual({ taken: [], results: ['applied'] })
  })
})

describe('a review of the removal of a calling license', () => {
  const licenses = new Map()
  const ann: LicensedUser = {
    provider: 'webex',
    id: 'ann',
    kind: 'internal',
    status: 'active',
    licenseIds: [professional],
    pendingLicenseIds: [],
  }
  const rulesFor = (provider: ReturnType<typeof createWebexProvider>, user = ann) =>
    provider
      .reviewChanges?.([remove(professional)], { licenses, users: new Map([['ann', user]]) })
      .filter(({ about }) => about !== 'license')
      .map(({ severity, rule }) => `${severity} ${rule}`)

  test('warns of what never comes back, and says that undo has to say it too', () => {
    expect(rulesFor(createWebexProvider(withToken))).toEqual(['warning calling-settings-lost'])
    const external = new Map([['ann', { ...ann, kind: 'external' as const }]])
    const remarks = createWebexProvider(withToken).reviewChanges?.([remove(professional)], {
      licenses,
      users: external,
    })
    expect(remarks?.filter(({ lostForGood }) => lostForGood).map(({ rule }) => rule)).toEqual([
      'calling-settings-lost',
      'cannot-restore-calling',
    ])
  })

  test('warns that it cannot be undone where the credentials are not shown people', async () => {
    const provider = createWebexProvider(withToken, stillRuntime())
    nock(api).get('/people/ann').reply(403, withoutScope)
    nock(api).get('/licenses').reply(200, { items: [] })
    await toPromise(provider.getUser({ id: 'ann' })).catch(() => undefined)
    expect(rulesFor(provider)).toEqual(['warning calling-settings-lost', 'warning cannot-restore-calling'])
  })

  test('warns that it cannot be undone for users from outside, who are not among the people', () => {
    expect(rulesFor(createWebexProvider(withToken), { ...ann, kind: 'external' })).toEqual([
      'warning calling-settings-lost',
      'warning cannot-restore-calling',
    ])
  })
})
