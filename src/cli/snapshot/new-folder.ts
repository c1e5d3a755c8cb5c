import { randomUUID } from 'node:crypto'
import { access, constants, lstat, mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errorCodeOf } from '../error-code.ts'
import { syncFolder } from '../output/atomic-file.ts'
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

/** Makes sure, before any work is done for it, that the folder can be made. Nothing is written before `commit`. */
export const openNewFolder = async (path: string, name: string): Promise<NewFolder> => {
  const parent = dirname(path)
  const refuse = (problem: string) => new UsageError([`--output: cannot write ${name}: ${problem}`])
  const makeSureThatNothingIsThere = async () => {
    const found = await lstat(path).catch((error: unknown) => {
      if (errorCodeOf(error) === 'ENOENT') return undefined
      throw refuse(errorCodeOf(error) ?? String(error))
    })
    if (found !== undefined) throw refuse('it exists already, and a snapshot never takes the place of anything')
  }
  await makeSureThatNothingIsThere()
  await access(parent, constants.W_OK).catch((error: unknown) => {
    throw refuse(
      errorCodeOf(error) === 'ENOENT' ? `there is no folder ${dirname(name)}` : 'its folder may not be written to',
    )
  })
  return {
    commit: async (files, signal) => {
      const temporary = join(parent, `.${basename(path)}.${randomUUID()}.tmp`)
      try {
        await mkdir(temporary, { mode: 0o700 })
        for (const [file, parts] of files) await writeFile(join(temporary, file), parts)
        await syncFolder(temporary)
        await makeSureThatNothingIsThere()
        if (signal.aborted) return await rm(temporary, { recursive: true, force: true })
        await rename(temporary, path)
      } catch (error) {
        await rm(temporary, { recursive: true, force: true })
        throw error
      }
      await syncFolder(parent)
    },
  }
}
