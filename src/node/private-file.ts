import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Content } from '../model/content.ts'
import { openAtomicFile } from './atomic-file.ts'
import { type FileFailure, failureOfWriting } from './file-failure.ts'

/** A file that can be written, and of which nothing is on the disk yet. */
export interface PrivateFile {
  /** Whether there was one when it was opened. */
  readonly exists: boolean
  /**
   * Writes all of it, makes it durable, and only then puts it in the place of what was there. Where that fails, what was
   * there is as it was.
   */
  readonly write: (content: Content<Uint8Array>) => TE.TaskEither<FileFailure, void>
}

/**
 * Makes sure, before work is done for it, that a file can be written: its folder is there and lets files be made, and
 * what has its name is a regular file. Links are followed.
 *
 * The file is for its owner alone (mode 0600), whatever the umask. On Windows modes do nothing: it is as private as its
 * folder.
 */
export const openPrivateFile = (path: string): TE.TaskEither<FileFailure, PrivateFile> => {
  const orFailure = <A>(work: () => Promise<A>) => TE.tryCatch(work, (error) => failureOfWriting(error, path))
  return pipe(
    orFailure(() => openAtomicFile(path)),
    TE.map(({ exists, commit }) => ({ exists, write: (content) => orFailure(() => commit(content)) })),
  )
}

/** Writes a file for its owner alone, as a whole or not at all. See {@link openPrivateFile}. */
export const writePrivateFile = (path: string, content: Content<Uint8Array>): TE.TaskEither<FileFailure, void> =>
  pipe(
    openPrivateFile(path),
    TE.flatMap((file) => file.write(content)),
  )
