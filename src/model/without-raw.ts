/** The item without the vendor's record, which is only for those who ask for it. */
export const withoutRaw = <A>(item: A): A => {
  if (typeof item !== 'object' || item === null || !('raw' in item)) return item
  const copy: A & { raw?: unknown } = { ...item }
  delete copy.raw
  return copy
}
