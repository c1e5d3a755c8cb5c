import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readSnapshot } from '../../src/snapshot/index.ts'
import { failure, license, organization, user } from '../report/reported-organization.ts'
import { type Files, filesOf, folderOf } from './in-memory-folder.ts'

const MANIFEST = 'manifest.json'

const small = (): Promise<Files> =>
  filesOf([
    organization('acme', {
      licenses: [license('basic')],
      users: [user('ada', ['basic'], { displayName: 'Ada Lovelace' }), user('bob', ['basic'])],
    }),
    organization('down', { onRequest: () => failure('down') }),
  ])

const damageOf = async (files: Files): Promise<string | undefined> => {
  const read = await readSnapshot(folderOf(files))()
  return E.isLeft(read) ? read.left.file : undefined
}

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

  it('breaks with any byte of any file, and says which file', async () => {
    const files = await small()
    const unnoticed: string[] = []
    for (const [name, content] of files) {
      // Every byte of the records, and every few of the manifest, each with another bit.
      const step = name === MANIFEST ? 7 : 1
      for (let at = 0; at < content.length; at += step) {
        const changed = withContent(files, name, flipped(content, at, 1 << (at % 8)))
        if ((await damageOf(changed)) !== name) unnoticed.push(`${name} at ${at}`)
      }
    }
    expect(unnoticed).toEqual([])
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
