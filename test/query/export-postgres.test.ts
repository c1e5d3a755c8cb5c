import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSnapshot, type Snapshot, takeSnapshot, toPromise } from '../../src/index.ts'
import { readSnapshotFolder } from '../../src/node/index.ts'
import { migrations } from '../../src/query/export/postgres-migrations.ts'
import { exportSnapshots, openPostgres, openSnapshotTables, tableDescriptions } from '../../src/query/index.ts'
import { createInMemoryProvider } from '../../src/testing/index.ts'
import { builtCommandLine } from '../cli/support/child.ts'
import { newFolder, run } from '../cli/support/run.ts'
import { read } from '../documents/documents.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'
import { keepSeveralFolders, keepThreeMonths } from './worlds.ts'

let folder = ''
let server: PostgresServer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seatlens-export-test-'))
  await keepThreeMonths(folder)
  server = await startPostgres()
})
afterAll(async () => {
  await server.remove()
  await rm(folder, { recursive: true, force: true })
})

const exportTo = (address: string, variables: Readonly<Record<string, string>> = {}, own = folder) =>
  run(['export', '--to', address, '--from', 'kept'], { folder: own, configuration: null, registry: [], variables })

const rowsOf = async (address: string, sql: string): Promise<readonly (readonly unknown[])[]> => {
  const client = new pg.Client({ connectionString: address, types: { getTypeParser: () => String } })
  await client.connect()
  try {
    await client.query("set time zone 'UTC'")
    return (await client.query({ text: sql, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

const counts = async (address: string) => {
  const tables = ['exports', ...tableDescriptions.map(({ name }) => name)]
  const [row] = await rowsOf(address, `select ${tables.map((name) => `(select count(*) from seatlens.${name})`)}`)
  return row
}

const PARTIAL = '1 snapshot is partial; snapshots.problems says what is missing\n'
const POSTGRES_TYPES: Readonly<Record<string, string>> = {
  VARCHAR: 'text',
  BIGINT: 'bigint',
  DOUBLE: 'double precision',
  BOOLEAN: 'boolean',
  DATE: 'date',
  'TIMESTAMP WITH TIME ZONE': 'timestamp with time zone',
  'DECIMAL(20,4)': 'numeric(20,4)',
}

describe('tables in PostgreSQL', () => {
  it('have the rows of the query, with the same types, each snapshot once', async () => {
    const address = await server.newDatabase()
    const first = await exportTo(address)
    const name = `PostgreSQL at ${server.folder}, database ${new URL(address).pathname.slice(1)}`
    expect([first.code, first.stderr]).toEqual([5, `3 snapshots were added to ${name}\n${PARTIAL}`])
    const tables = await toPromise(openSnapshotTables([join(folder, 'kept')], { keep: false }))
    for (const { name: table, columns } of tableDescriptions) {
      const described = columns.filter((column) => column.name !== 'folder')
      expect(
        await rowsOf(
          address,
          `select attname, format_type(atttypid, atttypmod), (col_description(attrelid, attnum) is not null)::text from pg_attribute
           where attrelid = 'seatlens.${table}'::regclass and attnum > 0 order by attnum`,
        ),
      ).toEqual(described.map((column) => [column.name, POSTGRES_TYPES[column.type], 'true']))
      const list = described.map((column) => `CAST(${column.name} AS VARCHAR)`).join(', ')
      const { rows } = await toPromise(tables.query(`SELECT ${list} FROM ${table}`))
      const expected: string[] = []
      for await (const some of rows) if (E.isRight(some)) expected.push(...some.right.map((row) => JSON.stringify(row)))
      const found = await rowsOf(address, `select ${list} from seatlens.${table}`)
      expect(found.length).toBeGreaterThan(0)
      expect(found.map((row) => JSON.stringify(row)).sort()).toEqual(expected.sort())
    }
    await tables.close()
    const before = await counts(address)
    const again = await exportTo(address)
    expect([again.code, again.stderr]).toEqual([0, `0 snapshots were added to ${name}; 3 were there already\n`])
    expect(await counts(address)).toEqual(before)
    // Forgetting one is forgetting all of it.
    await rowsOf(
      address,
      "delete from seatlens.exports where snapshot in (select snapshot from seatlens.users where day = '2026-10-01')",
    )
    expect(await rowsOf(address, "select from seatlens.assignments where day = '2026-10-01'")).toEqual([])
    expect((await exportTo(address)).stderr).toContain('1 snapshot was added')
    expect(await counts(address)).toEqual(before)
  })

  it('are brought from an earlier version to the present one, with what is in them', async () => {
    const address = await server.newDatabase()
    await rowsOf(address, 'create schema seatlens')
    await rowsOf(
      address,
      'create table seatlens.migrations (version integer primary key, made_at timestamptz not null default now())',
    )
    for (const statement of migrations[0] ?? []) await rowsOf(address, statement)
    await rowsOf(address, 'insert into seatlens.migrations (version) values (1)')
    await rowsOf(address, "insert into seatlens.exports values ('old', 'sha256:old', '0.1.0')")
    await rowsOf(
      address,
      `insert into seatlens.users (snapshot, taken_at, day, user_id, seats_kind, seats_at_least, pending_kind, pending_at_least)
       values ('old', now(), now(), 'u1', 'unknown', 2, 'unknown', 0)`,
    )
    expect((await exportTo(address)).stderr).toContain('3 snapshots were added')
    expect(await rowsOf(address, 'select version from seatlens.migrations order by 1')).toEqual(
      migrations.map((_, place) => [String(place + 1)]),
    )
    expect(
      await rowsOf(
        address,
        "select user_id, seats_at_least, pending_at_least from seatlens.users where snapshot = 'old'",
      ),
    ).toEqual([['u1', '2', null]])
    expect(
      await rowsOf(address, "select count(*) from pg_indexes where schemaname = 'seatlens' and indexname ~ 'by_day'"),
    ).toEqual([['6']])
    await rowsOf(address, 'insert into seatlens.migrations (version) values (99)')
    const later = await exportTo(address)
    expect([later.code, later.stderr]).toEqual([
      2,
      expect.stringMatching(/: its tables are of version 99, and .+ use a later version of Seatlens\n$/),
    ])
  })

  it('keep texts of any kind, and what is empty apart from what is NULL', async () => {
    const address = await server.newDatabase()
    const names = ['', '\\.', 'a"b,c', 'line\n\\.\nline', 'tab\t\\N', 'nul\0nul', 'ä 😀', undefined]
    const provider = createInMemoryProvider({
      licenses: [],
      users: names.map((displayName, number) => ({
        id: `u${number}`,
        kind: 'internal',
        status: 'active',
        licenseIds: ['x'],
        pendingLicenseIds: [],
        ...(displayName === undefined ? {} : { displayName }),
      })),
    })
    const { files } = await toPromise(takeSnapshot([provider]))
    const snapshot: Snapshot = await toPromise(
      readSnapshot({ list: async () => [...files.keys()], read: async (name) => files.get(name) ?? [] }),
    )
    const tables = await toPromise(openPostgres({ address }))
    // Two runs at once: one of them waits, and adds nothing.
    const other = await toPromise(openPostgres({ address }))
    const both = await Promise.all([toPromise(tables.add(snapshot)), toPromise(other.add(snapshot))])
    expect([...both].sort()).toEqual([false, true])
    await tables.close()
    await other.close()
    expect(await rowsOf(address, 'select display_name from seatlens.users order by user_id')).toEqual(
      names.map((name) => [name === undefined ? null : name.replaceAll('\0', '\uFFFD')]),
    )
  })

  it('count a seat once for each provider, or for each provider and day, as the page says', async () => {
    const address = await server.newDatabase()
    const own = await newFolder()
    await keepSeveralFolders(own)
    const folders = ['europe', 'asia', 'desks'].map((name) => join(own, name))
    const target = await toPromise(openPostgres({ address }))
    await toPromise(exportSnapshots(folders, target))
    await target.close()
    const onPage = [...read('docs/administrators/export.md').matchAll(/```sql\n(SELECT[^`]+ seatlens\.[^`]+)```/g)]
    const [daily = '', newest = ''] = onPage.map(([, sql = '']) => sql)
    expect(await rowsOf(address, newest)).toEqual([
      ['acme', '3'],
      ['bolt', null],
      ['core', '9'],
    ])
    expect(await rowsOf(address, daily)).toEqual([
      ['2026-09-15', 'bolt', null],
      ['2026-10-01', 'acme', '3'],
      ['2026-10-01', 'core', '9'],
      ['2026-10-15', 'bolt', null],
      ['2026-11-01', 'acme', '3'],
      ['2026-11-01', 'core', '9'],
      ['2026-11-02', 'core', '9'],
    ])
    // They are those of a query, which are known to be the right ones.
    const tables = await toPromise(openSnapshotTables(folders, { keep: false }))
    for (const view of ['newest', 'daily']) {
      const { rows } = await toPromise(tables.query(`SELECT snapshot, provider FROM ${view}.snapshots ORDER BY ALL`))
      for await (const some of rows) {
        const found = await rowsOf(address, `select snapshot, provider from seatlens.${view} order by 1, 2`)
        expect(E.right(found)).toEqual(some)
      }
    }
    await tables.close()
  })

  it('have whole snapshots where a program adds several at once', async () => {
    const [address, other] = [await server.newDatabase(), await server.newDatabase()]
    await exportTo(other)
    const days = ['2026-09-01', '2026-10-01', '2026-11-01']
    const snapshots = await Promise.all(days.map((day) => toPromise(readSnapshotFolder(join(folder, 'kept', day)))))
    const tables = await toPromise(openPostgres({ address }))
    const added = await Promise.all(snapshots.map((snapshot) => toPromise(tables.add(snapshot))))
    await tables.close()
    expect(added).toEqual([true, true, true])
    for (const { name } of tableDescriptions) {
      const rowsIn = async (place: string) =>
        (await rowsOf(place, `select * from seatlens.${name}`)).map((row) => JSON.stringify(row)).sort()
      expect(await rowsIn(address)).toEqual(await rowsIn(other))
    }
  })

  it('have whole snapshots only when the database goes away in the middle, and get the others the next time', async () => {
    const address = await server.newDatabase()
    const target = await toPromise(openPostgres({ address }))
    const result = await exportSnapshots([join(folder, 'kept')], target, {
      onSnapshot: () => void server.end(),
    })()
    await target.close()
    expect(result).toEqual(
      E.left(
        expect.objectContaining({
          _tag: 'DatabaseFailed',
          message: expect.stringMatching(/^PostgreSQL at .+: the connection was lost[^\n]*$/),
        }),
      ),
    )
    const away = await exportTo(address)
    expect([away.code, away.stderr]).toEqual([
      1,
      expect.stringMatching(/^PostgreSQL at .+: it cannot be reached: [^\n]+\n$/),
    ])
    await server.begin()
    expect((await counts(address))?.[0]).toBe('1')
    const snapshot = await toPromise(readSnapshotFolder(join(folder, 'kept', '2026-11-01')))
    // It goes away within the transaction of a snapshot: nothing of that is there.
    const second = await toPromise(openPostgres({ address }))
    const blocking = new pg.Client({ connectionString: address })
    await blocking.connect()
    await blocking.query('begin')
    await blocking.query('lock table seatlens.people in access exclusive mode')
    const adding = second.add(snapshot)()
    const waiting = "from pg_stat_activity where application_name = 'seatlens' and wait_event_type = 'Lock'"
    await expect.poll(() => rowsOf(address, `select ${waiting}`)).not.toEqual([])
    await rowsOf(address, `select pg_terminate_backend(pid) ${waiting}`)
    expect(E.isLeft(await adding)).toBe(true)
    await blocking.end()
    await second.close()
    expect((await counts(address))?.[0]).toBe('1')
    const last = await exportTo(address)
    expect(last.stderr).toContain('2 snapshots were added')
    expect((await counts(address))?.[0]).toBe('3')
  })
})

describe('the address of a database', () => {
  it('takes its password from the environment, and no message has it', async () => {
    const address = new URL(await server.newDatabase())
    await rowsOf(address.href, "create role reader login password 'p@ss/w:rd'")
    address.username = 'reader'
    const withUser = (user: string) => address.href.replace('//reader@', `//${user}@`)
    const secret = 'p@ss/w:rd'
    // The user may not make tables: the password was taken. What is wrong is told in one line, without it.
    for (const [to, variables] of [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: what the command replaces
      [withUser('reader:${SECRET}'), { SECRET: secret }],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: what the command replaces
      ['${DATABASE}', { DATABASE: withUser(`reader:${encodeURIComponent(secret)}`) }],
      [withUser('reader'), { PGPASSWORD: secret }],
    ] as const) {
      const { code, stdout, stderr } = await exportTo(to, variables)
      expect([code, stdout, stderr]).toEqual([
        2,
        '',
        expect.stringMatching(
          /^PostgreSQL at .+: the user has no right to do that: permission denied for database \w+\n$/,
        ),
      ])
      expect(stderr).not.toContain('p@ss')
      expect(stderr).not.toContain('reader')
    }
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what the command replaces
    const wrong = await exportTo(withUser('reader:${SECRET}'), { SECRET: 'guessed' })
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringMatching(/: it refuses the user or the password; PGPASSWORD [^\n]+\n$/),
    ])
    expect(wrong.stderr).not.toContain('guessed')
    const missing = await exportTo(address.href.replace(/\/[^/?]+\?/, '/nowhere?'), { PGPASSWORD: secret })
    expect([missing.code, missing.stderr]).toEqual([
      2,
      expect.stringContaining('there is no such database; create it first'),
    ])
  })

  it.each([
    ['postgres://ada:sesame@db.example.com/x', 'expected no password, which other users of this machine could see'],
    ['postgres://ada@db.example.com/x?password=sesame', 'expected no password'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what the command replaces
    ['postgres://ada:${NOT_SET}@db.example.com/x', 'expected the environment variable NOT_SET to be set and not empty'],
    ['mysql://db.example.com/x', 'expected an address such as'],
  ])('is refused where it shows a secret, or is none: %s', async (to, problem) => {
    const { code, stderr } = await exportTo(to)
    expect([code, stderr]).toEqual([2, expect.stringContaining(problem)])
    expect(stderr).not.toContain('sesame')
  })

  it('is of no use where its client is not installed, with how to install it', () => {
    const hidden = `data:text/javascript,${encodeURIComponent(`import { register } from 'node:module'
      register('data:text/javascript,' + encodeURIComponent("export const resolve = (name, context, next) => { if (name === 'pg') throw Object.assign(new Error('gone'), { code: 'ERR_MODULE_NOT_FOUND' }); return next(name, context) }"))`)}`
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', hidden, builtCommandLine(), 'export', '--to', 'postgres://db/x', '--from', join(folder, 'kept')],
      { encoding: 'utf8', cwd: folder },
    )
    const how = 'the client of PostgreSQL is not installed; install it beside seatlens: npm install pg pg-copy-streams'
    expect([status, stderr]).toEqual([2, `${how}\n`])
  })

  it('is asked for in place of a folder, or a folder in place of it', async () => {
    const args = ['export', '--to', 'postgres://db/x', '--output', 'lake', '--from', 'kept']
    const both = await run(args, { folder, configuration: null })
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('--output')])
    const neither = await run(['export', '--from', 'kept'], { folder, configuration: null })
    expect([neither.code, neither.stderr]).toEqual([
      2,
      expect.stringContaining('expected --output FOLDER or --to ADDRESS'),
    ])
  })
})
