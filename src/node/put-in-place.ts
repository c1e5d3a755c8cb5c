import { mkdir, open, readdir, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { syncFolder } from './atomic-file.ts'
import { evenWhileInUse } from './even-while-in-use.ts'
import { checkedPath, type FileFailure, failureOfWriting } from './file-failure.ts'

const syncFile = async (path: string): Promise<void> => {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A file, or all files in a folder and in those that it has. */
const filesOf = async (path: string): Promise<readonly string[]> => {
  if (!(await stat(path)).isDirectory()) return [path]
  const names = await readdir(path)
  return (await Promise.all(names.map((name) => filesOf(join(path, name))))).flat()
}

/**
 * Makes a file durable that another program has written, or a folder of files, and only then lets it take its place on the same
 * file system: in place of a file, or where no folder is. The folders that the place is in are made, for their owner alone.
 */
export const putInPlace = (made: string, place: string): TE.TaskEither<FileFailure, void> =>
  TE.tryCatch(
    async () => {
      for (const file of await filesOf(checkedPath(made))) await syncFile(file)
      await mkdir(dirname(checkedPath(place)), { recursive: true, mode: 0o700 })
      await evenWhileInUse(() => rename(made, place))
      await syncFolder(dirname(place))
    },
    (error) => failureOfWriting(error, place),
  )
