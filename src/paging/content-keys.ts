/**
 * Gives equal contents the same short text. A content is words in any order. Each word, such as a license id of 150
 * characters, is kept once.
 */
export const createContentKeys = (): ((words: readonly string[]) => string) => {
  const numbers = new Map<string, number>()
  const numberOf = (word: string): number => {
    const known = numbers.get(word)
    if (known !== undefined) return known
    numbers.set(word, numbers.size)
    return numbers.size - 1
  }
  return (words) =>
    words
      .map(numberOf)
      .sort((one, other) => one - other)
      .join()
}
