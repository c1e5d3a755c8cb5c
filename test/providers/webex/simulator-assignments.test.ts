import { afterEach, describe, expect, it } from 'vitest'
import {
  startWebexSimulator,
  type WebexSimulator,
  type WebexSimulatorOptions,
  webexLicenseId,
} from '../../../providers/webex/simulator/index.ts'
import { recordOf, recordsOf, send } from '../../simulator-kit/reply.ts'

const organizationUuid = 'c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b'
const idOf = (offerCode: string, siteUrl?: string) =>
  webexLicenseId({ organizationUuid, offerCode, uuid: '1', ...(siteUrl === undefined ? {} : { siteUrl }) })
const messaging = idOf('MS')
const meetings = idOf('EE', 'example.webex.example.com')
const professional = idOf('BCSTD')
const standard = idOf('BCX')
const free = { messaging: idOf('FMS'), meetings: idOf('FTM'), screenShare: idOf('FSS') }

const world = {
  licenses: [
    { id: messaging, name: 'Advanced Messaging', totalUnits: 2, subscriptionId: 'Sub1' },
    {
      id: meetings,
      name: 'Webex Meetings Suite',
      totalUnits: 2,
      subscriptionId: 'Sub1',
      siteUrl: 'example.webex.example.com',
    },
    { id: professional, name: 'Webex Calling - Professional', totalUnits: 2, subscriptionId: 'Sub1' },
    { id: standard, name: 'Webex Calling - Standard', totalUnits: 2, subscriptionId: 'Sub1' },
    { id: idOf('CF'), name: 'Advanced Space Meetings', totalUnits: 2, subscriptionId: 'Sub1' },
    ...Object.values(free).map((id) => ({ id, name: 'Free', totalUnits: 4 })),
  ],
  people: [
    { id: 'ann', email: 'ann@example.com', licenses: [] },
    { id: 'bob', email: 'bob@example.com', licenses: [messaging, idOf('CF'), ...Object.values(free)] },
    { id: 'cal', email: 'cal@example.com', licenses: [professional] },
    { id: 'gus', email: 'gus@example.org', type: 'EXTERNAL' as const, licenses: [] },
  ],
}

let simulator: WebexSimulator | undefined

const start = async (options: WebexSimulatorOptions = {}): Promise<WebexSimulator> => {
  simulator = await startWebexSimulator({ world, ...options })
  return simulator
}

const call = (path: string, init: RequestInit = {}) =>
  send(`${simulator?.configuration.apiUrl}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${simulator?.configuration.accessToken}`, 'content-type': 'application/json' },
  })
const patch = (body: unknown) => call('/licenses/users', { method: 'PATCH', body: JSON.stringify(body) })
const add = (id: string, properties?: Record<string, string>) => ({ id, operation: 'add', properties })
const remove = (id: string) => ({ id, operation: 'remove' })
const codesOf = (body: unknown) => recordsOf(recordOf(body).errors).map(({ errorCode }) => errorCode)

const phone = { phoneNumber: '+15551234567' }

afterEach(async () => {
  await simulator?.destroy()
  simulator = undefined
})

