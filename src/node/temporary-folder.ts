import { randomUUID } from 'node:crypto'
import { lstat, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type FileFailure, failureOfWriting } from './file-failure.ts'
import { fateOf, type Holder, readHolder, thisProcess } from './holder.ts'

/** A folder for what is of use while a process runs, and no longer. */
export interface TemporaryFolder {
  /** Only its owner can enter it. */
  readonly path: string
  /** Removes it, with all that is in it. */
  readonly remove: () => Promise<void>
}

/** What the names of all of them begin with. */
const PREFIX = 'seatlens-'

/** Says which process has the folder. It is the first file in it, and the last. */
const HOLDER_FILE = '.holder.json'

const removeFolder = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder)) {
    if (name !== HOLDER_FILE) await rm(join(folder, name), { recursive: true, force: true })
  }
  await rm(folder, { recursive: true, force: true })
}

/** Whether a folder is one of this user's own that no process has any more. */
const isLeft = async (folder: string, own: Holder): Promise<boolean> => {
  const found = await lstat(folder)
  // On Windows there are no numbers of users, and the temporary folder is the user's own.
  if (!found.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) return false
  const holder = await readHolder(join(folder, HOLDER_FILE))
  return holder !== undefined && (await fateOf(holder, own)) === 'gone'
}

/** What a process that was killed has left has names and addresses, and may be large. */
const removeLeft = async (own: Holder): Promise<void> => {
  const names = await readdir(tmpdir()).catch((): readonly string[] => [])
  for (const name of names) {
    if (!name.startsWith(PREFIX)) continue
    const folder = join(tmpdir(), name)
    try {
      if (await isLeft(folder, own)) await removeFolder(folder)
    } catch {
      // Another run removes it, too, or it cannot be removed: it does no harm to this one.
    }
  }
}

/**
 * Makes a folder below the temporary folder of the system, `seatlens-NAME-` and six letters. Those that processes of this user
 * have left there are removed first, whatever they are for: of processes that were killed, as far as that can be seen from
 * here; those of other machines and of containers of other names stay.
 */
export const openTemporaryFolder = (name: string): TE.TaskEither<FileFailure, TemporaryFolder> => {
  const start = join(tmpdir(), `${PREFIX}${name}`)
  return TE.tryCatch(
    async () => {
      const own = await thisProcess(randomUUID())
      await removeLeft(own)
      const path = await mkdtemp(`${start}-`)
      const remove = () => removeFolder(path)
      try {
        await writeFile(join(path, HOLDER_FILE), JSON.stringify(own), { mode: 0o600 })
        return { path, remove }
      } catch (error) {
        await remove()
        throw error
      }
    },
    (error) => failureOfWriting(error, start),
  )
}
