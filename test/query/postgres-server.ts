import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

/** A PostgreSQL of its own, in a temporary folder, that listens on a socket there and nowhere else. */
export interface PostgresServer {
  readonly folder: string
  /** The address of a new, empty database, for a user who may do everything. Others need a password. */
  readonly newDatabase: () => Promise<string>
  /** Ends it at once, as a machine that is switched off. */
  readonly end: () => Promise<void>
  /** Starts it again, with the same data. */
  readonly begin: () => Promise<void>
  readonly remove: () => Promise<void>
}

const DEBIAN = '/usr/lib/postgresql'

/** The programs of PostgreSQL: those of Debian, which are not on the PATH, or of another system. */
const programs = (): string => {
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin')) : []
  const found = [...debian.reverse(), ...(process.env.PATH ?? '').split(':')].find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  )
  if (found === undefined) throw new Error('there is no initdb; apt-get install postgresql')
  return found
}

/** PostgreSQL refuses to run as root. */
const NOBODY = 65_534

export const startPostgres = async (): Promise<PostgresServer> => {
  const bin = programs()
  const folder = mkdtempSync(join(tmpdir(), 'seatlens-postgres-'))
  const data = join(folder, 'data')
  const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  chmodSync(folder, 0o700)
  if ('uid' in identity) chownSync(folder, NOBODY, NOBODY)
  const options = { ...identity, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' } }
  execFileSync(
    join(bin, 'initdb'),
    ['--pgdata', data, '--username', 'owner', '--auth', 'trust', '--no-sync', '--encoding', 'UTF8'],
    { ...options, stdio: 'pipe' },
  )
  writeFileSync(join(data, 'pg_hba.conf'), 'local all owner trust\nlocal all all scram-sha-256\n')
  const address = (name: string) => `postgres://owner@localhost/${name}?host=${encodeURIComponent(folder)}`
  const inMaintenance = async (sql: string): Promise<void> => {
    for (let tries = 0; ; tries++) {
      const client = new pg.Client({ connectionString: address('postgres') })
      client.on('error', () => {})
      try {
        await client.connect()
        await client.query(sql)
        return
      } catch (error) {
        if (tries >= 300) throw error
        await delay(100)
      } finally {
        await client.end().catch(() => {})
      }
    }
  }
  const spawned = () =>
    spawn(join(bin, 'postgres'), ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off'], {
      ...options,
      stdio: 'ignore',
    })
  let server = spawned()
  await inMaintenance('select 1')
  let count = 0
  const end = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGQUIT')
    await ended
  }
  return {
    folder,
    newDatabase: async () => {
      const name = `test_${++count}`
      await inMaintenance(`create database ${name}`)
      return address(name)
    },
    end,
    begin: async () => {
      server = spawned()
      await inMaintenance('select 1')
    },
    remove: async () => {
      await end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
