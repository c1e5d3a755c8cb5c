import { createHash } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { createLicenseReport } from '../../src/index.ts'
import {
  createTrend,
  diffSnapshots,
  MANIFEST_FILE,
  readSnapshot,
  type Snapshot,
  type SnapshotFailure,
} from '../../src/snapshot/index.ts'
import { license, organization, user } from '../report/reported-organization.ts'
import { type Files, filesOf, folderOf } from './in-memory-folder.ts'

/** What may stand in any field of a file that another program has made and sealed. */
const absurd: readonly unknown[] = [
  null,
  true,
  '',
  'x',
  '2026-13-45T99:99:99Z',
  '\ud800',
  '\0\u202e__proto__',
  '__proto__',
  'x'.repeat(10_000),
  0,
  -1,
  -0,
  0.1,
  1e305,
  Number.MAX_SAFE_INTEGER + 2,
  [],
  {},
  [[]],
  { kind: 'known', value: -1e308 },
  { kind: 'known', value: 10.5 },
  { kind: 'unlimited' },
  { kind: 'unknown', reason: '', atLeast: -5 },
]

const digestOf = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

const textOf = (files: Files, name: string): string => new TextDecoder().decode(files.get(name))
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The same snapshot with another manifest, sealed as it should be. */
const withManifest = (files: Files, manifest: unknown): Files => {
  if (!isObject(manifest)) throw new Error('no manifest')
  const { hash: _, ...content } = manifest
  const sealed = { ...content, hash: `sha256:${digestOf(JSON.stringify(content))}` }
  return new Map([...files, [MANIFEST_FILE, bytesOf(`${JSON.stringify(sealed, undefined, 2)}\n`)]])
}

/** The same snapshot with another text in one of its files, of which the manifest tells the truth. */
const withRecords = (files: Files, name: string, text: string): Files => {
  const bytes = bytesOf(text)
  const manifest = JSON.parse(textOf(files, MANIFEST_FILE))
  for (const file of manifest.files) {
    if (file.name !== name) continue
    Object.assign(file, { bytes: bytes.length, records: text.split('\n').length - 1, sha256: digestOf(bytes) })
  }
  return withManifest(new Map([...files, [name, bytes]]), manifest)
}

/** Every way to put another value, or none, into one place of a value: the way to that place, and what comes of it. */
function* everyChangeIn(value: unknown, way = 0): Generator<{ readonly way: number; readonly changed: unknown }> {
  if (!isObject(value)) return
  for (const [index, key] of Object.keys(value).entries()) {
    const place = way + index
    const put = (other: unknown): unknown =>
      Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other }
    for (const [which, other] of absurd.entries()) yield { way: place + which, changed: put(other) }
    if (!Array.isArray(value)) {
      yield { way: 0, changed: Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) }
    }
    for (const inner of everyChangeIn(value[key], place + 1)) yield { way: inner.way, changed: put(inner.changed) }
  }
}

/** Of all ways each place has some, and each value some places, as all of them take their time. */
const EVERY = 3
function* changedIn(value: unknown): Generator<unknown> {
  for (const { way, changed } of everyChangeIn(value)) if (way % EVERY === 0) yield changed
}

const small = (): Promise<Files> => {
  const missing = { _tag: 'Unavailable', provider: 'b', operation: 'GET', message: 'm', attempts: 5 } as const
  return filesOf([
    organization('a', {
      licenses: [license('basic')],
      users: [user('ada', ['basic'], { displayName: 'Ada', email: 'ada@example.com' })],
    }),
    organization('b', { onRequest: () => missing }),
  ])
}

/** Everything that is done with a snapshot that can be read. */
const used = async (snapshot: Snapshot, other: Snapshot): Promise<void> => {
  const report = await createLicenseReport({ clock: snapshot.clock, detail: true, findings: {} })(snapshot.providers)()
  JSON.stringify(report)
  JSON.stringify(createTrend([{ name: 'one', report }]))
  JSON.stringify(await diffSnapshots(snapshot, other)())
}

const read = async (files: Files): Promise<E.Either<SnapshotFailure, Snapshot>> => readSnapshot(folderOf(files))()

describe('a snapshot with something absurd in it', () => {
  it('is damaged or can be used, whatever its manifest says', async () => {
    const files = await small()
    const good = await read(files)
    if (E.isLeft(good)) throw new Error(good.left.message)
    let readable = 0
    for (const manifest of changedIn(JSON.parse(textOf(files, MANIFEST_FILE)))) {
      const snapshot = await read(withManifest(files, manifest))
      if (E.isLeft(snapshot)) continue
      readable++
      await used(snapshot.right, good.right)
    }
    expect(readable).toBeGreaterThan(100)
  }, 120_000)

  it.each(['a.licenses.ndjson', 'a.users.ndjson'])(
    'is damaged or can be used, whatever is in %s',
    async (name) => {
      const files = await small()
      const good = await read(files)
      if (E.isLeft(good)) throw new Error(good.left.message)
      const [line = ''] = textOf(files, name).split('\n')
      for (const record of changedIn(JSON.parse(line))) {
        const snapshot = await read(withRecords(files, name, `${JSON.stringify(record)}\n`))
        if (E.isRight(snapshot)) await used(snapshot.right, good.right)
      }
      for (const text of ['', '\n', 'x\n', `${line}`, `${'['.repeat(100_000)}\n`, '{"a":'.repeat(100_000)]) {
        const snapshot = await read(withRecords(files, name, text))
        if (E.isRight(snapshot)) await used(snapshot.right, good.right)
      }
    },
    120_000,
  )

  it('is damaged where it is nested deeper than anything that is written', async () => {
    const files = await small()
    for (const depth of [101, 20_000, 1_000_000]) {
      const text = `{"hash":"sha256:","deep":${'['.repeat(depth)}${']'.repeat(depth)}}`
      const deep = new Map([...files, [MANIFEST_FILE, bytesOf(text)]])
      expect(await read(deep)).toMatchObject({ left: { file: MANIFEST_FILE, problem: /changed or damaged/ } })
    }
  })

  it('is not read where it is far longer than it says, or than any manifest is', async () => {
    const files = await small()
    const asked: string[] = []
    const endless = (name: string) => ({
      ...folderOf(files),
      size: async (one: string) => (one === name ? 5_000_000_000 : (files.get(one)?.length ?? 0)),
      read: async (one: string, most: number) => {
        asked.push(one)
        return folderOf(files).read(one, most)
      },
    })
    expect(await readSnapshot(endless('a.users.ndjson'))()).toMatchObject({ left: { file: 'a.users.ndjson' } })
    expect(asked).not.toContain('a.users.ndjson')
    asked.length = 0
    expect(await readSnapshot(endless(MANIFEST_FILE))()).toMatchObject({ left: { file: MANIFEST_FILE } })
    expect(asked).toEqual([])
  })
})
