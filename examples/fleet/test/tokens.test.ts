import { toPromise } from 'seatlens'
import { createWebexClient } from 'seatlens/webex'
import type { WebexSimulator } from 'seatlens/webex/simulator'
import { beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../src/database.ts'
import { createSealing } from '../src/sealing.ts'
import { createTokenStore, interruptedRenewal, resealTokens } from '../src/tokens.ts'
import { KEYS, newPool, simulated, withPostgres } from './support/fleet.ts'

const { newDatabase } = withPostgres()
const sealing = createSealing(KEYS)

let url: string
let simulator: WebexSimulator
beforeEach(async () => {
  url = await newDatabase()
  await (await openDatabase(url, () => {})).end()
  simulator = await simulated({ users: 10, rotateRefreshToken: true, latencyMs: 30 })
})

const clientOf = (worker: string, store = createTokenStore(newPool(url), 'partner', sealing, worker)) =>
  createWebexClient({ ...simulator.refreshConfiguration, tokens: store })

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
    const pool = newPool(`${url}&options=${encodeURIComponent('-c default_transaction_read_only=on')}`)
    const refused = toPromise(clientOf('worker', createTokenStore(pool, 'partner', sealing, 'worker')).listLicenses())
    await expect(refused).rejects.toThrow('new tokens could not be kept, so Seatlens did not ask for any')
    expect(simulator.tokens.refreshed()).toBe(0)
  })

  test('that a worker was renewing when it ended is known, with the worker and the time', async () => {
    const pool = newPool(url)
    const store = createTokenStore(pool, 'partner', sealing, 'worker-7')
    // As a worker that is killed between the vendor's answer and the write: it never comes to the write.
    let end: (() => void) | undefined
    const write = () =>
      new Promise<void>((resolve) => {
        end = resolve
      })
    const listed = toPromise(clientOf('worker-7', { ...store, write }).listLicenses())
    await expect.poll(() => end).toBeDefined()
    expect(simulator.tokens.refreshed()).toBe(1)
    expect(await interruptedRenewal(pool, 'partner')).toMatch(/^worker worker-7 ended while it renewed the token at 20/)
    expect(await interruptedRenewal(pool, 'another')).toBeUndefined()
    end?.()
    await listed
  })
})

describe('sealed tokens', () => {
  const store = (keys: string, credential = 'partner') =>
    createTokenStore(newPool(url), credential, createSealing(keys), 'worker')
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
