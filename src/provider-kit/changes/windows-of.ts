/** Items in groups: `few` first, so that the first outcomes come soon, then twice as many each time, up to `most`. */
export function* windowsOf<A>(items: Iterable<A>, few: number, most: number): Generator<readonly A[], undefined> {
  let size = Math.min(few, most)
  let window: A[] = []
  for (const item of items) {
    window.push(item)
    if (window.length === size) {
      yield window
      window = []
      size = Math.min(2 * size, most)
    }
  }
  if (window.length > 0) yield window
  return undefined
}
