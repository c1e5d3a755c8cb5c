import { describe, expect, test } from 'vitest'
import type { LicenseError, LicenseProvider } from '../../src/index.ts'
import { applyPlan, failuresOf, type JournalEntry, type JournaledChange, type Plan } from '../../src/plan/index.ts'
import type { Clock } from '../../src/provider-kit/index.ts'
import { hastyClock, type InMemoryRequest } from '../../src/testing/index.ts'
import { timersThatStandStill } from '../timers-that-stand-still.ts'
import { stateOf } from './journal-text.ts'
import {
  applied,
  assign,
  held,
  keptJournal,
  license,
  organization,
  planFor,
  remove,
  swap,
  user,
} from './organization.ts'

const failure: LicenseError = {
  _tag: 'RequestRejected',
  provider: 'in-memory',
  operation: 'changeAssignments',
  message: 'the vendor rejected the request',
  correlationId: 'c-1',
}

/** An organization of which the requests that change something are watched, or fail. */
const watched = (answer: (request: InMemoryRequest) => LicenseError | undefined = () => undefined) => {
  const sent: string[] = []
  const provider = organization({
    onRequest: (request) => {
      const { change } = request
      if (change === undefined) return undefined
      sent.push(`${change.action} ${change.licenseId} ${change.userId}`)
      return answer(request)
    },
  })
  return { provider, sent }
}

const results = (result: Awaited<ReturnType<typeof applied>>) => result.changes.map((change) => change.result)

