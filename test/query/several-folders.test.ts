import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toPromise } from '../../src/index.ts'
import { openSnapshotTables, type SnapshotTables } from '../../src/query/index.ts'
import { root } from '../documents/documents.ts'
import { keepSeveralFolders } from './worlds.ts'

const READY = join(root, 'examples/queries')

let folder = ''
let tables: SnapshotTables
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seatlens-query-test-'))
  await keepSeveralFolders(folder)
  tables = await toPromise(openSnapshotTables(['europe', 'asia', 'desks'].map((name) => join(folder, name))))
})
afterAll(async () => {
  await tables.close()
  await rm(folder, { recursive: true, force: true })
})

const rowsOf = async (sql: string): Promise<readonly string[]> => {
  const { rows } = await toPromise(tables.query(sql))
  const texts: string[] = []
  for await (const some of rows) {
    if (some._tag === 'Left') throw new Error(some.left.message)
    texts.push(...some.right.map((row) => row.map((value) => value ?? '').join('|')))
  }
  return texts
}

/** Of each snapshot and provider, how many rows a view has. */
const countsIn = (view: string) =>
  rowsOf(`SELECT provider, strftime(taken_at, '%m-%d %H'), count(*) FROM ${view} GROUP BY ALL ORDER BY ALL`)

describe('over several folders, and several snapshots a day', () => {
  it('what is newest is that of each provider, wherever it is', async () => {
    const newest = (acme: number, bolt: number, core: number) => [
      `acme|11-01 18|${acme}`,
      `bolt|10-15 10|${bolt}`,
      `core|11-02 10|${core}`,
    ]
    expect(await countsIn('newest.snapshots')).toEqual(newest(1, 1, 1))
    expect(await countsIn('newest.licenses')).toEqual(newest(1, 1, 1))
    expect(await countsIn('newest.users')).toEqual(newest(2, 1, 3))
    expect(await countsIn('newest.assignments')).toEqual(newest(2, 2, 3))
    expect((await countsIn('newest.findings')).map((row) => row.replace(/\d+$/, ''))).toEqual(
      newest(0, 0, 0).map((row) => row.replace(/\d+$/, '')),
    )
    // Those of `europe` are there with what they are in acme, whose newest snapshot it has.
    expect(
      await rowsOf(
        'SELECT folder, coalesce(email, display_name), providers FROM newest.people JOIN (SELECT DISTINCT snapshot, folder FROM snapshots) USING (snapshot) ORDER BY taken_at, 2',
      ),
    ).toEqual([
      '2|Eva|bolt',
      '3|Cyd|acme',
      '3|ann@example.com|acme,core',
      '1|ann@example.com|core',
      '1|cora@example.com|core',
      '1|dan@example.com|core',
    ])
  })

  it('a day has the newest snapshot of each provider, and no other', async () => {
    const daily = (...counts: readonly number[]) =>
      [
        'acme|10-01 10',
        'acme|11-01 18',
        'bolt|09-15 10',
        'bolt|10-15 10',
        'core|10-01 10',
        'core|11-01 18',
        'core|11-02 10',
      ].map((row, place) => `${row}|${counts[place]}`)
    expect(await countsIn('daily.snapshots')).toEqual(daily(1, 1, 1, 1, 1, 1, 1))
    expect(await countsIn('daily.licenses')).toEqual(daily(1, 1, 1, 1, 1, 1, 1))
    expect(await countsIn('daily.users')).toEqual(daily(2, 2, 1, 1, 1, 2, 3))
    expect(await countsIn('daily.assignments')).toEqual(daily(2, 2, 1, 2, 1, 2, 3))
    expect(await rowsOf('SELECT day, count(*) FROM daily.people GROUP BY ALL ORDER BY ALL')).toEqual([
      '2026-09-15|1',
      '2026-10-01|2',
      '2026-10-15|1',
      '2026-11-01|3',
      '2026-11-02|3',
    ])
    // All rows are still there.
    expect(await rowsOf('SELECT count(*) FROM snapshots')).toEqual(['9'])
  })

  it('the ready queries count each seat once, and leave no provider out', async () => {
    const expected: Readonly<Record<string, readonly string[]>> = {
      'cost-by-department': [
        '2026-10-01|Sales|EUR|2|20.0200|0',
        '2026-10-01|Desks|EUR|1|2.0000|0',
        '2026-10-15|(unknown)|JPY|1|500.0000|0',
        '2026-11-01|Sales|EUR|2|20.0200|0',
        '2026-11-01|Desks|EUR|2|4.0000|0',
        '2026-11-02|Desks|EUR|3|6.0000|0',
      ],
      'gained-and-lost': [
        'gained|acme|2026-10-01|2026-11-01|BASIC|Cyd||cyd',
        'gained|bolt|2026-09-15|2026-10-15|VOICE|Eva||v1',
        'gained|core|2026-10-01|2026-11-02|DESK||cora@example.com|d2',
        'gained|core|2026-10-01|2026-11-02|DESK||dan@example.com|d3',
        'lost|acme|2026-10-01|2026-11-01|BASIC|Bob||bob',
      ],
      'idle-longest': [
        'acme|BASIC|Cyd||never|||10.0100|EUR',
        'bolt|VOICE|Eva||known|2026-08-01T00:00:00Z|75|500.0000|JPY',
      ],
      'inactive-with-seats': ['bolt|Eva||inactive|2026-09-15|1||500.0000|JPY'],
      'only-growing': ['core|DESK|4|1|3|2'],
      pending: ['bolt|fax|Eva||v1|2026-09-15|2'],
      quality: [],
      renewals: [
        'core|DESK|2030-06-01|2030-05-02|9|3|6|known||18.0000|EUR',
        'acme|BASIC|2031-01-01|2030-12-02|3|2|1|known||30.0300|EUR',
      ],
      'savings-by-rule': [
        'inactive-holder|1|0|0|1|1|JPY|500.0000|0',
        'unassigned-seats|2|0|0|7|0|EUR|22.0100|0',
        'dormant-holder|0|0|2|||||0',
        'never-active|0|0|3|||||0',
        'over-assigned|0|0|1|||||0',
        'renewal-due|0|0|1|||||0',
        'several-providers|0|0|2|||||0',
        'unassigned-seats|0|0|1|||||0',
        'waiting-for-seat|0|0|1|||||0',
      ],
      'seats-first-seen': [
        'core|DESK|d3|2026-11-02|1',
        'acme|BASIC|cyd|2026-11-01|1',
        'core|DESK|d2|2026-11-01|3',
        'bolt|VOICE|v1|2026-10-15|1',
        'acme|BASIC|ann|2026-10-01|3',
        'core|DESK|d1|2026-10-01|4',
      ],
      'several-vendors': ['Ann|ann@example.com|acme,core|email|2|EUR|12.0100|0'],
      'unknown-figures': [
        'bolt|available|1|nobody says',
        'bolt|cost|1|purchased seats unknown: nobody says',
        'bolt|purchased|1|nobody says',
      ],
      utilization: [
        '2026-10-01|acme|BASIC|3|known|2|66.7|known|',
        '2026-11-01|acme|BASIC|3|known|2|66.7|known|',
        '2026-09-15|bolt|VOICE||unknown|1||unknown|nobody says',
        '2026-10-15|bolt|VOICE||unknown|1||unknown|nobody says',
        '2026-10-01|core|DESK|9|known|1|11.1|known|',
        '2026-11-01|core|DESK|9|known|2|22.2|known|',
        '2026-11-02|core|DESK|9|known|3|33.3|known|',
      ],
    }
    expect((await readdir(READY)).sort()).toEqual(
      Object.keys(expected)
        .map((name) => `${name}.sql`)
        .sort(),
    )
    for (const [name, rows] of Object.entries(expected)) {
      expect([name, await rowsOf(await readFile(join(READY, `${name}.sql`), 'utf8'))]).toEqual([name, rows])
    }
  })
})
