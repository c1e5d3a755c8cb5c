import { setTimeout as sleep } from 'node:timers/promises'
import { toPromise } from 'seatlens'
import { createWebexClient, type RequestBudget } from 'seatlens/webex'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../src/database.ts'
import { createSharedBudget, jobsAtOnce, windowFor } from '../src/rates.ts'
import { newPool, simulated, withPostgres } from './support/fleet.ts'

const { newDatabase } = withPostgres()

const MINUTE = 60

/** The most requests in a minute where every window is used at once, each as soon and as late as it can be. */
const mostInAMinute = ({ points, duration }: ReturnType<typeof windowFor>): number => {
  if (points === 1) return Math.floor((MINUTE + 1) / duration) + 1
  return points * (Math.ceil((MINUTE + 1) / duration) + 1)
}

describe('the window of a rate', () => {
  test.each([1, 7, 60, 120, 121, 300, 450, 1_000, 3_000])('of %i a minute never lets more of them go', (rate) => {
    expect(mostInAMinute(windowFor(rate))).toBeLessThanOrEqual(rate)
  })

  test.each([60, 300, 450, 1_000, 3_000])('of %i a minute uses most of the rate', (rate) => {
    const { points, duration } = windowFor(rate)
    expect((points / duration) * MINUTE).toBeGreaterThan(rate * 0.85)
  })
})

test.each([1, 10, 59, 60, 220, 300, 1_000, 3_000])(
  '%i requests a minute are used up by so many jobs that each ends in its time',
  (rate) => {
    const jobs = jobsAtOnce(rate)
    // Of 2,000 users of Webex, all jobs at once: far from the default deadline of 60 minutes.
    expect((jobs * 49) / rate).toBeLessThanOrEqual(49)
    if (rate >= 10) expect((jobs * 49) / rate).toBeLessThanOrEqual(5)
    // A job that reads 30 a minute, as one whose answers are slow, does not leave the rate unused.
    expect(jobs * 30).toBeGreaterThanOrEqual(rate)
  },
)

describe('a credential of several workers', () => {
  const budgets = async (requestsPerMinute: number) => {
    const url = await newDatabase()
    await (await openDatabase(url, () => {})).end()
    return [1, 2].map((): RequestBudget => createSharedBudget(newPool(url), 'partner', { requestsPerMinute }))
  }

  test('has one rate', async () => {
    const simulator = await simulated({ users: 10 })
    // One request every 305 ms, for both.
    const clients = (await budgets(200)).map((budget) => createWebexClient(simulator.configuration, { budget }))
    expect(windowFor(200).points / windowFor(200).duration).toBeLessThan(3.4)
    const began = Date.now()
    await Promise.all(clients.flatMap((client) => [1, 2, 3, 4, 5, 6].map(() => toPromise(client.listLicenses()))))
    const { points, duration } = windowFor(200)
    const windows = Math.ceil(12 / points) - 1
    expect(Date.now() - began).toBeGreaterThan(windows * duration * 1_000 - 200)
  })

  test('is asked for in vain once by each worker in each window, however many requests wait', async () => {
    const simulator = await simulated({ users: 10 })
    const url = await newDatabase()
    await (await openDatabase(url, () => {})).end()
    const pool = newPool(url)
    const clients = [1, 2].map(() =>
      createWebexClient(simulator.configuration, {
        budget: createSharedBudget(newPool(url), 'partner', { requestsPerMinute: 200 }),
      }),
    )
    let isOver = false
    const all = Promise.all(
      clients.flatMap((client) => Array.from({ length: 6 }, () => toPromise(client.listLicenses()))),
    ).finally(() => {
      isOver = true
    })
    let most = 0
    while (!isOver) {
      const { rows } = await pool.query<{ points: number }>('select points from fleet.rates')
      most = Math.max(most, rows[0]?.points ?? 0)
    }
    await all
    expect(simulator.requests.count()).toBe(12)
    // The one that is let through, and one of the other worker.
    expect(most).toBe(2)
  })

  test('keeps the longest pause where several workers are told to wait at once', async () => {
    const url = await newDatabase()
    await (await openDatabase(url, () => {})).end()
    const pool = newPool(url)
    const credentials = Array.from({ length: 20 }, (_, place) => `partner-${place}`)
    const began = Date.now()
    for (const credential of credentials) {
      const workers = [1, 2, 3].map(() => createSharedBudget(pool, credential, { requestsPerMinute: 600 }))
      for (const [place, ms] of [1_000, 60_000, 5_000].entries()) workers[place]?.pause(ms)
    }
    const paused = async () =>
      (await pool.query<{ expire: string }>('select expire from fleet.rates')).rows.map(({ expire }) => Number(expire))
    await expect.poll(async () => (await paused()).length).toBe(credentials.length)
    await expect.poll(async () => pool.waitingCount + (pool.totalCount - pool.idleCount)).toBe(0)
    for (const expire of await paused()) expect(expire).toBeGreaterThanOrEqual(began + 60_000)
  })

  test('waits as a whole where one worker is told to', async () => {
    const simulator = await simulated({
      users: 10,
      faults: [{ match: { times: 1 }, effect: { kind: 'status', status: 429, headers: { 'retry-after': '2' } } }],
    })
    const [one, other] = (await budgets(6_000)).map((budget) => createWebexClient(simulator.configuration, { budget }))
    const first = toPromise(one?.listLicenses() ?? (() => Promise.reject(new Error('no client'))))
    await expect.poll(() => simulator.requests.count()).toBe(1)
    await sleep(200)
    await toPromise(other?.listLicenses() ?? (() => Promise.reject(new Error('no client'))))
    await first
    const [refused, ...later] = simulator.requests.list().map(({ at }) => at)
    expect(later).toHaveLength(2)
    for (const at of later) expect(at - (refused ?? at)).toBeGreaterThanOrEqual(1_900)
  })

  test('keeps a long pause where a short one is asked for later', async () => {
    const [one, other] = await budgets(6_000)
    const simulator = await simulated({ users: 10 })
    one?.pause(2_000)
    await sleep(300)
    one?.pause(100)
    await sleep(200)
    const began = Date.now()
    await toPromise(
      createWebexClient(simulator.configuration, other === undefined ? {} : { budget: other }).listLicenses(),
    )
    expect(Date.now() - began).toBeGreaterThan(1_000)
  })
})