describe('applying a plan', () => {
  test('makes its changes, removals first, then swaps, then additions', async () => {
    const { provider, sent } = watched()
    const plan = await planFor(provider, [assign('pro', 'ada'), swap('basic', 'extra', 'bob'), remove('pro', 'bob')])
    const result = await applied(plan, provider)
    // Of a swap the new license comes first, so that nobody is left with neither.
    expect(sent).toEqual(['remove pro bob', 'assign extra bob', 'remove basic bob', 'assign pro ada'])
    expect(result).toMatchObject({ complete: true, verified: true, counts: { applied: 4 } })
    expect(await held(provider, 'bob')).toEqual(['extra'])
  })

  test('writes each step down before and after it', async () => {
    const journal = keptJournal()
    const provider = organization({
      onRequest: ({ change }) => {
        if (change !== undefined) journal.entries.push({ entry: 'sending', changes: [-1] })
        return undefined
      },
    })
    const plan = await planFor(provider, [assign('pro', 'ada')])
    await applied(plan, provider, { journal })
    expect(journal.entries).toEqual([
      { entry: 'begin', plan },
      { entry: 'sending', changes: [0] },
      { entry: 'sending', changes: [-1] },
      expect.objectContaining({ entry: 'outcome', change: 0, result: 'applied' }),
      { entry: 'end', counts: expect.objectContaining({ applied: 1 }) },
    ])
  })

  test('sends nothing where the journal cannot be begun', async () => {
    const { provider, sent } = watched()
    const plan = await planFor(provider, [assign('pro', 'ada')])
    const full = { append: async () => Promise.reject(new Error('the disk is full')) }
    await expect(applied(plan, provider, { journal: full })).rejects.toThrow('the disk is full')
    expect(sent).toEqual([])
  })

  test.each([
    ['before a request', 'sending', 1],
    ['after one', 'outcome', 2],
  ] as const)('sends nothing more where it cannot be written down any more, %s', async (_, entry, most) => {
    const { provider, sent } = watched()
    const plan = await planFor(provider, [assign('pro', 'ada'), assign('pro', 'cleo'), remove('pro', 'bob')])
    let appended = 0
    const full = {
      append: async (line: { readonly entry: string }) => {
        if (line.entry === entry) appended += 1
        if (appended > 0) throw new Error('the disk is full')
      },
    }
    const result = await applied(plan, provider, { journal: full })
    expect(sent.length).toBeLessThan(most)
    expect(result).toMatchObject({ complete: false, journalProblem: 'the disk is full' })
    expect(failuresOf(result)).toMatchObject([
      { _tag: 'JournalUnavailable', message: expect.stringContaining('the disk is full') },
    ])
    expect(results(result)).toContain('notSent')
  })

  test('takes no outcome for another change', async () => {
    const provider = organization()
    const confused: LicenseProvider = {
      ...provider,
      changeAssignments: async function* (changes, request) {
        await request?.beforeSending?.(changes, [])
        for (const change of changes) yield { change: { ...change, action: 'remove' }, result: 'applied' }
      },
    }
    expect(results(await applied(await planFor(provider, [assign('pro', 'ada')]), confused))).toEqual(['unknown'])
  })

  test('is for the provider that it was made for, and for its time', async () => {
    const plan = await planFor(organization(), [assign('pro', 'ada')], 0)
    await expect(applied(plan, organization())).rejects.toThrow('the plan has expired at 1970-01-02')
    await expect(applied(plan, organization({ vendor: 'other' }))).rejects.toThrow(
      'the plan is for in-memory (in-memory), not for in-memory (other)',
    )
  })

  test.each([
    ['a run that began and sent nothing', [], false],
    ['a run that stopped before a request', [{ entry: 'resume' as const, plan: '' }], false],
    [
      'a run that found a change to be so already',
      [{ entry: 'outcome' as const, change: 0, result: 'alreadySo' as const }],
      false,
    ],
    ['a run that sent something', [{ entry: 'sending' as const, changes: [0] }], true],
  ])('expires unless something of it was sent: %s', async (_, entries, isBegun) => {
    const plan = await planFor(organization(), [assign('pro', 'ada'), assign('pro', 'cleo')], 0)
    const journal = [
      { entry: 'begin' as const, plan },
      ...entries.map((entry) => (entry.entry === 'resume' ? { ...entry, plan: plan.hash } : entry)),
    ]
    const tried = applied(plan, organization(), { state: await stateOf(journal) })
    if (isBegun) expect(await tried).toMatchObject({ complete: true })
    else await expect(tried).rejects.toThrow('the plan has expired at 1970-01-02')
  })

  test.each([
    [
      'throw',
      () => {
        throw new Error('the display is broken')
      },
    ],
    ['reject', async () => Promise.reject(new Error('the display is broken'))],
  ])('is not changed by callbacks that %s', async (_, broken) => {
    const provider = organization()
    const plan = await planFor(provider, [assign('pro', 'ada'), remove('pro', 'bob')])
    const result = await applied(plan, provider, { onChange: broken, onProgress: broken })
    expect(result).toMatchObject({ complete: true, counts: { applied: 2 } })
  })

  const talkative = 'connect to postgres://app:hunter2@db.example.com failed for ada@example.com, password=hunter2'

  test('repeats no secret and no address of what the store of the journal says', async () => {
    const provider = organization()
    const plan = await planFor(provider, [assign('pro', 'ada')])
    const failing = (after: number) => {
      let appended = 0
      return {
        append: () => {
          if (appended++ >= after) throw new Error(talkative)
          return Promise.resolve()
        },
      }
    }
    const early = await applyPlan(plan, provider, { journal: failing(0), clock: hastyClock() })()
    const late = await applyPlan(plan, provider, { journal: failing(1), clock: hastyClock() })()
    expect(early).toMatchObject({ left: { _tag: 'JournalUnavailable' } })
    expect(late).toMatchObject({ right: { journalProblem: expect.stringContaining('connect to') } })
    for (const told of [early, late].map((one) => JSON.stringify(one))) {
      expect(told).not.toContain('hunter2')
      expect(told.replaceAll('"user":"ada@example.com"', '')).not.toContain('ada@example.com')
    }
  })

  test('tells each refusal with the vendor’s reason, and goes on', async () => {
    const { provider } = watched(({ change }) => (change?.userId === 'ada' ? failure : undefined))
    const plan = await planFor(provider, [assign('pro', 'ada'), assign('pro', 'cleo')])
    const result = await applied(plan, provider)
    expect(result).toMatchObject({ complete: false, counts: { refused: 1, applied: 1 } })
    expect(result.changes[0]).toMatchObject({ result: 'refused', reason: { correlationId: 'c-1' } })
  })

  test('reads nothing again: what the provider says of a change is final', async () => {
    let hasSent = false
    const readAfterwards: string[] = []
    const provider = organization({
      onRequest: ({ operation, change }) => {
        if (change !== undefined) hasSent = true
        else if (hasSent) readAfterwards.push(operation)
        return undefined
      },
    })
    const result = await applied(await planFor(provider, [assign('pro', 'ada'), remove('pro', 'bob')]), provider)
    expect(result).toMatchObject({ complete: true, verified: true, counts: { applied: 2 } })
    expect(readAfterwards).toEqual([])
  })

  test.each([
    ['could not be read after it was sent', { unread: true as const }, false],
    ['was read, and does not show the change', {}, true],
  ])('is verified or not where a change is not known: what the user holds %s', async (_, more, verified) => {
    const provider = organization()
    const mute: LicenseProvider = {
      ...provider,
      changeAssignments: async function* (changes, request) {
        for await (const { change } of provider.changeAssignments?.(changes, request) ?? []) {
          yield { change, result: 'unknown', reason: failure, ...more }
        }
      },
    }
    const journal = keptJournal()
    const plan = await planFor(provider, [assign('pro', 'ada')])
    expect(await applied(plan, mute, { journal })).toMatchObject({ complete: false, verified, counts: { unknown: 1 } })
    const again = await applied(plan, provider, { state: await stateOf(journal.entries) })
    expect(again).toMatchObject({ complete: true, verified: true, counts: { applied: 1 } })
  })

  test('says of a change that nothing was told of that it is not known', async () => {
    const provider = organization()
    const silent: LicenseProvider = {
      ...provider,
      changeAssignments: async function* (changes, request) {
        await request?.beforeSending?.(changes, [])
        yield* []
      },
    }
    const result = await applied(await planFor(provider, [assign('pro', 'ada')]), silent)
    expect(results(result)).toEqual(['unknown'])
  })

  test('leaves what somebody else has done meanwhile as it is', async () => {
    const { provider, sent } = watched()
    const plan = await planFor(provider, [assign('pro', 'ada')])
    for await (const _ of provider.changeAssignments?.([{ action: 'assign', userId: 'ada', licenseId: 'pro' }]) ?? []) {
      sent.length = 0
    }
    const result = await applied(plan, provider)
    expect(sent).toEqual([])
    expect(result).toMatchObject({ complete: true, counts: { alreadySo: 1 } })
  })

  test('stops between requests when it is told to, and says what was not sent', async () => {
    const controller = new AbortController()
    const { provider } = watched(() => {
      controller.abort()
      return undefined
    })
    const plan = await planFor(provider, [remove('pro', 'bob'), assign('pro', 'ada')])
    const result = await applied(plan, provider, { signal: controller.signal })
    expect(results(result)).toEqual(['applied', 'notSent'])
    expect(result).toMatchObject({ complete: false, verified: true })
  })

  test.each([
    ['while users are read', 'getUser', 'the caller stops'],
    ['while users are read', 'getUser', 'the deadline passes'],
    ['once the changes are announced', 'announced', 'the caller stops'],
  ] as const)('%s (%s), %s: what was not sent was not refused, and has not drifted', async (_, when, how) => {
    timersThatStandStill()
    const controller = new AbortController()
    let now = Date.now()
    const clock: Clock = { now: () => now, sleep: () => new Promise(() => {}) }
    const end = () => {
      if (how === 'the caller stops') controller.abort()
      else now += 10_000
    }
    // Users are looked up one by one, so that some are read and others are not.
    const { findUsers: _findUsers, ...provider } = organization({
      clock,
      onRequest: ({ operation }) => {
        if (operation === when) end()
        return undefined
      },
    })
    const plan = await planFor(organization(), [assign('pro', 'ada'), assign('pro', 'cleo'), remove('pro', 'bob')])
    const kept = keptJournal()
    const journal = {
      append: async (entry: JournalEntry) => {
        await kept.append(entry)
        if (when === 'announced' && entry.entry === 'sending') end()
      },
    }
    const result = await applied(plan, provider, { signal: controller.signal, deadlineMs: 5_000, clock, journal })
    expect(results(result)).toEqual(['notSent', 'notSent', 'notSent'])
    expect(result.complete).toBe(false)
  })

  test('a present state that cannot be read changes nothing', async () => {
    const { provider, sent } = watched()
    const plan = await planFor(provider, [assign('pro', 'ada')])
    const closed = { ...provider, listLicenses: organization({ onRequest: () => failure }).listLicenses }
    await expect(applied(plan, closed)).rejects.toThrow('could not be read')
    expect(sent).toEqual([])
  })
})

