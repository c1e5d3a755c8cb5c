import { describe, expect, onTestFinished, test } from 'vitest'
import { createLocks } from '../src/locks.ts'
import { openSession } from '../src/session.ts'
import { newPool, withPostgres } from './support/fleet.ts'

const { newDatabase } = withPostgres()

const newLocks = (url: string) => {
  const locks = createLocks(url)
  onTestFinished(() => locks.close().catch(() => {}))
  return locks
}

describe('the right to work on an organization', () => {
  test('is held by one worker, and by one job of it, until it is released', async () => {
    const url = await newDatabase()
    const [one, other] = [newLocks(url), newLocks(url)]
    const held = await one.take('acme')
    expect(held).toBeDefined()
    expect(await other.take('acme')).toBeUndefined()
    expect(await one.take('acme')).toBeUndefined()
    expect(await other.take('northwind')).toBeDefined()
    await held?.release()
    expect(await other.take('acme')).toBeDefined()
  })

  test('is given to one of many who ask at once', async () => {
    const url = await newDatabase()
    const taken = await Promise.all(Array.from({ length: 20 }, () => newLocks(url).take('acme')))
    expect(taken.filter((held) => held !== undefined)).toHaveLength(1)
  })

  test('ends with the connection: its signal fires, nothing is written any more, and another worker has it', async () => {
    const url = await newDatabase()
    const [one, other] = [newLocks(url), newLocks(url)]
    const pool = newPool(url)
    await pool.query('create table written (by text)')
    const held = await one.take('acme')
    await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'fleet locks'`)
    await expect.poll(() => held?.lost.aborted).toBe(true)
    expect(await other.take('acme')).toBeDefined()
    await expect(held?.transaction((client) => client.query(`insert into written values ('one')`))).rejects.toThrow()
    expect((await pool.query('select * from written')).rows).toEqual([])
    // It connects again for what comes next.
    expect(await one.take('northwind')).toBeDefined()
  })
})

test('places for the jobs of a credential are so many over all workers, and those of a worker that ends are free at once', async () => {
  const url = await newDatabase()
  const [one, other] = [newLocks(url), newLocks(url)]
  const taken = await Promise.all([one, other, one, other, one].map((locks) => locks.takePlace('partner', 3)))
  expect(taken.filter((place) => place !== undefined)).toHaveLength(3)
  expect(await other.takePlace('partner', 3)).toBeUndefined()
  expect(await other.takePlace('another', 1)).toBeDefined()
  // One of the other's, where it has one, so that some are left to the worker that ends.
  const [, second, , fourth] = taken
  await (second ?? fourth ?? taken.find((place) => place !== undefined))?.release()
  expect(await other.takePlace('partner', 3)).toBeDefined()
  expect(await other.takePlace('partner', 3)).toBeUndefined()
  await one.close()
  const places = async () => (await Promise.all([1, 2, 3].map(() => other.takePlace('partner', 3)))).filter(Boolean)
  const free = []
  await expect.poll(async () => free.push(...(await places()))).toBeGreaterThan(0)
})

test('a session is ended by the database when it says nothing for 30 seconds, and else lives as long as its process', async () => {
  const session = await openSession(await newDatabase(), 'fleet test')
  const { rows } = await session.use((client) => client.query('show idle_session_timeout'))
  expect(rows).toEqual([{ idle_session_timeout: '30s' }])
  expect(session.lost.aborted).toBe(false)
  await session.close()
  expect(session.lost.aborted).toBe(true)
})
