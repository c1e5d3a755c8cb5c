import { describe, expect, it } from 'vitest'
import { toPromise } from '../../src/index.ts'
import { renderTrend } from '../../src/render/index.ts'
import { createTrend, diffSnapshots, readForTrend, type Snapshot, type TrendReading } from '../../src/snapshot/index.ts'
import { counting } from '../report/counting-reads.ts'
import { license, organization, user } from '../report/reported-organization.ts'
import { NOW, snapshotOf } from './in-memory-folder.ts'

const DAY_MS = 86_400_000

const many = <A>(count: number, of: (index: number) => A): readonly A[] =>
  Array.from({ length: count }, (_, i) => of(i))

/** A snapshot of many organizations, whose users hold other licenses from month to month. */
const snapshotIn = (month: number, providers: number, users: number): Promise<Snapshot> =>
  snapshotOf(
    many(providers, (place) =>
      organization(`org-${place}`, {
        licenses: many(4, (kind) => license(`l${kind}`)),
        users: many(users, (number) => user(`u${number}`, [`l${(number + month) % 4}`])),
      }),
    ),
    { clock: { now: () => NOW + month * 30 * DAY_MS, sleep: async () => {} } },
  )

/** The same data, which counts how often anything of it is read. */
const countingIn = <A>(value: A, count: () => void): A => {
  if (typeof value !== 'object' || value === null) return value
  return new Proxy(value, {
    get: (target, key) => {
      count()
      return countingIn(Reflect.get(target, key), count)
    },
  })
}

/** How often something is read in the course of some work. */
const readsOf = async (work: (count: () => void) => Promise<unknown>): Promise<number> => {
  let reads = 0
  await work(() => {
    reads++
  })
  expect(reads).toBeGreaterThan(0)
  return reads
}

const ofUsers = (snapshot: Snapshot, count: () => void): Snapshot => ({
  ...snapshot,
  providers: snapshot.providers.map((provider) => counting(provider, count)),
})

const readingsOf = async (providers: number, months: number): Promise<readonly TrendReading[]> =>
  Promise.all(many(months, async (month) => readForTrend(`${month}`, await snapshotIn(month, providers, 3))()))

/** How much more is read where there is twice as much. */
const growth = async (of: (size: number) => Promise<number>, size: number): Promise<number> =>
  (await of(2 * size)) / (await of(size))

describe('twice as much takes twice as long', () => {
  it('in the reading of a snapshot for a trend, of providers and of users', async () => {
    const reading = async (providers: number, users: number) => {
      const snapshot = await snapshotIn(0, providers, users)
      return readsOf((count) => readForTrend('kept', ofUsers(snapshot, count))())
    }
    expect(await growth((providers) => reading(providers, 5), 40)).toBeLessThan(2.2)
    expect(await growth((users) => reading(2, users), 200)).toBeLessThan(2.2)
  })

  it('in a trend, and in each of its formats, of providers and of months', async () => {
    for (const [what, readings, twice] of [
      ['providers', await readingsOf(20, 6), await readingsOf(40, 6)],
      ['months', await readingsOf(5, 12), await readingsOf(5, 24)],
    ] as const) {
      const making = (some: readonly TrendReading[]) => readsOf(async (count) => createTrend(countingIn(some, count)))
      expect([what, (await making(twice)) / (await making(readings)) < 2.2]).toEqual([what, true])
      for (const format of ['table', 'json', 'csv', 'html'] as const) {
        const showing = (some: readonly TrendReading[]) =>
          readsOf(async (count) => {
            const content = await renderTrend(countingIn(createTrend(some), count), { format })
            if (typeof content !== 'string') for (const _ of content);
          })
        const more = (await showing(twice)) / (await showing(readings))
        expect([what, format, more < 2.2]).toEqual([what, format, true])
      }
    }
  })

  it('in a difference, of providers and of users', async () => {
    const differing = async (providers: number, users: number) => {
      const [before, after] = [await snapshotIn(0, providers, users), await snapshotIn(1, providers, users)]
      return readsOf((count) => toPromise(diffSnapshots(ofUsers(before, count), ofUsers(after, count))))
    }
    expect(await growth((providers) => differing(providers, 5), 40)).toBeLessThan(2.2)
    expect(await growth((users) => differing(2, users), 200)).toBeLessThan(2.2)
  })
})
