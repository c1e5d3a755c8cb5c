import type { Task } from 'fp-ts/lib/Task.js'
import { isRecord } from '../model/is-record.ts'
import type { Paged } from '../paging/paged.ts'

/** Starts what a provider gave as a task. A provider in plain JavaScript may give a promise, or anything else. */
export const startTask = <A>(given: Task<A>): Promise<A> => {
  const task: unknown = given
  if (typeof task !== 'function') {
    throw new TypeError('expected a TaskEither, which is a function that starts the call, and not its result')
  }
  return given()
}

/** What a provider gave as a list. */
export const givenList = <A extends Pick<Paged<unknown>, 'pages'>>(given: A): A => {
  const list: unknown = given
  if (!isRecord(list) || typeof list.pages !== 'function') {
    throw new TypeError('expected a list with `pages`, as `Lists` of the provider kit makes them')
  }
  return given
}
