import { afterEach, describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../../providers/genesys/index.ts'
import type { FaultEffect } from '../../../providers/genesys/simulator/index.ts'
import type { AssignmentOutcome } from '../../../src/provider-kit/index.ts'
import { Calls, createRequestBudget, toPromise, toReadonlyArray } from '../../../src/provider-kit/index.ts'
import { timersThatStandStill, untilSo } from '../../timers-that-stand-still.ts'
import { stillRuntime } from '../still-runtime.ts'
import { assign, type Changing, READ, remove, startChanging, WRITE, worldOf } from './changing.ts'

let changing: Changing | undefined

const start = async (...[options]: Partial<Parameters<typeof startChanging>>): Promise<Changing> => {
  changing = await startChanging({ world: worldOf(3), ...options })
  return changing
}

afterEach(async () => {
  await changing?.simulator.destroy()
  changing = undefined
})

const resultsOf = (outcomes: readonly AssignmentOutcome[]) => outcomes.map(({ result }) => result)
const reasonOf = (outcome: AssignmentOutcome | undefined) =>
  outcome !== undefined && 'reason' in outcome ? outcome.reason : undefined
const heldBy = (userId: string) => changing?.simulator.organization.licensesOf(userId)

const strikeWrites = (effect: FaultEffect | readonly FaultEffect[], times?: number) =>
  changing?.simulator.faults.add({
    match: { method: 'POST', path: WRITE, ...(times === undefined ? {} : { times }) },
    effect,
  })

/** The reading before the write passes. */
const strikeReadsBack = (effect: FaultEffect, times?: number) =>
  changing?.simulator.faults.add({
    match: { method: 'POST', path: READ, skip: 1, ...(times === undefined ? {} : { times }) },
    effect,
  })

const many = (count: number) => Array.from({ length: count }, (_, index) => assign(`user-${index + 1}`))

describe('changing assignments in Genesys', () => {
  test('gives and takes licenses in one request, between two readings', async () => {
    const { change, writes, reads, sent } = await start({ world: worldOf(2, ['plain']) })
    const changes = [assign('user-1', 'better'), remove('user-2')]
    expect(resultsOf(await change(changes))).toEqual(['applied', 'applied'])
    expect([heldBy('user-1'), heldBy('user-2')]).toEqual([['plain', 'better'], []])
    expect([writes(), reads(), sent]).toEqual([1, 2, [changes]])
  })

  test('shows in the list of users and in the single one', async () => {
    const { simulator, change } = await start()
    const provider = createGenesysProvider(simulator.configuration)
    await toPromise(toReadonlyArray(provider.listUsers()))
    await change([assign('user-2')])
    const { items } = await toPromise(toReadonlyArray(provider.listUsers()))
    expect(items.map(({ licenseIds }) => licenseIds)).toEqual([[], ['plain'], []])
    expect((await toPromise(provider.getUser({ id: 'user-2' }))).licenseIds).toEqual(['plain'])
  })

  test('refuses who is not known, and goes on with the others', async () => {
    const { change, sent } = await start()
    const outcomes = await change([assign('nobody'), assign('user-1')])
    expect(resultsOf(outcomes)).toEqual(['refused', 'applied'])
    expect(reasonOf(outcomes[0])).toMatchObject({ _tag: 'NotFound', message: 'not sent: there is no such user' })
    expect(sent).toEqual([[assign('user-1')]])
  })

  test('takes a user of the directory that the answer leaves out for one without licenses', async () => {
    const { simulator, change } = await start()
    simulator.faults.add({
      match: { method: 'POST', path: READ, times: 1 },
      effect: { kind: 'rewrite', rewrite: (answer) => ({ ...answer, body: '{}' }) },
    })
    simulator.faults.add({
      match: { path: `${READ}/user-1` },
      effect: { kind: 'status', status: 404, body: { code: 'not.found', status: 404 } },
    })
    expect(resultsOf(await change([assign('user-1')]))).toEqual(['applied'])
  })

  test('removes the last license of a user whom the answer then leaves out', async () => {
    const { simulator, change } = await start({ world: { ...worldOf(1, ['plain']), directory: [] } })
    strikeReadsBack({ kind: 'rewrite', rewrite: (answer) => ({ ...answer, body: '{}' }) })
    simulator.faults.add({ match: { path: `${READ}/user-1` }, effect: { kind: 'status', status: 404 } })
    expect(resultsOf(await change([remove('user-1')]))).toEqual(['applied'])
  })

  test('reads users one by one where the answer for several is of another kind', async () => {
    const { simulator, change } = await start()
    simulator.faults.add({
      match: { method: 'POST', path: READ },
      effect: { kind: 'rewrite', rewrite: (answer) => ({ ...answer, body: '{"user-1":"plain"}' }) },
    })
    expect(resultsOf(await change([assign('user-1'), remove('user-2')]))).toEqual(['applied', 'alreadySo'])
  })

  test('finds out what the others hold where the vendor takes offence at one id', async () => {
    const { simulator, change } = await start({ world: worldOf(5), runtime: { fetch: offendedBy(READ, 'user-4') } })
    simulator.faults.add({ match: { path: `${READ}/user-4` }, effect: { kind: 'status', status: 400 } })
    const outcomes = await change(many(5))
    expect(resultsOf(outcomes)).toEqual(['applied', 'applied', 'applied', 'refused', 'applied'])
    expect(reasonOf(outcomes[3])).toMatchObject({ _tag: 'RequestRejected', status: 400 })
  })

  test('makes 2,000 changes in at most 20 writes', async () => {
    const { simulator, change, writes, sent } = await start({ world: worldOf(2_000) })
    simulator.faults.add({ effect: { kind: 'delay', ms: 30 } })
    const outcomes = await change(many(2_000))
    expect(new Set(resultsOf(outcomes))).toEqual(new Set(['applied']))
    expect(simulator.organization.holderCount('plain')).toBe(2_000)
    expect(writes()).toBeLessThanOrEqual(20)
    expect(sent.flat()).toEqual(many(2_000))
  })

  test('splits what the vendor would not read for its size', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => `user-${index}-${'x'.repeat(3_000)}`)
    const { simulator, change, writes } = await start({
      world: {
        definitions: [{ id: 'plain' }],
        licenseRows: ids.map((id) => ({ id, licenses: [] })),
        directory: [],
      },
    })
    const tooLarge = strikeWrites({
      kind: 'rewrite',
      rewrite: (answer) => {
        expect(answer.status).toBe(200)
        return answer
      },
    })
    expect(new Set(resultsOf(await change(ids.map((id) => assign(id)))))).toEqual(new Set(['applied']))
    expect([writes(), tooLarge?.strikes()]).toEqual([2, 2])
    expect(simulator.organization.holderCount('plain')).toBe(300)
  })
})

