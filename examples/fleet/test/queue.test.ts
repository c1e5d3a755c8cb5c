import { describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../src/database.ts'
import { createLocks } from '../src/locks.ts'
import { recordOutcome } from '../src/outcomes.ts'
import { openQueue, pauseAfter, plan, reap, type SnapshotJob, snapshotQueues } from '../src/queue.ts'
import { newFolder, newPool, settingsFor, simulated, withPostgres } from './support/fleet.ts'

const { newDatabase } = withPostgres()

const newQueue = async (more: object = {}) => {
  const url = await newDatabase()
  await (await openDatabase(url, () => {})).end()
  const settings = settingsFor(await simulated(), await newFolder(), more)
  const boss = await openQueue(url, settings, () => {})
  onTestFinished(() => boss.stop({ graceful: false }))
  const pool = newPool(url)
  const jobs = async () => (await pool.query('select state, retry_count from pgboss.job order by start_after')).rows
  const queues = snapshotQueues(settings)
  return { url, settings, boss, pool, queues, jobs }
}

const AT_WORK = `update pgboss.job set state = 'active', started_on = now() - interval '1 hour' where data->>'period' = $1`

describe('the queue', () => {
  test('has one job of an organization and period, however often it is planned', async () => {
    const { boss, pool, settings, jobs } = await newQueue()
    for (let time = 0; time < 3; time++) await plan(boss, pool, settings, Date.now())
    // This period's and the next one's.
    expect(await jobs()).toHaveLength(2)
  })

  test('takes back a job whose organization no worker has, and no other one', async () => {
    const { url, boss, pool, queues, settings, jobs } = await newQueue()
    const { name } = await plan(boss, pool, settings, Date.now())
    await pool.query(AT_WORK, [name])
    await pool.query(`update pgboss.job set retry_count = 5, retry_delay = 60 where state = 'active'`)
    const locks = createLocks(url)
    onTestFinished(() => locks.close())
    const held = await locks.take('acme')
    expect(await reap(boss, pool, queues)).toBe(0)
    await held?.release()
    expect(await reap(boss, pool, queues)).toBe(1)
    expect((await jobs()).map(({ state }) => state).sort()).toEqual(['created', 'retry'])
    // At once, however often its workers have ended.
    const { rows } = await pool.query(`select start_after <= now() as due from pgboss.job where state = 'retry'`)
    expect(rows).toEqual([{ due: true }])
  })

  test('gives up a job whose worker ends again and again, with that as the reason', async () => {
    const { boss, pool, queues, settings } = await newQueue()
    const { name } = await plan(boss, pool, settings, Date.now())
    await pool.query(AT_WORK, [name])
    await pool.query(`update pgboss.job set retry_count = retry_limit where state = 'active'`)
    await reap(boss, pool, queues)
    const { rows } = await pool.query('select organization, state, reason from fleet.outcomes')
    expect(rows).toEqual([
      {
        organization: 'acme',
        state: 'failed',
        reason: expect.stringMatching(/^given up after \d+ times: the worker ended$/),
      },
    ])
    // What was given up is not planned again.
    await pool.query(`delete from pgboss.job where state = 'failed'`)
    await plan(boss, pool, settings, Date.now())
    expect((await pool.query('select count(*)::int as jobs from pgboss.job')).rows).toEqual([{ jobs: 1 }])
  })

  test('leaves out no organization for good where there is time for a third of them in a period', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => `customer-${id}`)
    const organizations = ids.map((id) => ({ id, credential: 'acme', orgId: `org-${id}` }))
    const { boss, pool, settings, queues } = await newQueue({ organizations })
    const [, queue = ''] = queues.names
    const read: string[][] = []
    const dayMs = 86_400_000
    for (let day = 0; day < 9; day++) {
      const { name } = await plan(boss, pool, settings, Date.now() + (day - 9) * dayMs)
      // The jobs of this day are due, and those of the day after it are not.
      await pool.query(
        `update pgboss.job set start_after = now() + case when data->>'period' = $1 then interval '-1 s' else interval '1 day' end
         where state < 'active'`,
        [name],
      )
      await plan(boss, pool, settings, Date.now() + (day - 9) * dayMs)
      const jobs = [await boss.fetch<SnapshotJob>(queue), await boss.fetch<SnapshotJob>(queue)].flat()
      for (const { id, data } of jobs) {
        await recordOutcome(pool, { ...data, state: 'good', attempts: 1 })
        await pool.query('update fleet.outcomes set at = $1 where period = $2', [new Date(name), name])
        await boss.complete(queue, id)
      }
      read.push(jobs.map(({ data }) => data.organization))
      await pool.query(`delete from pgboss.job where state < 'active' and data->>'period' = $1`, [name])
    }
    // In any three days, each has its turn.
    for (let first = 0; first + 3 <= read.length; first++) {
      expect(
        read
          .slice(first, first + 3)
          .flat()
          .sort(),
      ).toEqual(ids)
    }
  })

  test('is one for all organizations with a credential of their own, and one for each that is shared', () => {
    const queues = (...credentials: readonly string[]) => {
      const organizations = credentials.map((credential, place) => ({ id: `o${place}`, credential }))
      const { names, bounded, of } = snapshotQueues({ organizations })
      return { names, bounded: [...bounded], of: organizations.map(of) }
    }
    expect(queues('own', 'partner', 'other', 'partner')).toEqual({
      names: ['snapshots-1', 'snapshots-1-partner'],
      bounded: ['snapshots-1-partner'],
      of: ['snapshots-1', 'snapshots-1-partner', 'snapshots-1', 'snapshots-1-partner'],
    })
    // It need not leave a place where there is no other credential.
    expect(queues('partner', 'partner').bounded).toEqual([])
  })

  test('pauses about twice as long after each try that failed', () => {
    const pauses = [1, 2, 3, 60].map((tries) => pauseAfter(tries, { retrySeconds: 10 }))
    for (const [place, least] of [10, 20, 40, 655_360].entries()) {
      expect(pauses[place]).toBeGreaterThanOrEqual(least)
      expect(pauses[place]).toBeLessThan(2 * least)
    }
  })
})
