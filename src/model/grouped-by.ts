/** Items by key, in the order in which the keys first occur. */
export const groupedBy = <A>(
  items: Iterable<A>,
  keyOf: (item: A) => string,
): ReadonlyMap<string, readonly [A, ...A[]]> => {
  const groups = new Map<string, [A, ...A[]]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