/** A network behind which the vendor answers 400 to every request of a path with this in its body. */
const offendedBy =
  (path: string, text: string, status = 400): typeof globalThis.fetch =>
  async (input, init) => {
    const request = new Request(input, init)
    const body = await request.clone().text()
    return new URL(request.url).pathname === path && body.includes(`"${text}"`)
      ? Response.json({ message: `what is ${text}?`, code: 'bad.request', status }, { status })
      : fetch(request)
  }

/** So many users get one license in place of another. */
const swaps = (count: number) => many(count).flatMap(({ userId }) => [remove(userId), assign(userId, 'better')])

describe('an answer without a body', () => {
  const silently = (status: number, carriedOut: boolean) => ({
    match: { method: 'POST', path: WRITE },
    effect: { kind: 'status', status, carriedOut, headers: {}, body: '' } as const,
  })

  test.each([200, 202, 204])(
    'says with %i that the change was accepted: what the user holds decides',
    async (status) => {
      const { simulator, change, writes } = await start()
      simulator.faults.add(silently(status, true))
      expect(resultsOf(await change([assign('user-1'), assign('user-2')]))).toEqual(['applied', 'applied'])
      expect(writes()).toBe(1)
    },
  )

  test('leaves it unknown what is not to be seen, and nothing is sent again', async () => {
    const { simulator, change, writes } = await start()
    simulator.faults.add(silently(204, false))
    const outcomes = await change([assign('user-1')])
    expect(resultsOf(outcomes)).toEqual(['unknown'])
    expect(reasonOf(outcomes[0])).toMatchObject({
      message: expect.stringMatching(/^accepted, not seen yet/),
    })
    expect(writes()).toBe(1)
  })
})

