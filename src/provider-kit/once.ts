import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** A task that is run at most once, when its result is first needed. Each run of it has that result: what a whole list needs. */
export const once = <E, A>(task: TaskEither<E, A>): TaskEither<E, A> => {
  let result: ReturnType<TaskEither<E, A>> | undefined
  return () => {
    result ??= task()
    return result
  }
}
