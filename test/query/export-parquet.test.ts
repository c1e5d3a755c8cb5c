import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toPromise } from '../../src/index.ts'
import { readSnapshotFolder } from '../../src/node/index.ts'
import { openParquetFolder, openSnapshotTables, tableDescriptions } from '../../src/query/index.ts'
import { newFolder, run } from '../cli/support/run.ts'
import { smallDisk } from '../cli/support/small-disk.ts'
import { read } from '../documents/documents.ts'
import { keepSeveralFolders, keepThreeMonths } from './worlds.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seatlens-export-test-'))
  await keepThreeMonths(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A copy of the snapshots, for tests that change them. */
const ownSnapshots = async (): Promise<string> => {
  const own = await newFolder()
  await cp(join(folder, 'kept'), join(own, 'kept'), { recursive: true })
  return own
}

const exportFrom = (own: string, ...args: readonly string[]) =>
  run(['export', '--output', 'lake', '--from', 'kept', ...args], { folder: own, configuration: null, registry: [] })

const filesIn = async (path: string): Promise<readonly string[]> =>
  (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort()

/** What another program reads of the files: here DuckDB, which takes the days and providers of their paths for columns. */
const readBack = async (own: string, sql: (table: string) => string) => {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run("SET TimeZone = 'UTC'")
  const reader = await connection.runAndReadAll(
    sql(`read_parquet('${join(own, 'lake')}/TABLE/**/*.parquet', hive_partitioning = true)`),
  )
  return {
    names: reader.columnNames(),
    types: reader.columnTypes().map(String),
    rows: reader.getRows().map((row) => row.map(String).join(',')),
  }
}

describe('Parquet for other programs', () => {
  it('has the rows of the query, with the same types, by day and provider, for the owner alone', async () => {
    const own = await ownSnapshots()
    const { code, stderr } = await exportFrom(own)
    expect([code, stderr]).toEqual([
      5,
      '3 snapshots were added to lake\n1 snapshot is partial; snapshots.problems says what is missing\n',
    ])
    const tables = await toPromise(openSnapshotTables([join(own, 'kept')], { keep: false }))
    for (const { name, columns } of tableDescriptions) {
      // The name of a folder is no part of a snapshot.
      const described = columns.filter((column) => column.name !== 'folder')
      const list = described.map((column) => column.name).join(', ')
      const back = await readBack(own, (source) => `SELECT ${list} FROM ${source.replace('TABLE', name)} ORDER BY ALL`)
      expect(back.types).toEqual(described.map(({ type }) => type))
      const { rows } = await toPromise(
        tables.query(`SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (SELECT ${list} FROM ${name}) ORDER BY ALL`),
      )
      const expected: string[] = []
      for await (const some of rows)
        if (some._tag === 'Right') expected.push(...some.right.map((row) => row.map(String).join(',')))
      expect(back.rows.length).toBeGreaterThan(0)
      expect([...back.rows].sort()).toEqual(expected.sort())
    }
    await tables.close()
    const files = await filesIn(join(own, 'lake'))
    const forms = new Set(files.map((file) => file.replace(/\d{4}-\d\d-\d\d/, 'DAY').replace(/[0-9a-f]{16}/, 'ID')))
    const byProvider = (table: string, ...providers: readonly string[]) =>
      providers.map((provider) => `${table}/day=DAY/provider=${provider}/ID.parquet`)
    expect([...forms].sort()).toEqual(
      [
        ...byProvider('assignments', 'acme', 'bolt'),
        ...byProvider('findings', 'acme', 'bolt'),
        ...byProvider('licenses', 'acme', 'bolt'),
        'people/day=DAY/ID.parquet',
        ...byProvider('snapshots', 'acme', 'bolt'),
        ...byProvider('users', 'acme', 'bolt'),
      ].sort(),
    )
    if (process.platform === 'win32') return
    const [file = ''] = files
    expect((await stat(join(own, 'lake', file))).mode & 0o777).toBe(0o600)
    expect((await stat(join(own, 'lake', 'users'))).mode & 0o777).toBe(0o700)
  })

  it('has what is newest of each provider, as the page says', async () => {
    const own = await newFolder()
    await keepSeveralFolders(own)
    for (const name of ['europe', 'asia', 'desks']) {
      await run(['export', '--output', 'lake', '--from', name], { folder: own, configuration: null, registry: [] })
    }
    const [, sql = ''] = /```sql\n(SELECT[^`]+ read_parquet[^`]+)```/.exec(read('docs/administrators/export.md')) ?? []
    const newest = await readBack(own, () => sql.replaceAll("'lake/", `'${join(own, 'lake')}/`))
    expect(newest.rows).toEqual(['acme,3', 'bolt,null', 'core,9'])
  })

  it('is added to and never written again: what is there stays, what is missing comes', async () => {
    const own = await ownSnapshots()
    await run(['export', '--output', 'lake', '--from', 'kept/2026-09-01'], { folder: own, configuration: null })
    const lake = join(own, 'lake')
    const first = await filesIn(lake)
    for (const file of first) await utimes(join(lake, file), 1, 1)
    await exportFrom(own)
    const all = await filesIn(lake)
    expect(all.length).toBeGreaterThan(first.length)
    // A run was killed before it had put all files of a snapshot there: that it is whole, `snapshots` says, which comes last.
    const lost = all.filter((file) => /(?:snapshots|users)\/day=2026-11-01\/provider=acme/.test(file))
    const stayed = all.filter((file) => !lost.includes(file))
    for (const file of lost) await rm(join(lake, file))
    for (const file of stayed) await utimes(join(lake, file), 1, 1)
    await mkdir(join(lake, '.seatlens-left'))
    await writeFile(join(lake, '.seatlens-left', 'made.parquet'), 'half')
    await utimes(join(lake, '.seatlens-left'), 1, 1)
    const again = await exportFrom(own)
    expect([again.code, again.stderr]).toEqual([0, '1 snapshot was added to lake; 2 were there already\n'])
    expect(await filesIn(lake)).toEqual(all)
    // Those of the snapshot that was completed, too.
    expect(stayed.some((file) => file.includes('day=2026-11-01'))).toBe(true)
    for (const file of stayed) expect((await stat(join(lake, file))).mtimeMs).toBe(1_000)
    const third = await exportFrom(own)
    expect([third.code, third.stderr]).toEqual([0, '0 snapshots were added to lake; 3 were there already\n'])
    expect(await filesIn(lake)).toEqual(all)
  })

  it('is compressed as every program reads it, and the tables of a query as small as they get', async () => {
    const own = await ownSnapshots()
    await run(['query', 'SELECT 1', '--from', 'kept'], { folder: own, configuration: null })
    await exportFrom(own)
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    const compressionOf = async (files: string) => {
      const reader = await connection.runAndReadAll(
        `SELECT DISTINCT compression FROM parquet_metadata('${join(own, files)}') WHERE num_values > 0`,
      )
      return reader.getRows().flat()
    }
    expect(await compressionOf('lake/*/**/*.parquet')).toEqual(['SNAPPY'])
    expect(await compressionOf('kept/*/.seatlens-tables/*.parquet')).toEqual(['ZSTD'])
  })

  it('says in one line that the disk is full, leaves no half file, and goes on once there is room', async (context) => {
    const own = await ownSnapshots()
    const disk = await smallDisk(context, 64)
    const lake = join(disk, 'lake')
    const { code, stderr } = await exportFrom(own, '--output', lake)
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^(.+ added to .+\n)?.+: the disk is full\n$/)])
    const there = await filesIn(lake)
    expect(there.length).toBeGreaterThan(0)
    for (const file of there) {
      const bytes = await readFile(join(lake, file), 'latin1')
      expect([file, bytes.slice(0, 4), bytes.slice(-4)]).toEqual([
        expect.stringMatching(/^[a-z]+\/day=/),
        'PAR1',
        'PAR1',
      ])
    }
    execFileSync('/bin/mount', ['-o', 'remount,size=8192k', disk])
    expect((await exportFrom(own, '--output', lake)).stderr).toMatch(/^\d snapshots? w.+ added to /)
    expect((await exportFrom(own, '--output', lake)).stderr).toContain('; 3 were there already\n')
  })

  it('leaves out what was damaged or is of a later version, and says so', async () => {
    const own = await ownSnapshots()
    await writeFile(join(own, 'kept', '2026-10-01', 'bolt.users.ndjson'), '{}\n')
    const manifest = join(own, 'kept', '2026-11-01', 'manifest.json')
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('"schemaVersion": 1', '"schemaVersion": 2'))
    const { code, stderr } = await exportFrom(own)
    expect(code).toBe(5)
    expect(stderr).toMatch(
      /^1 snapshot was added to lake\nkept\/2026-10-01: cannot be used as a snapshot: .+\nkept\/2026-11-01: cannot be used as a snapshot: .+\n$/,
    )
    expect((await filesIn(join(own, 'lake'))).every((file) => file.includes('day=2026-09-01'))).toBe(true)
  })

  it('refuses a place that cannot take it', async () => {
    const own = await ownSnapshots()
    await writeFile(join(own, 'lake'), '')
    const file = await exportFrom(own)
    expect([file.code, file.stderr]).toEqual([2, expect.stringMatching(/^.+: expected a folder, found a file\n$/)])
    const within = await exportFrom(own, '--output', 'kept/lake')
    expect([within.code, within.stderr]).toEqual([2, expect.stringContaining('expected a file outside of kept')])
    const unnamed = await run(['export', '--output', 'lake2'], { folder: own, configuration: null })
    expect([unnamed.code, unnamed.stderr]).toEqual([2, expect.stringContaining('--from: expected the folder')])
    const nowhere = await run(['export', '--output', 'lake2', '--from', 'no'], { folder: own, configuration: null })
    expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining('no: there is no such folder')])
  })

  it('has whole snapshots where a program adds several at once', async () => {
    const own = await ownSnapshots()
    await exportFrom(own)
    const other = await newFolder()
    const days = ['2026-09-01', '2026-10-01', '2026-11-01']
    const snapshots = await Promise.all(days.map((day) => toPromise(readSnapshotFolder(join(folder, 'kept', day)))))
    const lake = await toPromise(openParquetFolder(join(other, 'lake')))
    await Promise.all(snapshots.map((snapshot) => toPromise(lake.add(snapshot))))
    await lake.close()
    expect(await filesIn(join(other, 'lake'))).toEqual(await filesIn(join(own, 'lake')))
    for (const { name } of tableDescriptions) {
      const rowsIn = async (place: string) =>
        (
          await readBack(
            place,
            (source) => `SELECT parse_filename(filename), * FROM ${source.replace('TABLE', name)} ORDER BY ALL`,
          )
        ).rows
      expect(await rowsIn(other)).toEqual(await rowsIn(own))
    }
  })

  it('takes one snapshot of a program, and names the files of it', async () => {
    const snapshot = await toPromise(readSnapshotFolder(join(folder, 'kept', '2026-11-01')))
    const own = await newFolder()
    const lake = await toPromise(openParquetFolder(join(own, 'lake')))
    expect(await toPromise(lake.has(snapshot.manifest))).toBe(false)
    const files = await toPromise(lake.add(snapshot))
    expect(await toPromise(lake.has(snapshot.manifest))).toBe(true)
    expect(await toPromise(lake.add(snapshot))).toEqual(files)
    await lake.close()
    expect(await filesIn(join(own, 'lake'))).toEqual([...files].sort())
  })
})
