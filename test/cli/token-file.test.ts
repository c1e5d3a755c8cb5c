import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { TokenStore } from '../../src/provider-kit/index.ts'
import { newFolder, run } from './support/run.ts'

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

describe('the file of rotated tokens', () => {
  it('is beside the configuration', async () => {
    const folder = await newFolder()
    await (await openStore(folder)).write('kept')
    expect(await readdir(join(folder, '.seatlens'))).toEqual(['acme.token'])
    expect(await (await openStore(folder)).read()).toBe('kept')
  })

  it('is where the configuration says, relative to the configuration', async () => {
    const folder = await newFolder()
    await (await openStore(folder, 'secrets/acme')).write('kept')
    expect(await readFile(join(folder, 'secrets', 'acme'), 'utf8')).toBe('kept')
  })
})
