import { appendFile, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { toPromise } from '../../src/index.ts'
import { openSnapshotTables, tableDescriptions } from '../../src/query/index.ts'
import { failure } from '../cli/support/acme.ts'
import { start } from '../cli/support/child.ts'
import { acmes, newFolder, run } from '../cli/support/run.ts'
import { read, root } from '../documents/documents.ts'
import { keepThreeMonths } from './worlds.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seatlens-query-test-'))
  await keepThreeMonths(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const query = (sql: string, ...args: readonly string[]) =>
  run(['query', sql, '--from', 'kept', ...args], { folder, configuration: null, registry: [] })

const PARTIAL = '1 snapshot is partial; snapshots.problems says what is missing'

/** The rows of an answer, of a command line. One of the snapshots is partial, as the exit code says. */
const rowsOf = async (args: readonly string[]): Promise<unknown> => {
  const { code, stdout, stderr } = await run([...args, '--from', 'kept', '--format', 'json'], {
    folder,
    configuration: null,
    registry: [],
  })
  expect({ code, stderr }).toEqual({ code: 5, stderr: expect.stringContaining(PARTIAL) })
  return JSON.parse(stdout)
}

const ask = (sql: string) => rowsOf(['query', sql])

describe('the tables of snapshots', () => {
  it('have the columns that are described, and the page has the same', async () => {
    const page = read('docs/administrators/query.md')
    const viewsOf = (name: string) => [name, `newest.${name}`, `daily.${name}`]
    const columnsOf = (view: string) => `SELECT '${view}' AS view, column_name, column_type FROM (DESCRIBE ${view})`
    const views = tableDescriptions.flatMap(({ name }) => viewsOf(name))
    const { stdout } = await query(views.map(columnsOf).join(' UNION ALL '), '--format', 'json')
    const actual: readonly Readonly<Record<string, unknown>>[] = JSON.parse(stdout)
    for (const { name, columns } of tableDescriptions) {
      for (const view of viewsOf(name)) {
        expect(actual.filter((row) => row.view === view)).toEqual(
          columns.map(({ name: column, type }) => ({ view, column_name: column, column_type: type })),
        )
      }
      const [, section = ''] = page.split(`### \`${name}\``)
      const written = [...(section.split('\n#')[0] ?? '').matchAll(/^\| `(\w+)` \| (.+?) \| (.*?) \| (.+) \|$/gm)]
      expect(written.map(([, ...cells]) => cells)).toEqual(
        columns.map(({ name: column, type, unit = '', meaning }) => [column, type, unit, meaning]),
      )
    }
  })

  it('keep apart what is known, zero, unlimited, unknown and not applicable', async () => {
    const last = "provider = 'bolt' AND day = DATE '2026-11-01'"
    expect(
      await ask(
        `SELECT license_id, purchased, purchased_kind, purchased_reason, purchased_at_least, available FROM licenses WHERE ${last} ORDER BY 1`,
      ),
    ).toEqual([
      {
        license_id: 'dark',
        purchased: null,
        purchased_kind: 'unknown',
        purchased_reason: 'nobody says',
        purchased_at_least: 3,
        available: null,
      },
      {
        license_id: 'free',
        purchased: null,
        purchased_kind: 'notApplicable',
        purchased_reason: null,
        purchased_at_least: null,
        available: null,
      },
      {
        license_id: 'voice',
        purchased: null,
        purchased_kind: 'unlimited',
        purchased_reason: null,
        purchased_at_least: null,
        available: null,
      },
    ])
    expect(
      await ask(
        "SELECT user_id, department, department_kind FROM users WHERE day = DATE '2026-11-01' AND provider = 'acme' ORDER BY 1",
      ),
    ).toEqual([
      { user_id: 'ann', department: 'Sales', department_kind: 'named' },
      { user_id: 'bob', department: null, department_kind: 'none' },
      { user_id: 'cyd', department: null, department_kind: 'unknown' },
    ])
    // A page of the users is missing: whoever came may hold more. Where nothing was counted, nothing is certain.
    expect(
      await ask(
        "SELECT seats, seats_kind, seats_at_least, seats_reason, pending, pending_kind, pending_at_least FROM users WHERE provider = 'bolt' AND day = DATE '2026-10-01'",
      ),
    ).toEqual([
      {
        seats: null,
        seats_kind: 'unknown',
        seats_at_least: 1,
        seats_reason: 'the list of users lacks page 2: it was torn',
        pending: null,
        pending_kind: 'unknown',
        pending_at_least: null,
      },
    ])
    // 10.01 EUR in cents, 500 JPY in yen: exact, and never added up.
    expect(
      await ask(
        "SELECT cost, cost_currency, typeof(cost) AS type FROM users WHERE day = DATE '2026-11-01' AND cost_kind = 'known' GROUP BY ALL ORDER BY 2",
      ),
    ).toEqual([{ cost: '10.0100', cost_currency: 'EUR', type: 'DECIMAL(20,4)' }])
  })

  it('say of people what `report --by user` says, whichever providers could not be read', async () => {
    const ada = { id: 'a1', displayName: 'Ada', email: 'ada@example.com', licenseIds: ['basic'] }
    const bob = { id: 'b1', displayName: 'Bob', licenseIds: [] }
    const one = { users: [{ items: [ada, bob] }] }
    const two = { items: [{ ...ada, id: 'a2' }] }
    const torn = { users: [{ ...two, gaps: [{ what: 'page 2', reason: 'it was torn' }] }] }
    const gone = { failure: failure('AuthenticationFailed', 'three') }
    const lack = 'two: the list of users lacks page 2: it was torn'
    for (const [worlds, notes] of [
      [
        { one, two: torn, three: gone },
        [
          `unknown, at least 2: ${lack}; three: AuthenticationFailed it is`,
          `unknown: ${lack}; three: AuthenticationFailed it is`,
        ],
      ],
      [
        { one, two: { users: [two] }, three: gone },
        ['unknown, at least 2: three: AuthenticationFailed it is', 'unknown: three: AuthenticationFailed it is'],
      ],
      [{ one, two: { users: [two] }, three: { users: [{ items: [] }] } }, ['2', '0']],
    ] as const) {
      const own = await newFolder()
      await run(['snapshot', '--output', 'kept'], { folder: own, configuration: acmes('one', 'two', 'three'), worlds })
      const csvOf = async (...args: readonly string[]): Promise<readonly Record<string, string>[]> => {
        const { stdout } = await run([...args, '--from', 'kept', '--format', 'csv'], {
          folder: own,
          configuration: null,
        })
        return parse(stdout, { columns: true, bom: true })
      }
      const told = await csvOf(
        'query',
        `SELECT display_name, coalesce(seats::VARCHAR, concat(seats_kind, ', at least ' || seats_at_least, ': ', seats_reason)) AS seats,
          coalesce(licensed_providers::VARCHAR, concat(licensed_providers_kind, ', at least ' || licensed_providers_at_least, ': ', licensed_providers_reason)) AS providers
          FROM people WHERE display_name IN ('Ada', 'Bob') ORDER BY display_name`,
      )
      const [ofAda, ofBob] = notes
      expect(told).toEqual([
        { display_name: 'Ada', seats: ofAda, providers: ofAda },
        { display_name: 'Bob', seats: ofBob, providers: ofBob },
      ])
      const reported = (await csvOf('report', '--by', 'user')).filter(({ name }) => name === 'Ada' || name === 'Bob')
      expect(reported.map(({ name, seats, seatsNote }) => [name, seats || seatsNote])).toEqual([
        ['Ada', ofAda],
        ['Bob', ofBob],
      ])
    }
  })

  it('are kept in each snapshot, for its owner alone, made again if they do not fit, and removed with it', async () => {
    const own = await newFolder()
    await cp(join(folder, 'kept'), join(own, 'kept'), { recursive: true })
    const place = join(own, 'kept', '2026-09-01', '.seatlens-tables')
    const count = async (...args: readonly string[]) => {
      const { stdout, code } = await run(
        ['query', 'SELECT count(*) AS n FROM users', '--from', 'kept', '--format', 'json', ...args],
        { folder: own, configuration: null },
      )
      return [code, JSON.parse(stdout)]
    }
    await rm(place, { recursive: true, force: true })
    expect(await count('--no-keep')).toEqual([5, [{ n: 11 }]])
    await expect(stat(place)).rejects.toThrow()
    expect(await count()).toEqual([5, [{ n: 11 }]])
    if (process.platform !== 'win32') expect((await stat(place)).mode & 0o777).toBe(0o700)
    const made = (await stat(join(place, 'tables.json'))).mtimeMs
    await count()
    expect((await stat(join(place, 'tables.json'))).mtimeMs).toBe(made)
    // A byte of it was changed: it is not believed.
    await appendFile(join(place, 'users.parquet'), 'x')
    expect(await count()).toEqual([5, [{ n: 11 }]])
    expect((await stat(join(place, 'tables.json'))).mtimeMs).toBeGreaterThan(made)
    // Copies count once, and what is kept goes away with its snapshot.
    await cp(join(own, 'kept', '2026-09-01'), join(own, 'kept', 'copy'), { recursive: true })
    expect(await count()).toEqual([5, [{ n: 11 }]])
    await run(['snapshot', '--output', 'kept/newest', '--keep', '1'], { folder: own })
    expect((await readdir(join(own, 'kept'))).includes('2026-09-01')).toBe(true)
  })

  it('leave nothing in the temporary folder, also of a run that was killed once another one comes', async () => {
    const [own, temporary] = [await newFolder(), await newFolder()]
    await cp(join(folder, 'kept', '2026-09-01'), join(own, 'kept'), { recursive: true })
    await rm(join(own, 'kept', '.seatlens-tables'), { recursive: true, force: true })
    const startQuery = (sql: string, ...args: readonly string[]) =>
      start(['query', sql, '--from', 'kept', '--no-keep', ...args], own, { TMPDIR: temporary })
    // Its tables are made for this run only, and it never ends.
    const endless = startQuery(
      'SELECT sum(a.range * b.range) FROM range(1000000000) AS a, range(1000000000) AS b, users',
    )
    const left = async () => (await readdir(temporary, { recursive: true })).filter((name) => name.endsWith('.parquet'))
    await expect.poll(left).toHaveLength(tableDescriptions.length)
    endless.process.kill('SIGKILL')
    await endless.finished
    expect(await left()).toHaveLength(tableDescriptions.length)
    expect(await startQuery('SELECT 1 AS n', '--output', 'n.csv').finished).toMatchObject({ code: 0, stderr: '' })
    expect(await readdir(temporary)).toEqual([])
    const nowhere = start(['query', 'SELECT 1', '--from', 'kept'], own, { TMPDIR: join(temporary, 'nowhere') })
    expect(await nowhere.finished).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/: there is no folder .+\n$/),
    })
  })

  it('are not made for a query that cannot be asked', async () => {
    const own = await newFolder()
    await cp(join(folder, 'kept'), join(own, 'kept'), { recursive: true })
    const place = join(own, 'kept', '2026-09-01', '.seatlens-tables')
    await rm(place, { recursive: true, force: true })
    for (const sql of ['SELECT nothing FROM users', 'DROP TABLE users', "FROM read_csv('/etc/passwd')"]) {
      const { code, stderr } = await run(['query', sql, '--from', 'kept'], { folder: own, configuration: null })
      expect([code, stderr]).toEqual([2, expect.stringMatching(/^the query: [^\n]+\n$/)])
    }
    await expect(stat(place)).rejects.toThrow()
  })

  it('leave out what was damaged or is of a later version, and say so', async () => {
    const own = await newFolder()
    await cp(join(folder, 'kept'), join(own, 'kept'), { recursive: true })
    await appendFile(join(own, 'kept', '2026-10-01', 'bolt.users.ndjson'), '{}\n')
    const manifest = join(own, 'kept', '2026-11-01', 'manifest.json')
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('"schemaVersion": 1', '"schemaVersion": 2'))
    const { code, stdout, stderr } = await run(
      ['query', 'SELECT DISTINCT folder FROM snapshots', '--from', 'kept', '--format', 'csv'],
      { folder: own, configuration: null },
    )
    expect({ code, stdout }).toEqual({ code: 5, stdout: 'folder\r\n2026-09-01\r\n' })
    expect(stderr).toMatch(
      /^kept\/2026-10-01: cannot be used as a snapshot: .+\nkept\/2026-11-01: cannot be used as a snapshot: .+\n$/,
    )
    const none = await run(['query', 'FROM users', '--from', 'kept/2026-10-01'], { folder: own, configuration: null })
    expect(none.code).toBe(2)
    expect(none.stderr).toContain('none of its snapshots can be used')
    const missing = await run(['query', 'FROM users', '--from', 'nowhere'], { folder: own, configuration: null })
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('nowhere: there is no such folder')])
    const unnamed = await run(['query', 'FROM users'], { folder: own, configuration: null })
    expect([unnamed.code, unnamed.stderr]).toEqual([
      2,
      expect.stringContaining('--from: expected the folder of a snapshot'),
    ])
  })
})

