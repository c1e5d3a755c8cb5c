import { createNumberTable } from '../model/number-table.ts'
import { createTextNumbers, type TextNumbers } from '../model/text-numbers.ts'
import { createContentKeys } from './content-keys.ts'

/** Whether a row came before. */
export type Recognition = 'new' | 'again' | 'contradicting'

export interface RowMemoryOptions<A> {
  /** Rows with the same key are the same row. Absent: none can come again. */
  readonly keyOf?: ((item: A) => string) | undefined
  /** What must be the same in two rows with the same key, as words in any order. Default: nothing is compared. */
  readonly contentOf?: ((item: A) => readonly string[]) | undefined
}

const NO_WORDS = () => []

/** Which rows have come, and with what content. */
export interface RowMemory<A> {
  /** The number of the row among the keys; undefined where rows have no key. */
  readonly numberOf: (item: A) => number | undefined
  /** `contradicting`: the row came before with another content. `number`: that of the row. */
  readonly recognize: (item: A, number: number | undefined) => Recognition
}

/**
 * Remembers the key of each row, and the number of its content, however many rows have it. `keys` may have others too, such as
 * those of the same users in another list.
 */
export const createRowMemory = <A>(
  { keyOf, contentOf = NO_WORDS }: RowMemoryOptions<A>,
  keys: TextNumbers = createTextNumbers(),
): RowMemory<A> => {
  if (keyOf === undefined) return { numberOf: () => undefined, recognize: () => 'new' }
  const contentKeyOf = createContentKeys()
  const contents = createNumberTable()
  return {
    numberOf: (item) => keys.enter(keyOf(item)),
    recognize: (item, row) => {
      if (row === undefined) return 'new'
      const content = contentKeyOf(contentOf(item))
      const known = contents.get(row)
      if (known !== undefined) return known === content ? 'again' : 'contradicting'
      contents.set(row, content)
      return 'new'
    },
  }
}
