import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { MANIFEST_FILE as MANIFEST, readSnapshot, type SnapshotFailure } from '../../src/snapshot/index.ts'
import { manifestSeal, manifestText } from '../../src/snapshot/manifest-text.ts'
import { failure, license, organization, user } from '../report/reported-organization.ts'
import { type Files, filesOf, folderOf } from './in-memory-folder.ts'

const small = (): Promise<Files> =>
  filesOf([
    organization('acme', {
      licenses: [license('basic')],
      users: [user('ada', ['basic'], { displayName: 'Ada Lovelace' }), user('bob', ['basic'])],
    }),
    organization('down', { onRequest: () => failure('down') }),
  ])

const read = async (files: Files): Promise<SnapshotFailure | undefined> => {
  const snapshot = await readSnapshot(folderOf(files))()
  return E.isLeft(snapshot) ? snapshot.left : undefined
}

const damageOf = async (files: Files): Promise<string | undefined> => {
  const failure = await read(files)
  return failure?._tag === 'SnapshotDamaged' ? failure.file : failure?._tag
}

const damageOfManifest = (problem: string) => ({
  _tag: 'SnapshotDamaged',
  file: MANIFEST,
  problem,
  message: `${MANIFEST}: ${problem}`,
})

const UNSEALED = damageOfManifest(
  'it was changed or damaged after it was sealed; use another copy of the snapshot, or take a new one',
)

const contentOf = (files: Files, name: string): Uint8Array => {
  const content = files.get(name)
  if (content === undefined) throw new Error(`there is no ${name}`)
  return content
}

const withContent = (files: Files, name: string, content: Uint8Array | string): Files =>
  new Map([...files, [name, typeof content === 'string' ? new TextEncoder().encode(content) : content]])

const flipped = (content: Uint8Array, at: number, mask: number): Uint8Array => {
  const changed = Uint8Array.from(content)
  changed[at] = (changed[at] ?? 0) ^ mask
  return changed
}

describe('the seal of a snapshot', () => {
  it('is good as long as nothing is changed', async () => {
    expect(await damageOf(await small())).toBeUndefined()
  })

  it('is not that of what is nested too deep ever to have been written, and nothing ends over it', async () => {
    const deep = `{"x":${'['.repeat(20_000)}${']'.repeat(20_000)},"hash":"sha256:x"}`
    expect(await read(withContent(await small(), MANIFEST, deep))).toEqual(UNSEALED)
  })

  it('breaks with any byte of any file, and says which file', async () => {
    const files = await small()
    const unnoticed: string[] = []
    for (const [name, content] of files) {
      // Each byte with another bit.
      for (let at = 0; at < content.length; at++) {
        const changed = withContent(files, name, flipped(content, at, 1 << (at % 8)))
        if ((await damageOf(changed)) !== name) unnoticed.push(`${name} at ${at}`)
      }
    }
    expect(unnoticed).toEqual([])
  })

  it('says of any byte of the manifest that it was changed, and what to do, whatever the byte has made of it', async () => {
    const files = await small()
    const content = contentOf(files, MANIFEST)
    const said = new Set<string>()
    for (let at = 0; at < content.length; at++) {
      said.add(JSON.stringify(await read(withContent(files, MANIFEST, flipped(content, at, 1 << (at % 8))))))
    }
    expect([...said]).toEqual([JSON.stringify(UNSEALED)])
  })

  it.each([
    ['no JSON', (text: string) => text.replace('{', '[')],
    ['another value', (text: string) => text.replace('"complete": false', '"complete": true')],
    ['another shape', (text: string) => text.replace('"providers"', '"provider"')],
    ['another seal', (text: string) => text.replace(/"hash": "sha256:./, '"hash": "sha256:x')],
    ['no seal', (text: string) => text.replace('"hash"', '"hush"')],
    ['nothing', () => ''],
  ])('says it of a manifest that was made into %s', async (_, change) => {
    const files = await small()
    const text = new TextDecoder().decode(contentOf(files, MANIFEST))
    expect(await read(withContent(files, MANIFEST, change(text)))).toEqual(UNSEALED)
  })

  it('says of a whole manifest of another version that this one cannot read it', async () => {
    const files = await small()
    const { hash: _, ...content } = JSON.parse(new TextDecoder().decode(contentOf(files, MANIFEST)))
    const later = await manifestSeal.sealed({ ...content, schemaVersion: 2 })
    expect(await read(withContent(files, MANIFEST, manifestText(later)))).toEqual(
      damageOfManifest(
        'it is as it was sealed, but this version of Seatlens cannot read it: schemaVersion: expected 1',
      ),
    )
  })

  it('breaks where white space of the manifest is another', async () => {
    const files = await small()
    const text = new TextDecoder().decode(contentOf(files, MANIFEST))
    for (const changed of [text.replaceAll('  ', '\t'), `${text}\n`, `\ufeff${text}`, text.trimEnd(), `${text} `]) {
      expect(await damageOf(withContent(files, MANIFEST, changed))).toBe(MANIFEST)
    }
  })

  it('breaks with a record that is missing, doubled or in another place', async () => {
    const files = await small()
    const name = 'acme.users.ndjson'
    const [one = '', other = ''] = new TextDecoder().decode(contentOf(files, name)).trimEnd().split('\n')
    for (const changed of ['', `${one}\n`, `${one}\n${one}\n${other}\n`, `${other}\n${one}\n`, `${one}\n${other}`]) {
      expect(await damageOf(withContent(files, name, changed))).toBe(name)
    }
  })

  it('breaks with a file that is missing or additional', async () => {
    const files = await small()
    const { 'acme.users.ndjson': _, ...others } = Object.fromEntries(files)
    expect(await damageOf(new Map(Object.entries(others)))).toBe('acme.users.ndjson')
    expect(await damageOf(withContent(files, 'extra.users.ndjson', ''))).toBe('extra.users.ndjson')
  })

  it('is none where the manifest is something else', async () => {
    const files = await small()
    const manifest = JSON.parse(new TextDecoder().decode(contentOf(files, MANIFEST)))
    const elsewhere = { ...manifest, files: [{ ...manifest.files[0], name: '../../secrets.users.ndjson' }] }
    for (const value of [{}, [], { ...manifest, schemaVersion: 2 }, { ...manifest, providers: [] }, elsewhere]) {
      expect(await damageOf(withContent(files, MANIFEST, `${JSON.stringify(value, undefined, 2)}\n`))).toBe(MANIFEST)
    }
    expect(await damageOf(withContent(files, MANIFEST, 'no JSON'))).toBe(MANIFEST)
  })
})
