import { text } from 'node:stream/consumers'
import * as E from 'fp-ts/lib/Either.js'
import pg from 'pg'
import type { TokenStore } from 'seatlens/node'
import { createWebexCredentials } from 'seatlens/webex'
import { createLog } from './log.ts'
import type { Renewal } from './renewals.ts'
import { createSealing } from './sealing.ts'
import { TIME_LIMITS } from './session.ts'
import { createTokenStore } from './tokens.ts'

/** A process of its own, which renews the tokens of one credential and ends. `renewals.ts` starts it, and says why. */

/** From when a token may be spent until the new ones are in the database, it is not ended by what ends the worker. */
let isAtWork = false
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!isAtWork) process.exit(1)
  })
}
// The worker, which reads it, may be gone.
process.stderr.on('error', () => {})

const { databaseUrl, tokenKeys, worker, credential, secrets }: Renewal = JSON.parse(await text(process.stdin))
const { id, apiUrl, clientId, clientSecret, refreshToken, retry } = credential
const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, ...TIME_LIMITS })
pool.on('error', () => {})
const say = createLog((line) => process.stderr.write(`${line}\n`), secrets)
const store = createTokenStore({ pool, databaseUrl, credential: id, sealing: createSealing(tokenKeys), worker, say })
const tokens: TokenStore = {
  ...store,
  alone: (renewal) =>
    store.alone(() => {
      isAtWork = true
      return renewal()
    }),
}
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
