import { dirname, resolve } from 'node:path'
import type { Content } from '../../render/index.ts'
import { cannotWrite } from '../cannot-write.ts'
import type { Environment } from '../environment.ts'
import { errorCodeOf } from '../error-code.ts'
import { problemOfFile } from '../problem-of-file.ts'
import { openAtomicFile } from './atomic-file.ts'
import { notify } from './notify.ts'

/** The file of `--output`. */
export interface OutputFile {
  /** Puts the content there. False where that cannot be done: then the user has been told, and the run does not end with 0. */
  readonly commit: (content: Content) => Promise<boolean>
  /** Says why it is left as it was. */
  readonly leave: (reason: string) => void
}

/** Why a file cannot be written: where there is nothing yet, what is missing is its folder. */
export const problemOfWriting = (error: unknown, name: string): string => {
  if (errorCodeOf(error) === 'ENOENT') return `there is no folder ${dirname(name)}`
  return problemOfFile(error)
}

/**
 * Opens the file of `--output` before any work is done, so that a path that cannot be written costs no wait. It must be
 * no file that this run reads or writes otherwise, but for the one that it is meant to replace.
 */
export const openOutputFile = async (
  name: string,
  environment: Environment,
  inPlaceOf?: string,
): Promise<OutputFile> => {
  const { workingDirectory, files, results } = environment
  const path = resolve(workingDirectory, name)
  files.writes(path, name, '--output', inPlaceOf === undefined ? undefined : resolve(workingDirectory, inPlaceOf))
  const file = await openAtomicFile(path).catch((error: unknown) => {
    throw cannotWrite(error, [`--output: cannot write ${name}: ${problemOfWriting(error, name)}`])
  })
  const fate = file.exists ? 'is as it was before' : 'was not written'
  return {
    commit: async (content) => {
      try {
        await file.commit(content)
        return true
      } catch (error) {
        results.lose(`--output: cannot write ${name}: ${problemOfWriting(error, name)}; it ${fate}`)
        return false
      }
    },
    leave: (reason) => notify(environment, `--output: ${name} ${fate}: ${reason}`),
  }
}
