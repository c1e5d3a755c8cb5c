import { createContentKeys } from './content-keys.ts'

/** Whether a row came before. */
export type Recognition = 'new' | 'again' | 'contradicting'

export interface RowMemoryOptions<A> {
  /** Rows with the same key are the same row. Absent: none can come again. */
  readonly keyOf?: ((item: A) => string) | undefined
  /** What must be the same in two rows with the same key, as words in any order. Default: nothing is compared. */
  readonly contentOf?: ((item: A) => readonly string[]) | undefined
}

/**
 * Remembers which rows have come, and with what content: one key for each row, and one text for each content, however many
 * rows have it. `contradicting`: the row came before with another content.
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
