/** So many people of an organization take some megabytes. */
const MOST = 2_000

/**
 * The same function, which makes a thing for a number once and keeps the last 2,000 at most: a record is made of a person
 * several times, and small organizations are read again and again. For functions that always give the same for a number.
 */
export const keepSome = <A>(make: (index: number) => A): ((index: number) => A) => {
  const kept = new Map<number, A>()
  return (index) => {
    const known = kept.get(index)
    if (known !== undefined) return known
    const made = make(index)
    if (kept.size >= MOST) kept.clear()
    kept.set(index, made)
    return made
  }
}
