import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import type { LicensedUser } from '../../src/index.ts'
import type { AcmeWorld } from './support/acme.ts'
import { newFolder, run } from './support/run.ts'

const world = (...users: readonly Partial<LicensedUser>[]): AcmeWorld => ({
  licenses: [{ id: 'basic', name: 'Basic' }],
  users: [{ items: users }],
})
const ada = { id: 'ada', email: 'ada@example.com', licenseIds: ['basic'], lastActiveAt: '2020-01-01T00:00:00.000Z' }
const bob = { id: 'bob', email: 'bob@example.com', licenseIds: ['basic'] }

/** A folder `kept` with snapshots of what was there, oldest first; the names are in another order than the times. */
const kept = async (...worlds: readonly AcmeWorld[]): Promise<string> => {
  const folder = await newFolder()
  for (const [index, acme] of worlds.entries()) {
    await run(['snapshot', '--output', `kept/${9 - index}`], { folder, worlds: { acme } })
  }
  return folder
}

const timeOf = async (folder: string, name: string): Promise<string> =>
  JSON.parse((await run(['report', '--format', 'json', '--from', name], { folder })).stdout).generatedAt

const now = { acme: world(ada, bob, { id: 'new', licenseIds: ['basic'] }) }

describe('--history', () => {
  it('says since when users have had their licenses, in every list of them', async () => {
    const folder = await kept(world(ada), world(ada, bob))
    const [first, second] = [await timeOf(folder, 'kept/9'), await timeOf(folder, 'kept/8')]
    const since = (...args: readonly string[]) => run([...args, '--history', 'kept'], { folder, worlds: now })

    const lines = (await since('users', '--format', 'ndjson')).stdout.trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).seats)).toEqual([
      [{ licenseId: 'basic', assignedBy: 'unknown', firstSeenAt: first }],
      [{ licenseId: 'basic', assignedBy: 'unknown', firstSeenAt: second }],
      undefined,
    ])
    const table = (await since('users')).stdout
    expect(table).toContain(`Basic (since ≤ ${first.slice(0, 10)})`)
    expect(table).toMatch(/new +.* Basic\n/)
    expect((await since('user', 'ada@example.com')).stdout).toMatch(/Held since\n.*Basic +basic +≤ \d{4}-\d\d-\d\d\n/)
    const rows: readonly Readonly<Record<string, string>>[] = parse(
      (await since('report', '--by', 'assignment', '--format', 'csv')).stdout,
      { columns: true },
    )
    expect(rows.map((row) => [row.user, row.assignedAt, row.firstSeenAt, row.assignedBy])).toEqual([
      ['ada', '', first, 'unknown'],
      ['bob', '', second, 'unknown'],
      ['new', '', '', ''],
    ])
    expect((await since('report', '--by', 'assignment')).stdout).toMatch(/Held since\n.*≤ \d{4}-\d\d-\d\d\n/)
    const { assignments, users, findings } = JSON.parse(
      (await since('report', '--by', 'assignment', '--format', 'json', '--detail')).stdout,
    )
    expect(assignments[0]).toMatchObject({ seat: 'assigned', firstSeenAt: first, assignedBy: 'unknown' })
    expect(users[1].seats).toMatchObject([{ firstSeenAt: second }])
    expect(findings.find(({ rule }: { rule: string }) => rule === 'dormant-holder').evidence.firstSeenAt).toBe(first)
    expect((await since('report', '--format', 'md')).stdout).toContain(`held since: ≤ ${first.slice(0, 10)}`)
  })

  it('looks only at what was there before the snapshot of --from', async () => {
    const folder = await kept(world(bob), world(ada), world(ada))
    const seen = async (from: string) =>
      JSON.parse((await run(['users', '--format', 'json', '--history', 'kept', '--from', from], { folder })).stdout)[0]
        .seats
    expect(await seen('kept/7')).toMatchObject([{ firstSeenAt: await timeOf(folder, 'kept/8') }])
    expect(await seen('kept/9')).toMatchObject([{ firstSeenAt: await timeOf(folder, 'kept/9') }])
  })

  it('leaves out what is damaged and says so, and needs one snapshot that is not', async () => {
    const folder = await kept(world(ada), world(ada))
    await writeFile(join(folder, 'kept/9/manifest.json'), '{}')
    const { code, stdout, stderr } = await run(['users', '--history', 'kept'], { folder, worlds: now })
    expect({ code, isSeen: stdout.includes('(since ≤ ') }).toEqual({ code: 0, isSeen: true })
    expect(stderr).toContain('--history: kept/9 is left out: it cannot be used as a snapshot: manifest.json: ')
    await writeFile(join(folder, 'kept/8/manifest.json'), '{}')
    const none = await run(['users', '--history', 'kept'], { folder, worlds: now })
    expect(none).toMatchObject({ code: 2, stdout: '' })
    expect(none.stderr).toContain('--history: kept: none of its snapshots can be used')
    const missing = await run(['users', '--history', 'nowhere'], { folder, worlds: now })
    expect(missing.stderr).toContain('nowhere: expected a folder of snapshots: there is no such folder')
  })

  it('refuses pseudonymized snapshots for users with their names', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'key'), 'a key of more than sixteen bytes')
    const args = ['snapshot', '--output', 'kept/1', '--pseudonymize', '--key-file', 'key']
    await run(args, { folder, worlds: now })
    const { code, stderr } = await run(['users', '--history', 'kept'], { folder, worlds: now })
    expect(code).toBe(2)
    expect(stderr).toMatch(/--history: kept: the snapshot of .*: users cannot be matched, as it is pseudonymized/)
    expect((await run(['users', '--history', 'kept', '--from', 'kept/1'], { folder })).stdout).toContain('(since ≤ ')
  })
})
