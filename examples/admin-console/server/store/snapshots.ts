import { randomUUID } from 'node:crypto'
import { readSnapshot, type Snapshot, type SnapshotContent, toPromise } from 'seatlens'
import { nodeSha256 } from 'seatlens/node'
import type { KeptSnapshot } from '../../shared/api.ts'
import type { Database } from './database.ts'

/** Snapshots of tenants: the files that the library makes, in rows. */
export const createSnapshots = (database: Database) => ({
  add: async (tenant: string, { manifest, files }: SnapshotContent, name: string): Promise<KeptSnapshot> => {
    const id = randomUUID()
    const { complete, generatedAt } = manifest
    const parts = [...files].flatMap(([file, contents]) => contents.map((content, part) => ({ file, part, content })))
    await database.transaction([
      ...parts.map(
        ({ file, part, content }) =>
          [
            'insert into snapshot_files (snapshot_id, name, part, content) values (?, ?, ?, ?)',
            ...[id, file, part, content],
          ] as const,
      ),
      [
        'insert into snapshots (id, tenant, taken_at, taken_by, complete) values (?, ?, ?, ?, ?)',
        ...[id, tenant, Date.parse(generatedAt), name, complete ? 1 : 0],
      ],
    ])
    return { id, takenAt: generatedAt, takenBy: name, complete }
  },
  /** The newest ones first. */
  list: async (tenant: string): Promise<readonly KeptSnapshot[]> => {
    const rows = await database.rows(
      'select id, taken_at, taken_by, complete from snapshots where tenant = ? order by taken_at desc limit 100',
      tenant,
    )
    return rows.map((row) => ({
      id: String(row.id),
      takenAt: new Date(Number(row.taken_at)).toISOString(),
      takenBy: String(row.taken_by),
      complete: row.complete === 1,
    }))
  },
  /** Reads one back, as providers; undefined where the tenant has no such snapshot. */
  open: async (tenant: string, id: string): Promise<Snapshot | undefined> => {
    const [found] = await database.rows('select id from snapshots where tenant = ? and id = ?', tenant, id)
    if (found === undefined) return undefined
    const folder = {
      list: async () => {
        const rows = await database.rows('select distinct name from snapshot_files where snapshot_id = ?', id)
        return rows.map(({ name }) => String(name))
      },
      read: async (name: string) => {
        const rows = await database.rows(
          'select content from snapshot_files where snapshot_id = ? and name = ? order by part',
          id,
          name,
        )
        return rows.flatMap(({ content }) => (content instanceof Uint8Array ? [content] : []))
      },
    }
    return toPromise(readSnapshot({ ...folder, sha256: nodeSha256 }))
  },
})

export type Snapshots = ReturnType<typeof createSnapshots>
