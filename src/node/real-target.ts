import { readlinkSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { errorCodeOf } from './error-code.ts'
import { checkedPath, type FileFailure, failureOfReading } from './file-failure.ts'

const linkAt = (path: string): string | undefined => {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}

/** The path itself that a name stands for, through all links, also where there is nothing yet. Throws where there is none. */
export const targetOf = (path: string): string => {
  try {
    return realpathSync(checkedPath(path))
  } catch (error) {
    if (errorCodeOf(error) !== 'ENOENT' || path === dirname(path)) throw error
  }
  const place = join(targetOf(dirname(path)), basename(path))
  // A link to what is not there yet.
  const link = linkAt(place)
  return link === undefined ? place : targetOf(resolve(dirname(place), link))
}

/** The path itself that a name stands for, through all links, also where there is nothing yet. */
export const realTarget = (path: string): E.Either<FileFailure, string> =>
  E.tryCatch(
    () => targetOf(path),
    (error) => failureOfReading(error, path),
  )
