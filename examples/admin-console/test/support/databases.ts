import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, LibsqlError } from '@libsql/client'
import pg from 'pg'

/** A place for databases of one kind: each call gives the address of a new, empty one. */
export interface DatabaseServer {
  readonly newDatabase: () => Promise<string>
  /** A database of PostgreSQL that takes no writes from now on, as if its disk was full, or takes them again. */
  readonly setReadOnly?: (address: string, isReadOnly: boolean) => Promise<void>
  /** Whether a process is within a transaction, and nobody else can write until it ends. Absent: that never lasts. */
  readonly isLocked?: (address: string) => Promise<boolean>
  readonly stop: () => Promise<void>
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'seatlens-console-test-'))

const sqlite = async (): Promise<DatabaseServer> => {
  const folder = newFolder()
  let count = 0
  return {
    newDatabase: async () => join(folder, `${++count}.db`),
    isLocked: async (address) => {
      const client = createClient({ url: `file:${address}`, timeout: 100 })
      try {
        await client.batch(['select 1'], 'write')
        return false
      } catch (error) {
        if (error instanceof LibsqlError && error.code.startsWith('SQLITE_BUSY')) return true
        throw error
      } finally {
        client.close()
      }
    },
    stop: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

const DEBIAN = '/usr/lib/postgresql'

/** The programs of PostgreSQL: those of Debian, which are not on the PATH, or of another system. */
const programs = (): string | undefined => {
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin')) : []
  const folders = [...debian.reverse(), ...(process.env.PATH ?? '').split(':')]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

/** PostgreSQL refuses to run as root. */
const NOBODY = 65_534
const asOther = () => (process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {})

/** A cluster of its own, in a temporary folder, that listens on a socket there and nowhere else. */
const postgres = async (bin: string): Promise<DatabaseServer> => {
  const folder = newFolder()
  const data = join(folder, 'data')
  const identity = asOther()
  chmodSync(folder, 0o700)
  if (identity.uid !== undefined) chownSync(folder, identity.uid, identity.gid)
  const options = { ...identity, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' } }
  execFileSync(
    join(bin, 'initdb'),
    ['--pgdata', data, '--username', 'seatlens', '--auth', 'trust', '--no-sync', '--encoding', 'UTF8'],
    { ...options, stdio: 'pipe' },
  )
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off'],
    {
      ...options,
      stdio: 'ignore',
    },
  )
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const address = (name: string) => `postgres://seatlens@localhost/${name}?host=${encodeURIComponent(folder)}`
  const inMaintenance = async <A>(use: (client: pg.Client) => Promise<A>): Promise<A> => {
    for (let tries = 0; ; tries++) {
      const client = new pg.Client({ connectionString: address('postgres') })
      try {
        await client.connect()
        return await use(client)
      } catch (error) {
        if (tries >= 300 || server.exitCode !== null) throw error
        await new Promise((resolve) => setTimeout(resolve, 100))
      } finally {
        await client.end()
      }
    }
  }
  let count = 0
  return {
    newDatabase: async () => {
      const name = `console_${++count}`
      await inMaintenance((client) => client.query(`create database ${name}`))
      return address(name)
    },
    setReadOnly: (database, isReadOnly) =>
      inMaintenance(async (client) => {
        const name = new URL(database).pathname.slice(1)
        await client.query(`alter database ${name} set default_transaction_read_only = ${isReadOnly}`)
        // Connections that are open keep what they began with.
        await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
      }),
    stop: async () => {
      server.kill('SIGQUIT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface DatabaseKind {
  readonly name: string
  /** Absent: it cannot be started here, for the reason in the name. */
  readonly start?: () => Promise<DatabaseServer>
}

const bin = programs()

/** All tests of what is stored run on each of them. */
export const databaseKinds: readonly DatabaseKind[] = [
  { name: 'SQLite', start: sqlite },
  bin === undefined
    ? { name: 'PostgreSQL (skipped: there is no initdb; apt-get install postgresql)' }
    : { name: 'PostgreSQL', start: () => postgres(bin) },
]