describe('a query', () => {
  it.each([
    'CREATE TABLE x (a INT)',
    'INSERT INTO users VALUES (1)',
    'DELETE FROM users',
    "COPY users TO 'x.csv'",
    "ATTACH 'x.db'",
    'INSTALL httpfs',
    'LOAD httpfs',
    "SET memory_limit = '1TB'",
    'PRAGMA database_list',
    'CALL pragma_version()',
    "EXPORT DATABASE 'x'",
    'SELECT 1; SELECT 2',
    "FROM read_csv('/etc/passwd')",
    "FROM read_text('/etc/passwd')",
    "FROM read_parquet('*')",
    "FROM glob('*')",
    "FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM query('SELECT 1')",
    "FROM query_table('users')",
    'FROM duckdb_secrets()',
    'FROM duckdb_settings()',
    'SHOW DATABASES',
    "SELECT current_setting('temp_directory')",
    'FROM (WITH duckdb_views AS (SELECT 1) FROM duckdb_views) AS a, duckdb_views AS b',
    'FROM (WITH "SQLITE_MASTER" AS (SELECT 1) FROM sqlite_master) AS a, sqlite_master AS b',
    'WITH pg_tables AS (SELECT 1) FROM pg_tables',
  ])('only reads the views: %s', async (sql) => {
    const { code, stdout, stderr } = await query(sql)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(
      /^the query: (?:expected one SELECT|(?:\w+: )?a query reads the views|\w+ is the name of a view of DuckDB's own; give that part of the query another name\n).*\n?$/,
    )
  })

  it('finds nothing of the catalog behind a name that is its own elsewhere', async () => {
    const instance = await DuckDBInstance.create(':memory:')
    const reader = await (await instance.connect()).runAndReadAll(
      "SELECT DISTINCT view_name FROM duckdb_views() WHERE internal UNION SELECT 'passwd'",
    )
    const names = reader.getRows().map(String)
    expect(names.length).toBeGreaterThan(40)
    const tables = await toPromise(openSnapshotTables([join(folder, 'kept')]))
    for (const name of names) {
      const result = await tables.query(`FROM (WITH "${name}" AS (SELECT 1) FROM "${name}") AS a, "${name}" AS b`)()
      expect([name, result]).toEqual([
        name,
        {
          _tag: 'Left',
          left: expect.objectContaining({ message: expect.stringMatching(/another name$|does not exist/) }),
        },
      ])
    }
    await tables.close()
  })

  it.each([
    ["FROM '/etc/passwd'", 'line 1, column 6: there is no view "/etc/passwd"'],
    ["SELECT (SELECT count(*) FROM 'x.parquet')", 'there is no view "x.parquet"'],
    ["FROM 'https://example.com/a.csv'", 'there is no view "https://example.com/a.csv"'],
    ['FROM information_schema.tables', 'there is no view "information_schema.tables"'],
    ['WITH tables AS (SELECT 1) FROM information_schema.tables', 'there is no view "information_schema.tables"'],
    [
      'WITH a AS (FROM b) FROM a',
      'there is no view "b"; there are snapshots, licenses, users, assignments, findings, people',
    ],
    ['SELECT foo\nFROM users', 'line 1, column 8: Referenced column "foo" not found in FROM clause!'],
    ["SELECT 'ä',\n  nothing FROM users", 'line 2, column 3: Referenced column "nothing"'],
    ['SELEC 1', 'line 1, column 1: syntax error at or near "SELEC"'],
    ['SELECT 1 +', 'syntax error at end of input'],
    ["SELECT CAST('x' AS BIGINT)", "Could not convert string 'x' to INT64"],
    ["SELECT getenv('HOME')", 'Scalar Function with name getenv does not exist!'],
    ['SELECT $1', ''],
    [
      'PIVOT users ON status USING count(*)',
      "PIVOT needs its values named: FROM (PIVOT users ON status IN ('active', 'inactive') USING count(*))",
    ],
  ])('with a mistake is answered in one line: %s', async (sql, problem) => {
    const { code, stdout, stderr } = await query(sql)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^the query: [^\n]+\n$/)
    expect(stderr).toContain(problem)
  })

  it.each([
    'WITH a AS (SELECT 1 AS n) FROM a',
    'VALUES (1)',
    'TABLE users',
    'SUMMARIZE licenses',
    'SHOW TABLES',
    'SELECT * FROM range(3)',
    'FROM main.users LIMIT 1;',
    'SELECT u.* FROM USERS AS u, licenses AS l WHERE l.provider = u.provider',
    'FROM (PIVOT licenses ON provider IN (acme) USING count(*) GROUP BY day)',
    "FROM (PIVOT users ON status IN ('active', 'inactive') USING count(*))",
    'WITH columns AS (SELECT 1 AS n), tables AS (FROM columns), views AS (FROM tables) FROM views',
    'FROM newest.users AS u JOIN daily.people USING (snapshot, person)',
    'WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) FROM r',
  ])('may be any that reads: %s', async (sql) => {
    const { stderr, stdout } = await query(sql, '--format', 'ndjson')
    expect(stderr).not.toContain('the query')
    expect(stdout).not.toBe('')
  })

  it('could do no more than read the tables if its text were not looked at', async () => {
    const own = await newFolder()
    await cp(join(folder, 'kept', '2026-09-01'), join(own, 'kept'), { recursive: true })
    await writeFile(join(own, 'other.csv'), 'a\n1\n')
    const create = vi.spyOn(DuckDBInstance, 'create')
    const tables = await toPromise(openSnapshotTables([join(own, 'kept')]))
    // Another connection to the same database, which no text is looked at for.
    const instance: DuckDBInstance | undefined = await create.mock.results[0]?.value
    const connection = await instance?.connect()
    create.mockRestore()
    expect((await connection?.runAndReadAll('SELECT count(*) FROM users'))?.getRows()).toEqual([[3n]])
    const place = join(own, 'kept', '.seatlens-tables')
    const file = (name: string) => join(own, name)
    for (const sql of [
      `FROM read_csv('${file('other.csv')}')`,
      `FROM read_text('${file('other.csv')}')`,
      `FROM '${file('other.csv')}'`,
      "FROM read_text('/etc/passwd')",
      `FROM read_text('${file('kept/manifest.json')}')`,
      `FROM read_text('${place}/../manifest.json')`,
      `FROM read_text('${place}/tables.json')`,
      `FROM glob('${place}/*')`,
      `FROM read_parquet('${place}/*.parquet')`,
      "FROM read_csv('https://example.com/a.csv')",
      `COPY (SELECT 1) TO '${file('new.csv')}'`,
      `COPY (SELECT 1) TO '${place}/new.parquet' (FORMAT parquet)`,
      `EXPORT DATABASE '${file('exported')}'`,
      `ATTACH '${file('new.db')}'`,
      'INSTALL httpfs',
      'LOAD httpfs',
      `LOAD '${file('new.duckdb_extension')}'`,
      'SET enable_external_access = true',
      'RESET enable_external_access',
      'RESET lock_configuration',
      `SET allowed_paths = ['${file('other.csv')}']`,
      `SET allowed_directories = ['${own}']`,
      `SET temp_directory = '${own}'`,
      "SET memory_limit = '1TB'",
      "SELECT getenv('HOME')",
    ]) {
      const done = await connection?.run(sql).then(
        () => 'it was done',
        (error: unknown) => String(error),
      )
      expect([sql, done]).toEqual([
        sql,
        expect.stringMatching(/Permission Error|configuration has been locked|getenv does not exist/),
      ])
    }
    expect((await readdir(own)).sort()).toEqual(['kept', 'other.csv'])
    await tables.close()
  })

  it('comes from a file or stdin, too, and its answer goes into any format', async () => {
    const sql = `SELECT 'a|b' AS "x", 9007199254740993 AS big, 1.50::DECIMAL(5, 2) AS price, NULL AS nothing, [1, 2] AS list, TIMESTAMPTZ '2026-01-01 00:00:00Z' AS at -- the end`
    await writeFile(join(folder, 'q.sql'), sql)
    const from = (...args: readonly string[]) => run(['query', ...args], { folder, configuration: null })
    const answers = new Map<string, string>()
    for (const format of ['table', 'json', 'ndjson', 'csv', 'md']) {
      answers.set(
        format,
        (await from('--file', 'q.sql', '--from', 'kept/2026-09-01', 'kept/2026-11-01', '--format', format)).stdout,
      )
    }
    expect(Object.fromEntries(answers)).toEqual({
      table: [
        'x                 big  price  nothing  list   at',
        'a|b  9007199254740993   1.50     NULL  [1,2]  2026-01-01T00:00:00Z',
        '',
      ].join('\n'),
      json: '[\n  {"x":"a|b","big":9007199254740993,"price":"1.50","nothing":null,"list":[1,2],"at":"2026-01-01T00:00:00Z"}\n]\n',
      ndjson:
        '{"x":"a|b","big":9007199254740993,"price":"1.50","nothing":null,"list":[1,2],"at":"2026-01-01T00:00:00Z"}\n',
      csv: 'x,big,price,nothing,list,at\r\na|b,9007199254740993,1.50,,"[1,2]",2026-01-01T00:00:00Z\r\n',
      md: '| x | big | price | nothing | list | at |\n| --- | ---: | ---: | ---: | --- | --- |\n| a\\|b | 9007199254740993 | 1.50 | NULL | \\[1,2\\] | 2026-01-01T00:00:00Z |\n',
    })
    const stdin = await from('--file', '-', '--from', 'kept', '--format', 'csv')
    expect([stdin.code, stdin.stderr]).toEqual([2, expect.stringContaining('expected a query')])
    await from(
      'SELECT 1 AS a, 2 AS a, sum(purchased) AS total FROM licenses;',
      '--from',
      'kept/2026-09-01',
      '--output',
      'answer.parquet',
    )
    expect((await readFile(join(folder, 'answer.parquet'))).subarray(0, 4).toString()).toBe('PAR1')
    await from('FROM users ORDER BY ALL', '--from', 'kept', '--output', 'answer.csv')
    expect(parse(await readFile(join(folder, 'answer.csv'), 'utf8'), { columns: true, bom: true })).toHaveLength(11)
  })

  it('may begin with a comment', async () => {
    expect(await ask('-- How many?\nSELECT 1 AS n -- one')).toEqual([{ n: 1 }])
    expect((await query('-- How many?\nSELECT foo FROM users')).stderr).toContain('line 2, column 8: Referenced column')
  })

  it('is refused where DuckDB is not installed, with how to install it', async () => {
    const { spawnSync } = await import('node:child_process')
    const hidden = `data:text/javascript,${encodeURIComponent(`import { register } from 'node:module'
      register('data:text/javascript,' + encodeURIComponent("export const resolve = (name, context, next) => { if (name.startsWith('@duckdb')) throw Object.assign(new Error('gone'), { code: 'ERR_MODULE_NOT_FOUND' }); return next(name, context) }"))`)}`
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', hidden, join(root, 'dist/src/cli/bin.js'), 'query', 'FROM users', '--from', join(folder, 'kept')],
      { encoding: 'utf8', cwd: folder },
    )
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('DuckDB is not installed; install it beside seatlens: npm install @duckdb/node-api'),
    ])
  })
})

