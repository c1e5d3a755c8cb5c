import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFileTokenStore } from '../../src/node/index.ts'
import { newFolder } from './new-folder.ts'

const modeOf = async (path: string) => (await stat(path)).mode & 0o777

const openStore = async () => {
  const folder = await newFolder()
  return { folder, path: join(folder, 'tokens', 'acme'), store: createFileTokenStore(join(folder, 'tokens', 'acme')) }
}

describe('the store of rotated tokens', () => {
  it('is empty at first', async () => {
    expect(await (await openStore()).store.read()).toBeUndefined()
  })

  it('keeps the last text, for its owner only, in a folder that it makes for it', async () => {
    const { folder, path, store } = await openStore()
    await store.write('first')
    await store.write('second')
    expect(await createFileTokenStore(path).read()).toBe('second')
    expect(await readdir(join(folder, 'tokens'))).toEqual(['acme'])
    expect(await modeOf(join(folder, 'tokens'))).toBe(0o700)
    expect(await modeOf(path)).toBe(0o600)
  })

  it('never shows half of a text to somebody who reads meanwhile', async () => {
    const { store } = await openStore()
    const texts = ['a', 'b'].map((letter) => letter.repeat(200_000))
    await store.write(texts[0] ?? '')
    const writes = Promise.all(texts.map((text) => store.write(text)))
    for (let reads = 0; reads < 20; reads++) expect(texts).toContain(await store.read())
    await writes
    expect(texts).toContain(await store.read())
  })

  it('gives the room back that it has kept, and keeps what was there', async () => {
    const { folder, path, store } = await openStore()
    await store.write('kept')
    await store.ready()
    expect(await readdir(join(folder, 'tokens'))).toHaveLength(2)
    await store.release?.()
    expect(await readdir(join(folder, 'tokens'))).toEqual(['acme'])
    expect(await readFile(path, 'utf8')).toBe('kept')
  })

  it('says which file it is about where that is no text, or cannot be a file', async () => {
    const { folder, path, store } = await openStore()
    await store.write('kept')
    await writeFile(path, Buffer.from([0xff, 0x41]))
    await expect(store.read()).rejects.toMatchObject({
      name: 'LicenseException',
      message: expect.stringContaining(`${path}: not UTF-8 (line 1)`),
      error: { _tag: 'NotText', path },
    })
    const inFile = createFileTokenStore(join(path, 'below'))
    await expect(inFile.ready()).rejects.toMatchObject({ error: { _tag: 'FileUnusable' } })
    await expect(createFileTokenStore(folder).ready()).rejects.toThrow(`${folder}: it is not a regular file`)
  })
})
