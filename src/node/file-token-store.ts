import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { type TokenStore, TokenStoreFailure } from '../provider-kit/token-store.ts'
import { type ReservedFile, reserveAtomicFile } from './atomic-file.ts'
import { problemOfFile } from './problem-of-file.ts'
import { readTextFile } from './read-text-file.ts'

/** Many times what any vendor's tokens take. */
const ROOM_BYTES = 32 * 1_024

/** Says which file it is about: what the system says names a temporary one, or none. */
const about = (path: string, error: unknown): TokenStoreFailure =>
  new TokenStoreFailure(`${path}: ${problemOfFile(error)}`)

/**
 * Keeps the tokens that a vendor rotates in a file that only its owner can read, in a folder that, where it is made for it,
 * only its owner can enter; on Windows, where modes do nothing, the file is as private as the folder that it is in. Its
 * functions reject with a `TokenStoreFailure`, as providers expect of every `TokenStore`.
 *
 * Room for the next tokens is on the disk before `ready` resolves. On file systems that never write in place (Btrfs, ZFS)
 * a disk that fills up just then may refuse them nevertheless.
 */
export const createFileTokenStore = (path: string): TokenStore => {
  let reserved: ReservedFile | undefined
  const reserve = async (): Promise<ReservedFile> => {
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      return await reserveAtomicFile(path, ROOM_BYTES)
    } catch (error) {
      throw about(path, error)
    }
  }
  const take = async (): Promise<ReservedFile> => {
    const file = reserved ?? (await reserve())
    reserved = undefined
    return file
  }
  return {
    place: path,
    read: async () => {
      const text = await readTextFile(path)()
      if (E.isRight(text)) return text.right
      if (text.left._tag === 'FileMissing') return undefined
      throw new TokenStoreFailure(text.left.message)
    },
    ready: async () => {
      reserved ??= await reserve()
    },
    release: async () => {
      const file = reserved
      reserved = undefined
      await file?.discard()
    },
    write: async (text) => {
      const file = await take()
      await file.commit(text).catch((error: unknown) => {
        throw about(path, error)
      })
    },
  }
}
