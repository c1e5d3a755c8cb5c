import { afterEach, describe, expect, test } from 'vitest'
import { webexAssignmentRefusalOf } from '../../../providers/webex/index.ts'
import {
  type AssignmentChange,
  type AssignmentOutcome,
  type ChangeRequest,
  createRequestBudget,
  type LicensedUser,
} from '../../../src/provider-kit/index.ts'
import { timersThatStandStill, untilSo } from '../../timers-that-stand-still.ts'
import {
  assign,
  type Changing,
  type ChangingOptions,
  meetings,
  messaging,
  peopleOf,
  person,
  professional,
  remove,
  screenShare,
  startChanging,
  translations,
  worldOf,
} from './changing.ts'

let changing: Changing | undefined

const start = async (options: ChangingOptions): Promise<Changing> => {
  changing = await startChanging(options)
  return changing
}

/** One person, ann, who holds these. */
const withAnn = (licenses: readonly string[], options: ChangingOptions = {}) =>
  start({ world: worldOf([person('ann', ...licenses)]), ...options })

const results = (outcomes: readonly AssignmentOutcome[]) => outcomes.map(({ result }) => result)
const reasonOf = (outcome: AssignmentOutcome | undefined) =>
  outcome !== undefined && 'reason' in outcome ? outcome.reason : undefined

/** As the gateway words it. */
const withoutScope = {
  message:
    'The server understood the request, but refused to fulfill it because the access token is missing required scopes or the user is missing required roles or licenses.',
  trackingId: 'ROUTERGW_1',
}

const PATCH = { method: 'PATCH', path: '/v1/licenses/users' }

afterEach(async () => {
  await changing?.simulator.destroy()
  changing = undefined
})

describe('changes of one user of Webex', () => {
  test('go into one request, and are applied where the user then holds what was asked for', async () => {
    const { change, announced, writes, simulator } = await withAnn([messaging])
    const changes = [remove('ann', messaging), assign('ann', meetings), assign('ann', translations)]
    expect(results(await change(changes))).toEqual(['applied', 'applied', 'applied'])
    expect(writes()).toBe(1)
    expect(announced).toEqual([changes])
    expect(simulator.organization.licensesOf('ann')).toEqual([meetings, translations])
  })

  test('carry the calling properties', async () => {
    const { change, simulator } = await withAnn([])
    const calling = { extension: '1234', locationId: 'loc' }
    expect(results(await change([assign('ann', professional, calling)]))).toEqual(['applied'])
    expect(simulator.organization.accountOf('ann').locationId).toBe('loc')
  })

  test('are sent if the credentials are not shown what people hold', async () => {
    const { change } = await withAnn([messaging], { scopes: ['spark-admin:people_write'] })
    expect(results(await change([assign('ann', messaging), assign('ann', meetings)]))).toEqual(['applied', 'applied'])
  })
})

describe('changes that there is a problem with', () => {
  test('are refused, and nothing is sent for that user', async () => {
    const { change, announced } = await start({ world: worldOf([person('ann'), person('bob')]) })
    const outcomes = await change([assign('ann', professional), assign('ann', meetings), assign('bob', meetings)])
    expect(results(outcomes)).toEqual(['refused', 'refused', 'applied'])
    expect(outcomes.map((outcome) => reasonOf(outcome)?.message)).toEqual([
      'a calling license needs a phone number, or an extension and a location',
      'not sent: there is a problem with another change of the same user',
      undefined,
    ])
    expect(announced).toEqual([[assign('bob', meetings)]])
  })

  test('as the license is implicit are refused', async () => {
    const { change, writes } = await withAnn([screenShare])
    expect(results(await change([remove('ann', screenShare)]))).toEqual(['refused'])
    expect(writes()).toBe(0)
  })
})