describe('assigning licenses in the simulator', () => {
  it('changes what a user holds, and answers with all of it', async () => {
    const { organization } = await start()
    const { status, body } = await patch({ personId: 'bob', licenses: [{ id: meetings }, remove(messaging)] })
    expect(status).toBe(200)
    const held = [idOf('CF'), ...Object.values(free), meetings]
    expect(body).toEqual({
      orgId: organization.id,
      personId: 'bob',
      email: 'bob@example.com',
      licenses: held,
      siteUrls: [{ siteUrl: 'example.webex.example.com', accountType: 'HOST' }],
    })
    expect(organization.licensesOf('bob')).toEqual(held)
    expect((await call('/people/bob')).body.licenses).toEqual(held)
    expect((await call(`/licenses/${meetings}`)).body.consumedUnits).toBe(1)
    expect((await call(`/licenses/${messaging}`)).body.consumedUnits).toBe(0)
  })

  it('finds the user by e-mail address, and the organization in the body', async () => {
    const { organization, organizations } = await start({ managed: [{ world }] })
    const body = { email: 'ANN@example.com', licenses: [add(messaging)] }
    expect((await patch({ ...body, orgId: organizations[1]?.id ?? '' })).status).toBe(200)
    expect((await patch({ ...body, orgId: 'unknown' })).status).toBe(403)
    expect(organization.licensesOf('ann')).toEqual([messaging])
  })

  it('needs spark-admin:people_write', async () => {
    await start({ scopes: ['spark-admin:licenses_read', 'spark-admin:people_read'] })
    expect((await patch({ personId: 'ann', licenses: [add(messaging)] })).status).toBe(403)
  })

  it.each([
    ['nobody', { licenses: [add(messaging)] }, 400],
    ['no change', { personId: 'ann' }, 400],
    ['an unknown operation', { personId: 'ann', licenses: [{ id: messaging, operation: 'ADD' }] }, 400],
    ['no list', { personId: 'ann', licenses: messaging }, 400],
    ['an unknown user', { personId: 'eve', licenses: [add(messaging)] }, 404],
  ])('refuses %s', async (_, body, status) => {
    await start()
    expect((await patch(body)).status).toBe(status)
  })

  it.each([
    ['an unknown license', 'ann', [add(idOf('XX'))], [400000]],
    ['calling without properties', 'ann', [add(professional)], [400411]],
    ['an extension without a location', 'ann', [add(professional, { extension: '12' })], [400411]],
    ['Standard beside Professional', 'cal', [add(standard, phone)], [400404]],
    ['a downgrade of calling', 'cal', [remove(professional), add(standard, phone)], [400112]],
    ['to remove Screen Share', 'bob', [remove(free.screenShare)], [700006]],
    ['to remove free messaging from paid messaging', 'bob', [remove(free.messaging)], [700003, 700005]],
    ['to remove free meetings from paid meetings', 'bob', [remove(free.meetings)], [700004]],
  ])('refuses %s, with nothing done', async (_, personId, licenses, codes) => {
    const { organization } = await start()
    const before = organization.licensesOf(personId)
    const { status, body } = await patch({ personId, licenses: [...licenses, add(meetings)] })
    expect(status).toBe(400)
    expect(codesOf(body)).toEqual(codes)
    expect(body.trackingId).toMatch(/^ROUTER_/)
    expect(organization.licensesOf(personId)).toEqual(before)
  })

  it('keeps number, extension and location of a calling license until it is removed, and shows them where asked', async () => {
    await start()
    const properties = { extension: '12', locationId: 'loc', ...phone }
    await patch({ personId: 'ann', licenses: [add(professional, properties)] })
    expect((await call('/people/ann?callingData=true')).body).toMatchObject({
      locationId: 'loc',
      extension: '12',
      phoneNumbers: [{ type: 'work', value: phone.phoneNumber }],
    })
    expect((await call('/people/ann')).body).toMatchObject({ phoneNumbers: [] })
    expect((await call('/people/ann')).body).not.toHaveProperty('extension')
    await patch({ personId: 'ann', licenses: [remove(professional)] })
    const { body } = await call('/people/ann?callingData=true')
    expect(body).toMatchObject({ phoneNumbers: [] })
    expect(body).not.toHaveProperty('locationId')
    expect(body).not.toHaveProperty('extension')
  })

  it('has the calling properties of each user with a calling license of a seeded organization', async () => {
    simulator = await startWebexSimulator({ users: 40 })
    const { body } = await call('/people?callingData=true&max=1000')
    const callers = recordsOf(body.items).filter(({ extension }) => extension !== undefined)
    const { organization } = simulator
    const license = organization.licenses.find((one) => 'name' in one && one.name === 'Webex Calling - Professional')
    expect(callers.length).toBe(license !== undefined && 'id' in license ? organization.holderCount(license.id) : 0)
    for (const { locationId } of callers) expect(locationId).toEqual(expect.any(String))
  })

  it('takes nothing but JSON', async () => {
    await start()
    const { status } = await send(`${simulator?.configuration.apiUrl}/licenses/users`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${simulator?.configuration.accessToken}`, 'content-type': 'text/plain' },
      body: JSON.stringify({ personId: 'ann', licenses: [add(messaging)] }),
    })
    expect(status).toBe(415)
    expect(simulator?.organization.licensesOf('ann')).toEqual([])
  })

  it('shows with a person the sites on which they are host or attendee', async () => {
    await start()
    const site = { siteUrl: 'example.webex.example.com', accountType: 'attendee' }
    await patch({ personId: 'ann', siteUrls: [site] })
    expect((await call('/people/ann')).body.siteUrls).toEqual(['example.webex.example.com#attendee'])
    await patch({ personId: 'bob', licenses: [add(meetings)] })
    expect((await call('/people/bob')).body.siteUrls).toEqual(['example.webex.example.com'])
  })

  it('does late what it is told to, on its own clock, and says at once that it is done', async () => {
    const { writes, organization, clock } = await start()
    writes.add({ match: { licenseId: meetings }, effect: { kind: 'late', afterMs: 30_000 } })
    const { status, body } = await patch({ personId: 'ann', licenses: [add(meetings), add(messaging)] })
    expect([status, body.licenses]).toEqual([200, [meetings, messaging]])
    expect(organization.licensesOf('ann')).toEqual([messaging])
    clock.advance(29_000)
    expect((await call('/people/ann')).body.licenses).toEqual([messaging])
    clock.advance(1_000)
    expect((await call('/people/ann')).body.licenses).toEqual([messaging, meetings])
    expect((await call(`/licenses/${meetings}`)).body.consumedUnits).toBe(1)
  })

  it('gives and takes besides what it is told to, and shows it', async () => {
    const { writes, organization } = await start()
    writes.add({ effect: { kind: 'implicit', gives: [messaging], takes: [professional] } })
    const { body } = await patch({ personId: 'cal', licenses: [add(meetings)] })
    expect(body.licenses).toEqual([meetings, messaging])
    expect(organization.licensesOf('cal')).toEqual([meetings, messaging])
  })

  it('does half of a request, and leaves the rest out or fails', async () => {
    const { writes, organization } = await start()
    const half = writes.add({ effect: { kind: 'half' } })
    const inPart = await patch({ personId: 'ann', licenses: [add(meetings), add(messaging)] })
    expect([inPart.status, inPart.body.licenses]).toEqual([206, [meetings]])
    half.remove()
    writes.add({ effect: { kind: 'half', answer: 'failed' } })
    expect((await patch({ personId: 'cal', licenses: [add(meetings), add(messaging)] })).status).toBe(500)
    expect(organization.licensesOf('cal')).toEqual([professional, meetings])
  })

  it('refuses a whole request, throttles it, and runs out of seats half-way, where it is told to', async () => {
    const { writes, organization } = await start()
    const once = { userId: 'ann', licenseId: meetings, times: 1 }
    writes.add({ match: once, effect: { kind: 'refuse', status: 403 } })
    writes.add({ match: once, effect: { kind: 'throttle', afterSeconds: 3 } })
    const both = { licenses: [add(meetings), add(messaging)] }
    expect((await patch({ personId: 'ann', ...both })).status).toBe(403)
    const throttled = await patch({ personId: 'ann', ...both })
    expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '3'])
    expect(organization.licensesOf('ann')).toEqual([])
    writes.add({ match: { licenseId: messaging, action: 'assign', skip: 1 }, effect: { kind: 'seatsOut' } })
    expect((await patch({ personId: 'ann', ...both })).status).toBe(200)
    const out = await patch({ personId: 'cal', ...both })
    expect([out.status, out.body.licenses]).toEqual([206, [professional, meetings]])
  })

  it('makes attendees, answers in upper case, and takes no hosts and no other sites', async () => {
    await start()
    const site = { siteUrl: 'example.webex.example.com', accountType: 'attendee' }
    const { body } = await patch({ personId: 'ann', siteUrls: [site] })
    expect(body.siteUrls).toEqual([{ ...site, accountType: 'ATTENDEE' }])
    const upper = await patch({ personId: 'ann', siteUrls: [{ ...site, accountType: 'ATTENDEE' }] })
    expect([upper.status, upper.body.siteUrls]).toEqual([200, [{ ...site, accountType: 'ATTENDEE' }]])
    expect((await patch({ personId: 'ann', siteUrls: [{ ...site, operation: 'remove' }] })).body.siteUrls).toEqual([])
    for (const wrong of [
      { ...site, accountType: 'host' },
      { ...site, siteUrl: 'other.example.com' },
    ]) {
      expect(codesOf((await patch({ personId: 'ann', siteUrls: [wrong] })).body)).toEqual([400216])
    }
  })

  it('leaves what an external user is assigned pending, also the second time', async () => {
    const { organization } = await start()
    for (const _ of [1, 2]) {
      const { status, body } = await patch({ personId: 'gus', licenses: [add(meetings)] })
      expect(status).toBe(200)
      expect(body).toMatchObject({ licenses: [], pendingLicenses: [meetings] })
    }
    expect(organization.accountOf('gus').pendingLicenses).toEqual([meetings])
    const { body } = await patch({ personId: 'gus', licenses: [remove(meetings)] })
    expect(body.pendingLicenses).toEqual([])
  })

  it('gives more seats than were bought, unless they are limited', async () => {
    await start()
    for (const personId of ['ann', 'bob', 'cal']) await patch({ personId, licenses: [add(meetings)] })
    expect((await call(`/licenses/${meetings}`)).body.consumedUnits).toBe(3)
    await simulator?.destroy()
    await start({ seats: 'limited' })
    await patch({ personId: 'ann', licenses: [add(meetings)] })
    await patch({ personId: 'bob', licenses: [add(meetings)] })
    expect((await patch({ personId: 'cal', licenses: [add(meetings)] })).status).toBe(400)
    const inPart = await patch({ personId: 'cal', licenses: [add(meetings), add(messaging)] })
    expect(inPart.status).toBe(206)
    expect(inPart.body).toMatchObject({ licenses: [professional, messaging] })
    expect(inPart.body).not.toHaveProperty('errors')
    expect((await patch({ personId: 'ann', licenses: [add(meetings)] })).status).toBe(200)
  })

  it('refuses what it is told to refuse, in part or as a whole', async () => {
    const { writes, organization } = await start()
    writes.add({ match: { licenseId: meetings }, effect: { kind: 'refuse', code: '400413', message: 'no' } })
    const inPart = await patch({ personId: 'ann', licenses: [add(meetings), add(messaging)] })
    expect(inPart.status).toBe(206)
    expect(inPart.body).toMatchObject({ licenses: [messaging] })
    expect(codesOf(inPart.body)).toEqual([400413])
    const whole = await patch({ personId: 'bob', licenses: [add(meetings)] })
    expect(whole.status).toBe(400)
    expect(codesOf(whole.body)).toEqual([400413])
    expect(organization.holderCount(meetings)).toBe(0)
  })

  it('ignores what it is told to ignore, and admits it or claims that it was done', async () => {
    const ignoring = [{ effect: { kind: 'ignore' as const } }]
    for (const [ignoredWrites, shown] of [
      ['leftOut', []],
      ['claimed', [meetings]],
    ] as const) {
      const { organization } = await start({ writes: ignoring, ignoredWrites })
      const { status, body } = await patch({ personId: 'ann', licenses: [add(meetings)] })
      expect(status).toBe(200)
      expect(body.licenses).toEqual(shown)
      expect(organization.licensesOf('ann')).toEqual([])
      await simulator?.destroy()
    }
  })

  it('loses answers to what was carried out', async () => {
    const { faults, organization } = await start()
    faults.add({ match: { method: 'PATCH' }, effect: { kind: 'status', status: 504, carriedOut: true } })
    await call('/licenses/users', {
      method: 'PATCH',
      body: JSON.stringify({ personId: 'ann', licenses: [add(meetings)] }),
    }).catch(() => undefined)
    expect(organization.licensesOf('ann')).toEqual([meetings])
  })
})