describe('where the world is not as the plan found it any more', () => {
  const plans = async () => planFor(organization(), [assign('pro', 'ada'), assign('pro', 'cleo')])
  const drifted = [
    [
      'a user has got another license',
      { users: [user('ada', ['basic', 'extra']), user('cleo', [])] },
      'holds EXTRA now',
    ],
    ['a user has lost a license', { users: [user('ada', []), user('cleo', [])] }, 'no longer holds BASIC'],
    ['a user is gone', { users: [user('cleo', [])] }, 'no longer knows the user'],
    ['a user was deleted', { users: [user('ada', ['basic'], { status: 'deleted' }), user('cleo', [])] }, 'was deleted'],
  ] as const

  test.each(drifted)('%s: nothing is sent', async (_, world, reason) => {
    const result = await applied(await plans(), organization(world))
    expect(result.changes[0]).toMatchObject({ result: 'drifted', drift: expect.stringContaining(reason) })
    expect(results(result)).toEqual(['drifted', 'notSent'])
    expect(failuresOf(result)).toEqual([
      { _tag: 'Drifted', userId: 'ada', licenseId: 'pro', message: expect.stringContaining(reason) },
    ])
  })

  test.each(drifted)('%s: where drift is allowed, the rest is done', async (_, world) => {
    const provider = organization(world)
    const result = await applied(await plans(), provider, { allowDrift: true })
    expect(results(result)).toEqual(['drifted', 'applied'])
    expect(result.complete).toBe(false)
    expect(await held(provider, 'cleo')).toEqual(['pro'])
  })

  test('a license is not there any more', async () => {
    const result = await applied(await plans(), organization({ licenses: [license('basic'), license('extra')] }))
    expect(results(result)).toEqual(['drifted', 'drifted'])
  })

  test('there are not enough seats left any more', async () => {
    const few = license('pro', { purchased: { kind: 'known', value: 2 }, consumed: { kind: 'known', value: 1 } })
    const result = await applied(await plans(), organization({ licenses: [license('basic'), few] }))
    expect(result.changes[0]).toMatchObject({ drift: 'PRO no longer has enough seats: 1 too few' })
  })

  test('there are not enough seats left any more, by the holders where the vendor has no counter', async () => {
    const crowd = Array.from({ length: 30 }, (_, index) => user(`u${index}`, []))
    const pro = license('pro', { purchased: { kind: 'known', value: 30 } })
    const licenses = [license('basic'), pro, license('extra')]
    const plan = await planFor(
      organization({ licenses, users: crowd }),
      crowd.map(({ id }) => assign('pro', id)),
    )
    const result = await applied(plan, organization({ licenses, users: [...crowd, user('eve', ['pro'])] }))
    expect(result.changes[0]).toMatchObject({ drift: 'PRO no longer has enough seats: 1 too few' })
  })

  const swapping = async () => planFor(organization(), [swap('basic', 'pro', 'ada'), assign('pro', 'cleo')])
  const without = (licenseIds: readonly string[]) => ({ users: [user('ada', licenseIds), user('cleo', [])] })
  const gone = 'the user holds BASIC no more, so that there is nothing to swap'

  test('of a swap, the old license was taken by another hand: nothing is sent', async () => {
    const provider = organization(without([]))
    const result = await applied(await swapping(), provider)
    expect(result.complete).toBe(false)
    expect(results(result)).toEqual(['drifted', 'drifted', 'notSent'])
    expect(result.changes.slice(0, 2).map((change) => 'drift' in change && change.drift)).toEqual([gone, gone])
    expect(await held(provider, 'ada')).toEqual([])
  })

  test('of a swap, the old license was taken by another hand: where drift is allowed, the rest is done', async () => {
    const provider = organization(without([]))
    expect(results(await applied(await swapping(), provider, { allowDrift: true }))).toEqual([
      'drifted',
      'drifted',
      'applied',
    ])
    expect(await held(provider, 'ada')).toEqual([])
  })

  test.each([
    ['that found it whole', { 0: { sent: 0, result: 'alreadySo' }, 1: { sent: 0, result: 'alreadySo' } }],
    ['of which the vendor refused all', { 0: { sent: 1, result: 'refused' }, 1: { sent: 1, result: 'refused' } }],
  ] as const)('of a swap, the old license was taken by another hand after a run %s', async (_, journaled) => {
    const provider = organization(without([]))
    const plan = await swapping()
    const changes = new Map(Object.entries(journaled).map(([place, change]) => [Number(place), change]))
    const result = await applied(plan, provider, { state: { plan, changes, chained: true } })
    expect(results(result)).toEqual(['drifted', 'drifted', 'notSent'])
  })

  test('a swap that another hand has made whole is already so', async () => {
    const result = await applied(await swapping(), organization(without(['pro'])))
    expect(results(result)).toEqual(['alreadySo', 'alreadySo', 'applied'])
  })

  test('of two swaps of a user, another hand has made one whole: the other one is made', async () => {
    const world = (held: readonly string[]) =>
      organization({
        licenses: ['basic', 'pro', 'extra', 'more'].map((id) => license(id)),
        users: [user('ada', held)],
      })
    const plan = await planFor(world(['basic', 'extra']), [swap('basic', 'pro', 'ada'), swap('extra', 'more', 'ada')])
    const provider = world(['pro', 'extra'])
    expect(results(await applied(plan, provider))).toEqual(['alreadySo', 'alreadySo', 'applied', 'applied'])
    expect(await held(provider, 'ada')).toEqual(['more', 'pro'])
  })

  test('a removal that another hand has made is already so, also beside an addition', async () => {
    const plan = await planFor(organization(), [remove('basic', 'ada'), assign('pro', 'ada')])
    expect(results(await applied(plan, organization(without([]))))).toEqual(['alreadySo', 'applied'])
  })

  test('both halves of a swap stay undone together', async () => {
    const plan = await planFor(organization(), [swap('basic', 'pro', 'ada')])
    const world = organization({ licenses: [license('basic'), license('extra')] })
    const result = await applied(plan, world, { allowDrift: true })
    expect(results(result)).toEqual(['drifted', 'drifted'])
    expect(await held(world, 'ada')).toEqual(['basic'])
  })
})