describe('changes that Webex refuses', () => {
  test('as a whole are all refused, with what its code means', async () => {
    const { change, simulator } = await withAnn([messaging])
    const outcomes = await change([remove('ann', messaging), assign('ann', 'unknown license')])
    expect(results(outcomes)).toEqual(['refused', 'refused'])
    for (const outcome of outcomes) {
      const reason = reasonOf(outcome)
      expect(reason).toMatchObject({ _tag: 'RequestRejected', status: 400, vendorCode: '400000' })
      expect(reason?.message).toContain('the organization has no such license')
      expect(reason && webexAssignmentRefusalOf(reason)).toBe('license-not-recognized')
    }
    expect(simulator.organization.licensesOf('ann')).toEqual([messaging])
  })

  test('are never torn apart: half a swap takes a seat away', async () => {
    const { change, writes, simulator } = await withAnn([messaging], {
      faults: [{ match: PATCH, effect: { kind: 'status', status: 400, body: { errors: [{ errorCode: 400413 }] } } }],
    })
    expect(results(await change([remove('ann', messaging), assign('ann', meetings)]))).toEqual(['refused', 'refused'])
    expect(writes()).toBe(1)
    expect(simulator.organization.licensesOf('ann')).toEqual([messaging])
  })

  test.each([
    ['assignment', assign('ann', meetings), 'did not assign the license'],
    ['removal', remove('ann', messaging), 'left the license in place'],
  ])('in part have the error of the %s that was left out', async (_, wrong, words) => {
    const { change } = await withAnn([messaging], {
      writes: [
        {
          match: { licenseId: wrong.licenseId },
          effect: { kind: 'refuse', code: '400413', message: 'ann@example.com has another' },
        },
      ],
    })
    const [refused, applied] = await change([wrong, assign('ann', translations)])
    expect(applied?.result).toBe('applied')
    expect(refused).toMatchObject({
      result: 'refused',
      reason: {
        _tag: 'RequestRejected',
        message: `Webex answered 206 and ${words}: only one license of an exclusive group can be held`,
        status: 206,
        vendorCode: '400413',
        vendorMessage: expect.stringMatching(/^\*\*\*@\*\*\* has another/),
        correlationId: expect.stringMatching(/^ROUTER_/),
      },
    })
  })

  test('in part without a word are refused all the same: the seats ran out', async () => {
    const world = worldOf([person('ann'), person('bob', meetings)])
    const licenses = world.licenses.map((license) =>
      'id' in license && license.id === meetings ? { ...license, totalUnits: 1 } : license,
    )
    const { change } = await start({ world: { ...world, licenses }, seats: 'limited' })
    const [refused, applied] = await change([assign('ann', meetings), assign('ann', messaging)])
    expect(applied?.result).toBe('applied')
    expect(refused).toMatchObject({ result: 'refused', reason: { status: 206 } })
    expect(reasonOf(refused)).not.toHaveProperty('vendorCode')
  })

  test.each([assign('ann', meetings), remove('ann', messaging)])(
    'are found out although the answer is 200 and says nothing of it: %j',
    async (wrong) => {
      const { change } = await withAnn([messaging], {
        writes: [{ match: { licenseId: wrong.licenseId }, effect: { kind: 'ignore' } }],
      })
      const [refused, applied] = await change([wrong, assign('ann', translations)])
      expect(applied?.result).toBe('applied')
      expect(refused).toMatchObject({ result: 'refused', reason: { _tag: 'RequestRejected', status: 200 } })
      expect(reasonOf(refused)?.message).toMatch(/^Webex answered 200 and /)
    },
  )

  /** An answer about Ann that does not list what she holds, and nothing is done. */
  const unlisted = (status: number, errors: readonly unknown[]) => ({
    faults: [{ match: PATCH, effect: { kind: 'status', status, body: { personId: 'ann', errors } } as const }],
  })
  const noSeats = { errorCode: 'NO_SEATS', description: `no seats left for ${meetings}` }

  test.each([200, 206])(
    'are refused where an answer of %i names them in an error and lists nothing',
    async (status) => {
      const { change, runtime } = await withAnn([messaging], unlisted(status, [noSeats]))
      const [refused, other] = await change([assign('ann', meetings), assign('ann', translations)])
      expect(refused).toMatchObject({
        result: 'refused',
        reason: { _tag: 'RequestRejected', status, vendorCode: 'NO_SEATS' },
      })
      expect(other?.result).toBe(status === 206 ? 'refused' : 'unknown')
      expect(runtime.waits.reduce((sum, ms) => sum + ms, 0)).toBe(status === 206 ? 2_000 : 60_000)
    },
  )

  test.each([
    ['an error', 200, [{ errorCode: 'NOT_ENOUGH_SEATS' }], 'NOT_ENOUGH_SEATS', 0],
    ['an error', 206, [{ description: 'no seats' }], undefined, 0],
    ['nothing', 206, [], undefined, 2_000],
  ])('are refused where the answer has %s in place of what is held: %i', async (_, status, errors, code, waited) => {
    const { change, runtime } = await withAnn([messaging], unlisted(status, errors))
    const [outcome] = await change([assign('ann', meetings)])
    expect([outcome?.result, reasonOf(outcome)?.vendorCode]).toEqual(['refused', code])
    expect(runtime.waits.reduce((sum, ms) => sum + ms, 0)).toBe(waited)
  })

  test('although the answer lists what is not held are accepted and not seen, never applied', async () => {
    const { change, simulator } = await withAnn([], {
      writes: [{ effect: { kind: 'ignore' } }],
      ignoredWrites: 'claimed',
    })
    const [outcome] = await change([assign('ann')])
    expect(outcome?.result).toBe('unknown')
    expect(reasonOf(outcome)?.message).toMatch(/^accepted, not seen yet/)
    expect(simulator.organization.licensesOf('ann')).toEqual([])
  })
})