describe('one license in place of another', () => {
  test('is given first, and what it replaces is taken once that is in force', async () => {
    const { change, sent } = await start({ world: worldOf(3, ['plain']) })
    const outcomes = await change([...swaps(2), remove('user-3')])
    expect(new Set(resultsOf(outcomes))).toEqual(new Set(['applied']))
    expect(sent).toEqual([
      [assign('user-1', 'better'), assign('user-2', 'better'), remove('user-3')],
      [remove('user-1'), remove('user-2')],
    ])
    expect([heldBy('user-1'), heldBy('user-2'), heldBy('user-3')]).toEqual([['better'], ['better'], []])
  })

  test('is one request where the user holds it already', async () => {
    const { change, sent } = await start({ world: worldOf(1, ['plain', 'better']) })
    expect(resultsOf(await change(swaps(1)))).toEqual(['applied', 'alreadySo'])
    expect(sent).toEqual([[remove('user-1')]])
  })

  test('is done 1,000 times in at most 20 writes', async () => {
    const { simulator, change, writes, sent } = await start({ world: worldOf(1_000, ['plain']) })
    const outcomes = await change(swaps(1_000))
    expect(new Set(resultsOf(outcomes))).toEqual(new Set(['applied']))
    expect([simulator.organization.holderCount('better'), simulator.organization.holderCount('plain')]).toEqual([
      1_000, 0,
    ])
    expect(writes()).toBeLessThanOrEqual(20)
    expect(sent).toHaveLength(writes())
    expect(sent.flat()).toHaveLength(2_000)
  })
})

