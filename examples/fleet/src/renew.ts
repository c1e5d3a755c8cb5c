import { text } from 'node:stream/consumers'
import * as E from 'fp-ts/lib/Either.js'
import pg from 'pg'
import { createWebexCredentials } from 'seatlens/webex'
import type { Renewal } from './renewals.ts'
import { createSealing } from './sealing.ts'
import { createTokenStore } from './tokens.ts'

/** A process of its own, which renews the tokens of one credential and ends. `renewals.ts` starts it, and says why. */
const { databaseUrl, tokenKeys, worker, credential }: Renewal = JSON.parse(await text(process.stdin))
const { id, apiUrl, clientId, clientSecret, refreshToken, retry } = credential
const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
pool.on('error', () => {})
const tokens = createTokenStore(pool, id, createSealing(tokenKeys), worker)
const token = await createWebexCredentials({
  id,
  apiUrl,
  clientId,
  clientSecret,
  refreshToken,
  retry,
  tokens,
}).current()
await pool.end()
process.exitCode = E.isRight(token) ? 0 : 1
