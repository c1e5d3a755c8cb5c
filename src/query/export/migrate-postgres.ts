import type { Client } from 'pg'
import { tableDescriptions } from '../tables/all-tables.ts'
import { migrations } from './postgres-migrations.ts'

/** The tables are of a later version of this library. */
export class LaterVersion extends Error {}

/** Of all programs that use the database, one at a time makes tables of ours. A number of no meaning. */
const LOCK = 7_328_536

const versionIn = async (client: Client): Promise<number> => {
  const { rows } = await client.query<{ version: number }>(
    'select coalesce(max(version), 0) as version from seatlens.migrations',
  )
  return rows[0]?.version ?? 0
}

/** What tables and columns mean, where programs that look at a database show it. */
const comments = (client: Client): readonly string[] =>
  tableDescriptions.flatMap(({ name, row, columns }) => [
    `comment on table seatlens.${name} is ${client.escapeLiteral(row)}`,
    ...columns
      .filter((column) => column.name !== 'folder')
      .map(({ name: column, meaning, unit }) => {
        const text = unit === undefined ? meaning : `${meaning} In ${unit}.`
        return `comment on column seatlens.${name}.${column} is ${client.escapeLiteral(text)}`
      }),
  ])

/** Whether the tables are those of this version: then nothing needs the right to make any. */
const isPresent = async (client: Client): Promise<boolean> => {
  const { rows } = await client.query<{ found: unknown }>(`select to_regclass('seatlens.migrations') as found`)
  return rows[0]?.found !== null && (await versionIn(client)) === migrations.length
}

/** Brings the tables to the present version, in one transaction. Several programs may do so at once. */
export const migrate = async (client: Client): Promise<void> => {
  if (await isPresent(client)) return
  await client.query('begin')
  await client.query('select pg_advisory_xact_lock($1)', [LOCK])
  await client.query('create schema if not exists seatlens')
  await client.query(
    'create table if not exists seatlens.migrations (version integer primary key, made_at timestamptz not null default now())',
  )
  const version = await versionIn(client)
  if (version > migrations.length) {
    throw new LaterVersion(
      `its tables are of version ${version}, and this version of Seatlens knows ${migrations.length}; use a later version of Seatlens`,
    )
  }
  for (const [place, statements] of migrations.entries()) {
    if (place < version) continue
    for (const statement of statements) await client.query(statement)
    await client.query('insert into seatlens.migrations (version) values ($1)', [place + 1])
  }
  for (const comment of comments(client)) await client.query(comment)
  await client.query('commit')
}
