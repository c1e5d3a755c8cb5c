import { readFile } from 'node:fs/promises'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { decodeText } from './decode-text.ts'
import { checkedPath, type FileFailure, failureOfReading } from './file-failure.ts'

/** Reads the bytes of a file. Fails with what is the matter with it in words, such as `FileMissing`. */
export const readBytes = (path: string): TE.TaskEither<FileFailure, Uint8Array> =>
  TE.tryCatch(
    async () => readFile(checkedPath(path)),
    (error) => failureOfReading(error, path),
  )

/**
 * Reads a file that people may have written: UTF-8 or UTF-16, each with or without a mark. Anything else is `NotText`,
 * and its `problem` says what was found, in which line, and what to do: no encoding is guessed.
 */
export const readTextFile = (path: string): TE.TaskEither<FileFailure, string> =>
  pipe(
    readBytes(path),
    TE.flatMapEither((bytes) =>
      pipe(
        decodeText(bytes),
        E.mapLeft(
          ({ message: problem }): FileFailure => ({ _tag: 'NotText', message: `${path}: ${problem}`, path, problem }),
        ),
      ),
    ),
  )
