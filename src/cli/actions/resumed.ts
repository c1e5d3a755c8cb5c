import { resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { type Checkpoint, openCheckpoint } from '../../node/index.ts'
import type { Configuration } from '../configuration/load-configuration.ts'
import type { Invocation } from '../invocation.ts'
import { notify } from '../output/notify.ts'
import { UsageError } from '../usage-error.ts'

/** What a run is answered, kept until it is through. */
interface Resumed extends Pick<Checkpoint, 'answers' | 'used'> {
  /** `isThrough`: the command has ended by itself. */
  readonly close: (isThrough: boolean) => Promise<void>
}

/** Opens the file of `--resume`. It goes when the run is through, unless running it again can bring more. */
export const openResumed = async (
  { environment, signal, bounds }: Invocation,
  file: string,
  { providers }: Configuration,
): Promise<Resumed> => {
  const say = (line: string) => notify(environment, `--resume: ${line}`)
  const path = resolve(environment.workingDirectory, file)
  environment.files.writes(path, file, '--resume')
  const opened = await openCheckpoint(path, { configuration: providers.map(({ told }) => told), onRemark: say })()
  if (E.isLeft(opened)) throw new UsageError([`--resume: cannot use ${file}: ${opened.left.problem}`])
  const { answers, used, isUnfinished, close } = opened.right
  return {
    answers,
    used,
    close: async (isThrough) => {
      const { deadlineMs = Number.POSITIVE_INFINITY } = bounds()
      const isStopped = signal.aborted || deadlineMs <= 0 || isUnfinished()
      const isDone = isThrough && !isStopped && !environment.results.areLost()
      await close(isDone)
      if (!isDone) say(`what was read is kept in ${file}; to go on, run the same command again`)
    },
  }
}
