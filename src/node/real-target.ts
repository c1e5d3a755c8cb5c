import { readlinkSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { errorCodeOf } from './error-code.ts'

const linkAt = (path: string): string | undefined => {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}

/** The path itself that a name stands for, through all links, also where there is nothing yet. */
export const realTarget = (path: string): string => {
  try {
    return realpathSync(path)
  } catch (error) {
    if (errorCodeOf(error) !== 'ENOENT' || path === dirname(path)) throw error
  }
  const place = join(realTarget(dirname(path)), basename(path))
  // A link to what is not there yet.
  const link = linkAt(place)
  return link === undefined ? place : realTarget(resolve(dirname(place), link))
}
