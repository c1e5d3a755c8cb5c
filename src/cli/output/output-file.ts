import { dirname, resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { type FileFailure, openPrivateFile } from '../../node/index.ts'
import type { Content } from '../../render/index.ts'
import { cannotWrite } from '../cannot-write.ts'
import type { Environment } from '../environment.ts'
import { complain } from './notify.ts'

/** A file that an option names. */
export interface OutputFile {
  /** Writes the file. False where that fails: a message has said so, and the run does not end with 0. */
  readonly commit: (content: Content) => Promise<boolean>
  /** Says why it is left as it was. */
  readonly leave: (reason: string) => void
}

/** Why a file cannot be written: where what is missing is its folder, that is named as the user names it. */
const problemOf = ({ _tag, problem }: FileFailure, name: string): string =>
  _tag === 'FileMissing' ? `there is no folder ${dirname(name)}` : problem

interface OutputFileOptions {
  /** The one file of the run that it is meant to replace. Default: none. */
  readonly inPlaceOf?: string | undefined
  /** What names the file. Default: `--output`. */
  readonly option?: string
}

/**
 * Opens the file of `--output`, or of another option, before any work is done, so that a path that cannot be written costs
 * no wait. It must be no file that this run reads or writes otherwise, but for the one that it is meant to replace.
 */
export const openOutputFile = async (
  name: string,
  environment: Environment,
  { inPlaceOf, option = '--output' }: OutputFileOptions = {},
): Promise<OutputFile> => {
  const { workingDirectory, files, results } = environment
  const path = resolve(workingDirectory, name)
  files.writes(path, name, option, inPlaceOf === undefined ? undefined : resolve(workingDirectory, inPlaceOf))
  const opened = await openPrivateFile(path)()
  const about = (failure: FileFailure) => `${option}: cannot write ${name}: ${problemOf(failure, name)}`
  if (E.isLeft(opened)) throw cannotWrite(opened.left, [about(opened.left)])
  const file = opened.right
  const fate = file.exists ? 'is as it was before' : 'was not written'
  return {
    commit: async (content) => {
      const written = await file.write(content)()
      if (E.isLeft(written)) results.lose(`${about(written.left)}; it ${fate}`)
      return E.isRight(written)
    },
    leave: (reason) => complain(environment, `${option}: ${name} ${fate}: ${reason}`),
  }
}
