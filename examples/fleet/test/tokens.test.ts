import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toPromise } from 'seatlens'
import { createWebexClient } from 'seatlens/webex'
import type { WebexSimulator } from 'seatlens/webex/simulator'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { startProcess } from '../prove/workers.ts'
import { openDatabase } from '../src/database.ts'
import { createSealing } from '../src/sealing.ts'
import { createTokenStore, interruptedRenewal, resealTokens, type TokenStoreOptions } from '../src/tokens.ts'
import { KEYS, newFolder, newPool, settingsFor, simulated, withPostgres } from './support/fleet.ts'
import { newFront } from './support/front.ts'

const { newDatabase, server } = withPostgres()
const sealing = createSealing(KEYS)

let url: string
let simulator: WebexSimulator
beforeEach(async () => {
  url = await newDatabase()
  await (await openDatabase(url, () => {})).end()
  simulator = await simulated({ users: 10, rotateRefreshToken: true, latencyMs: 30 })
})

const storeOf = (worker: string, more: Partial<TokenStoreOptions> = {}) =>
  createTokenStore({
    ...{ pool: more.pool ?? newPool(url), databaseUrl: url, credential: 'partner', sealing, worker, say: () => {} },
    ...more,
  })

const clientOf = (worker: string, tokens = storeOf(worker)) =>
  createWebexClient({ ...simulator.refreshConfiguration, tokens })

const kept = async () => {
  const { rows } = await newPool(url).query('select sealed, renewing_since from fleet.tokens')
  expect(rows).toMatchObject([{ renewing_since: null }])
  return JSON.parse(sealing.open(rows[0].sealed, 'partner')).refreshToken
}

