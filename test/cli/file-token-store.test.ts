import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { TokenStore } from '../../src/provider-kit/token-store.ts'
import { newFolder, run } from './support/run.ts'

const modeOf = async (path: string) => (await stat(path)).mode & 0o777

/** The store as the command line hands it to a provider. */
const openStore = async (folder: string, tokenFile?: string): Promise<TokenStore> => {
  const stores: TokenStore[] = []
  const provider = { id: 'acme', type: 'acme', token: 'sesame', ...(tokenFile === undefined ? {} : { tokenFile }) }
  await run(['licenses'], {
    folder,
    configuration: { providers: [provider] },
    worlds: { acme: { onCreate: ({ openTokenStore }) => stores.push(openTokenStore()) } },
  })
  const [store] = stores
  if (store === undefined) throw new Error('no provider was created')
  return store
}

describe('the store of rotated tokens', () => {
  it('is empty at first', async () => {
    expect(await (await openStore(await newFolder())).read()).toBeUndefined()
  })

  it('keeps the last text beside the configuration, for its owner only', async () => {
    const folder = await newFolder()
    const store = await openStore(folder)
    await store.write('first')
    await store.write('second')
    expect(await (await openStore(folder)).read()).toBe('second')
    expect(await readdir(join(folder, '.seatlens'))).toEqual(['acme.token'])
    expect(await modeOf(join(folder, '.seatlens'))).toBe(0o700)
    expect(await modeOf(join(folder, '.seatlens', 'acme.token'))).toBe(0o600)
  })

  it('is where the configuration says, relative to the configuration', async () => {
    const folder = await newFolder()
    await (await openStore(folder, 'secrets/acme')).write('kept')
    expect(await modeOf(join(folder, 'secrets', 'acme'))).toBe(0o600)
  })

  it('never shows half of a text to somebody who reads meanwhile', async () => {
    const store = await openStore(await newFolder())
    const texts = ['a', 'b'].map((letter) => letter.repeat(200_000))
    await store.write(texts[0] ?? '')
    const writes = Promise.all(texts.map((text) => store.write(text)))
    for (let reads = 0; reads < 20; reads++) expect(texts).toContain(await store.read())
    await writes
    expect(texts).toContain(await store.read())
  })
})