describe('applying a plan again', () => {
  const again = async (plan: Plan, provider: LicenseProvider, journaled: Record<number, JournaledChange>) =>
    applied(plan, provider, {
      state: {
        plan,
        changes: new Map(Object.entries(journaled).map(([place, change]) => [Number(place), change])),
        chained: true,
      },
    })

  test('does nothing twice', async () => {
    const { provider, sent } = watched()
    const journal = keptJournal()
    const plan = await planFor(provider, [assign('pro', 'ada'), remove('pro', 'bob')])
    await applied(plan, provider, { journal })
    const result = await applied(plan, provider, { state: await stateOf(journal.entries) })
    expect(sent).toHaveLength(2)
    expect(result).toMatchObject({ complete: true, counts: { applied: 2 } })
  })

  test('finds that what was under way has arrived', async () => {
    const { provider, sent } = watched()
    const plan = await planFor(organization(), [assign('pro', 'ada')])
    for await (const _ of provider.changeAssignments?.([{ action: 'assign', userId: 'ada', licenseId: 'pro' }]) ?? []) {
      sent.length = 0
    }
    const result = await again(plan, provider, { 0: { sent: 1 } })
    expect(sent).toEqual([])
    expect(result).toMatchObject({ complete: true, counts: { applied: 1 } })
  })

  test('sends what was under way and has not arrived', async () => {
    const { provider, sent } = watched()
    const plan = await planFor(provider, [assign('pro', 'ada')])
    await again(plan, provider, { 0: { sent: 1 } })
    expect(sent).toEqual(['assign pro ada'])
  })

  test('tries again what was refused', async () => {
    const { provider, sent } = watched()
    const plan = await planFor(provider, [assign('pro', 'ada')])
    expect(await again(plan, provider, { 0: { sent: 1, result: 'refused' } })).toMatchObject({ complete: true })
    expect(sent).toEqual(['assign pro ada'])
  })

  test('does not take for its own what somebody else has done after a refusal', async () => {
    const { provider } = watched()
    const plan = await planFor(organization(), [assign('pro', 'ada')])
    for await (const _ of provider.changeAssignments?.([{ action: 'assign', userId: 'ada', licenseId: 'pro' }]) ?? []) {
      // By hand.
    }
    expect(await again(plan, provider, { 0: { sent: 1, result: 'refused' } })).toMatchObject({
      counts: { applied: 0, alreadySo: 1 },
    })
  })

  test('does not send again what the vendor has taken on', async () => {
    const { provider, sent } = watched()
    const plan = await planFor(provider, [assign('pro', 'ada')])
    expect(await again(plan, provider, { 0: { sent: 1, result: 'pending' } })).toMatchObject({
      complete: true,
      counts: { pending: 1 },
    })
    expect(sent).toEqual([])
  })

  test('does not do again what somebody has taken back', async () => {
    const { provider, sent } = watched()
    const plan = await planFor(provider, [assign('pro', 'ada')])
    const result = await again(plan, provider, { 0: { sent: 1, result: 'applied' } })
    expect(sent).toEqual([])
    expect(result.changes[0]).toMatchObject({ drift: expect.stringContaining('taken back since') })
  })

  test('a half of a plan is not taken for drift', async () => {
    const { provider } = watched()
    const plan = await planFor(organization(), [swap('basic', 'pro', 'ada')])
    for await (const _ of provider.changeAssignments?.([{ action: 'remove', userId: 'ada', licenseId: 'basic' }]) ??
      []) {
      // Its other half never was sent.
    }
    expect(await again(plan, provider, { 0: { sent: 1 } })).toMatchObject({ complete: true })
    expect(await held(provider, 'ada')).toEqual(['pro'])
  })
})
