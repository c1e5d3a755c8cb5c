import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { takeSnapshot, toPromise } from '../../src/index.ts'
import * as node from '../../src/node/index.ts'
import { newFolder } from './new-folder.ts'

/** As JavaScript lets callers do. */
// biome-ignore lint/suspicious/noExplicitAny: that is what it is about
const wrong = (value: unknown): any => value

const content = await toPromise(takeSnapshot([]))

const byPath: readonly (readonly [string, (path: string) => Promise<E.Either<unknown, unknown>>])[] = [
  ['readBytes', (path) => node.readBytes(path)()],
  ['readTextFile', (path) => node.readTextFile(path)()],
  ['openPrivateFile', (path) => node.openPrivateFile(path)()],
  ['writePrivateFile', (path) => node.writePrivateFile(path, 'text')()],
  ['readSnapshotFolder', (path) => node.readSnapshotFolder(path)()],
  ['openSnapshotFolder', (path) => node.openSnapshotFolder(path)()],
  ['writeSnapshotFolder', (path) => node.writeSnapshotFolder(path, content)()],
  ['listSnapshotFolders', (path) => node.listSnapshotFolders(path)()],
  ['realTarget', async (path) => node.realTarget(path)],
]
const paths: readonly (readonly [unknown])[] = [[undefined], [null], [5], [{}], [''], ['a\0b']]

describe.each(byPath)('%s', (_, call) => {
  it.each(paths)('fails as plain data where the path is %j', async (path) => {
    const result = await call(wrong(path))
    expect(result).toMatchObject({ left: { _tag: 'FileUnusable', problem: expect.stringMatching(/^expected a path/) } })
    expect(JSON.stringify(result)).not.toMatch(/ERR_|undefined:/)
  })
})

describe('openFileJournal', () => {
  it.each(paths)('fails as plain data where the path is %j', async (path) => {
    for (const mustExist of [false, true]) {
      const result = await node.openFileJournal(wrong(path), { mustExist })()
      expect(result).toMatchObject({
        left: { _tag: 'JournalUnavailable', message: expect.stringMatching(/expected a path/) },
      })
      expect(JSON.stringify(result)).not.toMatch(/ERR_|undefined:/)
    }
  })

  it('takes no options, and null for them', async () => {
    const path = join(await newFolder(), 'journal')
    const opened = await node.openFileJournal(path, wrong(null))()
    expect(opened).toMatchObject({ _tag: 'Right' })
    if (E.isRight(opened)) await opened.right.close()
  })

  it('gives a journal that may be closed twice, and says of an entry after it that it is closed', async () => {
    const opened = await node.openFileJournal(join(await newFolder(), 'journal'))()
    if (E.isLeft(opened)) throw new Error(opened.left.message)
    const journal = opened.right
    await Promise.all([journal.close(), journal.close()])
    await journal.close()
    await expect(journal.append(wrong({ type: 'done' }))).rejects.toThrow('the journal is closed')
  })
})

describe('a token store in a file', () => {
  it.each(paths)('rejects with plain data where the path is %j', async (path) => {
    const store = node.createFileTokenStore(wrong(path))
    for (const ask of [store.read, store.ready, () => store.write('text')]) {
      await expect(ask()).rejects.toMatchObject({ name: 'LicenseException', error: { _tag: 'FileUnusable' } })
    }
    await store.release()
  })

  it('refuses to keep what is no text, and keeps what was there', async () => {
    const store = node.createFileTokenStore(join(await newFolder(), 'token'))
    await store.write('kept')
    await expect(store.write(wrong(5))).rejects.toMatchObject({
      error: { problem: expect.stringMatching(/^expected/) },
    })
    expect(await store.read()).toBe('kept')
  })
})

describe('what is to be written', () => {
  it.each([[undefined], [null], [5], [{}], [[5]], [[[]]]])('is refused where it is %j', async (given) => {
    const path = join(await newFolder(), 'file')
    await writeFile(path, 'old')
    expect(await node.writePrivateFile(path, wrong(given))()).toMatchObject({
      left: { _tag: 'FileUnusable', path, problem: 'expected text or bytes, whole or in pieces' },
    })
    expect(await node.readTextFile(path)()).toEqual(E.right('old'))
  })

  it.each([
    [undefined],
    [null],
    ['text'],
    [{}],
    [{ ...content, files: new Map() }],
    [{ ...content, files: new Map<string, unknown>([...content.files, ['more.users.ndjson', ['text']]]) }],
    [{ ...content, files: new Map([['../more.users.ndjson', []], ...content.files]) }],
  ])('is no snapshot where it is %j', async (given) => {
    const folder = await newFolder()
    const path = join(folder, 'snapshot')
    expect(await node.writeSnapshotFolder(path, wrong(given))()).toMatchObject({
      left: { _tag: 'FileUnusable', path, problem: 'expected a snapshot, as `takeSnapshot` gives it' },
    })
    expect(await node.listSnapshotFolders(folder)()).toMatchObject({ left: { _tag: 'NoSnapshots' } })
  })

  it('takes null for options', async () => {
    const path = join(await newFolder(), 'snapshot')
    expect(await node.openSnapshotFolder(path, wrong(null))()).toMatchObject({ _tag: 'Right' })
    expect(await node.writeSnapshotFolder(path, content, wrong(null))()).toMatchObject({ _tag: 'Right' })
  })
})

// A proxy as a text was ignored, and requests went past it.
describe('createProxyFetch', () => {
  it.each([
    [undefined, 'options'],
    [null, 'options'],
    [{ https: 'http://proxy.example:3128' }, 'https'],
    [{ http: new URL('ftp://proxy.example') }, 'http'],
    [{ except: ['example.com'] }, 'except'],
  ])('says what is wrong with %j', async (settings, path) => {
    await expect(node.createProxyFetch(wrong(settings))).rejects.toMatchObject({
      error: { _tag: 'InvalidInput', path },
    })
  })
})
