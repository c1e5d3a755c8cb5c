import { relative, sep } from 'node:path'
import type { ProcessEnvironment } from '../environment.ts'

const isWithin = (path: string, folder: string): boolean => {
  const way = relative(folder.toLowerCase(), path.toLowerCase())
  return way !== '..' && !way.startsWith(`..${sep}`) && !/^\w:/.test(way)
}

/**
 * What to say about files that were written for their owner alone, on Windows, where modes do nothing: there, only what is
 * in the user's own folder is private by itself. Undefined where there is nothing to say.
 */
export const privacyNotice = (
  paths: readonly string[],
  { platform, variables: { USERPROFILE } }: Pick<ProcessEnvironment, 'platform' | 'variables'>,
): string | undefined => {
  if (platform !== 'win32') return undefined
  const open = paths.filter((path) => !USERPROFILE || !isWithin(path, USERPROFILE))
  if (open.length === 0) return undefined
  const how =
    'users who may read the folder can read it; restrict the folder to yourself, or use one below %USERPROFILE%'
  return `on Windows, a file is as private as its folder: ${open.join(', ')}: ${how}`
}
