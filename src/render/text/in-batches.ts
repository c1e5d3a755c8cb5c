/** A few items at a time, so that their text need not be in memory all at once. */
export function* inBatches<A>(items: Iterable<A>, size: number): Generator<readonly A[]> {
  let batch: A[] = []
  for (const item of items) {
    batch.push(item)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