describe('what the vendor does not do', () => {
  test('and says so is refused, with its words and its correlation id, and is not waited for', async () => {
    const { simulator, runtime, change, writes } = await start()
    const effect = { kind: 'refuse', code: 'conflict', message: 'ann@example.com has another license' } as const
    simulator.writes.add({ match: { userId: 'user-2' }, effect })
    const outcomes = await change(many(3))
    expect(resultsOf(outcomes)).toEqual(['applied', 'refused', 'applied'])
    expect(reasonOf(outcomes[1])).toMatchObject({
      _tag: 'RequestRejected',
      operation: 'POST /api/v2/license/organization',
      message: "the license is not there, and the vendor's words may say why",
      vendorMessage: 'FAILURE: conflict: ***@*** has another license',
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect([writes(), runtime.waits]).toEqual([1, []])
  })

  test('and says that it did is looked for for a minute, in growing pauses, and then unknown, with its words', async () => {
    const { simulator, runtime, change, writes } = await start()
    simulator.writes.add({ match: { userId: 'user-2' }, effect: { kind: 'ignore' } })
    const outcomes = await change(many(3))
    expect(resultsOf(outcomes)).toEqual(['applied', 'unknown', 'applied'])
    expect(reasonOf(outcomes[1])).toMatchObject({
      _tag: 'InvalidResponse',
      operation: 'POST /api/v2/license/organization',
      message: expect.stringMatching(/^accepted, not seen yet/),
      vendorMessage: 'SUCCESS',
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    const waited = runtime.waits.reduce((sum, ms) => sum + ms, 0)
    expect([writes(), waited, runtime.waits.length < 15]).toEqual([1, 60_000, true])
  })

  test('is refused where its answer leaves the change out', async () => {
    const { simulator, change } = await start({ world: worldOf(1, ['plain']) })
    simulator.writes.add({ effect: { kind: 'ignore' } })
    strikeWrites({ kind: 'rewrite', rewrite: (answer) => ({ ...answer, body: '[]' }) })
    expect(reasonOf((await change([remove('user-1')]))[0])).toMatchObject({
      message: "the vendor's answer does not mention it, and the license is still there",
    })
  })

  /** Answers with these words for one user in place of its own, and does nothing for that user. */
  const saidOf = (simulator: Changing['simulator'], userId: string, result: unknown) => {
    simulator.writes.add({ match: { userId }, effect: { kind: 'ignore' } })
    strikeWrites({
      kind: 'rewrite',
      rewrite: (answer) => ({
        ...answer,
        body: JSON.stringify(
          (JSON.parse(answer.body) as { userId: string }[]).map((row) =>
            row.userId === userId ? { ...row, result } : row,
          ),
        ),
      }),
    })
  }

  test.each([
    'NO_SEATS',
    'NOT_ENOUGH_SEATS',
    'LICENSE_LIMIT_REACHED',
    'noLicenseAvailable',
    'license.quota.exhausted',
    'Out of seats',
    'No more licenses of this type.',
    'license-unavailable',
    'SEATS_EXCEEDED',
    'success: false, no seats',
  ])('and names as an error is refused at once, in whatever form: %s', async (words) => {
    const { simulator, runtime, change } = await start()
    saidOf(simulator, 'user-2', words)
    const outcomes = await change(many(3))
    expect(resultsOf(outcomes)).toEqual(['applied', 'refused', 'applied'])
    expect(reasonOf(outcomes[1])).toMatchObject({ _tag: 'RequestRejected', vendorMessage: words })
    expect(runtime.waits).toEqual([])
  })

  test.each<[unknown, string | undefined]>([
    ['Keine Lizenz', 'Keine Lizenz'],
    ['WAITLISTED', 'WAITLISTED'],
    [42, '42'],
    [{ code: 'seats' }, '{"code":"seats"}'],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('and says nothing known of is not taken for a success: %j', async (result, words) => {
    const { simulator, runtime, change } = await start()
    saidOf(simulator, 'user-2', result)
    const outcomes = await change(many(3))
    expect(resultsOf(outcomes)).toEqual(['applied', 'refused', 'applied'])
    expect(reasonOf(outcomes[1])?.vendorMessage).toBe(words)
    expect(runtime.waits.reduce((sum, ms) => sum + ms, 0)).toBe(2_000)
  })

  test('and says in the words that it had for what was done is waited for, whatever these words are', async () => {
    const runtime = stillRuntime()
    const late = { match: { userId: 'user-2' }, effect: { kind: 'late' as const, afterMs: 30_000 } }
    const { change } = await start({ runtime, now: runtime.clock.now, writes: [late] })
    strikeWrites({
      kind: 'rewrite',
      rewrite: (answer) => ({ ...answer, body: answer.body.replaceAll('SUCCESS', 'no error') }),
    })
    expect(resultsOf(await change(many(3)))).toEqual(['applied', 'applied', 'applied'])
  })

  test('is what comes after the last seat, and the others are given and taken all the same', async () => {
    const { simulator, runtime, change } = await start({
      world: worldOf(40),
      writes: [{ match: { action: 'assign', skip: 25 }, effect: { kind: 'seatsOut', message: 'NO_SEATS' } }],
    })
    const outcomes = await change(many(40))
    expect(outcomes.filter(({ result }) => result === 'applied')).toHaveLength(25)
    expect(new Set(outcomes.slice(25).map(({ result }) => result))).toEqual(new Set(['refused']))
    expect(reasonOf(outcomes[30])?.vendorMessage).toBe('NO_SEATS')
    expect([simulator.organization.holderCount('plain'), runtime.waits]).toEqual([25, []])
  })
})

describe('a write that is rejected as a whole', () => {
  test.each([400, 404, 409, 413])(
    'with %i is split, so that one bad change does not refuse the others',
    async (status) => {
      const { change, sent } = await start({
        world: worldOf(8),
        runtime: { fetch: offendedBy(WRITE, 'user-3', status) },
      })
      const outcomes = await change(many(8))
      expect(resultsOf(outcomes)).toEqual(many(8).map(({ userId }) => (userId === 'user-3' ? 'refused' : 'applied')))
      expect(reasonOf(outcomes[2])).toMatchObject({ status, vendorMessage: 'what is user-3?' })
      expect(sent.map((batch) => batch.length)).toEqual([8, 4, 2, 2, 1, 1, 4])
    },
  )
})

describe('a write with an unknown outcome', () => {
  test.each<[string, FaultEffect]>([
    ['a connection that is reset', { kind: 'reset', carriedOut: true }],
    ['a failure of a gateway', { kind: 'status', status: 504, carriedOut: true }],
    [
      'a failure that names an hour to wait',
      { kind: 'status', status: 503, headers: { 'Retry-After': '3600' }, carriedOut: true },
    ],
    ['an answer that is cut', { kind: 'cut' }],
    ['an answer that is no JSON', { kind: 'truncate' }],
    ['an answer of another kind', { kind: 'rewrite', rewrite: (answer) => ({ ...answer, body: '{"ok":true}' }) }],
  ])('is read back and not repeated: %s after it was done', async (_, effect) => {
    const { change, writes, sent } = await start()
    strikeWrites(effect)
    expect(resultsOf(await change(many(3)))).toEqual(['applied', 'applied', 'applied'])
    expect([writes(), sent.length]).toEqual([1, 1])
  })

  test('is repeated where it was not done, after reading that it is not so', async () => {
    const { change, writes, sent, reads, runtime } = await start()
    strikeWrites({ kind: 'reset' }, 1)
    expect(resultsOf(await change(many(2)))).toEqual(['applied', 'applied'])
    expect([writes(), sent, reads()]).toEqual([2, [many(2), many(2)], 6])
    expect(runtime.waits).toEqual([500, 500, 1_000])
  })

  test('is repeated for exactly what was not done', async () => {
    const { simulator, change, sent } = await start()
    simulator.writes.add({ match: { userId: 'user-2', times: 1 }, effect: { kind: 'ignore' } })
    strikeWrites({ kind: 'reset', carriedOut: true }, 1)
    expect(resultsOf(await change(many(3)))).toEqual(['applied', 'applied', 'applied'])
    expect(sent).toEqual([many(3), [assign('user-2')]])
  })

  test('is sent three times and no more, and then unknown', async () => {
    const { change, writes } = await start()
    strikeWrites({ kind: 'reset' })
    const [outcome] = await change([assign('user-1')])
    expect(outcome?.result).toBe('unknown')
    expect(reasonOf(outcome)).toMatchObject({ _tag: 'Unavailable', operation: 'POST /api/v2/license/organization' })
    expect(writes()).toBe(3)
  })

  test('is not taken for done because the vendor knows the user no more', async () => {
    const { simulator, change } = await start({ world: { ...worldOf(1, ['plain']), directory: [] } })
    strikeWrites({ kind: 'reset' })
    strikeReadsBack({ kind: 'rewrite', rewrite: (answer) => ({ ...answer, body: '{}' }) })
    simulator.faults.add({ match: { path: `${READ}/user-1` }, effect: { kind: 'status', status: 404 } })
    const [outcome] = await change([remove('user-1')])
    expect([outcome?.result, reasonOf(outcome)?._tag]).toEqual(['unknown', 'NotFound'])
  })
})

describe('a refusal of every request', () => {
  test.each<[string, FaultEffect]>([
    ['RateLimited', { kind: 'status', status: 429, headers: { 'Retry-After': '3600' }, body: {} }],
    ['PermissionDenied', { kind: 'status', status: 403, body: {} }],
    ['AuthenticationFailed', { kind: 'status', status: 401, body: {} }],
  ])('ends the writing: %s', async (tag, effect) => {
    const { change, sent } = await start({ world: worldOf(301) })
    strikeWrites(effect)
    const outcomes = await change(many(301))
    expect(new Set(resultsOf(outcomes))).toEqual(new Set(['refused']))
    expect(new Set(outcomes.map((outcome) => reasonOf(outcome)?._tag))).toEqual(new Set([tag]))
    expect(reasonOf(outcomes[0])?.message).not.toContain('not sent')
    expect(reasonOf(outcomes[300])?.message).toMatch(/^not sent: /)
    expect(sent).toHaveLength(1)
  })

  test.each([1, 4, 8])('of a few users stops no other, with %i requests at once', async (concurrency) => {
    const bad = ['user-1', 'user-20', 'user-40']
    const { simulator, change } = await start({
      world: worldOf(40),
      runtime: { budget: createRequestBudget({ concurrency }) },
      writes: bad.map((userId) => ({ match: { userId }, effect: { kind: 'ignore' } })),
    })
    const denied = { status: 403, code: 'missing.division.permission', message: 'not in your divisions' }
    simulator.faults.add({
      match: { path: WRITE },
      effect: {
        kind: 'rewrite',
        rewrite: (answer, { body }) =>
          bad.some((id) => body.includes(`"${id}"`))
            ? { ...answer, status: 403, body: JSON.stringify(denied) }
            : answer,
      },
    })
    const outcomes = await change(many(40))
    const refused = outcomes.filter(({ result }) => result === 'refused')
    expect(refused.map((outcome) => [outcome.change.userId, reasonOf(outcome)?._tag])).toEqual(
      bad.map((id) => [id, 'PermissionDenied']),
    )
    expect(outcomes.filter(({ result }) => result === 'applied' || result === 'alreadySo')).toHaveLength(37)
  })

  test('names the permission that is missing', async () => {
    const { change } = await start({ permissions: ['authorization:license:view', 'directory:user:view'] })
    expect(reasonOf((await change([assign('user-1')]))[0])).toMatchObject({
      _tag: 'PermissionDenied',
      missing: ['authorization:grant:add'],
    })
  })
})

describe('the end of changing assignments', () => {
  test.each<[string, (controller: AbortController) => object]>([
    ['by the caller', ({ signal }) => ({ signal })],
    ['by its deadline', () => ({ deadlineMs: 60_000 })],
  ])('%s while a write is under way is unknown', async (_, boundsOf) => {
    const { change, writes } = await start({ runtime: { clock: Calls.systemClock } })
    strikeWrites({ kind: 'hang', carriedOut: true })
    const controller = new AbortController()
    const bounds = boundsOf(controller)
    const pass = timersThatStandStill()
    const changed = change([assign('user-1')], bounds)
    await untilSo(() => writes() === 1)
    if ('signal' in bounds) controller.abort()
    else await pass(60_000)
    expect(resultsOf(await changed)).toEqual(['unknown'])
  })
})