describe('a refresh token that rotates', () => {
  test('is spent once by workers that need it at once', async () => {
    await Promise.all(Array.from({ length: 5 }, (_, index) => toPromise(clientOf(`worker-${index}`).listLicenses())))
    expect(simulator.tokens.refreshed()).toBe(1)
    const { rows } = await newPool(url).query('select sealed, renewing_since from fleet.tokens')
    expect(rows).toMatchObject([{ renewing_since: null }])
    expect(rows[0].sealed).toMatch(/^a\./)
    expect(rows[0].sealed).not.toContain(simulator.tokens.refreshToken())
    expect(JSON.parse(sealing.open(rows[0].sealed, 'partner')).refreshToken).toBe(simulator.tokens.refreshToken())
  })

  test('is not spent where the database takes no writes', async () => {
    const databaseUrl = `${url}&options=${encodeURIComponent('-c default_transaction_read_only=on')}`
    const store = storeOf('worker', { pool: newPool(databaseUrl), databaseUrl })
    const refused = toPromise(clientOf('worker', store).listLicenses())
    await expect(refused).rejects.toThrow('new tokens could not be kept, so Seatlens did not ask for any')
    expect(simulator.tokens.refreshed()).toBe(0)
  })

  test('that a worker was renewing when it ended is waited for once, and is known, with the worker and the time', async () => {
    const pool = newPool(url)
    const store = storeOf('worker-7')
    // As a worker that is killed between the vendor's answer and the write: it never comes to the write.
    let end: (() => void) | undefined
    const write = (text: string) =>
      new Promise<void>((resolve) => {
        end = () => resolve(store.write(text))
      })
    const listed = toPromise(clientOf('worker-7', { ...store, write }).listLicenses())
    await expect.poll(() => end).toBeDefined()
    expect(simulator.tokens.refreshed()).toBe(1)
    const known = /^worker worker-7 ended while it renewed the token at 20/
    expect(await interruptedRenewal(pool, 'partner')).toMatch(known)
    expect(await interruptedRenewal(pool, 'another')).toBeUndefined()

    // Its lock is gone with its connection. Then the token that it has spent is refused, and the reason is still known.
    await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'fleet tokens'`)
    const refusedAfter = async (worker: string): Promise<number> => {
      const began = Date.now()
      const other = clientOf(worker, storeOf(worker, { patienceMs: 2_000 }))
      await expect(toPromise(other.listLicenses())).rejects.toThrow(/invalid_grant|refresh token/)
      return Date.now() - began
    }
    expect(await refusedAfter('worker-8')).toBeGreaterThanOrEqual(2_000)
    expect(await refusedAfter('worker-9')).toBeLessThan(2_000)
    expect(await interruptedRenewal(pool, 'partner')).toMatch(known)

    // It was cut off from the database only, and comes with the new ones after all.
    end?.()
    await listed
    expect(await kept()).toBe(simulator.tokens.refreshToken())
    await toPromise(clientOf('worker-10').listLicenses())
    expect(simulator.tokens.refreshed()).toBe(1)
  })

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'is not lost where the database goes away before the new one is written, and the worker ends by %s',
    async (signal) => {
      let isAnswered = false
      let pass: (() => void) | undefined
      const { origin } = await newFront(new URL(simulator.refreshConfiguration.apiUrl).port, {
        answered: async (_, path) => {
          if (path !== '/v1/access_token') return
          isAnswered = true
          await new Promise<void>((resolve) => {
            pass = resolve
          })
        },
      })
      const folder = await newFolder()
      const credential = { id: 'partner', type: 'webex', requestsPerMinute: 6_000, ...simulator.refreshConfiguration }
      const organizations = [{ id: 'acme', credential: 'partner' }]
      const config = join(folder, 'fleet.json')
      const more = { credentials: [{ ...credential, apiUrl: `${origin}/v1` }], organizations }
      await writeFile(config, JSON.stringify(settingsFor(simulator, folder, more)))
      const worker = startProcess(['worker', '--config', config], { DATABASE_URL: url, FLEET_TOKEN_KEYS: KEYS })
      onTestFinished(() => void worker.process.kill('SIGKILL'))
      await expect.poll(() => isAnswered).toBe(true)
      await server().end()
      pass?.()
      await worker.line('new tokens cannot be written, and this process has the only copy')
      const ended = worker.end(signal)
      if (signal === 'SIGKILL') await ended
      const again = server().begin()
      onTestFinished(() => again)
      await again
      // Another worker needs a token at once, and waits for this one.
      await toPromise(clientOf('worker-2').listLicenses())
      expect(await kept()).toBe(simulator.tokens.refreshToken())
      expect(simulator.tokens.refreshed()).toBe(1)
      expect(await ended).toBe(signal === 'SIGKILL' ? null : 0)
      expect(worker.lines.join('\n')).not.toContain(simulator.tokens.refreshToken())

      simulator.tokens.expire()
      await toPromise(clientOf('worker-3').listLicenses())
      expect(simulator.tokens.refreshed()).toBe(2)
      expect(await kept()).toBe(simulator.tokens.refreshToken())
    },
  )

  test('of each of many credentials is renewed at once with the others, by a worker that has few connections', async () => {
    const pool = newPool(url)
    const simulators = await Promise.all(
      Array.from({ length: 2 * (pool.options.max ?? 0) }, (_, seed) =>
        simulated({ users: 10, seed, rotateRefreshToken: true, latencyMs: 300 }),
      ),
    )
    const clients = simulators.map(({ refreshConfiguration }, place) =>
      createWebexClient({
        ...refreshConfiguration,
        tokens: storeOf('worker', { pool, credential: `partner-${place}` }),
      }),
    )
    await Promise.all(clients.map((client) => toPromise(client.listLicenses())))
    expect(simulators.map(({ tokens }) => tokens.refreshed())).toEqual(simulators.map(() => 1))
  })
})

describe('sealed tokens', () => {
  const store = (keys: string, credential = 'partner') =>
    storeOf('worker', { credential, sealing: createSealing(keys) })
  const other = `b:${Buffer.alloc(32, 2).toString('base64')}`

  test('are opened by the key that sealed them, and sealed anew by the first one', async () => {
    await store(KEYS).ready?.()
    await store(KEYS).write('the tokens')
    await expect(store(other).read()).rejects.toThrow('FLEET_TOKEN_KEYS has no key a, with which a token was sealed')
    expect(await resealTokens(newPool(url), createSealing(`${other},${KEYS}`))).toBe(1)
    expect(await store(other).read()).toBe('the tokens')
    await expect(store(KEYS).read()).rejects.toThrow('no key b')
  })

  test('are not those of another credential, and not changed', async () => {
    await store(KEYS).ready?.()
    await store(KEYS).write('the tokens')
    const pool = newPool(url)
    await pool.query(`insert into fleet.tokens (credential, sealed) select 'another', sealed from fleet.tokens`)
    await expect(store(KEYS, 'another').read()).rejects.toThrow('a token could not be opened')
    await pool.query(`update fleet.tokens set sealed = substr(sealed, 1, length(sealed) - 2) || 'xx'`)
    await expect(store(KEYS).read()).rejects.toThrow('a token could not be opened')
  })

  test.each(['', 'a', 'a:c2hvcnQ=', 'no name:AAAA'])('need keys of 32 bytes with names: %j', (keys) => {
    expect(() => createSealing(keys)).toThrow('expected NAME:KEY with 32 bytes in base64')
  })
})
