import { mkdtemp, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { isLicenseException, isPlanFailure, toPromise } from '../../index.ts'
import { errorCodeOf, failureOfWriting, isFileFailure, putInPlace } from '../../node/index.ts'
import { cannotWrite, OutsideFailure } from '../cannot-write.ts'
import type { Environment } from '../environment.ts'
import { UsageError } from '../usage-error.ts'

/** A new folder, so that nothing of the user's is mixed with what is made up. It appears as a whole or not at all. */
export interface NewFolder {
  /** Fills it beside its place, and lets it take its place unless `fill` resolves to undefined: then nothing is left of it. */
  readonly fill: <A>(fill: (stage: string) => Promise<A | undefined>) => Promise<A | undefined>
}

/** Opens the folder that an option names, before any work is done for it. */
export const openNewFolder = async (
  option: string,
  name: string,
  { workingDirectory }: Pick<Environment, 'workingDirectory'>,
): Promise<NewFolder> => {
  const path = resolve(workingDirectory, name)
  const about = (problem: string): readonly string[] => [`${option}: cannot write ${name}: ${problem}`]
  /** What is to be thrown for what was thrown. */
  const told = (thrown: unknown): unknown => {
    if (isLicenseException(thrown, isFileFailure)) return cannotWrite(thrown.error, about(thrown.error.problem))
    if (isLicenseException(thrown, isPlanFailure) && thrown.error._tag === 'JournalUnavailable') {
      return new OutsideFailure(about(thrown.message))
    }
    if (errorCodeOf(thrown) === undefined) return thrown
    const failure = failureOfWriting(thrown, path)
    return cannotWrite(
      failure,
      about(failure._tag === 'FileMissing' ? `there is no folder ${dirname(name)}` : failure.problem),
    )
  }
  const orTold = <A>(work: Promise<A>): Promise<A> =>
    work.catch((thrown: unknown) => {
      throw told(thrown)
    })
  const isThere = await stat(path).then(
    () => true,
    () => false,
  )
  if (isThere) throw new UsageError([`${option}: expected a folder that is not there yet, found ${name}`])
  const makeStage = () => mkdtemp(join(dirname(path), '.seatlens-'))
  // A trial, as in `fill` it may be that much work was done.
  await orTold(makeStage().then((stage) => rm(stage, { recursive: true })))
  return {
    fill: async (fill) => {
      const stage = await orTold(makeStage())
      try {
        const filled = await orTold(fill(stage))
        if (filled !== undefined) await orTold(toPromise(putInPlace(stage, path)))
        return filled
      } finally {
        await rm(stage, { recursive: true, force: true })
      }
    },
  }
}
