import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { LicenseException } from '../model/license-exception.ts'
import type { TokenStore } from '../provider-kit/token-store.ts'
import { type ReservedFile, reserveAtomicFile } from './atomic-file.ts'
import { checkedPath, failureOfWriting } from './file-failure.ts'
import { readTextFile } from './read-text-file.ts'

/** A store with all that a store can have. */
export interface FileTokenStore extends TokenStore {
  readonly place: string
  readonly ready: () => Promise<void>
  readonly release: () => Promise<void>
}

/** Many times what any vendor's tokens take. */
const ROOM_BYTES = 32 * 1_024

/**
 * Keeps the tokens that a vendor rotates in a file that only its owner can read, in a folder that, where it is made for it,
 * only its owner can enter; on Windows, where modes do nothing, the file is as private as the folder that it is in. Providers
 * take it as `tokens`. Its functions reject with a `LicenseException`, whose `error` is a `FileFailure`.
 *
 * Room for the next tokens is on the disk before `ready` resolves. On file systems that never write in place (Btrfs, ZFS)
 * a disk that fills up just then may refuse them nevertheless.
 */
export const createFileTokenStore = (path: string): FileTokenStore => {
  let reserved: ReservedFile | undefined
  // Of this file: the system names a temporary one, or none.
  const orFailure = <A>(work: () => Promise<A>): Promise<A> =>
    work().catch((error: unknown) => {
      throw new LicenseException(failureOfWriting(error, path))
    })
  const reserve = async (): Promise<ReservedFile> => {
    await mkdir(dirname(checkedPath(path)), { recursive: true, mode: 0o700 })
    return reserveAtomicFile(path, ROOM_BYTES)
  }
  return {
    place: path,
    read: async () => {
      const text = await readTextFile(path)()
      if (E.isRight(text)) return text.right
      if (text.left._tag === 'FileMissing') return undefined
      throw new LicenseException(text.left)
    },
    ready: () =>
      orFailure(async () => {
        reserved ??= await reserve()
      }),
    release: () =>
      orFailure(async () => {
        const file = reserved
        reserved = undefined
        await file?.discard()
      }),
    write: (text) =>
      orFailure(async () => {
        const file = reserved ?? (await reserve())
        reserved = undefined
        await file.commit(text)
      }),
  }
}
