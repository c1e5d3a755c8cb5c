import { parseArgs } from 'node:util'
import { DatabaseMistake, openDatabase } from './database.ts'
import { createLog, messageOf } from './log.ts'
import { createSealing, SealMistake } from './sealing.ts'
import { readSettings, SettingsMistake, secretsIn } from './settings.ts'
import { resealTokens } from './tokens.ts'

const USAGE = `Usage: node dist/src/main.js COMMAND [--config fleet.json]

  worker   takes snapshots; start any number of them, on any number of machines
  page     serves a page and /metrics (--host, default 127.0.0.1; --port, default 9464)
  reseal   encrypts all tokens with the first of FLEET_TOKEN_KEYS
  check    checks the configuration and the database, and ends

Environment: DATABASE_URL (PostgreSQL), FLEET_TOKEN_KEYS (NAME:KEY, …), and what the configuration names.
`

const until = (signals: readonly NodeJS.Signals[]): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of signals) process.once(signal, () => resolve())
  })

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    config: { type: 'string', default: 'fleet.json' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '9464' },
  },
})

const run = async (): Promise<void> => {
  const { DATABASE_URL: databaseUrl = '', FLEET_TOKEN_KEYS: tokenKeys } = process.env
  const [command] = positionals
  if (command === undefined || !['worker', 'page', 'reseal', 'check'].includes(command)) {
    process.stderr.write(USAGE)
    process.exitCode = 2
    return
  }
  if (databaseUrl === '')
    throw new SettingsMistake('DATABASE_URL is not set; expected postgres://user:password@host/name')
  const settings = await readSettings(values.config, process.env)
  const password = URL.canParse(databaseUrl) ? new URL(databaseUrl).password : ''
  const secrets = [...secretsIn(settings), ...(password === '' ? [] : [password, decodeURIComponent(password)])]
  const log = createLog((line) => process.stdout.write(`${line}\n`), secrets)
  switch (command) {
    case 'worker': {
      const { startWorker } = await import('./worker.ts')
      const worker = await startWorker(settings, { databaseUrl, tokenKeys, log })
      await until(['SIGTERM', 'SIGINT'])
      return worker.stop()
    }
    case 'page': {
      const { startPage } = await import('./page.ts')
      const page = await startPage(settings, { databaseUrl, host: values.host, port: Number(values.port), log })
      log('page started', { url: page.url })
      await until(['SIGTERM', 'SIGINT'])
      return page.stop()
    }
    default: {
      const pool = await openDatabase(databaseUrl, () => {})
      if (command === 'reseal') log('resealed', { tokens: await resealTokens(pool, createSealing(tokenKeys ?? '')) })
      else log('checked', { credentials: settings.credentials.length, organizations: settings.organizations.length })
      await pool.end()
    }
  }
}

try {
  await run()
} catch (error) {
  const isMistake = error instanceof SettingsMistake || error instanceof DatabaseMistake || error instanceof SealMistake
  const where = error instanceof SettingsMistake ? `${values.config}: ` : ''
  process.stderr.write(
    `fleet: ${where}${isMistake ? messageOf(error) : `the worker could not start: ${messageOf(error)}`}\n`,
    // What was opened before would keep the process, which does nothing.
    () => process.exit(isMistake ? 2 : 1),
  )
}
