import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LicenseProvider, toPromise } from '../../src/index.ts'
import { createFileSpool, type FileSpool, openSnapshotFolder, readSnapshotFolder } from '../../src/node/index.ts'
import { type TakeSnapshotOptions, takeSnapshot } from '../../src/snapshot/index.ts'
import { license, organization, user } from '../report/reported-organization.ts'
import { filesOf, standing } from './in-memory-folder.ts'

/** Their ids are of no order, and one has a name that takes more bytes than are read at once. */
const PEOPLE = Array.from({ length: 500 }, (_, number) =>
  user(`u${(number * 7) % 500}`, number % 2 === 0 ? ['a'] : ['a', 'b'], {
    displayName: number === 250 ? 'ü'.repeat(1_200_000) : `Person ${number}`,
  }),
)

/** The last user comes a second time, with another license, in spite of the contract. */
const twice = [...PEOPLE, user('u3', ['c'])]

const acme = (users = PEOPLE) => organization('acme', { licenses: ['a', 'b', 'c'].map((id) => license(id)), users })

const pseudonyms = { digest: (text: string) => Buffer.from(text).toString('hex').padEnd(64, '0').slice(-64) }

describe('a snapshot whose records wait in a file', () => {
  let folder: string
  let spool: FileSpool
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seatlens-spool-'))
    spool = createFileSpool(join(folder, 'not', 'there', 'yet'))
  })
  afterEach(async () => {
    spool.close()
    await rm(folder, { recursive: true })
  })

  const spooled = async (providers: readonly LicenseProvider[], options: TakeSnapshotOptions = {}) => {
    const { files } = await toPromise(takeSnapshot(providers, { clock: standing, ...options, spool }))
    return new Map([...files].map(([name, parts]) => [name, Uint8Array.from(Buffer.concat([...parts]))] as const))
  }

  it.each([
    ['as they are', {}, PEOPLE],
    ['read until two readings agree', { verify: true }, PEOPLE],
    ['under other names, in the order of these', { pseudonyms }, PEOPLE],
    ['one of whom came twice', {}, twice],
    ['one of whom came twice, under other names', { pseudonyms }, twice],
  ] as const)('has the same bytes as one in memory: users %s', async (_, options, users) => {
    const inFile = await spooled([acme(users), organization('other')], options)
    const inMemory = await filesOf([acme(users), organization('other')], options)
    expect([...inFile.keys()]).toEqual([...inMemory.keys()])
    for (const [name, bytes] of inMemory) expect(Buffer.compare(inFile.get(name) ?? new Uint8Array(), bytes)).toBe(0)
  })

  it('is written to a folder from there', async () => {
    const path = join(folder, 'snapshot')
    const content = await toPromise(takeSnapshot([acme()], { clock: standing, spool }))
    await toPromise((await toPromise(openSnapshotFolder(path))).write(content))
    const { manifest } = await toPromise(readSnapshotFolder(path))
    expect(manifest).toEqual(content.manifest)
    expect(await readdir(folder)).toEqual(['snapshot'])
  })

  it('leaves no file that has a name, also before it is closed', async () => {
    await spooled([acme()])
    expect(await readdir(folder)).toEqual([])
  })

  it('is not made where the spool fails, and says so', async () => {
    const nowhere = createFileSpool('/dev/null/snapshot')
    expect(await takeSnapshot([acme()], { clock: standing, spool: nowhere })()).toMatchObject({
      left: {
        _tag: 'SnapshotNotMade',
        function: 'spool',
        message: expect.stringMatching(/^no snapshot was made: `spool` failed: \/dev/),
      },
    })
    const broken = { append: () => 0, read: () => new Uint8Array(), close: () => {} }
    expect(
      await takeSnapshot([acme()], { clock: standing, spool: { ...broken, append: undefined as never } })(),
    ).toEqual({
      _tag: 'Left',
      left: {
        _tag: 'SnapshotInputInvalid',
        path: 'spool',
        expected: 'a spool with append and read',
        message: 'spool: expected a spool with append and read',
      },
    })
  })
})
