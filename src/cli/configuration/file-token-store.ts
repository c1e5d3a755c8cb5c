import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { TokenStore } from '../../provider-kit/provider-definition.ts'
import { openAtomicFile } from '../output/atomic-file.ts'

/** Keeps tokens in a file that only its owner can read, in a folder that, where it is made for it, only its owner can enter. */
export const createFileTokenStore = (path: string): TokenStore => ({
  read: async () => {
    try {
      return await readFile(path, 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw error
    }
  },
  write: async (text) => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const file = await openAtomicFile(path)
    await file.commit(text)
  },
})
