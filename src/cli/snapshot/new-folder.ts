import { randomUUID } from 'node:crypto'
import { access, constants, lstat, mkdir, open, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { errorCodeOf } from '../error-code.ts'
import { syncFolder } from '../output/atomic-file.ts'
import { problemOfFile } from '../problem-of-file.ts'
import { UsageError } from '../usage-error.ts'

/** A folder that appears as a whole or not at all, and never in the place of another. Only its owner can enter it. */
export interface NewFolder {
  /** Writes the files, makes them durable and lets the folder appear, unless it is stopped: then there is nothing. */
  readonly commit: (files: ReadonlyMap<string, readonly Uint8Array[]>, signal: AbortSignal) => Promise<void>
}

const writeFile = async (path: string, parts: readonly Uint8Array[]): Promise<void> => {
  const handle = await open(path, 'wx', 0o600)
  try {
    for (const part of parts) await handle.writeFile(part)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The folder itself where it is there, else the nearest of those that it is to be in. */
const nearestOf = async (path: string): Promise<string> => {
  const isThere = await lstat(path).then(
    () => true,
    (error: unknown) => {
      if (errorCodeOf(error) === 'ENOENT') return false
      throw error
    },
  )
  return isThere || dirname(path) === path ? path : nearestOf(dirname(path))
}

/** Makes a folder and those that it is in. Resolves to what takes away those that were made, as far as they are empty. */
const makeFolders = async (folder: string): Promise<() => Promise<void>> => {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  return async () => {
    if (first === undefined) return
    for (let one = folder; one.length >= first.length; one = dirname(one)) await rmdir(one)
  }
}

/**
 * Makes sure, before any work is done for it, that the folder can be made, with the folders that it is in. Nothing is
 * written before `commit`.
 */
export const openNewFolder = async (path: string, name: string): Promise<NewFolder> => {
  const parent = dirname(path)
  const refuse = (problem: string) => new UsageError([`--output: cannot write ${name}: ${problem}`])
  const makeSureThatNothingIsThere = async () => {
    const found = await lstat(path).catch((error: unknown) => {
      if (errorCodeOf(error) === 'ENOENT') return undefined
      throw refuse(problemOfFile(error))
    })
    if (found !== undefined) throw refuse('it exists already, and a snapshot never takes the place of anything')
  }
  await makeSureThatNothingIsThere()
  const nearest = await nearestOf(parent).catch((error: unknown) => {
    throw refuse(problemOfFile(error))
  })
  const isFolder = await stat(nearest).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) throw refuse(`${nearest} is not a folder`)
  await access(nearest, constants.W_OK).catch(() => {
    throw refuse(`the folder ${nearest} may not be written to`)
  })
  return {
    commit: async (files, signal) => {
      const temporary = join(parent, `.seatlens-${randomUUID()}.tmp`)
      const takeBack = await makeFolders(parent)
      const giveUp = async () => {
        await rm(temporary, { recursive: true, force: true })
        await takeBack().catch(() => {})
      }
      try {
        await mkdir(temporary, { mode: 0o700 })
        for (const [file, parts] of files) await writeFile(join(temporary, file), parts)
        await syncFolder(temporary)
        await makeSureThatNothingIsThere()
        if (signal.aborted) return await giveUp()
        await rename(temporary, path)
      } catch (error) {
        await giveUp()
        throw error
      }
      await syncFolder(parent)
    },
  }
}
