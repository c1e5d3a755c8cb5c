import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { type TokenStore, TokenStoreFailure } from '../../provider-kit/token-store.ts'
import { errorCodeOf } from '../error-code.ts'
import { decodeText } from '../input/decode-text.ts'
import { openAtomicFile } from '../output/atomic-file.ts'

/** Says which file it is about: what the system says names a temporary one, or none. */
const about = (path: string, error: unknown): TokenStoreFailure =>
  new TokenStoreFailure(`${path}: ${errorCodeOf(error) ?? (error instanceof Error ? error.message : 'cannot be used')}`)

/** Keeps tokens in a file that only its owner can read, in a folder that, where it is made for it, only its owner can enter. */
export const createFileTokenStore = (path: string): TokenStore => {
  const open = async () => {
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      return await openAtomicFile(path)
    } catch (error) {
      throw about(path, error)
    }
  }
  return {
    place: path,
    read: async () => {
      const bytes = await readFile(path).catch((error: unknown) => {
        if (errorCodeOf(error) === 'ENOENT') return undefined
        throw about(path, error)
      })
      if (bytes === undefined) return undefined
      const text = decodeText(bytes)
      if (E.isLeft(text)) throw new TokenStoreFailure(`${path}: ${text.left}`)
      return text.right
    },
    ready: async () => {
      const file = await open()
      await file.discard()
    },
    write: async (text) => {
      const file = await open()
      await file.commit(text)
    },
  }
}