describe('changes of external users', () => {
  const world = worldOf([{ ...person('gus', messaging), type: 'EXTERNAL' }])

  test('are pending until they accept, the second time too', async () => {
    const { change } = await start({ world })
    expect(results(await change([assign('gus', meetings)]))).toEqual(['pending'])
    expect(results(await change([assign('gus', meetings)]))).toEqual(['pending'])
  })

  test('are sent although the licenses of the users cannot be read', async () => {
    const { change, simulator } = await start({ world })
    expect(results(await change([remove('gus', messaging), assign('gus', translations)]))).toEqual([
      'applied',
      'pending',
    ])
    expect(simulator.organization.licensesOf('gus')).toEqual([])
  })

  test('take back what is pending, which no listing shows', async () => {
    const { change, simulator } = await start({ world })
    await change([assign('gus', meetings)])
    const gus: LicensedUser = {
      provider: 'webex',
      id: 'gus',
      kind: 'external',
      status: 'unknown',
      licenseIds: [messaging],
      pendingLicenseIds: [],
    }
    const users = new Map([['gus', gus]])
    expect(results(await change([remove('gus', meetings)], { users }))).toEqual(['applied'])
    expect(simulator.organization.accountOf('gus').pendingLicenses).toEqual([])
  })
})

describe('changes that are answered without a body', () => {
  const silently = (status: number, carriedOut: boolean) => ({
    match: PATCH,
    effect: { kind: 'status', status, carriedOut, headers: {}, body: '' } as const,
  })

  test.each([200, 204])(
    'with %i are sent once, and applied where the user then holds what was asked for',
    async (status) => {
      const { change, writes, simulator } = await withAnn([messaging])
      simulator.faults.add(silently(status, true))
      expect(results(await change([remove('ann', messaging), assign('ann', meetings)]))).toEqual(['applied', 'applied'])
      expect(writes()).toBe(1)
    },
  )

  test('are unknown where the user does not hold it yet', async () => {
    const { change, writes, simulator } = await withAnn([messaging])
    simulator.faults.add(silently(204, false))
    expect(results(await change([assign('ann', meetings)]))).toEqual(['unknown'])
    expect(writes()).toBe(1)
  })
})

