import { createTextNumbers } from '../model/text-numbers.ts'
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
 * Remembers which rows have come, and with what content: the key of each row, and the number of its content, however many
 * rows have it. `contradicting`: the row came before with another content.
 */
export const createRowMemory = <A>({ keyOf, contentOf }: RowMemoryOptions<A>): ((item: A) => Recognition) => {
  if (keyOf === undefined) return () => 'new'
  const contentKeyOf = createContentKeys()
  const seen = createTextNumbers()
  const contents: number[] = []
  return (item) => {
    const known = seen.size()
    const row = seen.enter(keyOf(item))
    if (contentOf === undefined) return row === known ? 'new' : 'again'
    const content = contentKeyOf(contentOf(item))
    if (row < known) return contents[row] === content ? 'again' : 'contradicting'
    contents.push(content)
    return 'new'
  }
}
