/** What is written: as a whole, or piece by piece, so that what is large need not be in memory all at once. */
export type Content = string | Uint8Array | Iterable<string | Uint8Array>

const isWhole = (content: Content): content is string | Uint8Array =>
  typeof content === 'string' || content instanceof Uint8Array

/** Its pieces, in their order. */
export const piecesOf = (content: Content): Iterable<string | Uint8Array> => (isWhole(content) ? [content] : content)

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
