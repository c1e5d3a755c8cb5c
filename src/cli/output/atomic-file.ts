import { randomUUID } from 'node:crypto'
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errorCodeOf } from '../error-code.ts'
import { type Content, piecesOf } from './content.ts'

/** A file that appears as a whole or not at all. Readable by its owner only. */
export interface AtomicFile {
  /** Writes the content, makes it durable and puts it in the place of what was there. */
  readonly commit: (content: Content) => Promise<void>
  /** Leaves what was there as it was. */
  readonly discard: () => Promise<void>
}

const targetOf = (path: string): Promise<string> =>
  realpath(path).catch((error: unknown) => {
    if (errorCodeOf(error) === 'ENOENT') return path
    throw error
  })

const isReplaceable = async (path: string): Promise<boolean> => {
  const found = await stat(path).catch((error: unknown) => {
    if (errorCodeOf(error) === 'ENOENT') return undefined
    throw error
  })
  return found === undefined || found.isFile()
}

/** A rename lasts only once its folder does; some systems do not let a folder be opened, and need no such thing. */
export const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => {})
  await handle?.close()
}

/** Makes sure, before any work is done for it, that the file can be written. Rejects where it cannot. */
export const openAtomicFile = async (path: string): Promise<AtomicFile> => {
  const target = await targetOf(path)
  if (!(await isReplaceable(target))) throw new Error(`${path} is not a regular file`)
  const folder = dirname(target)
  const temporary = join(folder, `.${basename(target)}.${randomUUID()}.tmp`)
  const handle: FileHandle = await open(temporary, 'wx', 0o600)

  const discard = async () => {
    await handle.close()
    await rm(temporary, { force: true })
  }
  return {
    discard,
    commit: async (content) => {
      try {
        for (const piece of piecesOf(content)) await handle.appendFile(piece)
        await handle.sync()
        await handle.close()
        await rename(temporary, target)
      } catch (error) {
        await discard().catch(() => {})
        throw error
      }
      await syncFolder(folder)
    },
  }
}