describe('changes that a filter answers with its page', () => {
  test.each([
    ['are applied where they were carried out all the same', true, 'applied'],
    ['are unknown where they were not, or not yet', false, 'unknown'],
  ])('%s', async (_, carriedOut, result) => {
    const { change, writes, simulator } = await withAnn([messaging])
    const page = { status: 403, headers: { 'content-type': 'text/html' }, body: '<html><h1>Blocked</h1></html>' }
    simulator.faults.add({ match: PATCH, effect: { kind: 'status', carriedOut, ...page } })
    expect(results(await change([assign('ann', meetings)]))).toEqual([result])
    expect(writes()).toBe(1)
  })
})

describe('changes without a proper answer', () => {
  test.each([
    ['the connection is reset', { kind: 'reset', carriedOut: true } as const],
    ['a gateway gives up', { kind: 'status', status: 504, body: '<html></html>', carriedOut: true } as const],
    ['the answer is cut', { kind: 'cut' } as const],
    ['the answer is no JSON', { kind: 'truncate' } as const],
    ['the answer does not say what is held', { kind: 'status', status: 200, body: {}, carriedOut: true } as const],
  ])('are applied where the user is found to hold them afterwards: %s every time', async (_, effect) => {
    const { change } = await withAnn([messaging], { faults: [{ match: PATCH, effect }] })
    expect(results(await change([remove('ann', messaging), assign('ann', meetings)]))).toEqual(['applied', 'applied'])
  })

  test('are unknown where they are not found, as they may still come', async () => {
    const { change } = await withAnn([], { faults: [{ match: PATCH, effect: { kind: 'reset' } }] })
    const [outcome] = await change([assign('ann')])
    expect(outcome).toMatchObject({ result: 'unknown', reason: { _tag: 'Unavailable', attempts: 5 } })
    expect(reasonOf(outcome)?.message).toContain('a reading after the request shows that it was not done')
  })

  test('stay unknown where the repeat was refused: the first one may still have its effect', async () => {
    const { change } = await withAnn([], {
      faults: [
        { match: { ...PATCH, times: 1 }, effect: { kind: 'reset' } },
        { match: PATCH, effect: { kind: 'status', status: 400, body: { errors: [{ errorCode: 400413 }] } } },
      ],
    })
    expect(await change([assign('ann')])).toMatchObject([{ result: 'unknown', reason: { vendorCode: '400413' } }])
  })

  test('are repeated, and applied at last', async () => {
    const { change, writes } = await withAnn([], {
      faults: [{ match: { ...PATCH, times: 2 }, effect: { kind: 'status', status: 503, carriedOut: true } }],
    })
    expect(results(await change([assign('ann')]))).toEqual(['applied'])
    expect(writes()).toBe(3)
  })
})

