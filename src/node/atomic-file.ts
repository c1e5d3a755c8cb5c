import { randomBytes, randomUUID } from 'node:crypto'
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Content, piecesOf } from '../model/content.ts'
import { isBytes } from '../model/is-bytes.ts'
import { isIterable } from '../model/is-iterable.ts'
import { errorCodeOf } from './error-code.ts'
import { evenWhileInUse } from './even-while-in-use.ts'
import { targetOf } from './real-target.ts'

/** A file that appears as a whole or not at all. Readable by its owner only. */
interface AtomicFile {
  /** Whether there was one when it was opened. */
  readonly exists: boolean
  /** Writes the content, makes it durable and puts it in the place of what was there. Where it rejects, that is as it was. */
  readonly commit: (content: Content<Uint8Array>) => Promise<void>
}

/** One that room on the disk is kept for. */
export interface ReservedFile {
  readonly commit: (content: Content<Uint8Array>) => Promise<void>
  /** Gives the room back, and leaves what was there as it was. */
  readonly discard: () => Promise<void>
}

const exists = async (path: string): Promise<boolean> => {
  const found = await stat(path).catch((error: unknown) => {
    if (errorCodeOf(error) === 'ENOENT') return undefined
    throw error
  })
  if (found !== undefined && !found.isFile()) throw new Error('it is not a regular file')
  return found !== undefined
}

/** A rename lasts only once its folder does; some systems do not let a folder be opened, and need no such thing. */
export const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => {})
  await handle?.close()
}

/** What something is called beside its place until it is put there. */
export const temporaryBeside = (target: string): string => join(dirname(target), `.seatlens-${randomUUID()}.tmp`)

interface Temporary {
  readonly path: string
  readonly handle: FileHandle
}

const openTemporary = async (target: string): Promise<Temporary> => {
  const path = temporaryBeside(target)
  return { path, handle: await open(path, 'wx', 0o600) }
}

const remove = async ({ path, handle }: Temporary): Promise<void> => {
  await handle.close().catch(() => {})
  await evenWhileInUse(() => rm(path, { force: true }))
}

const NO_CONTENT = 'expected text or bytes, whole or in pieces'

/** The pieces of a caller's content as bytes. Throws where it is something else. */
function* bytesOf(content: Content<Uint8Array>): Generator<Uint8Array> {
  const pieces: unknown = piecesOf(content)
  if (!isIterable(pieces)) throw new Error(NO_CONTENT)
  for (const piece of pieces) {
    if (typeof piece !== 'string' && !isBytes(piece)) throw new Error(NO_CONTENT)
    yield typeof piece === 'string' ? Buffer.from(piece) : piece
  }
}

/** Writes from the beginning, over what may be there, and lets the file take its place. */
const put = async (temporary: Temporary, target: string, content: Content<Uint8Array>): Promise<void> => {
  const { path, handle } = temporary
  try {
    let length = 0
    for (const bytes of bytesOf(content)) {
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, length)
        at += bytesWritten
        length += bytesWritten
      }
    }
    await handle.truncate(length)
    await handle.sync()
    await handle.close()
    await evenWhileInUse(() => rename(path, target))
  } catch (error) {
    await remove(temporary).catch(() => {})
    throw error
  }
  await syncFolder(dirname(target))
}

/**
 * Makes sure, before any work is done for it, that the file can be written. Rejects where it cannot. Nothing of it is on
 * the disk until `commit`, so that a run that is killed before leaves nothing behind.
 */
export const openAtomicFile = async (path: string): Promise<AtomicFile> => {
  const target = targetOf(path)
  const file = {
    exists: await exists(target),
    commit: async (content: Content<Uint8Array>) => put(await openTemporary(target), target, content),
  }
  await remove(await openTemporary(target))
  return file
}

/** The same with room for so many bytes that is ours already, so that a disk that is full later does not matter. */
export const reserveAtomicFile = async (path: string, bytes: number): Promise<ReservedFile> => {
  const target = targetOf(path)
  await exists(target)
  const temporary = await openTemporary(target)
  try {
    // Random, as what is alike might be compressed to nothing.
    await temporary.handle.writeFile(randomBytes(bytes))
    await temporary.handle.sync()
  } catch (error) {
    await remove(temporary).catch(() => {})
    throw error
  }
  return { commit: (content) => put(temporary, target, content), discard: () => remove(temporary) }
}
