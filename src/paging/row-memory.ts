import { createContentKeys } from './content-keys.ts'

/** What is known of a row when it comes. */
export type Recognition = 'new' | 'again' | 'contradicting'

export interface RowMemoryOptions<A> {
  /** What makes two rows the same row; absent where none can come again. */
  readonly keyOf?: ((item: A) => string) | undefined
  /** What must not differ between two rows that are the same, as words in any order. Default: nothing is compared. */
  readonly contentOf?: ((item: A) => readonly string[]) | undefined
}

/**
 * Remembers which rows have come, and with what content, for as long as a list is read: of each row its key, and of each
 * content one text, however many rows have it. A row that comes again `contradicting` has another content than at first.
 */
export const createRowMemory = <A>({ keyOf, contentOf }: RowMemoryOptions<A>): ((item: A) => Recognition) => {
  if (keyOf === undefined) return () => 'new'
  const keyOfContent = createContentKeys()
  const contents = new Map<string, number>()
  const seen = new Map<string, number>()
  const numberOf = (item: A): number => {
    const content = keyOfContent(contentOf?.(item) ?? [])
    const known = contents.get(content)
    if (known !== undefined) return known
    contents.set(content, contents.size)
    return contents.size - 1
  }
  return (item) => {
    const key = keyOf(item)
    const before = seen.get(key)
    const now = numberOf(item)
    if (before === undefined) {
      seen.set(key, now)
      return 'new'
    }
    return before === now ? 'again' : 'contradicting'
  }
}
