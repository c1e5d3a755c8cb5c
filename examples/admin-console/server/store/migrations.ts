import type { Database } from './database.ts'

/** Each entry leads from one version of the tables to the next. Entries are added, and never changed. */
const migrationsFor = ({ bytes }: Database): readonly (readonly string[])[] => [
  [
    'create table sessions (id text primary key, name text not null, expires_at bigint not null)',
    'create table sign_in_attempts (name text primary key, failures integer not null, next_at bigint not null)',
    `create table plans (
      id text primary key, tenant text not null, provider text not null, hash text not null, plan text not null,
      created_at bigint not null, created_by text not null, changes integer not null, removals integer not null,
      state text not null, failures text not null)`,
    'create index plans_of_tenant on plans (tenant, created_at)',
    'create table journal (plan_id text not null, line integer not null, entry text not null, primary key (plan_id, line))',
    `create table leases (
      plan text primary key, token text not null, holder text not null, since bigint not null, expires_at bigint not null)`,
    `create table snapshots (
      id text primary key, tenant text not null, taken_at bigint not null, taken_by text not null, complete integer not null)`,
    `create table snapshot_files (
      snapshot_id text not null, name text not null, part integer not null, content ${bytes} not null,
      primary key (snapshot_id, name, part))`,
  ],
  // Sessions of before have none, and end.
  [`alter table sessions add column credential text not null default ''`],
]

const versionOf = async (database: Database): Promise<number> => {
  const [newest] = await database.rows('select max(version) as version from migrations')
  return Number(newest?.version ?? 0)
}

/** Brings the tables to the present version. Several servers may start at once: each step is made by one of them. */
export const migrate = async (database: Database): Promise<void> => {
  await database.transaction([['create table if not exists migrations (version integer primary key)']])
  const migrations = migrationsFor(database)
  for (;;) {
    const version = await versionOf(database)
    const next = migrations[version]
    if (next === undefined) return
    try {
      await database.transaction([
        ...next.map((sql) => [sql] as const),
        ['insert into migrations (version) values (?)', version + 1],
      ])
    } catch (error) {
      // Another server was faster.
      if ((await versionOf(database)) <= version) throw error
    }
  }
}
