import type { Task } from 'fp-ts/lib/Task.js'
import type { Paged } from '../paging/paged.ts'

/** Starts what a provider gave as a task. A provider in plain JavaScript may give a promise, or anything else. */
export const startTask = <A>(given: Task<A>): Promise<A> => {
  if (typeof given !== 'function') throw new TypeError('expected a TaskEither, a function that starts the call')
  return given()
}

/** What a provider gave as a list. */
export const givenList = <A extends Pick<Paged<unknown>, 'pages'>>(given: A): A => {
  if (typeof given?.pages !== 'function') throw new TypeError('expected a list with `pages`')
  return given
}
