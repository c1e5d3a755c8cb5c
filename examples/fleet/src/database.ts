import pg from 'pg'
import { TIME_LIMITS } from './session.ts'

/** The version of these tables, and of the jobs: raised whenever a worker of before could not work with them. */
export const VERSION = 1

/** What workers and the page have in common. `pgboss` has tables of its own beside these. */
const TABLES = `
  create schema if not exists fleet;
  create table if not exists fleet.version (version integer primary key);
  create table if not exists fleet.outcomes (
    organization text not null,
    period text not null,
    state text not null check (state in ('good', 'partial', 'failed', 'waiting')),
    reason text,
    place text,
    attempts integer not null default 0,
    at timestamptz not null default now(),
    primary key (organization, period));
  create table if not exists fleet.checks (organization text primary key, baseline jsonb not null);
  create table if not exists fleet.tokens (
    credential text primary key, sealed text, renewing_since timestamptz, renewing_by text);
  alter table fleet.tokens add column if not exists missed_since timestamptz;
  create table if not exists fleet.rates (key varchar(255) primary key, points integer not null default 0, expire bigint);
  insert into fleet.version (version) values (${VERSION}) on conflict do nothing;`

/** A lock of its own for each purpose, by the name of what is locked. */
export const lockKey = { organization: 5_247_112, token: 5_247_113, tables: 5_247_114, place: 5_247_115 } as const

/** The database cannot be worked with, for a reason that its message tells. */
export class DatabaseMistake extends Error {}

/** Rates are shared by time, and the clocks of all workers must agree. */
const MOST_SKEW_MS = 2_000

const checkClock = async (pool: pg.Pool): Promise<void> => {
  const before = Date.now()
  const { rows } = await pool.query<{ now: Date }>('select clock_timestamp() as now')
  const took = Date.now() - before
  const skew = Math.abs((rows[0]?.now.getTime() ?? before) - before - took / 2) - took / 2
  if (skew > MOST_SKEW_MS) {
    throw new DatabaseMistake(
      `the clock of this machine and the database's differ by ${Math.round(skew / 1_000)} s; set it by NTP, as workers share rates by time`,
    )
  }
}

const makeTables = async (pool: pg.Pool): Promise<void> => {
  const { rows } = await pool.query<{ there: boolean }>(`select to_regclass('fleet.version') is not null as there`)
  if (rows[0]?.there === true) {
    const found = await pool.query<{ version: number }>('select max(version) as version from fleet.version')
    const version = found.rows[0]?.version ?? 0
    if (version > VERSION) {
      throw new DatabaseMistake(
        `the database is of version ${version}, and this worker knows version ${VERSION}; install the fleet of version ${version}`,
      )
    }
  }
  // Statements in one text are one transaction. Several workers may start at once.
  await pool.query(`select pg_advisory_xact_lock(${lockKey.tables}); ${TABLES}`)
}

/** Opens the database, makes the tables that are not there yet, and refuses one that a later version has made. */
export const openDatabase = async (url: string, onError: (error: Error) => void): Promise<pg.Pool> => {
  const pool = new pg.Pool({
    connectionString: url,
    max: 6,
    ...TIME_LIMITS,
  })
  // A connection that breaks while it is idle is replaced.
  pool.on('error', onError)
  try {
    await makeTables(pool)
    await checkClock(pool)
    return pool
  } catch (error) {
    await pool.end()
    throw error
  }
}
