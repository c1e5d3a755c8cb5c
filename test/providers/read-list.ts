import { Lists, type Paged, type toPromise } from '../../src/provider-kit/index.ts'

type TaskOf<A> = Parameters<typeof toPromise<A>>[0]

/** A list read as far as it goes, with its account. */
export const readList = <A>(list: Paged<A>): Promise<Lists.Collected<readonly A[]>> =>
  Lists.collect<A, A[]>(
    () => [],
    (items, item) => {
      items.push(item)
      return items
    },
  )(list)()

/** The failure of a task that must fail. */
export const failureOf = async (task: TaskOf<unknown>) => {
  const result = await task()
  if (result._tag === 'Right') throw new Error(`it succeeded with ${JSON.stringify(result.right)}`)
  return result.left
}