describe('the ready queries', () => {
  it('say what they are for, and are listed', async () => {
    const page = read('docs/administrators/query.md')
    const files = await readdir(join(root, 'examples/queries'))
    expect(files.length).toBeGreaterThanOrEqual(12)
    for (const file of files) {
      expect(await readFile(join(root, 'examples/queries', file), 'utf8')).toMatch(/^-- [A-Z]/)
      expect(page).toContain(`(../../examples/queries/${file})`)
    }
  })

  it.each<[string, readonly string[]]>([
    [
      'idle-longest',
      [
        'acme|BASIC|Bob|bob@example.com|never|||10.0100|EUR',
        'acme|BASIC|Ann|ann@example.com|known|2026-10-30T00:00:00Z|2|10.0100|EUR',
      ],
    ],
    [
      'cost-by-department',
      [
        '2026-09-01|(unknown)|EUR|1|10.0100|0',
        '2026-09-01|Sales|EUR|1|10.0100|0',
        '2026-09-01|(unknown)||1||1',
        '2026-10-01|(none)|EUR|1|10.0100|0',
        '2026-10-01|Sales|EUR|1|10.0100|0',
        '2026-10-01|(unknown)||1||1',
        '2026-11-01|(none)|EUR|1|10.0100|0',
        '2026-11-01|(unknown)|EUR|1|10.0100|0',
        '2026-11-01|Sales|EUR|1|10.0100|0',
        '2026-11-01|(unknown)||1||1',
      ],
    ],
    ['gained-and-lost', ['gained|acme|2026-09-01|2026-11-01|BASIC|Bob|bob@example.com|bob']],
    ['only-growing', ['acme|BASIC|3|2|3|1']],
    [
      'utilization',
      [
        '2026-09-01|acme|BASIC|10|known|2|20|known|',
        '2026-10-01|acme|BASIC|10|known|2|20|known|',
        '2026-11-01|acme|BASIC|2|known|3|150|known|',
        '2026-11-01|bolt|DARK||unknown|0||unknown|nobody says',
      ],
    ],
    [
      'several-vendors',
      ['Ann|ann@example.com|acme,bolt|email|1|EUR|10.0100|0', 'Ann|ann@example.com|acme,bolt|email|1|||1'],
    ],
    [
      'unknown-figures',
      [
        'bolt|available|1|nobody says',
        'bolt|cost|1|no price is configured',
        'bolt|cost|1|the license is unlimited, so a price per seat gives no total',
        'bolt|purchased|1|nobody says',
      ],
    ],
    [
      'savings-by-rule',
      [
        'inactive-holder|1|0|0|1|1|EUR|10.0100|0',
        'over-assigned|1|0|0|1|0|EUR|10.0100|0',
        'dormant-holder|0|0|1|||||0',
        'never-active|0|0|2|||||0',
        'over-assigned|0|0|1|||||0',
        'renewal-due|0|0|1|||||0',
        'several-providers|0|0|3|||||0',
        'unassigned-seats|0|0|1|||||0',
      ],
    ],
    ['pending', ['bolt|VOICE||dan@example.com|v2|2026-11-01|1']],
    ['inactive-with-seats', ['acme|Cyd||inactive|2026-09-01|1||10.0100|EUR']],
    ['renewals', ['acme|BASIC|2031-01-01|2030-12-02|2|3|-1|known||20.0200|EUR']],
    ['quality', ['2026-10-01|2026-10-01|bolt|partial||the list of users lacks page 2: it was torn']],
    [
      'seats-first-seen',
      [
        'acme|BASIC|bob|2026-10-01|2',
        'acme|BASIC|ann|2026-09-01|3',
        'acme|BASIC|cyd|2026-09-01|2',
        'bolt|VOICE|v1|2026-09-01|3',
      ],
    ],
  ])('%s', async (name, expected) => {
    const rows = await rowsOf(['query', '--file', join(root, 'examples/queries', `${name}.sql`)])
    const textOf = (row: object) =>
      Object.values(row)
        .map((value) => value ?? '')
        .join('|')
    expect(Array.isArray(rows) ? rows.map(textOf) : rows).toEqual(expected)
  })
})
