import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createLicenseReport,
  firstSeenIn,
  type LicensedUser,
  type Pseudonyms,
  type SeatHistory,
  type Snapshot,
  toPromise,
  toReadonlyArray,
  withFirstSeen,
} from '../../src/index.ts'
import { license, organization, user } from '../report/reported-organization.ts'
import { snapshotOf } from './in-memory-folder.ts'

type Options = NonNullable<Parameters<typeof organization>[1]>
type User = Omit<LicensedUser, 'provider'>

const dayAt = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T06:00:00.000Z`

const on = (day: number, users: readonly User[], more: Partial<Options> = {}, pseudonyms?: Pseudonyms) =>
  snapshotOf([organization('one', { licenses: [license('a'), license('b')], users, ...more })], {
    clock: { now: () => Date.parse(dayAt(day)), sleep: async () => {} },
    pseudonyms,
  })

const historyOf = async (...snapshots: readonly Promise<Snapshot>[]): Promise<SeatHistory> =>
  toPromise(firstSeenIn(await Promise.all(snapshots)))

const ada = (...licenseIds: readonly string[]) => user('ada', licenseIds)
const bob = user('bob', ['a'])

/** A list that ends before its end. */
const brokenOff: Partial<Options> = {
  pageSize: 1,
  onRequest: ({ operation, continuation }) =>
    operation === 'listUsers' && continuation !== undefined
      ? { _tag: 'Unavailable', provider: 'one', operation, message: 'gone', attempts: 1 }
      : undefined,
}

describe('the first snapshot with a seat', () => {
  test('is the one since which the user has held the license without a break', async () => {
    const { firstSeenAt } = await historyOf(on(1, [ada('a')]), on(2, [ada('a', 'b')]), on(3, [ada('a', 'b')]))
    expect(firstSeenAt('one', 'ada', 'a')).toBe(dayAt(1))
    expect(firstSeenAt('one', 'ada', 'b')).toBe(dayAt(2))
  })

  test('is a later one after a break, and none where the last one shows that the user has it no longer', async () => {
    const { firstSeenAt } = await historyOf(on(1, [ada('a', 'b')]), on(2, [bob]), on(3, [ada('a'), bob]))
    expect(firstSeenAt('one', 'ada', 'a')).toBe(dayAt(3))
    expect(firstSeenAt('one', 'ada', 'b')).toBeUndefined()
  })

  test('is not changed by a gap, which is no break', async () => {
    const { firstSeenAt } = await historyOf(
      on(1, [bob, ada('a')]),
      on(2, [bob, ada('a')], brokenOff),
      on(3, [bob, ada('a')]),
    )
    expect(firstSeenAt('one', 'ada', 'a')).toBe(dayAt(1))
  })

  test('may be one with a gap, which shows what it shows', async () => {
    const { firstSeenAt } = await historyOf(on(1, [ada('a'), bob], brokenOff), on(2, [ada('a'), bob]))
    expect(firstSeenAt('one', 'ada', 'a')).toBe(dayAt(1))
    expect(firstSeenAt('one', 'bob', 'a')).toBe(dayAt(2))
  })

  test('is not changed by a snapshot of a provider that failed, or without the provider', async () => {
    const failing: Partial<Options> = {
      onRequest: ({ operation }) => ({ _tag: 'Aborted', provider: 'one', operation, message: 'no' }),
    }
    const { firstSeenAt } = await historyOf(
      on(1, [ada('a')]),
      on(2, [], failing),
      snapshotOf([organization('two')], { clock: { now: () => Date.parse(dayAt(3)), sleep: async () => {} } }),
    )
    expect(firstSeenAt('one', 'ada', 'a')).toBe(dayAt(1))
  })

  test('stays where the list never names some users, who may hold it all the same', async () => {
    const omits = ['external holders are not listed']
    const { firstSeenAt } = await historyOf(
      on(1, [ada('a'), bob]),
      on(2, [{ ...bob, licenseIds: ['b'] }], { omits }),
      on(3, [{ ...bob, licenseIds: ['b'] }], { omits }),
    )
    expect(firstSeenAt('one', 'ada', 'a')).toBe(dayAt(1))
    expect(firstSeenAt('one', 'bob', 'a')).toBeUndefined()
  })

  test('stays where no list names some holders of the license, and not for other licenses', async () => {
    const licenses = [license('a', { omits: ['holders by way of a group are not listed'] }), license('b')]
    const { firstSeenAt } = await historyOf(
      on(1, [ada('a', 'b')]),
      on(2, [ada()], { licenses }),
      on(3, [ada('a', 'b')]),
    )
    expect(firstSeenAt('one', 'ada', 'a')).toBe(dayAt(1))
    expect(firstSeenAt('one', 'ada', 'b')).toBe(dayAt(3))
  })

  test('is told by snapshots that are opened one after the other', async () => {
    let open = 0
    async function* opened() {
      for (const day of [1, 2, 3]) {
        open++
        yield await on(day, [ada('a')])
      }
    }
    const { firstSeenAt } = await toPromise(firstSeenIn(opened()))
    expect(open).toBe(3)
    expect(firstSeenAt('one', 'ada', 'a')).toBe(dayAt(1))
  })

  test('is looked for in the right order, and among snapshots only', async () => {
    const [newer, older] = await Promise.all([on(2, [ada('a')]), on(1, [ada('a')])])
    expect(await firstSeenIn([newer, older])()).toMatchObject({ left: { _tag: 'SnapshotInputInvalid' } })
    // @ts-expect-error For callers without types.
    expect(await firstSeenIn('x')()).toMatchObject({ left: { _tag: 'SnapshotInputInvalid' } })
    // @ts-expect-error For callers without types.
    expect(await firstSeenIn([7])()).toMatchObject({ left: { _tag: 'SnapshotInputInvalid' } })
    const broken = (async function* () {
      yield older
      throw new Error('the disk is gone')
    })()
    expect(await firstSeenIn(broken)()).toMatchObject({
      left: { _tag: 'SnapshotUnreadable', problem: 'the disk is gone' },
    })
  })
})

test('whatever is read and whatever is missed, a seat is held since its first sight after the last break that is proven', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ holds: fc.boolean(), isWhole: fc.boolean() }), { minLength: 1, maxLength: 8 }),
      async (days) => {
        const { firstSeenAt } = await historyOf(
          ...days.map(({ holds, isWhole }, day) =>
            on(day + 1, holds ? [ada('a'), bob] : [user('zed', []), bob], isWhole ? {} : brokenOff),
          ),
        )
        // What is listed was seen; what is not listed in a whole list was not there; a gap proves nothing.
        let since: number | undefined
        for (const [day, { holds, isWhole }] of days.entries()) {
          if (holds) since ??= day + 1
          else if (isWhole) since = undefined
        }
        expect(firstSeenAt('one', 'ada', 'a')).toBe(since === undefined ? undefined : dayAt(since))
      },
    ),
    { numRuns: 25 },
  )
})

describe('pseudonymized snapshots', () => {
  const keyed = (key: string): Pseudonyms => ({
    digest: (text) => createHmac('sha256', key).update(text).digest('hex'),
  })
  const one = keyed('one key of sixteen bytes')

  test('are refused for users of now', async () => {
    const result = await firstSeenIn([await on(1, [ada('a')], {}, one)])()
    expect(result).toMatchObject({ left: { _tag: 'SnapshotsIncomparable' } })
  })

  test('are matched among those of one key only, up to the snapshot that they are for', async () => {
    const [first, of, later] = await Promise.all([1, 2, 3].map((day) => on(day, [ada('a')], {}, one)))
    if (first === undefined || of === undefined || later === undefined) throw new Error('no snapshots')
    const history = await toPromise(firstSeenIn([first, of, later], { of }))
    const [provider] = of.providers.map((each) => withFirstSeen(each, history))
    if (provider === undefined) throw new Error('no provider')
    const { items } = await toPromise(toReadonlyArray(provider.listUsers()))
    expect(items[0]?.seats).toEqual([
      { licenseId: 'a', assignedBy: 'unknown', firstSeenAt: '2026-03-01T06:00:00.000Z' },
    ])
    for (const other of [await on(1, [ada('a')]), await on(1, [ada('a')], {}, keyed('other key of sixteen'))]) {
      expect(await firstSeenIn([other], { of })()).toMatchObject({ left: { _tag: 'SnapshotsIncomparable' } })
    }
  })
})

describe('a provider with a history', () => {
  const now = organization('one', {
    licenses: [license('a'), license('b')],
    users: [
      { ...ada('a', 'b'), lastActiveAt: '2025-01-01T00:00:00.000Z' },
      { ...bob, seats: [{ licenseId: 'a', assignedBy: 'group', assignedAt: dayAt(1) }] },
      user('new', ['a']),
    ],
  })
  const withHistory = async () => withFirstSeen(now, await historyOf(on(1, [ada('a')]), on(2, [ada('a'), bob])))

  test('says it of users in lists, found by id and by address, and keeps what the provider says itself', async () => {
    const provider = await withHistory()
    const seats = [{ licenseId: 'a', assignedBy: 'unknown', firstSeenAt: dayAt(1) }]
    const { items } = await toPromise(toReadonlyArray(provider.listUsers()))
    expect(items.map((item) => item.seats)).toEqual([
      seats,
      [{ licenseId: 'a', assignedBy: 'group', assignedAt: dayAt(1), firstSeenAt: dayAt(2) }],
      undefined,
    ])
    expect((await toPromise(provider.getUser({ id: 'ada' }))).seats).toEqual(seats)
    expect((await toPromise(provider.getUser({ email: 'ADA@example.com' }))).seats).toEqual(seats)
    const found = await toPromise(provider.findUsers?.([{ id: 'ada' }]) ?? (async () => ({ _tag: 'Right', right: [] })))
    expect(found).toEqual(
      provider.findUsers === undefined ? [] : [{ kind: 'found', user: expect.objectContaining({ seats }) }],
    )
  })

  test('gives findings the date as evidence', async () => {
    const report = await createLicenseReport({ detail: true, findings: {} })([await withHistory()])()
    const dormant = report.findings?.filter(({ rule }) => rule === 'dormant-holder') ?? []
    expect(dormant.map(({ licenseId, evidence }) => [licenseId, evidence.firstSeenAt])).toEqual([
      ['a', dayAt(1)],
      ['b', undefined],
    ])
    expect(report.users?.[0]?.seats).toEqual([{ licenseId: 'a', assignedBy: 'unknown', firstSeenAt: dayAt(1) }])
  })

  test('unites rows that contradict each other as before', async () => {
    const history = await historyOf(on(1, [ada('a')]))
    const twice = organization('one', {
      licenses: [license('a'), license('b')],
      users: [ada('a'), bob, ada('b')],
      pageSize: 1,
    })
    const licensesOf = async (provider: typeof twice) =>
      (await createLicenseReport({ detail: true })([provider])()).users?.[0]?.licenseIds
    expect(await licensesOf(withFirstSeen(twice, history))).toEqual(await licensesOf(twice))
  })

  test('refuses what is no history', () => {
    // @ts-expect-error For callers without types.
    expect(() => withFirstSeen(now, {})).toThrow(/history: expected a history, as firstSeenIn gives it/)
  })
})