describe('changes of many users of Webex', () => {
  const many = (count: number): readonly AssignmentChange[] => peopleOf(count).map(({ id }) => assign(id))

  test.each([
    ['the credentials are refused', 'AuthenticationFailed', { kind: 'status', status: 401 } as const],
    ['the scope is missing', 'PermissionDenied', { kind: 'status', status: 403, body: withoutScope } as const],
    [
      'the vendor asks for too long a wait',
      'RateLimited',
      { kind: 'status', status: 429, headers: { 'retry-after': '3600' } } as const,
    ],
  ])('end for all where %s', async (_, tag, effect) => {
    const { change, writes } = await start({ world: worldOf(peopleOf(100)), faults: [{ match: PATCH, effect }] })
    const outcomes = await change(many(100))
    expect(new Set(results(outcomes))).toEqual(new Set(['refused']))
    expect(new Set(outcomes.map((outcome) => reasonOf(outcome)?._tag))).toEqual(new Set([tag]))
    const unsent = outcomes.filter((outcome) => reasonOf(outcome)?.message.startsWith('not sent: '))
    expect(unsent.length).toBeGreaterThanOrEqual(92)
    expect(writes()).toBeLessThanOrEqual(8)
  })

  test.each([1, 4, 8])('go on where one of them may not be changed, with %i requests at once', async (concurrency) => {
    const forbidden = {
      message: 'This user cannot be changed.',
      errors: [{ description: 'no' }],
      trackingId: 'ATLAS_1',
    }
    const [first, middle, last] = ['user-1', 'user-20', 'user-40']
    const isOneOf = (body: string) => [first, middle, last].some((id) => JSON.parse(body).personId === id)
    const { change, simulator } = await start({
      world: worldOf(peopleOf(40)),
      runtime: { budget: createRequestBudget({ concurrency }) },
      faults: [
        {
          match: PATCH,
          effect: {
            kind: 'rewrite',
            rewrite: (answer, { body }) =>
              isOneOf(body) ? { ...answer, status: 403, body: JSON.stringify(forbidden) } : answer,
          },
        },
      ],
      writes: [first, middle, last].map((userId) => ({ match: { userId }, effect: { kind: 'ignore' } })),
    })
    const outcomes = await change(many(40))
    const refused = outcomes.filter(({ result }) => result === 'refused')
    expect(refused.map(({ change: { userId } }) => userId)).toEqual([first, middle, last])
    expect(new Set(refused.map((outcome) => reasonOf(outcome)?._tag))).toEqual(new Set(['PermissionDenied']))
    expect(outcomes.filter(({ result }) => result === 'applied')).toHaveLength(37)
    expect(simulator.organization.holderCount(messaging)).toBe(37)
  })

  test('are not sent where that cannot be announced, which is the one thing that is thrown', async () => {
    const { outcomes, simulator } = await start({ world: worldOf(peopleOf(100)) })
    let announcements = 0
    const seen: string[] = []
    const request: ChangeRequest = {
      beforeSending: async () => {
        announcements += 1
        if (announcements > 10) throw new Error('the disk is full')
      },
    }
    const iterate = async () => {
      for await (const { result } of outcomes(many(100), request)) seen.push(result)
    }
    await expect(iterate()).rejects.toThrow('the disk is full')
    expect(seen).toEqual(Array.from({ length: 10 }, () => 'applied'))
    expect(simulator.organization.holderCount(messaging)).toBe(10)
  })

  test('that are under way when the caller stops them are unknown, the others refused', async () => {
    const controller = new AbortController()
    const { change, writes } = await start({
      world: worldOf(peopleOf(50)),
      faults: [{ match: PATCH, effect: { kind: 'hang' } }],
    })
    const changed = change(many(50), { signal: controller.signal })
    // As many as run at once before enough answers have come.
    await expect.poll(writes).toBe(4)
    controller.abort()
    const outcomes = results(await changed)
    expect(outcomes.filter((result) => result === 'unknown')).toHaveLength(4)
    expect(outcomes.filter((result) => result === 'refused')).toHaveLength(46)
  })

  test('that take longer than the caller allows are unknown or refused', async () => {
    let now = 0
    const { change, writes } = await start({
      world: worldOf(peopleOf(50)),
      faults: [{ match: PATCH, effect: { kind: 'hang' } }],
      runtime: { clock: { now: () => now, sleep: async () => {} } },
    })
    const pass = timersThatStandStill()
    const changed = change(many(50), { deadlineMs: 400 })
    // As many as run at once before enough answers have come.
    await untilSo(() => writes() === 4)
    now += 400
    await pass(400)
    const outcomes = await changed
    expect(outcomes.filter(({ result }) => result === 'unknown')).toHaveLength(4)
    expect(new Set(outcomes.map((outcome) => reasonOf(outcome)?._tag))).toEqual(new Set(['DeadlineExceeded']))
  })
})
