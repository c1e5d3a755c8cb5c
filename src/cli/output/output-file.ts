import { resolve } from 'node:path'
import type { Environment } from '../environment.ts'
import { UsageError } from '../usage-error.ts'
import { type AtomicFile, openAtomicFile } from './atomic-file.ts'

/** The file of `--output`, opened before any work is done, so that a path that cannot be written costs nobody a wait. */
export const openOutputFile = async (
  path: string,
  { workingDirectory }: Pick<Environment, 'workingDirectory'>,
): Promise<AtomicFile> => {
  try {
    return await openAtomicFile(resolve(workingDirectory, path))
  } catch (error) {
    throw new UsageError([`--output: cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`])
  }
}
